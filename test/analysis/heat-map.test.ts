import { describe, expect, test } from 'vitest';
import { condensed, heatMapOf } from '../../src/analysis/heat-map.ts';
import { statusLines } from '../../src/analysis/status-lines.ts';
import type { Series } from '../../src/model/series.ts';
import { minute } from '../../src/model/time.ts';

/** `1 2 . n`: one value a minute, a dot is a gap, `n` is NaN. */
const series = (labels: Series['labels'], line: string): Series => {
	const samples = line.split(' ').flatMap((word, index) => (word === '.' ? [] : [{ at: index * minute, word }]));
	return {
		labels,
		times: samples.map(({ at }) => at),
		values: samples.map(({ word }) => (word === 'n' ? Number.NaN : Number(word))),
	};
};

const buckets = (lines: Readonly<Record<string, string>>): readonly Series[] =>
	Object.entries(lines).map(([le, line]) => series({ le }, line));

const drawn = (lines: Readonly<Record<string, string>>, scale = 1): readonly string[] =>
	heatMapOf(buckets(lines), scale).rows.map(
		({ above, upTo, shares }) => `${above}-${upTo}: ${shares.map(share => Number(share.toFixed(3))).join(' ')}`,
	);

describe('a heat map', () => {
	test.each<[name: string, lines: Readonly<Record<string, string>>, rows: readonly string[]]>([
		[
			'takes what is below away',
			{ '0.1': '1 1', '0.5': '3 2', '+Inf': '4 4' },
			['0-0.1: 0.25 0.25', '0.1-0.5: 0.5 0.25', '0.5-Infinity: 0.25 0.5'],
		],
		[
			'sorts by the bound, however it is written',
			{ '+Inf': '4', '5.0': '4', '1e-1': '1' },
			['0-0.1: 0.25', '0.1-5: 0.75'],
		],
		[
			'leaves idle buckets at the ends out, and those between in',
			{ '1': '0', '2': '1', '3': '1', '4': '2', '+Inf': '2' },
			['1-2: 0.5', '2-3: 0', '3-4: 0.5'],
		],
		['has no share where there was no request', { '1': '0 1', '+Inf': '0 1' }, ['0-1: NaN 1']],
		['has no share in a gap of the whole', { '1': '1 1', '+Inf': '2 .' }, ['0-1: 0.5 NaN', '1-Infinity: 0.5 NaN']],
		['has none where a bucket has no number', { '1': 'n 1', '+Inf': '2 2' }, ['0-1: NaN 0.5', '1-Infinity: NaN 0.5']],
		[
			'holds nothing in a bucket after a reset',
			{ '1': '3', '2': '2', '+Inf': '4' },
			['0-1: 0.75', '1-2: 0', '2-Infinity: 0.5'],
		],
		['leaves out what has no bound', { '': '1', x: '1', '+Inf': '1' }, ['0-Infinity: 1']],
		['is empty without buckets', {}, []],
		['is empty when nothing fell into any', { '1': '0', '+Inf': '0' }, []],
	])('%s', (_, lines, rows) => expect(drawn(lines)).toEqual(rows));

	test('is in seconds', () =>
		expect(drawn({ '100': '1', '+Inf': '2' }, 0.001)).toEqual(['0-0.1: 0.5', '0.1-Infinity: 0.5']));

	test.each([
		[4, ['0-1', '1-2', '2-3', '3-Infinity']],
		[3, ['0-2', '2-Infinity']],
		[1, ['0-Infinity']],
		[0, ['0-1', '1-2', '2-3', '3-Infinity']],
	])('in at most %i rows', (most, bounds) => {
		const { rows } = heatMapOf(buckets({ '1': '1', '2': '2', '3': '3', '+Inf': '4' }), 1);
		expect(condensed(rows, most).map(({ above, upTo }) => `${above}-${upTo}`)).toEqual(bounds);
		for (const { shares } of condensed(rows, most)) expect(shares[0]).toBeGreaterThan(0);
	});
});

describe('the lines of a status', () => {
	const named = (names: readonly string[]) => names.map((name, index) => series({ class: name }, `1 ${index + 1}`));
	const read = (names: readonly string[]) => statusLines(named(names)).map(({ name }) => name);

	test.each([
		[
			['5xx', '2xx'],
			['2xx', '5xx'],
		],
		[
			['4xx', ''],
			['4xx', 'no code'],
		],
		[
			['STATUS_CODE_UNSET', 'STATUS_CODE_ERROR', 'STATUS_CODE_OK', 'STATUS_CODE_ODD'],
			['STATUS_CODE_ODD', 'error', 'ok', 'unset'],
		],
		[
			['a', 'b', 'c', 'd'],
			['a', 'b', 'c', 'd'],
		],
		[
			['a', 'b', 'c', 'd', 'e', 'f'],
			['d', 'e', 'f', 'others (3)'],
		],
	])('%j', (names, lines) => expect(read(names)).toEqual(lines));

	test('the others are summed, gaps left out', () => {
		const rest = [series({ s: 'a' }, '1 . 1'), series({ s: 'b' }, '1 2 n'), ...named(['x', 'y', 'z'])];
		const busy = rest.map((each, index) => (index < 2 ? each : { ...each, values: [9, 9] }));
		expect(statusLines(busy).at(-1)?.series.values).toEqual([2, 2, Number.NaN]);
	});
});

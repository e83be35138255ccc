import { describe, expect, test } from 'vitest';
import { seriesOfAlert } from '../../src/analysis/alert-signal.ts';
import { gridOf } from '../../src/analysis/grid.ts';
import { isBeyond, readThreshold, type Threshold, trendOf } from '../../src/analysis/thresholds.ts';
import type { Series } from '../../src/model/series.ts';
import { day, hour, minute, second } from '../../src/model/time.ts';

/** `1 2 . 4`: one value a minute, a dot is a gap, `n` is NaN. */
function seriesFromLine(line: string): Series {
	const samples = line
		.split(' ')
		.map((word, index) => ({ at: index * minute, word }))
		.filter(({ word }) => word !== '.');
	return {
		labels: {},
		times: samples.map(({ at }) => at),
		values: samples.map(({ word }) => (word === 'n' ? Number.NaN : Number(word))),
	};
}

const above: Threshold = { operator: '>', value: 5 };

describe('readThreshold', () => {
	test.each<[line: string, crossed: number | undefined, before: boolean, beyond: boolean, peak: number | undefined]>([
		['1 2 6 7 8', 2, false, true, 8],
		['6 7 8', 0, true, true, 8],
		['1 9 1 1 6 7', 4, false, true, 9],
		['1 9 8 1', 1, false, false, 9],
		['1 2 3', undefined, false, false, 3],
		['1 6 . . 7', 1, false, true, 7],
		['6 n 7', 2, false, true, 7],
		['n n', undefined, false, false, undefined],
		['5', undefined, false, false, 5],
	])('%s crosses 5 at minute %s', (line, crossed, before, beyond, peak) => {
		const reading = readThreshold(seriesFromLine(line), above);
		expect(reading.crossedAt).toBe(crossed === undefined ? undefined : crossed * minute);
		expect(reading).toMatchObject({ crossedBefore: before, beyond });
		expect(reading.peak?.value).toBe(peak);
	});

	test('below a floor the peak is the lowest', () => {
		const reading = readThreshold(seriesFromLine('9 3 1 2'), { operator: '<', value: 4 });
		expect(reading).toMatchObject({ crossedAt: minute, peak: { value: 1, at: 2 * minute } });
	});

	test.each(['==', '!='] as const)('a limit of one value has no peak: %s', operator => {
		expect(readThreshold(seriesFromLine('1 1 0 0'), { operator, value: 0 }).peak).toBeUndefined();
	});

	test('a series without samples has nothing to say', () => {
		expect(readThreshold({ labels: {}, times: [], values: [] }, above)).toEqual({
			crossedBefore: false,
			beyond: false,
			trend: 'steady',
		});
	});
});

test.each<[value: number, operator: Threshold['operator'], expected: boolean]>([
	[5, '>', false],
	[5, '>=', true],
	[5, '<', false],
	[5, '<=', true],
	[5, '==', true],
	[5, '!=', false],
	[Number.NaN, '>', false],
	[Number.NaN, '!=', true],
	[Number.POSITIVE_INFINITY, '>', true],
])('%d %s 5 is %s', (value, operator, expected) => {
	expect(isBeyond(value, { operator, value: 5 })).toBe(expected);
});

/** What an error ratio of some twenty per cent does from one sample to the next. */
const noise = [4, 1, 3, 5, 2, 6, 0, 4, 2, 5, 3, 5, 6] as const;

const lineOf = (length: number, valueAt: (index: number) => number): string =>
	Array.from({ length }, (_, index) => valueAt(index)).join(' ');

test.each([
	['rising', '1 1 2 3 4 5'],
	['falling', '9 9 8 5 4 1'],
	['steady', '5 5 5 5 5'],
	['steady', '1 9 5.1 5 5.1 5 5 5.1 5 5.1 5.1 5'],
	['steady', '1 9 5'],
	['rising', '1 1 n 2 3 n 4 5'],
	['rising', lineOf(120, index => index)],
	['falling', lineOf(120, index => (index < 60 ? index : 120 - index))],
	['rising', lineOf(120, index => (index < 116 ? 0 : 25))],
	['steady', lineOf(120, index => (index < 60 ? 0 : 20 + (noise[index % noise.length] ?? 0)))],
])('%s: %s', (trend, line) => {
	expect(trendOf(seriesFromLine(line))).toBe(trend);
});

describe('gridOf', () => {
	test.each([
		[hour, 120, 30 * second],
		[hour, 60, minute],
		[30 * minute, 120, 15 * second],
		[6 * hour, 120, 5 * minute],
		[2 * day, 120, 30 * minute],
		[10 * second, 120, second],
		[400 * day, 120, 4 * day],
		[day, 1_000_000, 10 * second],
	])('%i ms in %i points has steps of %i ms', (length, points, step) => {
		const to = Date.UTC(2026, 2, 14, 12, 3, 17);
		const grid = gridOf({ from: to - length, to }, points);
		expect(grid.step).toBe(step);
		expect([grid.from % step, grid.to % step]).toEqual([0, 0]);
		expect(grid.from).toBeGreaterThanOrEqual(to - length);
		expect(to - grid.to).toBeLessThan(step);
		expect((grid.to - grid.from) / step).toBeLessThanOrEqual(11_000);
	});

	test('a window shorter than its step is one point', () => {
		const grid = gridOf({ from: 5001, to: 5002 }, 1);
		expect(grid).toEqual({ from: 5000, to: 5000, step: 1000 });
	});
});

describe('seriesOfAlert', () => {
	const series = (labels: Series['labels']): Series => ({ labels, times: [], values: [] });
	const wide = series({ pool: 'p' });
	const narrow = series({ pool: 'p', instance: 'i' });
	const other = series({ pool: 'q' });

	test.each([
		['the one with most labels', { pool: 'p', instance: 'i', severity: 'page' }, [wide, narrow, other], narrow],
		['the one that has no label too many', { pool: 'p' }, [wide, narrow, other], wide],
		['none when all differ', { pool: 'z' }, [wide, other], undefined],
		['the only one, though a rule overwrote its label', { pool: 'z' }, [wide], wide],
		[
			'one whose name does not count',
			{ pool: 'q' },
			[series({ __name__: 'used', pool: 'q' }), wide],
			series({ __name__: 'used', pool: 'q' }),
		],
	])('%s', (_, labels, all, expected) => {
		expect(seriesOfAlert({ labels }, all)).toEqual(expected);
	});
});

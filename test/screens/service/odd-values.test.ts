import { describe, expect, test } from 'vitest';
import type { Baseline, Panel } from '../../../src/investigation/service-findings.ts';
import { answer, type Note } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import type { Series } from '../../../src/model/series.ts';
import { day, hour, minute } from '../../../src/model/time.ts';
import { ago, drawn, errors, found, here, noon, seriesOf } from './shown-service.ts';

const { NaN: none, POSITIVE_INFINITY: endless } = Number;
const grid = { from: noon - hour, to: noon, step: minute };

const panel = (unit: Panel['unit'], series: Series, change: Partial<Panel> = {}): Panel => ({
	unit,
	lines: [{ name: 'requests', series, query: '' }],
	grid,
	averagedOver: minute,
	...change,
});

const rateFrame = (series: Series, state = {}): string =>
	drawn({ findings: found({ rate: here(panel('per-second', series)), exemplars: here([]) }), state });

const plotOf = (frame: string): readonly string[] =>
	frame
		.split('\n')
		.slice(1, 5)
		.map(line => line.slice(8));

describe('samples that are no figures', () => {
	test('NaN is no data: a gap in the line, and no figure at the cursor', () => {
		const frame = rateFrame(
			seriesOf(minutes => (minutes > 20 && minutes < 40 ? none : 5)),
			{ cursor: ago(30 * 60) },
		);
		expect(frame).toMatch(/^RATE {6}– {2}at 11:30:00/);
		for (const row of plotOf(frame)) expect(row.slice(28, 46).replaceAll(/[│▼]/g, ' ').trim()).toBe('');
		expect(plotOf(frame)[3]?.slice(0, 20).trim()).not.toBe('');
	});

	test('the newest figure is the newest that is one', () => {
		expect(rateFrame(seriesOf(minutes => (minutes < 50 ? 5 : none)))).toMatch(/^RATE {6}5\/s/);
		expect(rateFrame(seriesOf(() => none))).toMatch(/^RATE {6}–/);
	});

	test('figures that ended say since when there are none', () => {
		const until = (end: number) => rateFrame(seriesOf(minutes => (minutes <= end ? 5 : none)));
		expect(until(30)).toMatch(/^RATE {6}5\/s {2}none since 11:30$/m);
		expect(until(57)).toMatch(/^RATE {6}5\/s {2}none since 11:57$/m);
		expect(until(58)).toMatch(/^RATE {6}5\/s$/m);
	});

	test('infinity is written as such and does not flatten the rest', () => {
		const frame = rateFrame(seriesOf(minutes => (minutes === 60 ? endless : 5)));
		expect(frame).toMatch(/^RATE {6}∞\/s/);
		expect(frame).toMatch(/^ +5\/s┤/m);
	});

	test('a step without a sample is a gap, however far it reaches', () => {
		const whole = seriesOf(() => 5);
		const keep = (at: number) => at < noon - 40 * minute || at > noon - 20 * minute;
		const times = whole.times.filter(keep);
		const frame = rateFrame({ labels: {}, times, values: times.map(() => 5) });
		for (const row of plotOf(frame)) expect(row.slice(28, 44).trim()).toBe('');
	});

	test('zero is a figure and no gap', () => {
		const frame = rateFrame(seriesOf(() => 0));
		expect(frame).toMatch(/^RATE {6}0\/s/);
		expect(plotOf(frame)[3]?.trim()).not.toBe('');
	});
});

describe('compared with figures that are none', () => {
	const compared = (now: number, before: number): string => {
		const baseline: Baseline = {
			comparison: { name: '1d', back: day, words: 'yesterday' },
			grid,
			rate: seriesOf(() => before),
		};
		const rate = here(
			panel(
				'per-second',
				seriesOf(() => now),
			),
		);
		return drawn({ findings: found({ rate, baseline: here(baseline) }) }).split('\n')[0] ?? '';
	};

	test.each([
		[5, none, '5/s  yesterday: no data'],
		[none, 5, '–  yesterday 5/s'],
		[none, none, '–  yesterday: no data'],
		[5, endless, '5/s  yesterday ∞/s'],
		[5, 0, '5/s  yesterday 0/s'],
		[0, 0, '0/s  as yesterday'],
	])('%d with %d', (now, before, text) => expect(compared(now, before)).toBe(`RATE      ${text}`));
});

describe('a limit and figures that are none', () => {
	const limited = (series: Series) =>
		drawn({ findings: found({ errors: here({ ...errors, lines: [{ name: 'errors', series, query: '' }] }) }) })
			.split('\n')
			.find(line => line.startsWith('ERRORS'));

	test.each<[string, (minutes: number) => number, string]>([
		['no figure at all', () => none, '–  limit 5 %  not falling'],
		['never beyond', () => 0.01, '1 %  limit 5 %  peak 1 % at 11:00:00  not falling'],
		['beyond from the start', () => 0.24, '24 %  limit 5 %  crossed before 11:00:00  not falling'],
		[
			'nothing asked between',
			minutes => (minutes === 50 ? none : minutes < 40 ? 0 : 0.24),
			'24 %  limit 5 %  crossed 11:51:00  peak 24 % at 11:40:00  not falling',
		],
	])('%s', (_, value, text) => expect(limited(seriesOf(value))).toBe(`ERRORS    ${text}`));
});

describe('what the server says beside its answer', () => {
	const noted = (notes: readonly Note[]) => drawn({ findings: found({ errors: loaded(answer(errors, notes), noon) }) });

	test.each<[Note['kind'], string, boolean]>([
		['partial', 'A part of the storage did not answer.', true],
		['warning', 'PromQL warning: metric might not be a counter', true],
		['info', 'PromQL info: nothing of note', false],
	])('%s: %s', (kind, text, isShown) => {
		const line =
			noted([{ kind, text }])
				.split('\n')
				.find(each => each.startsWith('ERRORS')) ?? '';
		expect(line.includes(text)).toBe(isShown);
		expect(line).toContain('24 %  limit 5 %');
	});

	test('stands before what only adds to the figures', () => {
		const frame = noted([{ kind: 'partial', text: 'A part of the storage did not answer.' }]);
		expect(frame).not.toContain('crossed');
	});
});

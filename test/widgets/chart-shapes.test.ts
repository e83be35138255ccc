import { describe, expect, test } from 'vitest';
import { minute } from '../../src/model/time.ts';
import { paintChart } from '../../src/widgets/chart.ts';
import { paintTimeAxis } from '../../src/widgets/chart-axis.ts';
import { type AxisMark, paintAxisMarks } from '../../src/widgets/chart-marks.ts';
import { type HeatChart, paintHeatMap } from '../../src/widgets/heat-map.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { frameOf } from '../helpers/frame.ts';

const unicode = createTheme('none', true);
const ascii = createTheme('none', false);
const range = { from: 0, to: 40 * minute };
const times = [0, 10, 20, 30].map(minutes => (minutes + 1) * minute);

const trimmed = (frame: string): string =>
	frame
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n');

describe('a heat map', () => {
	const chart: HeatChart = {
		times,
		rows: [
			{ label: '>10 s', shares: [0, 0, 0.01, 1] },
			{ label: '2 m 30 s', shares: [0.04, 0.06, Number.NaN, 0.6] },
			{ label: '100 ms', shares: [1, 0.94, 0.3, 0] },
		],
		range,
		step: 10 * minute,
	};
	const heat = (change: Partial<HeatChart> = {}, theme = unicode, rows = 3) =>
		trimmed(frameOf(48, rows, surface => paintHeatMap(surface, { ...chart, ...change }, theme)));

	test('shades shares, and leaves gaps and nothing blank', () => {
		expect(`\n${heat()}`).toMatchInlineSnapshot(`
			"
			  >10 s│                     ░░░░░░░░░░█████████
			  2m30s│ ░░░░░░░░░░▒▒▒▒▒▒▒▒▒▒▒▒        █████████
			 100 ms│ ████████████████████▓▓▓▓▓▓▓▓▓▓"
		`);
	});

	test('writes tenths in ASCII', () => {
		expect(`\n${heat({}, ascii)}`).toMatchInlineSnapshot(`
			"
			  >10 s|                     0000000000999999999
			  2m30s| 0000000000000000000000        666666666
			 100 ms| 999999999999999999993333333333"
		`);
		expect(heat({}, ascii)).toMatch(/^[\x20-\x7e\n]*$/);
	});

	test('paints no more than its room', () => {
		expect(heat({}, unicode, 1).split('\n')).toHaveLength(1);
		expect(frameOf(6, 2, surface => paintHeatMap(surface, chart, unicode)).trim()).toBe('');
	});
});

describe('the marks on a time axis', () => {
	const clock = (at: number) => `${at / minute}`.padStart(5, '0');
	const axis = (marks: readonly AxisMark[], width = 60, theme = unicode) =>
		trimmed(
			frameOf(width, 1, surface =>
				paintTimeAxis(surface, range, clock, theme, paintAxisMarks(surface, marks, range, theme)),
			),
		);

	test.each<[string, readonly AxisMark[], string]>([
		['none', [], '        00000              00015               00030'],
		[
			'words behind the mark, and no tick below them',
			[{ at: 12 * minute, words: ['deploy 1 › 2'] }],
			'        00000          ▴ deploy 1 › 2          00030',
		],
		[
			'words before it where there is no room behind',
			[{ at: 38 * minute, words: ['deploy 1 › 2'] }],
			'        00000              00015            deploy 1 › 2 ▴',
		],
		[
			'the first has its words, all their marks',
			[
				{ at: 20 * minute, words: ['deploy 1 › 2'] },
				{ at: 22 * minute, words: ['restart a'] },
				{ at: 24 * minute, words: ['restart b'] },
			],
			'        00000        deploy 1 › 2 ▴ ▴  ▴ restart b',
		],
		[
			'shorter words where the long ones do not fit',
			[{ at: 20 * minute, words: ['deploy 1 › 2 at some time of the day', 'deploy 1 › 2'] }],
			'        00000              00015  ▴ deploy 1 › 2',
		],
		[
			'outside the range nothing',
			[{ at: 50 * minute, words: ['deploy'] }],
			'        00000              00015               00030',
		],
		[
			'at the very ends',
			[
				{ at: 0, words: ['a'] },
				{ at: 40 * minute, words: ['b'] },
			],
			'        ▴ a                00015               00030     b ▴',
		],
	])('%s', (_, marks, line) => expect(axis(marks)).toBe(line));

	test('in ASCII', () =>
		expect(axis([{ at: 12 * minute, words: ['deploy 1 > 2'] }], 60, ascii)).toMatch(/\^ deploy 1 > 2/));
	test('without room there are the marks alone', () => {
		expect(axis([{ at: 12 * minute, words: ['a release of a very long name'] }], 24)).toContain('▴');
		expect(axis([{ at: 12 * minute, words: ['a release of a very long name'] }], 24)).not.toContain('release');
	});
});

describe('a baseline', () => {
	const series = (value: number) => ({
		labels: {},
		times: [0, 10, 20, 30, 40].map(at => at * minute),
		values: Array(5).fill(value),
	});
	const chart = (now: number, before: number, theme = unicode, filled = true) =>
		trimmed(
			frameOf(32, 4, surface =>
				paintChart(
					surface,
					{
						lines: [{ series: series(now), style: {} }],
						baseline: series(before),
						range,
						step: 10 * minute,
						filled,
						format: String,
						marks: [],
						points: [],
					},
					theme,
				),
			),
		);

	test('is broken above an area, and cut out of it below', () => {
		expect(`\n${chart(2, 4)}\n${chart(4, 2)}`).toMatchInlineSnapshot(`
			"
			      4┤⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉
			       │⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      4┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿"
		`);
	});
	test('never breaks a line', () => expect(chart(4, 4, unicode, false)).toBe(chart(4, Number.NaN, unicode, false)));
	test('gives way to the area in ASCII', () =>
		expect(`\n${chart(2, 4, ascii)}`).toMatchInlineSnapshot(`
		"
		      4+........................
		       |________________________
		       |************************
		      0\\************************"
	`));
	test('does not press the data flat', () => expect(chart(1, 100)).toMatch(/^ +[35]┤/));
	test('is all there is, when there are no data', () => expect(chart(Number.NaN, 4)).toContain('4┤'));
});

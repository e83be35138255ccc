import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, formatShare } from '../../src/analysis/format.ts';
import { formatClock } from '../../src/analysis/format-time.ts';
import { minute } from '../../src/model/time.ts';
import type { Style } from '../../src/terminal/style.ts';
import type { Surface } from '../../src/terminal/surface.ts';
import { createDotRaster } from '../../src/widgets/braille.ts';
import { type Chart, paintChart } from '../../src/widgets/chart.ts';
import { axisColumns, columnAt, instantAt, paintTimeAxis } from '../../src/widgets/chart-axis.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { frameOf } from '../helpers/frame.ts';

const { NaN: gap, POSITIVE_INFINITY: infinity } = Number;
const noon = Date.UTC(2026, 10, 22, 12);

/** A chart of one value a minute from noon on. */
const chartOf = (values: readonly number[], change: Partial<Chart> = {}): Chart => ({
	lines: [{ series: { labels: {}, times: values.map((_, index) => noon + index * minute), values }, style: {} }],
	range: { from: noon, to: noon + Math.max(1, values.length - 1) * minute },
	step: minute,
	filled: true,
	format: String,
	marks: [],
	points: [],
	...change,
});

const drawn = (width: number, height: number, chart: Chart, unicode = true): string =>
	`\n${frameOf(width, height, surface => paintChart(surface, chart, createTheme('none', unicode)))
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n')}`;

describe('a chart', () => {
	test('fills from zero to the values, under round figures', () => {
		expect(drawn(14, 4, chartOf([0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6]))).toBe(`
      6┤  ⢠⣿⣿⣿
       │ ⢀⣾⣿⣿⣿
       │ ⣼⣿⣿⣿⣿
      0└⣸⣿⣿⣿⣿⣿`);
	});

	test('draws lines that hang together', () => {
		expect(drawn(14, 4, chartOf([0, 0, 0, 6, 6, 6, 0, 0, 0, 6, 6, 6], { filled: false }))).toBe(`
      6┤ ⢸⠉⡆⢸⠉
       │ ⢸ ⡇⢸
       │ ⢸ ⡇⢸
      0└⣀⡸ ⣇⡸`);
	});

	test('leaves a gap where a sample is missing, and bridges the distance of two samples', () => {
		expect(drawn(20, 1, chartOf([6, 6, gap, gap, 6, 6]))).toBe('\n      6┤⣿⣿⣿⣿⣿⡇   ⢸⣿⣿');
	});

	test('has figures on the way up where there is room', () => {
		const figures = drawn(12, 13, chartOf([24, 24], { format: value => `${value} %` }))
			.split('\n')
			.map(line => line.slice(0, axisColumns));
		expect(figures).toEqual(['', '   25 %┤', ...Array(11).fill('       │'), '      0└']);
		expect(
			drawn(12, 17, chartOf([24, 24]))
				.split('\n')
				.filter(line => /\d/.test(line))
				.map(line => line.trim().split(/[┤└]/)[0]),
		).toEqual(['25', '20', '15', '10', '5', '0']);
	});

	test('drops the blanks of a figure that is wider than its column', () => {
		const format = (value: number) => formatDuration(value * 1000);
		expect(drawn(10, 2, chartOf([150, 150], { format }))).toBe('\n  2m30s┤⣿⣿\n      0└⣿⣿');
	});

	test('shows a limit just above zero at its own height, beside the data', () => {
		const chart = chartOf([0, 0, 0, 0, 0, 0, 24, 24, 24, 24, 24, 24], { threshold: 5 });
		expect(drawn(14, 4, chart)).toBe(`
     25┤   ⣶⣶⣶
       │   ⣿⣿⣿
       │   ⣿⣿⣿
      0└⣉⣀⣉⣿⣿⣿`);
	});

	test('makes room for a limit that the data come near, and for no other', () => {
		expect(drawn(14, 4, chartOf([2, 2], { threshold: 5 }))).toContain('\n      5┤⠉ ⠉ ⠉\n');
		expect(drawn(14, 4, chartOf([1, 1], { threshold: 50 }))).toContain('\n      1┤⣿⣿');
		expect(drawn(14, 4, chartOf([0, 0], { threshold: 50 }))).toContain('\n     50┤⠉ ⠉ ⠉\n');
	});

	test('marks instants, and points at their value', () => {
		const chart = chartOf([1, 1, 1, 1, 1], {
			filled: false,
			marks: [noon + 2 * minute, noon - minute],
			points: [
				{ at: noon + 4 * minute, value: 3 },
				{ at: noon, value: gap },
				{ at: noon + 9 * minute, value: 1 },
			],
		});
		expect(drawn(13, 4, chart)).toBe(
			`
      3┤  │ ◆
       │  │
       │⠤⠤⠤⠤⠤
      0└  │`,
		);
	});

	test('is drawn in ASCII, nothing told from little', () => {
		expect(drawn(14, 4, chartOf([0, 0, 0, 0, 0, 0, 24, 24, 24, 24, 24, 24], { threshold: 12 }), false)).toBe(`
     25+   ***
       |   ***
       |---***
      0\\___***`);
	});

	test('puts the cursor over its whole column', () => {
		const restyled: (readonly [number, number, number, number, Style])[] = [];
		const spied = (surface: Surface): Surface => ({
			...surface,
			put: (...at) => surface.put(...at),
			restyle: (...box) => restyled.push(box),
			within: (...box) => spied(surface.within(...box)),
		});
		const theme = createTheme('none', true);
		frameOf(18, 4, surface => paintChart(spied(surface), chartOf([1, 2, 3], { cursor: noon + minute }), theme));
		expect(restyled).toEqual([[5, 0, 1, 4, theme.style('selection')]]);
	});

	test.each([
		['no values', chartOf([]), '1┤'],
		['only gaps', chartOf([gap, gap]), '1┤'],
		['zeros', chartOf([0, 0]), '1┤'],
		['infinity', chartOf([6, infinity, 6]), '6┤⣿'],
		['a window without length', chartOf([1, 1], { range: { from: noon, to: noon } }), '1┤'],
	])('bears %s', (_, chart, text) => expect(drawn(20, 3, chart)).toContain(text));

	test('never paints outside its room, whatever its values, size and window', () => {
		const anyChart = fc.record({
			values: fc.array(fc.oneof(fc.double(), fc.constant(gap), fc.constant(0)), { maxLength: 40 }),
			threshold: fc.double(),
			cursor: fc.integer({ min: -5, max: 50 }),
			length: fc.integer({ min: 0, max: 60 }),
			filled: fc.boolean(),
			unicode: fc.boolean(),
			width: fc.nat(40),
			height: fc.nat(12),
		});
		fc.assert(
			fc.property(anyChart, ({ values, threshold, cursor, length, filled, unicode, width, height }) => {
				const at = noon + cursor * minute;
				const range = { from: noon, to: noon + length * minute };
				const points = values.map(value => ({ at, value }));
				const chart = chartOf(values, {
					threshold,
					cursor: at,
					marks: [at],
					range,
					filled,
					points,
					format: formatShare,
				});
				const outside: string[] = [];
				const watched = (surface: Surface, x0: number, y0: number): Surface => ({
					...surface,
					put(x, y, text, style) {
						const end = surface.put(x, y, text, style);
						if (text !== '' && (x < 0 || y < 0 || y >= surface.height || end > surface.width)) outside.push(text);
						return end;
					},
					restyle: (...box) => surface.restyle(...box),
					within: (x, y, w, h) => watched(surface.within(x, y, w, h), x0 + x, y0 + y),
				});
				const theme = createTheme('none', unicode);
				frameOf(width, height, surface => paintChart(watched(surface, 0, 0), chart, theme));
				if (width > axisColumns) expect(outside).toEqual([]);
			}),
		);
	});
});

describe('columns and instants', () => {
	const range = { from: noon, to: noon + 60 * minute };

	test.each([
		[noon, 0],
		[noon + 30 * minute, 50],
		[noon + 60 * minute, 99],
		[noon - 1, undefined],
		[noon + 61 * minute, undefined],
	])('%i', (at, column) => expect(columnAt(at, range, 100)).toBe(column));

	test('lead back to each other', () => {
		for (let column = 0; column < 72; column++) {
			expect(columnAt(instantAt(column, range, 72), range, 72)).toBe(column);
		}
	});

	test('are none without room or length', () => {
		expect(columnAt(noon, range, 0)).toBeUndefined();
		expect(columnAt(noon, { from: noon, to: noon }, 10)).toBeUndefined();
	});
});

test('the axis of time has round instants that do not touch', () => {
	const axis = (width: number, length: number) =>
		frameOf(width, 1, surface =>
			paintTimeAxis(
				surface,
				{ from: noon - 7 * minute, to: noon - 7 * minute + length },
				(at, precision, withDate) => formatClock(at, 'utc', precision, withDate),
				createTheme('none', true),
			),
		);
	expect(axis(60, 60 * minute)).toBe('              12:00        12:15        12:30        12:45');
	expect(axis(80, 5 * minute)).toBe('        11:53         11:54         11:55          11:56         11:57');
	expect(axis(32, 60 * minute)).toBe('          12:00       12:30');
	const wide = frameOf(60, 1, surface =>
		paintTimeAxis(surface, { from: noon, to: noon + 60 * minute }, () => 'a long instant', createTheme('none', true)),
	);
	expect(wide).toBe('        a long instant            a long instant');
	expect(axis(8, 60 * minute)).toBe('');
});

describe('a raster of dots', () => {
	const painted = (columns: number, rows: number, dots: readonly (readonly [number, number])[], unicode = true) => {
		const raster = createDotRaster(columns, rows);
		for (const [x, y] of dots) raster.set(x, y, {});
		return frameOf(columns, rows, surface => raster.paint(surface, unicode));
	};

	test.each([
		[0, 0, '⠁'],
		[0, 1, '⠂'],
		[0, 2, '⠄'],
		[0, 3, '⡀'],
		[1, 0, '⠈'],
		[1, 1, '⠐'],
		[1, 2, '⠠'],
		[1, 3, '⢀'],
	])('has dot %i %i at its place', (x, y, cell) => expect(painted(1, 1, [[x, y]])).toBe(cell));

	test('joins the dots of a cell, and tells low from high in ASCII', () => {
		expect(
			painted(2, 2, [
				[0, 0],
				[1, 0],
				[2, 7],
				[3, 7],
			]),
		).toBe('⠉\n ⣀');
		expect(
			painted(
				2,
				2,
				[
					[0, 0],
					[1, 0],
					[2, 7],
					[3, 7],
				],
				false,
			),
		).toBe('*\n _');
	});

	test('ignores what is outside, and gives a cell the style set last', () => {
		expect(
			painted(1, 1, [
				[-1, 0],
				[0, -1],
				[2, 0],
				[0, 4],
			]),
		).toBe('');
		const raster = createDotRaster(1, 1);
		raster.set(0, 0, { bold: true });
		raster.set(1, 1, { dim: true });
		const styles: (Style | undefined)[] = [];
		frameOf(1, 1, surface =>
			raster.paint(
				{
					...surface,
					put(x, y, text, style) {
						styles.push(style);
						return surface.put(x, y, text, style);
					},
				},
				true,
			),
		);
		expect(styles).toEqual([{ dim: true }]);
	});
});

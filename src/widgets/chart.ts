import { bridged, resampled } from '../analysis/resample.ts';
import { roundCeiling, timeTicks } from '../analysis/ticks.ts';
import type { Series } from '../model/series.ts';
import { day, type Milliseconds, minute, type TimeRange } from '../model/time.ts';
import type { Style } from '../terminal/style.ts';
import type { Surface } from '../terminal/surface.ts';
import { widthOf } from '../terminal/width.ts';
import { createDotRaster, type DotRaster } from './braille.ts';
import type { Theme } from './theme.ts';

export type ChartLine = { readonly series: Series; readonly style: Style };

export type Chart = {
	/** At most four; the first is painted first, so the last one wins a cell. */
	readonly lines: readonly ChartLine[];
	readonly range: TimeRange;
	/** The distance of two samples; a longer one is a gap. */
	readonly step: Milliseconds;
	/** Fills the area under the lines: for one line, or for parts of a whole. */
	readonly filled: boolean;
	readonly format: (value: number) => string;
	/** A limit, drawn across when it is within three times the data. */
	readonly threshold?: number;
	/** Instants worth a vertical line. */
	readonly marks: readonly Milliseconds[];
	readonly points: readonly { readonly at: Milliseconds; readonly value: number }[];
	readonly cursor?: Milliseconds;
};

/** Columns in front of the plot: the largest value and the axis. */
export const axisColumns = 8;

/**
 * A chart of lines over time, from zero.
 *
 *       25 %┤               ⢀⣾⣿⣿⣿⣿
 *           │╌╌╌╌╌╌╌╌╌╌╌╌╌╌⣾⣿⣿⣿⣿⣿  threshold
 *         0 └⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣿⣿⣿⣿⣿⣿
 */
export function paintChart(surface: Surface, chart: Chart, theme: Theme): void {
	const plot = surface.within(axisColumns, 0, surface.width - axisColumns, surface.height);
	if (plot.width <= 0 || plot.height <= 0) return;
	const top = topOf(chart);
	paintAxis(surface, chart.format(top), theme);
	if (chart.threshold !== undefined && chart.threshold <= top) paintThreshold(plot, chart.threshold / top, theme);
	for (const mark of chart.marks) paintMark(plot, columnAt(mark, chart.range, plot.width), theme);
	const raster = createDotRaster(plot.width, plot.height);
	for (const line of chart.lines) rasterLine(raster, line, chart, top);
	raster.paint(plot, theme.unicode);
	for (const point of chart.points) paintPoint(plot, point, chart.range, top, theme);
	const cursor = chart.cursor === undefined ? undefined : columnAt(chart.cursor, chart.range, plot.width);
	if (cursor !== undefined) plot.restyle(cursor, 0, 1, plot.height, theme.style('selection'));
}

/** The round value at the top of the axis. */
function topOf({ lines, threshold, points }: Chart): number {
	const values = [...lines.flatMap(({ series }) => series.values), ...points.map(({ value }) => value)];
	const highest = values.reduce((most, value) => (Number.isFinite(value) && value > most ? value : most), 0);
	const limit = threshold !== undefined && (highest === 0 || threshold <= highest * 3) ? threshold : 0;
	return roundCeiling(Math.max(highest, limit));
}

function paintAxis(surface: Surface, top: string, theme: Theme): void {
	const style = theme.style('dim');
	const x = axisColumns - 1;
	surface.put(x - widthOf(top), 0, top, style);
	surface.put(x, 0, theme.glyph('axis'), style);
	for (let y = 1; y < surface.height - 1; y++) surface.put(x, y, theme.glyph('vertical'), style);
	if (surface.height < 2) return;
	surface.put(x - 1, surface.height - 1, '0', style);
	surface.put(x, surface.height - 1, theme.glyph('corner'), style);
}

function paintThreshold(plot: Surface, share: number, theme: Theme): void {
	const row = Math.min(plot.height - 1, Math.floor((1 - share) * plot.height));
	plot.put(0, row, theme.glyph('threshold').repeat(plot.width), theme.style('threshold'));
}

function paintMark(plot: Surface, column: number | undefined, theme: Theme): void {
	if (column === undefined) return;
	for (let y = 0; y < plot.height; y++) plot.put(column, y, theme.glyph('vertical'), theme.style('threshold'));
}

function paintPoint(
	plot: Surface,
	{ at, value }: Chart['points'][number],
	range: TimeRange,
	top: number,
	theme: Theme,
): void {
	const column = columnAt(at, range, plot.width);
	if (column === undefined) return;
	const row = Math.max(0, Math.min(plot.height - 1, Math.floor((1 - value / top) * plot.height)));
	plot.put(column, row, theme.glyph('exemplar'), theme.style('link'));
}

function rasterLine(
	raster: DotRaster,
	{ series, style }: ChartLine,
	{ range, step, filled }: Chart,
	top: number,
): void {
	const dotsPerStep = (step / (range.to - range.from)) * raster.width;
	const heights = bridged(resampled(series, range, raster.width), Math.ceil(dotsPerStep) + 1).map(value =>
		Number.isNaN(value) ? Number.NaN : Math.round(Math.min(1, Math.max(0, value / top)) * (raster.height - 1)),
	);
	heights.forEach((height, x) => {
		if (Number.isNaN(height)) return;
		const before = heights[x - 1] ?? Number.NaN;
		const low = filled ? 0 : Math.min(height, Number.isNaN(before) ? height : before + Math.sign(height - before));
		const high = filled
			? height
			: Math.max(height, Number.isNaN(before) ? height : before + Math.sign(height - before));
		for (let dot = low; dot <= high; dot++) raster.set(x, raster.height - 1 - dot, style);
	});
}

/** The column of an instant; `undefined` outside the range. */
export function columnAt(at: Milliseconds, { from, to }: TimeRange, columns: number): number | undefined {
	if (at < from || at > to || to <= from) return undefined;
	return Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns));
}

/** The instant in the middle of a column. */
export const instantAt = (column: number, { from, to }: TimeRange, columns: number): Milliseconds =>
	Math.round(from + ((column + 0.5) / columns) * (to - from));

/** One row of round instants under a chart: `03:00      03:15      03:30`. */
export function paintTimeAxis(
	surface: Surface,
	range: TimeRange,
	format: (at: Milliseconds, precision: 'minutes' | 'seconds', withDate: boolean) => string,
	theme: Theme,
): void {
	const plot = surface.within(axisColumns, 0, surface.width - axisColumns, 1);
	const { step, at } = timeTicks(range, Math.max(2, Math.floor(plot.width / 12)));
	let free = 0;
	for (const tick of at) {
		const text = format(tick, step < minute ? 'seconds' : 'minutes', step >= day);
		const column = columnAt(tick, range, plot.width) ?? 0;
		if (column < free || column + widthOf(text) > plot.width) continue;
		free = plot.put(column, 0, text, theme.style('dim')) + 2;
	}
}

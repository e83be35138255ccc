import { bridged, resampled } from '../analysis/resample.ts';
import { memoryScale, valueScale } from '../analysis/ticks.ts';
import type { Series } from '../model/series.ts';
import type { Milliseconds, TimeRange } from '../model/time.ts';
import type { Style } from '../terminal/style.ts';
import type { Surface } from '../terminal/surface.ts';
import { createDotRaster, type DotRaster } from './braille.ts';
import { axisColumns, columnAt, paintValueAxis } from './chart-axis.ts';
import { paintCursorMark } from './chart-marks.ts';
import type { Theme } from './theme.ts';

export type ChartLine = {
	readonly series: Series;
	readonly style: Style;
	/** One character by which the line is told from others in ASCII. */
	readonly mark?: string;
};

export type Chart = {
	/** At most four; the first is painted first, so the last one wins a cell. */
	readonly lines: readonly ChartLine[];
	/** What it was at another time: a broken line, on an area in what the area leaves free. */
	readonly baseline?: Series;
	readonly range: TimeRange;
	/** The distance of two samples; a longer one is a gap. */
	readonly step: Milliseconds;
	/** Fills the area under the lines: for one line, or for parts of a whole. */
	readonly filled: boolean;
	readonly format: (value: number) => string;
	/** The figures are bytes of memory, which are round in 1024s. */
	readonly memory?: boolean;
	/** A limit, drawn across when it is within three times the data. */
	readonly threshold?: number;
	/** Instants worth a vertical line. */
	readonly marks: readonly Milliseconds[];
	readonly points: readonly { readonly at: Milliseconds; readonly value: number; readonly selected?: boolean }[];
	readonly cursor?: Milliseconds;
};

/**
 * A chart of lines over time, from zero.
 *
 *       25 %┤               ⢀⣾⣿⣿⣿⣿
 *           │⠒ ⠒ ⠒ ⠒ ⠒ ⠒ ⠒ ⠒⣾⣿⣿⣿⣿⣿  threshold
 *          0└⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣿⣿⣿⣿⣿⣿
 */
export function paintChart(surface: Surface, chart: Chart, theme: Theme): void {
	const plot = surface.within(axisColumns, 0, surface.width - axisColumns, surface.height);
	if (plot.width <= 0 || plot.height <= 0) return;
	const scale = (chart.memory === true ? memoryScale : valueScale)(highestOf(chart));
	const { top } = scale;
	paintValueAxis(surface, scale, chart.format, theme);
	for (const mark of chart.marks) paintMark(plot, columnAt(mark, chart.range, plot.width), theme);
	const raster = createDotRaster(plot.width, plot.height);
	paintThreshold(plot, raster, chart.threshold, top, theme);
	if (!theme.unicode) paintPlainBaseline(plot, chart, top, theme);
	for (const line of chart.lines) rasterLine(raster, line, chart, top);
	if (theme.unicode) rasterBaseline(raster, chart, top, theme);
	raster.paint(plot, theme.unicode);
	const cursor = chart.cursor === undefined ? undefined : columnAt(chart.cursor, chart.range, plot.width);
	paintCursorMark(plot, cursor, theme);
	for (const point of chart.points) paintPoint(plot, point, chart.range, top, theme);
	if (cursor !== undefined) plot.restyle(cursor, 0, 1, plot.height, theme.style('selection'));
}

/** The largest figure to make room for; a limit or a baseline far above the data would press them flat. */
function highestOf({ lines, threshold, baseline, points }: Chart): number {
	const highest = largest([...lines.flatMap(({ series }) => series.values), ...points.map(({ value }) => value)]);
	const limit = threshold !== undefined && (highest === 0 || threshold <= highest * 3) ? threshold : 0;
	const before = largest(baseline?.values ?? []);
	return Math.max(highest, limit, highest === 0 ? before : Math.min(before, highest * 3));
}

const largest = (values: readonly number[]): number =>
	values.reduce((most, value) => (Number.isFinite(value) && value > most ? value : most), 0);

/** The dot row of a value, counted from below. */
const dotOf = (value: number, top: number, { height }: DotRaster): number =>
	Math.round(Math.min(1, Math.max(0, value / top)) * (height - 1));

/**
 * A broken line at the very height of the limit. Dots share their cell with the data, so a limit just above zero is
 * still seen; ASCII has one mark for a cell, and the data take it.
 */
function paintThreshold(
	plot: Surface,
	raster: DotRaster,
	threshold: number | undefined,
	top: number,
	theme: Theme,
): void {
	if (threshold === undefined || !(threshold >= 0 && threshold <= top)) return;
	const style = theme.style('threshold');
	const y = raster.height - 1 - dotOf(threshold, top, raster);
	if (!theme.unicode) plot.put(0, Math.floor(y / 4), theme.glyph('threshold').repeat(plot.width), style);
	else for (let x = 0; x < raster.width; x++) if (x % 4 < 2) raster.set(x, y, style);
}

function paintMark(plot: Surface, column: number | undefined, theme: Theme): void {
	if (column === undefined) return;
	for (let y = 0; y < plot.height; y++) plot.put(column, y, theme.glyph('vertical'), theme.style('threshold'));
}

function paintPoint(
	plot: Surface,
	{ at, value, selected = false }: Chart['points'][number],
	range: TimeRange,
	top: number,
	theme: Theme,
): void {
	const column = columnAt(at, range, plot.width);
	if (column === undefined || Number.isNaN(value)) return;
	const row = Math.floor((1 - value / top) * plot.height);
	const glyph = theme.glyph(selected ? 'selectedExemplar' : 'exemplar');
	plot.put(column, Math.max(0, Math.min(plot.height - 1, row)), glyph, theme.style('link'));
}

/** One value for each column, steps bridged and gaps left. */
function columnsOf(series: Series, { range, step }: Pick<Chart, 'range' | 'step'>, columns: number): readonly number[] {
	const columnsPerStep = (step / (range.to - range.from)) * columns;
	return bridged(resampled(series, range, columns), Math.ceil(columnsPerStep) + 1);
}

/** Two dots of four, like the limit's: behind lines, which must not seem broken, and cut out of an area. */
function rasterBaseline(raster: DotRaster, chart: Chart, top: number, theme: Theme): void {
	if (chart.baseline === undefined) return;
	const style = theme.style('baseline');
	const draw = chart.filled ? raster.cutOut : raster.setBehind;
	columnsOf(chart.baseline, chart, raster.width).forEach((value, x) => {
		if (x % 4 < 2 && !Number.isNaN(value)) draw(x, raster.height - 1 - dotOf(value, top, raster), style);
	});
}

/** In ASCII a cell has one mark, and the data take it. */
function paintPlainBaseline(plot: Surface, chart: Chart, top: number, theme: Theme): void {
	if (chart.baseline === undefined) return;
	columnsOf(chart.baseline, chart, plot.width).forEach((value, x) => {
		if (Number.isNaN(value)) return;
		const row = plot.height - 1 - Math.round(Math.min(1, Math.max(0, value / top)) * (plot.height - 1));
		plot.put(x, row, theme.glyph('baseline'), theme.style('baseline'));
	});
}

function rasterLine(
	raster: DotRaster,
	{ series, style, mark }: ChartLine,
	{ range, step, filled }: Chart,
	top: number,
): void {
	const heights = columnsOf(series, { range, step }, raster.width).map(value =>
		Number.isNaN(value) ? Number.NaN : dotOf(value, top, raster),
	);
	heights.forEach((height, x) => {
		if (Number.isNaN(height)) return;
		const before = heights[x - 1] ?? Number.NaN;
		/** Reaches to the dot beside the one before, so that a steep line hangs together. */
		const reach = Number.isNaN(before) ? height : before + Math.sign(height - before);
		const low = filled ? 0 : Math.min(height, reach);
		for (let dot = low; dot <= Math.max(height, filled ? height : reach); dot++) {
			raster.set(x, raster.height - 1 - dot, style, mark);
		}
	});
}

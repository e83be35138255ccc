import { timeTicks, type ValueScale } from '../analysis/ticks.ts';
import { day, type Milliseconds, minute, type TimeRange } from '../model/time.ts';
import type { Surface } from '../terminal/surface.ts';
import { fit, widthOf } from '../terminal/width.ts';
import type { Theme } from './theme.ts';

/** Columns in front of a plot: a figure and the axis. */
export const axisColumns = 8;

/** Rows from one figure to the next: closer, they would be read as one. */
const figureRows = 3;

/**
 * The axis of values, with as many round figures as there is room for, 0 and the top always among them.
 *
 *       25 %┤
 *       20 %┤
 *           │
 *          0└
 */
export function paintValueAxis(
	surface: Surface,
	scale: ValueScale,
	format: (value: number) => string,
	theme: Theme,
): void {
	const style = theme.style('dim');
	const x = axisColumns - 1;
	for (let y = 0; y < surface.height; y++) surface.put(x, y, theme.glyph('vertical'), style);
	for (const { row, value } of figuresOf(scale, surface.height)) {
		const text = value === 0 ? '0' : narrow(format(value), theme);
		surface.put(x - widthOf(text), row, text, style);
		surface.put(x, row, theme.glyph(row > 0 && row === surface.height - 1 ? 'corner' : 'axis'), style);
	}
}

/** The figures and their rows, the top first; in a single row there is only the top. */
function figuresOf(
	{ top, step }: ValueScale,
	rows: number,
): readonly { readonly row: number; readonly value: number }[] {
	if (rows < 2) return [{ row: 0, value: top }];
	const steps = Math.round(top / step);
	const stride = Array.from({ length: steps }, (_, index) => index + 1).find(
		each => steps % each === 0 && (each === steps || ((rows - 1) / steps) * each >= figureRows),
	);
	const figures = [];
	for (let index = steps; index >= 0; index -= stride ?? steps) {
		figures.push({ row: Math.round((1 - index / steps) * (rows - 1)), value: index === 0 ? 0 : (top / steps) * index });
	}
	return figures;
}

/** A thin column drops the space between a figure and its unit rather than a digit. */
function narrow(text: string, theme: Theme): string {
	const room = axisColumns - 1;
	return widthOf(text) <= room ? text : fit(text.replaceAll(' ', ''), room, { ellipsis: theme.glyph('ellipsis') });
}

/** The column of an instant; `undefined` outside the range. */
export function columnAt(at: Milliseconds, { from, to }: TimeRange, columns: number): number | undefined {
	if (columns <= 0 || at < from || at > to || to <= from) return undefined;
	return Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns));
}

/** The instant in the middle of a column. */
export const instantAt = (column: number, { from, to }: TimeRange, columns: number): Milliseconds =>
	Math.round(from + ((column + 0.5) / columns) * (to - from));

/** Columns of a plot from `from` up to, and not including, `to`. */
export type Columns = { readonly from: number; readonly to: number };

export const overlaps = (a: Columns, b: Columns): boolean => a.from < b.to && b.from < a.to;

/** One row of round instants under a chart: `03:00      03:15      03:30`, none of them in columns that are `taken`. */
export function paintTimeAxis(
	surface: Surface,
	range: TimeRange,
	format: (at: Milliseconds, precision: 'minutes' | 'seconds', withDate: boolean) => string,
	theme: Theme,
	taken: readonly Columns[] = [],
): void {
	const plot = surface.within(axisColumns, 0, surface.width - axisColumns, 1);
	const { step, at } = timeTicks(range, Math.max(2, Math.floor(plot.width / 12)));
	let free = 0;
	for (const tick of at) {
		const text = format(tick, step < minute ? 'seconds' : 'minutes', step >= day);
		const column = columnAt(tick, range, plot.width);
		if (column === undefined || column < free || column + widthOf(text) > plot.width) continue;
		if (taken.some(columns => overlaps(columns, { from: column - 1, to: column + widthOf(text) + 1 }))) continue;
		free = plot.put(column, 0, text, theme.style('dim')) + 2;
	}
}

import { bridged, resampled } from '../analysis/resample.ts';
import type { Milliseconds, TimeRange } from '../model/time.ts';
import type { Surface } from '../terminal/surface.ts';
import { fit, widthOf } from '../terminal/width.ts';
import { axisColumns, columnAt } from './chart-axis.ts';
import { paintCursorMark } from './chart-marks.ts';
import type { Theme } from './theme.ts';

/** Rows from the top down, each with a share from 0 to 1 at each of the times. */
export type HeatChart = {
	readonly times: readonly Milliseconds[];
	readonly rows: readonly { readonly label: string; readonly shares: readonly number[] }[];
	readonly range: TimeRange;
	/** The distance of two samples; a longer one is a gap. */
	readonly step: Milliseconds;
	readonly cursor?: Milliseconds;
};

/**
 * Shares as shades over time, in ASCII as tenths.
 *
 *       >5 s│                ░░▒▒▒▒
 *        5 s│                ▓▓▓▓▓▓
 *     100 ms│████████████████▒░░░░░
 */
export function paintHeatMap(surface: Surface, chart: HeatChart, theme: Theme): void {
	const { times, rows, range, step, cursor } = chart;
	const plot = surface.within(axisColumns, 0, surface.width - axisColumns, surface.height);
	if (plot.width <= 0) return;
	const columnsPerStep = (step / (range.to - range.from)) * plot.width;
	rows.slice(0, surface.height).forEach(({ label, shares }, y) => {
		const room = axisColumns - 1;
		const text = widthOf(label) <= room ? label : fit(label.replaceAll(' ', ''), room, { ellipsis: '' });
		surface.put(room - widthOf(text), y, text, theme.style('dim'));
		surface.put(room, y, theme.glyph('vertical'), theme.style('dim'));
		const columns = resampled({ labels: {}, times, values: shares }, range, plot.width);
		const cells = bridged(columns, Math.ceil(columnsPerStep) + 1).map(share => cellOf(share, theme));
		plot.put(0, y, cells.join(''), theme.style('link'));
	});
	const column = cursor === undefined ? undefined : columnAt(cursor, range, plot.width);
	paintCursorMark(plot, column, theme);
	if (column !== undefined) plot.restyle(column, 0, 1, Math.min(rows.length, plot.height), theme.style('selection'));
}

/** From which share on a cell is darker: the tail of slow requests is small and matters most. */
const shades: readonly (readonly [least: number, glyph: string])[] = [
	[0.5, '█'],
	[0.2, '▓'],
	[0.05, '▒'],
	[Number.MIN_VALUE, '░'],
];

function cellOf(share: number, { unicode }: Theme): string {
	if (!(share > 0)) return ' ';
	if (!unicode) return String(Math.min(9, Math.floor(share * 10)));
	return shades.find(([least]) => share >= least)?.[1] ?? ' ';
}

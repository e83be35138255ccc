import type { Milliseconds, TimeRange } from '../model/time.ts';
import type { Surface } from '../terminal/surface.ts';
import { widthOf } from '../terminal/width.ts';
import { axisColumns, type Columns, columnAt, overlaps } from './chart-axis.ts';
import type { Theme } from './theme.ts';

/** Something at an instant, and what it is called. */
export type AxisMark = { readonly at: Milliseconds; readonly words: string };

/**
 * The marks on the row of a time axis, each at its column, with their words where these fit: those of the first before
 * those of the others. Gives the columns that are taken.
 *
 *            02:15          ▴ deploy 2.13.4 › 2.14.0 02:41:44      ▴     03:00
 */
export function paintAxisMarks(
	surface: Surface,
	marks: readonly AxisMark[],
	range: TimeRange,
	theme: Theme,
): readonly Columns[] {
	const plot = surface.within(axisColumns, 0, surface.width - axisColumns, 1);
	const placed = marks.flatMap(({ at, words }) => {
		const column = columnAt(at, range, plot.width);
		return column === undefined ? [] : [{ column, words }];
	});
	const style = theme.style('strong');
	const taken: Columns[] = placed.map(({ column }) => ({ from: column, to: column + 1 }));
	for (const { column } of placed) plot.put(column, 0, theme.glyph('mark'), style);
	for (const { column, words } of placed) {
		const width = widthOf(words);
		const room = [
			{ from: column + 2, to: column + 2 + width },
			{ from: column - 1 - width, to: column - 1 },
		].find(columns => fits(columns, plot.width, taken));
		if (room === undefined || words === '') continue;
		plot.put(room.from, 0, words, style);
		taken.push(room);
	}
	return taken;
}

/** Within the plot, and with a blank on either side. */
const fits = ({ from, to }: Columns, width: number, taken: readonly Columns[]): boolean =>
	from >= 0 && to <= width && !taken.some(each => overlaps(each, { from: from - 1, to: to + 1 }));

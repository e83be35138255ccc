import type { Milliseconds, TimeRange } from '../model/time.ts';
import type { Surface } from '../terminal/surface.ts';
import { widthOf } from '../terminal/width.ts';
import { axisColumns, type Columns, columnAt, overlaps } from './chart-axis.ts';
import type { Theme } from './theme.ts';

/** Something at an instant, and what it is called: in the first of the words that fits. */
export type AxisMark = { readonly at: Milliseconds; readonly words: readonly string[] };

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
		const fitting = words.flatMap(text => besides(column, text).filter(({ room }) => fits(room, plot.width, taken)));
		const [chosen] = fitting;
		if (chosen === undefined) continue;
		plot.put(chosen.room.from, 0, chosen.text, style);
		taken.push(chosen.room);
	}
	return taken;
}

/** Where a text may stand: behind its mark, or before it. */
function besides(column: number, text: string): readonly { readonly text: string; readonly room: Columns }[] {
	const width = widthOf(text);
	return [
		{ text, room: { from: column + 2, to: column + 2 + width } },
		{ text, room: { from: column - 1 - width, to: column - 1 } },
	];
}

/** Within the plot, and with a blank on either side. */
const fits = ({ from, to }: Columns, width: number, taken: readonly Columns[]): boolean =>
	from >= 0 && to <= width && !taken.some(each => overlaps(each, { from: from - 1, to: to + 1 }));

/** Where there are no colours, reverse video may be missing too: the column under the cursor has a mark above it. */
export function paintCursorMark(plot: Surface, column: number | undefined, theme: Theme): void {
	if (column !== undefined && theme.level === 'none') plot.put(column, 0, theme.glyph('down'), theme.style('strong'));
}

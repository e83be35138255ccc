import type { Surface } from '../terminal/surface.ts';
import { fit } from '../terminal/width.ts';
import type { Theme } from './theme.ts';

/** The whole of something in one row, and which part of it is on show. */
export type MiniMap = {
	/** Columns for the heading at the left. */
	readonly gutter: number;
	readonly heading: string;
	/** How much goes on in each column; 0 is nothing. */
	readonly busy: readonly number[];
	/** Columns `[from, to)` that are on show; at least one. */
	readonly from: number;
	readonly to: number;
};

/** Half a cell: a full one would outweigh the bars below it. */
const highest = 3;

/**
 *     2.07 s     ▁▁▂[▄▄▄▄▃]▂▂▁▁▁
 *
 * The brackets stand outside of what is on show where there is room, and tell without colours what is on show.
 */
export function paintMiniMap(surface: Surface, { gutter, heading, busy, from, to }: MiniMap, theme: Theme): void {
	surface.put(1, 0, fit(heading, Math.max(0, gutter - 2), { ellipsis: theme.glyph('ellipsis') }), theme.style('dim'));
	const map = surface.within(gutter, 0, surface.width - gutter, 1);
	const most = Math.max(1, ...busy);
	busy.forEach((count, column) => {
		if (count === 0) return;
		const level = Math.min(highest, Math.ceil((count / most) * (highest + 1)) - 1);
		const isShown = column >= from && column < to;
		map.put(column, 0, theme.bars[level] ?? '', theme.style(isShown ? 'link' : 'dim'));
	});
	map.put(Math.max(0, from - 1), 0, '[', theme.style('strong'));
	map.put(Math.min(map.width - 1, to), 0, ']', theme.style('strong'));
}

import { type Brush, type Clip, intersect, restyle, wholeOf, write } from './brush.ts';
import type { Grid } from './grid.ts';
import { penOf } from './pen.ts';
import type { Surface } from './surface.ts';

/** The whole grid, or a rectangle of it, as a surface. */
export const surfaceOf = (grid: Grid, area: Clip = wholeOf(grid)): Surface =>
	surfaceIn({ grid, clip: wholeOf(grid) }, area);

/** A rectangle as a surface of its size; only what the brush may paint shows. Fractions of a cell are cut off. */
export function surfaceIn(brush: Brush, area: Clip): Surface {
	const left = Math.floor(area.left);
	const top = Math.floor(area.top);
	const width = Math.max(0, Math.floor(area.right) - left);
	const height = Math.max(0, Math.floor(area.bottom) - top);
	const own: Brush = {
		grid: brush.grid,
		clip: intersect(brush.clip, { left, top, right: left + width, bottom: top + height }),
	};
	const placed = (x: number, y: number, columns: number, rows: number): Clip => ({
		left: left + Math.floor(x),
		top: top + Math.floor(y),
		right: left + Math.floor(x + columns),
		bottom: top + Math.floor(y + rows),
	});
	return {
		width,
		height,
		put: (x, y, text, style) => write(own, left + Math.floor(x), top + Math.floor(y), text, penOf(style)) - left,
		restyle: (x, y, columns, rows, style) => restyle(own, placed(x, y, columns, rows), style),
		within: (x, y, columns, rows) =>
			surfaceIn(own, placed(x, y, Math.min(columns, width - x), Math.min(rows, height - y))),
	};
}

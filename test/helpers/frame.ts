import { createGrid, textOf } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import type { Paint } from '../../src/terminal/surface.ts';

/** What a painter paints into a room of that size, line by line, blanks at the ends cut off. */
export function frameOf(width: number, height: number, paint: Paint): string {
	const grid = createGrid(width, height);
	paint(surfaceOf(grid));
	return textOf(grid).join('\n');
}

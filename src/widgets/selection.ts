import type { Surface } from '../terminal/surface.ts';
import type { Theme } from './theme.ts';

/** Marks a painted row as the selected one: reversed, and where there are no colours with a glyph in column 0 as well. */
export function paintSelected(surface: Surface, y: number, width: number, theme: Theme): void {
	if (theme.level === 'none') surface.put(0, y, theme.glyph('selection'));
	surface.restyle(0, y, width, 1, theme.style('selection'));
}

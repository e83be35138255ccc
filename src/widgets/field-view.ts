import type { Surface } from '../terminal/surface.ts';
import { widthOf } from '../terminal/width.ts';
import type { TextField } from './text-field.ts';

/** Paints a line being typed. The end of a text that is too long for its room is on show as long as the cursor is there. */
export function paintField(surface: Surface, { text, cursor }: TextField): void {
	const before = widthOf(text.slice(0, cursor));
	const hidden = Math.max(0, before - surface.width + 1);
	surface.put(-hidden, 0, text);
	surface.restyle(before - hidden, 0, 1, 1, { inverse: true });
}

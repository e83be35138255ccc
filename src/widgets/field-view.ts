import type { Surface } from '../terminal/surface.ts';
import { widthOf } from '../terminal/width.ts';
import type { Segment } from './line.ts';
import type { TextField } from './text-field.ts';

/** Paints a line being typed, in `colours` when they are given: its text in pieces. The end of a text that is too long for its room is on show as long as the cursor is there. */
export function paintField(surface: Surface, { text, cursor }: TextField, colours?: readonly Segment[]): void {
	const before = widthOf(text.slice(0, cursor));
	const hidden = hiddenBefore({ text, cursor }, surface.width);
	let x = -hidden;
	for (const piece of colours ?? [{ text }]) x = surface.put(x, 0, piece.text, piece.style);
	surface.restyle(before - hidden, 0, 1, 1, { inverse: true });
}

/** The columns of a line that have moved out of its room on the left. */
const hiddenBefore = ({ text, cursor }: TextField, room: number): number =>
	Math.max(0, widthOf(text.slice(0, cursor)) - room + 1);

/** The column of its room in which a line shows the character at an index; outside of the room where it does not. */
export const columnInField = (field: TextField, at: number, room: number): number =>
	widthOf(field.text.slice(0, at)) - hiddenBefore(field, room);

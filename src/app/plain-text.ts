import { sanitizeLines } from '../terminal/sanitize.ts';
import type { Marked } from '../widgets/line.ts';
import { cutText } from '../widgets/wrap.ts';

/** A text that is laid open as it is, without anything beside it that the mouse would select too. */
export type PlainText = { readonly text: string };

type Lines = readonly (readonly Marked[])[];
const known = new WeakMap<PlainText, { readonly width: number; readonly lines: Lines }>();

/** Its lines in this many columns. It may have a megabyte, so it is cut once for each width. */
export function plainLines(plain: PlainText, width: number): Lines {
	const before = known.get(plain);
	if (before?.width === width) return before.lines;
	const lines = cutText(sanitizeLines(plain.text).join('\n'), width).map(text => [{ text }]);
	known.set(plain, { width, lines });
	return lines;
}

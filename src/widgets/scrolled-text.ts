import type { Surface } from '../terminal/surface.ts';
import { fit, widthOf } from '../terminal/width.ts';
import type { Marked } from './line.ts';
import type { Theme } from './theme.ts';
import { wrapText } from './wrap.ts';

/** Text in lines, and how many of them there is room for at a time. */
export type ScrolledText = { readonly lines: readonly Marked[]; readonly height: number };

/** Sentences in lines of at most `columns`; what follows the first line of each is set in by so many blanks. */
export const wrappedSentences = (sentences: readonly Marked[], columns: number, setIn = 0): readonly Marked[] =>
	sentences.flatMap(({ text, ...role }) =>
		wrapText(text, Math.max(1, columns - setIn)).map((line, index) => ({
			text: index === 0 ? line : ' '.repeat(setIn) + line,
			...role,
		})),
	);

/** The first line on show: nobody scrolls beyond the end. */
export const firstLine = (scroll: number, lines: number, height: number): number =>
	Math.max(0, Math.min(scroll, lines - height));

/** The lines from the one to which they were scrolled; the end of the last row says how many follow. */
export function paintScrolled(surface: Surface, lines: readonly Marked[], scroll: number, theme: Theme): void {
	const from = firstLine(scroll, lines.length, surface.height);
	lines.slice(from, from + surface.height).forEach(({ text, role }, y) => {
		surface.put(0, y, fit(text, surface.width, { ellipsis: theme.glyph('ellipsis') }), theme.style(role ?? 'text'));
	});
	paintMoreRows(surface, lines.length - from - surface.height, theme);
}

/** `12 more rows: J K` at the end of the last row, when so many rows have no room. */
export function paintMoreRows(surface: Surface, count: number, theme: Theme): void {
	if (count <= 0 || surface.height <= 0) return;
	const more = ` ${count} more ${count === 1 ? 'row' : 'rows'}: J K `;
	surface.put(Math.max(0, surface.width - widthOf(more)), surface.height - 1, more, theme.style('dim'));
}

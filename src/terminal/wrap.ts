import { type Pen, plainPen } from './pen.ts';
import { type Run, runsOf, sgrSteps } from './sgr.ts';
import { graphemesOf } from './width.ts';

/** A character in its pen, as wide as it will be. */
export type Glyph = { readonly text: string; readonly columns: number; readonly pen: Pen };

export const glyphsOf = (runs: readonly Run[]): readonly Glyph[] =>
	runs.flatMap(({ text, pen }) => graphemesOf(text).map(grapheme => ({ ...grapheme, pen })));

const sumOf = (glyphs: readonly Glyph[]): number => glyphs.reduce((sum, { columns }) => sum + columns, 0);

/**
 * Breaks a line at its spaces, and a word only where it is longer than a row. Spaces are kept, and the breaks are those
 * of Ink's own wrapping (wrap-ansi, hard, untrimmed), because Ink has measured the height of the text with it.
 */
export function wrapGlyphs(glyphs: readonly Glyph[], columns: number): readonly (readonly Glyph[])[] {
	const rows: Glyph[][] = [[]];
	let width = 0;
	const begin = (): void => {
		rows.push([]);
		width = 0;
	};
	const add = (added: readonly Glyph[]): void => {
		rows.at(-1)?.push(...added);
		width += sumOf(added);
	};
	for (const { space, word } of wordsOf(glyphs)) {
		if (space !== undefined) {
			if (width >= columns) begin();
			add([space]);
		}
		const length = sumOf(word);
		if (length > columns) {
			if (breaksOnNewRow(length, columns, width)) begin();
			for (const [index, glyph] of word.entries()) {
				if (width + glyph.columns > columns) begin();
				add([glyph]);
				if (width === columns && index < word.length - 1) begin();
			}
		} else {
			if (width + length > columns && width > 0 && length > 0) begin();
			add(word);
		}
	}
	return rows;
}

/** A long word begins on a row of its own when that breaks it less often. */
function breaksOnNewRow(length: number, columns: number, width: number): boolean {
	const here = 1 + Math.floor((length - (columns - width) - 1) / columns);
	return Math.floor((length - 1) / columns) < here;
}

type Word = { readonly space?: Glyph; readonly word: readonly Glyph[] };

/** The words of a line, each with the space before it. */
function wordsOf(glyphs: readonly Glyph[]): readonly Word[] {
	const words: { space?: Glyph; word: Glyph[] }[] = [{ word: [] }];
	for (const glyph of glyphs) {
		if (glyph.text === ' ') words.push({ space: glyph, word: [] });
		else words.at(-1)?.word.push(glyph);
	}
	return words;
}

/** Cuts a line to so many columns, the ellipsis in the pen of its neighbour. `lose` is the part that may go. */
export function cutGlyphs(
	glyphs: readonly Glyph[],
	columns: number,
	lose: 'start' | 'middle' | 'end',
): readonly Glyph[] {
	if (columns < 1) return [];
	const ellipsis = (neighbour: Glyph | undefined): Glyph => ({
		text: '…',
		columns: 1,
		pen: neighbour?.pen ?? plainPen,
	});
	if (columns === 1) return [{ text: '…', columns: 1, pen: plainPen }];
	if (lose === 'end') {
		const head = headOf(glyphs, columns - 1);
		return [...head, ellipsis(head.at(-1))];
	}
	if (lose === 'start') {
		const tail = headOf(glyphs.toReversed(), columns - 1).toReversed();
		return [ellipsis(tail[0]), ...tail];
	}
	const half = Math.floor(columns / 2);
	const head = headOf(glyphs, half);
	const tail = headOf(glyphs.toReversed(), columns - half - 1).toReversed();
	return [...head, ellipsis(head.at(-1)), ...tail];
}

function headOf(glyphs: readonly Glyph[], columns: number): readonly Glyph[] {
	let width = 0;
	const end = glyphs.findIndex(glyph => {
		width += glyph.columns;
		return width > columns;
	});
	return end < 0 ? glyphs : glyphs.slice(0, end);
}

/** The glyphs as text with SGR sequences, one per step, so that a transform can find what closes its own style. */
export function ansiOf(glyphs: readonly Glyph[]): string {
	let text = '';
	let pen = plainPen;
	for (const glyph of glyphs) {
		text += stepsBetween(pen, glyph.pen) + glyph.text;
		pen = glyph.pen;
	}
	return text + stepsBetween(pen, plainPen);
}

const stepsBetween = (from: Pen, to: Pen): string =>
	sgrSteps(from, to)
		.map(step => `\x1b[${step}m`)
		.join('');

/** The glyphs of one line of text with SGR sequences. */
export const parseGlyphs = (line: string): readonly Glyph[] => glyphsOf(runsOf(line));

import { eastAsianWidth } from 'get-east-asian-width';

/**
 * What a terminal does with a code point: takes one or two columns, joins the character before it (`0`), or must never
 * see it because it is a control or has no glyph of its own (`hidden`).
 */
export type Columns = 0 | 1 | 2;
export const hidden = -1;

/**
 * Controls, format characters (bidi controls, joiners, tags), lone surrogates, line and paragraph separators, variation
 * selectors, fillers and skin tones. Joiners and selectors are among them on purpose: terminals disagree about the
 * width of what they make, while without them every terminal draws the plain characters, which all of them can count.
 */
const hiddenCharacter = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]$/u;

/** Marks without a width of their own, and the vowels and finals that complete a Hangul syllable. */
const joiningCharacter = /^[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]$/u;

/** The basic plane, classified as it is met: filled lazily because most programs only ever see a few hundred of it. */
const basicPlane = new Int8Array(0x10000).fill(-2);

/** The columns of one code point, or `hidden`. */
export function columnsOf(codePoint: number): Columns | typeof hidden {
	if (codePoint > 0xffff) return classify(codePoint);
	const known = basicPlane[codePoint];
	if (known === 0 || known === 1 || known === 2 || known === hidden) return known;
	const columns = classify(codePoint);
	basicPlane[codePoint] = columns;
	return columns;
}

function classify(codePoint: number): Columns | typeof hidden {
	const character = String.fromCodePoint(codePoint);
	if (hiddenCharacter.test(character)) return hidden;
	if (joiningCharacter.test(character)) return 0;
	return eastAsianWidth(codePoint);
}

/**
 * Ranges whose width every terminal counts alike: Latin, Greek, Cyrillic, punctuation, arrows, box drawing, blocks,
 * our two ticks (✓ ✗, neutral in every table), braille, and the classic wide scripts. For the rest (emoji above all)
 * widths changed between versions of Unicode.
 */
const agreed: readonly (readonly [first: number, last: number])[] = [
	[0x20, 0x2ff],
	[0x370, 0x482],
	[0x48a, 0x590],
	[0x1e00, 0x1fff],
	[0x2010, 0x22ff],
	[0x2500, 0x25fc],
	[0x2713, 0x2713],
	[0x2717, 0x2717],
	[0x2800, 0x28ff],
	[0x3001, 0x3029],
	[0x3041, 0x3096],
	[0x309b, 0x4dbf],
	[0x4e00, 0x9fff],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xff01, 0xff60],
];

/** True when terminals agree on this code point's width, so that the cursor is known after it. */
export function isWidthAgreed(codePoint: number): boolean {
	if (codePoint < 0x300) return true;
	return agreed.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/** One cell's worth of text: a character and the marks on it. `columns` is 0 only for a mark with nothing before it. */
export type Grapheme = { readonly text: string; readonly columns: Columns };

/** More marks than any script needs; longer stacks would make one cell an unbounded string. */
export const longestGrapheme = 16;

const printableAscii = /^[\x20-\x7e]*$/;

/** The cells a text needs, in order. Hidden characters are left out. */
export function graphemesOf(text: string): readonly Grapheme[] {
	const graphemes: Grapheme[] = [];
	for (const character of text) {
		const columns = columnsOf(character.codePointAt(0) ?? 0);
		if (columns === hidden) continue;
		const last = columns === 0 ? graphemes.at(-1) : undefined;
		if (last === undefined) graphemes.push({ text: character, columns });
		else if (last.text.length < longestGrapheme) {
			graphemes[graphemes.length - 1] = { text: last.text + character, columns: last.columns };
		}
	}
	return graphemes;
}

/** How many columns a text takes on one line; hidden characters take none. */
export function widthOf(text: string): number {
	if (printableAscii.test(text)) return text.length;
	let width = 0;
	for (const character of text) width += Math.max(0, columnsOf(character.codePointAt(0) ?? 0));
	return width;
}

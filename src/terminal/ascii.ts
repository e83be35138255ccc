import { widthOf } from './width.ts';

/** Signs that decompose into nothing readable, with what stands for them. */
const substitutes: Readonly<Record<string, string>> = {
	'⏎': '|',
	'…': '~',
	'–': '-',
	'—': '-',
	'‘': "'",
	'’': "'",
	'“': '"',
	'”': '"',
	'×': 'x',
	'→': '>',
	µ: 'u',
	'·': '.',
	'─': '-',
	'│': '|',
};

/**
 * A character for a terminal that shows nothing but ASCII, in as many columns: without its marks (`é` is `e`), by its
 * compatibility form (`Ａ` is `A`), by a substitute, or as question marks.
 */
export function asciiOf(character: string, columns: number): string {
	const base = substitutes[character] ?? character.normalize('NFKD').charAt(0);
	return /^[ -~]$/.test(base) ? base.padEnd(columns) : '?'.repeat(columns);
}

/** A whole text for such a terminal; line breaks stay. */
export const asciiText = (text: string): string =>
	text.replaceAll(/[^\n -~]/gu, character => asciiOf(character, widthOf(character)));

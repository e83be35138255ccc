/** Pieces of a page in mdoc(7), the macros of manuals that groff and mandoc read. */

const longestLine = 78;

/** Running text, as source lines of sentences: a sentence begins a line, and none is longer than 80 bytes. */
export function paragraph(text: string): readonly string[] {
	const lines: string[] = [];
	for (const sentence of text.split(/(?<=[.?!:;])\s+/)) {
		let line = '';
		for (const word of sentence.split(/\s+/).map(escaped)) {
			if (line !== '' && line.length + 1 + word.length > longestLine) {
				lines.push(line);
				line = '';
			}
			line = line === '' ? word : `${line} ${word}`;
		}
		lines.push(line);
	}
	return lines.map(line => (/^[.']/.test(line) ? `\\&${line}` : line));
}

/** A line of macros: what is in capitals and lower case by two, `Fl`, is one; all else is `argument`. */
export const macro = (...words: readonly string[]): string => `.${words.join(' ')}`;

/** Text as one argument of a macro, never taken for a macro or for punctuation. */
export const argument = (text: string): string => {
	const safe = `\\&${escaped(text).replaceAll('"', '\\(dq')}`;
	return /\s/.test(text) ? `"${safe}"` : safe;
};

export const section = (title: string, ...lines: readonly (readonly string[])[]): readonly string[] => [
	macro('Sh', title),
	...lines.flat(),
];

export type Item = { readonly head: string; readonly text: string };

/** A list of terms; each `head` is a finished line of macros without its point. */
export const terms = (items: readonly Item[]): readonly string[] => [
	'.Bl -tag -width Ds',
	...items.flatMap(({ head, text }) => [macro('It', head), ...paragraph(text)]),
	'.El',
];

/** ASCII that no reader takes for an escape; other characters by their code, as groff_char(7) has them. */
const escaped = (text: string): string =>
	text
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll(
			/[^\0-\x7f]/gu,
			character => `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
		);

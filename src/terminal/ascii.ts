/** What the program itself writes, in ASCII of the same width; the theme has most of its glyphs in ASCII already. */
const spelled: Readonly<Record<string, string>> = {
	'–': '-',
	'—': '-',
	'·': '.',
	'…': '~',
	µ: 'u',
	'×': 'x',
	'∞': '8',
	'⏎': '|',
	'⇥': '>',
	'‘': "'",
	'’': "'",
	'“': '"',
	'”': '"',
	'€': 'E',
	'°': 'o',
};

const printableAscii = /^[\x20-\x7e]$/;

/**
 * One cell's character for a terminal that knows ASCII only: the letter without its marks where there is one, else `?`
 * for each column it takes.
 */
export function asciiOf(character: string, columns: 1 | 2): string {
	if (printableAscii.test(character)) return character;
	const plain = spelled[character] ?? character.normalize('NFKD').charAt(0);
	return (printableAscii.test(plain) ? plain : '?').padEnd(columns, '?');
}

import { columnsOf, hidden, widthOf } from './columns.ts';

export type SanitizeOptions = {
	/** What a line break is shown as; ASCII screens pass `\n` in letters or a blank. */
	readonly newline?: string;
	/** Columns from one tab stop to the next. */
	readonly tabWidth?: number;
};

/**
 * Escape sequences of ECMA-48, whole: a CSI with its parameters, a control string (OSC, DCS, APC, PM, SOS) with its
 * body up to its terminator, then any other escape. A control string that never ends loses its introducer only, so
 * that a stray one cannot hide the rest of a line.
 */
const escapeSequence =
	/(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x80-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[\x20-\x2f]*[\x30-\x7e]?/g;

/** Carriage returns that only belong to a line break or end the text. */
const idleReturns = /(?<!\r)\r+(?=\n|$)/g;
const lineBreak = /[\n\v\f\r\x85\u2028\u2029]/;
const printableAscii = /^[\x20-\x7e]*$/;

/** True when every character of the text may become a cell as it is. */
export function isClean(text: string): boolean {
	if (printableAscii.test(text)) return true;
	for (const character of text) {
		if (columnsOf(character.codePointAt(0) ?? 0) === hidden) return false;
	}
	return true;
}

/**
 * The text as it may be shown on one line, whoever wrote it: escape sequences dropped whole, tabs expanded, line breaks
 * shown as a mark, lone surrogates replaced, and every other character that draws nothing (controls, bidi controls,
 * joiners) dropped. Idempotent.
 */
export function sanitize(text: string, options: SanitizeOptions = {}): string {
	return isClean(text) ? text : sanitizeLines(text, options).join(options.newline ?? '⏎');
}

/** The same, with its line breaks kept as an array. */
export function sanitizeLines(text: string, { tabWidth = 8 }: SanitizeOptions = {}): readonly string[] {
	if (isClean(text)) return [text];
	const withoutSequences = text.replace(escapeSequence, '').replace(idleReturns, '').toWellFormed();
	return withoutSequences.split(lineBreak).map(line => shownOf(expandTabs(line, tabWidth)));
}

function expandTabs(line: string, tabWidth: number): string {
	if (!line.includes('\t')) return line;
	let column = 0;
	return line.replace(/[^\t]+|\t/g, part => {
		const text = part === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : part;
		column += widthOf(text);
		return text;
	});
}

function shownOf(line: string): string {
	if (isClean(line)) return line;
	return Array.from(line)
		.filter(character => columnsOf(character.codePointAt(0) ?? 0) !== hidden)
		.join('');
}

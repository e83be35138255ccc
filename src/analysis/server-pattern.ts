import { escapeRegex } from './string-literal.ts';

/** What stands in a LogQL pattern for any text. */
const anything = '<_>';

const partsOf = (pattern: string): readonly string[] => pattern.split(anything);

/** Whether a line is of a LogQL pattern on whole lines: `level=warn took=<_>`. */
export function isOfServerPattern(line: string, pattern: string): boolean {
	const parts = partsOf(pattern);
	const [first = '', ...others] = parts;
	if (others.length === 0) return line === pattern;
	if (!line.startsWith(first)) return false;
	const last = others.pop() ?? '';
	let at = first.length;
	for (const part of others) {
		const found = line.indexOf(part, at);
		if (found < 0) return false;
		at = found + part.length;
	}
	return line.length - last.length >= at && line.endsWith(last);
}

/** The same as a regular expression of RE2, which every Loki understands in a line filter. */
export const regexOfServerPattern = (pattern: string): string =>
	partsOf(pattern)
		.map(part => escapeRegex(part.trim()))
		.filter(part => part !== '')
		.join('.*');

import type { LogRecord } from '../model/log-entry.ts';
import { repetitionsIn } from './expression-cost.ts';
import { escapeRegex } from './string-literal.ts';

/** What is searched for in lines: a regular expression, or the text as it stands where it is none that could be tried. */
export type LineSearch = {
	readonly text: string;
	readonly pattern: RegExp;
	/** Why the text is searched as it stands, in a sentence. */
	readonly plain?: string;
	/** In so many characters of a text on screen the expression is found in no time, whatever the text. */
	readonly reach: number;
};

/** More of a line than anybody reads; what follows is not searched. */
const longestSearched = 20_000;

let latest: LineSearch | undefined;

/** Without a capital letter the case of the letters is of no matter. `^` and `$` are the ends of every line of a stack trace. */
export function lineSearchOf(text: string): LineSearch {
	if (latest?.text !== text) latest = compiled(text);
	return latest;
}

function compiled(text: string): LineSearch {
	const flags = /\p{Lu}/u.test(text.replaceAll(/\\./gs, '')) ? 'm' : 'im';
	const asText = (plain: string): LineSearch => ({
		text,
		pattern: new RegExp(escapeRegex(text), /\p{Lu}/u.test(text) ? '' : 'i'),
		plain,
		reach: longestSearched,
	});
	const { nested, count } = repetitionsIn(text);
	if (nested) return asText('This repeats what is repeated itself, which could take forever; searched as plain text.');
	try {
		return { text, pattern: new RegExp(text, flags), reach: reaches[count] ?? shortestReach };
	} catch {
		return asText('This is no regular expression; searched as plain text.');
	}
}

/** An expression with `n` repetitions takes up to `length ** (n + 1)` steps: about two million at these lengths. */
const reaches: readonly number[] = [longestSearched, 1600, 200, 80];
const shortestReach = 40;

/** Whether the line, its service or something beside it matches. May take long; nothing is parsed for it. */
export function matchesLine({ pattern }: LineSearch, { entry: { line, metadata }, service }: LogRecord): boolean {
	if (pattern.test(line.length > longestSearched ? line.slice(0, longestSearched) : line)) return true;
	if (pattern.test(service)) return true;
	for (const name in metadata) if (pattern.test(metadata[name] ?? '')) return true;
	return false;
}

export type TextRange = { readonly from: number; readonly to: number };

/** Where a text on screen matches, first to last, in UTF-16 units. */
export function matchRanges({ text, pattern, reach }: LineSearch, shown: string): readonly TextRange[] {
	if (text === '') return [];
	const all = new RegExp(pattern.source, `${pattern.flags}g`);
	return [...shown.slice(0, reach).matchAll(all)].flatMap(({ index, 0: { length } }) =>
		length === 0 ? [] : [{ from: index, to: index + length }],
	);
}

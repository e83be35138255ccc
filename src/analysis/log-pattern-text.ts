import type { LogRecord } from '../model/log-entry.ts';

/** What a pattern has where its lines differ and no mask says what it is. */
export const wildcard = '<_>';
/** The end of a pattern whose lines go on; what follows does not count. */
const goesOn = '<...>';

/** Patterns are told apart by how lines begin: what follows is most often a quoted request or a stack. */
const longestText = 500;
const mostTokens = 50;

/*
 * What differs from line to line whoever wrote it, and what it is replaced by. A number within a name (`eu-west-1`,
 * `ORA-00942`) stays: where it does differ, the clustering finds that by itself. Nothing here can match in many ways, so
 * that no line takes more than one walk through it.
 */
const quoted = [
	['secret', String.raw`\[redacted[^\]]{0,40}\]`],
	['str', `"[^"]*"`],
	['str', String.raw`(?<!\w)'[^']*'(?!\w)`],
] as const;

/** Tried in this order: what begins like another comes before it. */
const bare = [
	['uuid', '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}'],
	['time', String.raw`\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?`],
	['time', String.raw`\d\d:\d\d:\d\d(?:[.,]\d{1,9})?`],
	['ip', String.raw`\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?`],
	['dur', String.raw`\d{1,12}(?:\.\d{1,9})? ?(?:ns|us|µs|μs|ms|s|m|h)(?:\d{1,2}[ms]){0,2}`],
	['size', String.raw`\d{1,12}(?:\.\d{1,9})? ?(?:[kKMGT]i?)?B`],
	['num', String.raw`[+-]?\d+(?:[.,]\d+)*`],
	['hex', '0x[0-9a-fA-F]+'],
	['ip', '(?:[0-9a-fA-F]{1,4}:){3,7}:?[0-9a-fA-F]{1,4}'],
	['hex', String.raw`(?=[a-fA-F]*\d)[0-9a-fA-F]{8,}`],
] as const;

const groups = (masks: readonly (readonly [string, string])[]): string =>
	masks.map(([, regex]) => `(${regex})`).join('|');
const anyMask = new RegExp(
	String.raw`${groups(quoted)}|(?=[+\-\da-fA-F])(?<![\w.]|[A-Za-z]-)(?:${groups(bare)})(?!\w)`,
	'g',
);
const maskNames = [...quoted, ...bare].map(([mask]) => `<${mask}>`);
const mayBeMasked = /["'\d[]/;

/** The text with what differs from line to line replaced by what it is: `took <dur>`. */
export const masked = (text: string): string =>
	mayBeMasked.test(text)
		? text.replace(anyMask, (...match) => maskNames[match.findIndex(isFilled) - 1] ?? wildcard)
		: text;

const isFilled = (group: unknown, at: number): boolean => at > 0 && group !== undefined;

/** What a line says, as it is compared with others: the first line of its message, token by token. */
export function patternTokens(record: LogRecord): readonly string[] {
	const text = patternText(record);
	const cut = text.length > longestText;
	const tokens = masked(cut ? text.slice(0, longestText) : text).split(/\s+/);
	// A token that was cut in the middle may be any.
	const whole = cut && tokens.length > 1 ? tokens.slice(0, -1) : cut ? [] : tokens;
	if (whole.length > mostTokens) return [...whole.slice(0, mostTokens), goesOn];
	return cut ? [...whole, goesOn] : whole;
}

/** JSON without a message is its fields: in quotes everything would look the same. */
function patternText({ message, format, fields }: LogRecord): string {
	if (format === 'json' && /^\s*\{/.test(message)) {
		const pairs = fields.slice(0, mostTokens).map(({ name, value }) => `${name}=${oneToken(value)}`);
		return pairs.join(' ').slice(0, longestText + 1);
	}
	const text = message.slice(0, longestText * 2).trimStart();
	const end = text.search(/[\r\n]/);
	return (end < 0 ? text : text.slice(0, end)).trimEnd();
}

const oneToken = (value: string): string =>
	/\s/.test(value) ? JSON.stringify(value.slice(0, 200).replaceAll('"', "'")) : value.slice(0, 200);

/** A pattern as text, and back. */
export const formatPattern = (tokens: readonly string[]): string => tokens.join(' ');
export const parsePattern = (pattern: string): readonly string[] => pattern.split(' ');

/** Whether a line is of the pattern, exactly. */
export function isOfPattern(record: LogRecord, pattern: string): boolean {
	const tokens = patternTokens(record);
	const expected = parsePattern(pattern);
	return tokens.length === expected.length && expected.every((token, at) => token === wildcard || token === tokens[at]);
}

/** Words that stand in a line as they are, in whatever format and with whatever escapes it was written. */
const plainWord = /[A-Za-z0-9_-]{3,}/g;
const maskOrWildcard = new RegExp([wildcard, goesOn, ...new Set(maskNames)].join('|'), 'g');

/** What every line of a pattern holds, as far as it can be said to a server: the plain words of its constant parts. */
export const wordsOf = (tokens: readonly string[]): readonly string[] => [
	...new Set(tokens.join(' ').replaceAll(maskOrWildcard, ' ').match(plainWord)),
];

import type { Labels } from '../model/labels.ts';
import type { LogEntry, LogRecord } from '../model/log-entry.ts';

/**
 * Tests whether lines belong to the request of this one, as far as they say: `undefined` when it names none itself. A line
 * is read only when its text holds the ID in any spelling, so that a walk through 100,000 of them takes no longer than
 * looking for a few words.
 */
export function sameRequestTest({ requestId, traceId }: LogRecord): ((record: LogRecord) => boolean) | undefined {
	const [request, trace] = [requestId?.value, traceId?.value];
	if (request === undefined && trace === undefined) return undefined;
	const marks = [
		...(request === undefined ? [] : [longestWord(request)]),
		...(trace === undefined ? [] : traceMarks(trace)),
	];
	return record =>
		holdsAny(record.entry, marks) &&
		((trace !== undefined && record.traceId?.value === trace) ||
			(request !== undefined && record.requestId?.value === request));
}

/** What of an ID stands in a line as it is, whatever the line escapes. */
const longestWord = (id: string): string =>
	(id.match(/[\w-]+/g) ?? []).reduce((longest, word) => (word.length > longest.length ? word : longest), '') || id;

/**
 * What every spelling of a trace ID (32 lower-case hex digits) holds: with dashes, cut to 64 bits and as X-Ray writes it,
 * its last twelve digits stay together; Datadog writes the low half in decimal.
 */
function traceMarks(trace: string): readonly string[] {
	const tail = trace.slice(-12).replace(/^0+/, '');
	const decimal = BigInt(`0x${trace.slice(16)}`).toString();
	return tail === '' ? [''] : [...new Set([tail, tail.toUpperCase(), decimal])];
}

/** Plain loops: this is asked of every line that is held. */
function holdsAny({ line, metadata, parsed }: LogEntry, marks: readonly string[]): boolean {
	for (const mark of marks) if (holdsWord(line, mark)) return true;
	return holdsOne(metadata, marks) || holdsOne(parsed, marks);
}

function holdsOne(labels: Labels, marks: readonly string[]): boolean {
	for (const name in labels) {
		const value = labels[name] ?? '';
		for (const mark of marks) if (holdsWord(value, mark)) return true;
	}
	return false;
}

/** Each mark ends where a word does: lines of `req-12` and its like are not read when `req-1` is looked for. */
function holdsWord(text: string, mark: string): boolean {
	for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
		if (!isWord(text.charCodeAt(at + mark.length))) return true;
	}
	return false;
}

/** `0`–`9`, `A`–`Z`, `_` and `a`–`z`. */
const isWord = (code: number): boolean =>
	(code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);

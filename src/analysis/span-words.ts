import type { AttributeValue, SpanKind } from '../model/trace.ts';
import type { SkewMark } from './clock-skew.ts';
import { formatDuration } from './format.ts';
import type { TreeFlaws } from './trace-tree.ts';

/** What the kind of a span means (OpenTelemetry trace API, SpanKind). */
export const kindWords: Readonly<Record<SpanKind, string>> = {
	internal: 'internal work',
	server: 'server: answers a request',
	client: 'client: waits for an answer',
	producer: 'producer: sends a message',
	consumer: 'consumer: handles a message',
	unspecified: 'not said',
};

/** A length in nanoseconds, as text. */
export const formatSpanTime = (nanoseconds: number): string => formatDuration(nanoseconds / 1e6);

/** A name on one line: SQL is often the name of a span, with its line breaks. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A sentence holds no more of a name, or of an error's words: names grow to megabytes where somebody writes bodies into them. */
const longestInWords = 160;

/** A name or a message as a part of a sentence: on one line, cut where it is longer than one reads. */
export function inWords(text: string): string {
	const isLong = text.length > 10 * longestInWords;
	const line = oneLine(isLong ? text.slice(0, 10 * longestInWords) : text);
	if (!isLong && line.length <= longestInWords) return line;
	return `${line.slice(0, longestInWords - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** How a span lies outside its parent, in a few words. */
export function skewWords({ kind, by }: SkewMark): string {
	const length = formatSpanTime(Math.abs(by));
	switch (kind) {
		case 'skewed':
			return `clock skew: ${length} ${by < 0 ? 'before' : 'past'} its parent`;
		case 'outlives':
			return `went on ${length} after its parent ended`;
		case 'after':
			return `began ${length} after its parent ended`;
		case 'backwards':
			return `ends ${length} before it starts`;
		case 'implausible':
			return `took ${length} by its own times, which cannot be; drawn as long as what hangs below it`;
	}
}

/** The same in one or two words, for beside a bar. */
export const skewTag: Readonly<Record<SkewMark['kind'], string>> = {
	skewed: 'skewed',
	outlives: 'outlives parent',
	after: 'after parent',
	backwards: 'ends before start',
	implausible: 'time cannot be',
};

/** `moved +120 ms`: by how many nanoseconds a span was shifted. */
export const movedWords = (by: number): string => `moved ${by < 0 ? '-' : '+'}${formatSpanTime(Math.abs(by))}`;

/** What is wrong with a trace, a sentence each; none for a sound one. */
export function flawSentences({ duplicates, orphans, cycles, backwards, implausible }: TreeFlaws): readonly string[] {
	const of = (count: number, one: string, many: string) =>
		count === 0 ? [] : [count === 1 ? one : `${count} ${many}`];
	return [
		...of(orphans, '1 span has a parent that is missing', 'spans have a parent that is missing'),
		...of(cycles, '1 span was its own ancestor; cut there', 'spans were their own ancestors; cut there'),
		...of(backwards, '1 span ends before it starts', 'spans end before they start'),
		...of(
			implausible,
			'1 span has a time that cannot be; drawn as long as what hangs below it',
			'spans have times that cannot be; drawn as long as what hangs below them',
		),
		...of(duplicates, '1 span came twice', 'spans came twice'),
	];
}

/** JSON up to here is read on one line. */
const shortJson = 60;

/**
 * An attribute's value: texts as they are (bytes come in base64), numbers and truth values as JSON has them, lists and
 * objects as JSON, indented where they are long. Empty text is said to be so.
 */
export function formatAttribute(value: AttributeValue): string {
	if (value === '') return '(empty)';
	if (typeof value === 'string') return value;
	if (typeof value !== 'object') return String(value);
	const line = JSON.stringify(value, withoutNull);
	return line.length <= shortJson ? line : JSON.stringify(value, withoutNull, 2);
}

/** JSON would make null of NaN and of the infinities. */
const withoutNull = (_: string, value: unknown): unknown =>
	typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

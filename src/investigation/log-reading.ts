import { isServerSide, passes } from '../analysis/log-filters.ts';
import { isAtLeast } from '../analysis/log-level.ts';
import { recordOf } from '../analysis/log-record.ts';
import { completeFrom, indexAt, isCut, type LogStretch, mergedRecords } from '../analysis/log-stretch.ts';
import { redactEvidenceField } from '../analysis/redact-evidence.ts';
import { redactingLines } from '../analysis/redact-lines.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import type { Labels } from '../model/labels.ts';
import type { Loaded } from '../model/loadable.ts';
import type { LogEntry, LogRecord } from '../model/log-entry.ts';
import type { LogsPlace } from '../model/place.ts';
import { finished, inSlices, type Steps } from '../model/steps.ts';
import { type Nanoseconds, type TimeRange, toNanoseconds } from '../model/time.ts';
import type { World } from './board.ts';
import type { LogsPageRead } from './logs-findings.ts';
import type { Asking, LogDirection, LogPage, LogRange } from './ports.ts';

/** Lines as they came, read and without secrets, oldest first. */
export type ReadLines = LogStretch;

/** Loki's end is exclusive and ours is not. */
export const logRange = ({ from, to }: TimeRange): LogRange => ({
	from: toNanoseconds(from),
	to: toNanoseconds(to + 1),
});

/** Lines of a page: as many as are read and drawn at once, and what Loki's own tools ask for. */
export const pageLimit = 1000;

export type LinesQuestion = {
	readonly queries: readonly string[];
	readonly range: LogRange;
	readonly limit: number;
	readonly direction: LogDirection;
};

/**
 * Puts several questions at once and merges what they found: a line that answers two of them is there once. A page that
 * was cut knows nothing beyond its cut, so the others are not heard on it either: between two lines none is missing. A long
 * page is read in slices, so that keys are heard meanwhile.
 */
export async function readLines(
	{ queries, range, limit, direction }: LinesQuestion,
	{ sources, now }: World,
	asking: Asking,
): Promise<Answer<ReadLines>> {
	const pages = await Promise.all(queries.map(logql => sources.logs.logs({ logql, range, limit, direction }, asking)));
	const cut = cutOf(
		pages.map(({ value }) => value),
		direction,
	);
	const read: (readonly LogRecord[])[] = [];
	for (const { value } of pages) {
		const heard = value.entries.filter(isHeard(cut, direction));
		read.push(await inSlices(entrySteps(heard), { now, signal: asking.signal }));
	}
	return answer(
		{
			records: mergedRecords(read),
			unread: cut === undefined ? {} : { [direction === 'backward' ? 'older' : 'newer']: cut },
		},
		pages.flatMap(page => page.notes),
	);
}

/** The instant nearest to where the reading began at which a page was cut. The pages are oldest first. */
function cutOf(pages: readonly LogPage[], direction: LogDirection): Nanoseconds | undefined {
	const isBackward = direction === 'backward';
	const cuts = pages.flatMap(({ entries, more }) => (more ? (entries.at(isBackward ? 0 : -1)?.at ?? []) : []));
	return cuts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).at(isBackward ? -1 : 0);
}

const isHeard =
	(cut: Nanoseconds | undefined, direction: LogDirection) =>
	({ at }: LogEntry): boolean =>
		cut === undefined || (direction === 'backward' ? at >= cut : at <= cut);

/** Lines of one reading, oldest first; `redactLine` goes on from another. */
export const readEntries = (entries: readonly LogEntry[], redactLine = redactingLines()): readonly LogRecord[] =>
	finished(entrySteps(entries, redactLine));

/** So many lines take a millisecond or two, while the program is young a few more. */
const linesOfStep = 64;

function* entrySteps(entries: readonly LogEntry[], redactLine = redactingLines()): Steps<readonly LogRecord[]> {
	const redactEntry = redactingEntries(redactLine);
	const records: LogRecord[] = [];
	for (const line of entries) {
		const { entry, masked } = redactEntry(line);
		if (records.push(recordOf(entry, masked)) % linesOfStep === 0) yield;
	}
	return records;
}

/** An entry without its secrets, and how many there were in its line. */
export type RedactEntry = (entry: LogEntry) => { readonly entry: LogEntry; readonly masked: number };

/**
 * Redacts lines as they follow each other, oldest first; those of one stream share its labels, and an entry without secrets
 * stays what it is.
 */
export function redactingEntries(redactLine = redactingLines()): RedactEntry {
	const streams = new WeakMap<Labels, Labels>();
	return entry => {
		const { text, masked } = redactLine(entry.labels, entry.line);
		const labels = streams.get(entry.labels) ?? redactedLabels(entry.labels);
		streams.set(entry.labels, labels);
		const [metadata, parsed] = [redactedLabels(entry.metadata), redactedLabels(entry.parsed)];
		const isSame =
			text === entry.line && labels === entry.labels && metadata === entry.metadata && parsed === entry.parsed;
		return { entry: isSame ? entry : { at: entry.at, line: text, labels, metadata, parsed }, masked };
	};
}

function redactedLabels(labels: Labels): Labels {
	let redacted: Record<string, string> | undefined;
	for (const name in labels) {
		const value = labels[name] ?? '';
		const clean = redactEvidenceField(name, value);
		if (clean !== value) redacted = { ...(redacted ?? labels), [name]: clean };
	}
	return redacted ?? labels;
}

/** What is told of lines that do not reach over the whole window. */
export function cutNotes(page: LogsPageRead): readonly Note[] {
	const words = cutWords(page);
	return words === undefined ? [] : [{ kind: 'partial', text: `${words} lines; there are more` }];
}

/** `the newest 1000`: which lines were read, where that is not all; `undefined` where it is. */
export function cutWords(page: LogsPageRead): string | undefined {
	if (!isCut(page)) return undefined;
	const { records, unread } = page;
	const count = unread.older === undefined ? records.length : records.length - indexAt(records, unread.older);
	const which = unread.older === undefined ? 'the first ' : unread.newer === undefined ? 'the newest ' : '';
	return `${which}${count}`;
}

/** The lines that name the span. */
export const ofSpan = (lines: ReadLines, span: string): ReadLines => ({
	...lines,
	records: lines.records.filter(({ spanId, entry }) => spanId?.value === span || entry.line.includes(span)),
});

/** What both left out. */
export const hiddenIn = (a: LogsPageRead['hidden'], b: LogsPageRead['hidden']): LogsPageRead['hidden'] => ({
	lower: a.lower + b.lower,
	unknown: a.unknown + b.unknown,
	other: a.other + b.other,
});

/** Errors that are fetched beyond a page that is too short for the window. */
export const olderErrors = 200;

/** Told as long as there are errors before which not every line was read. */
export const olderErrorsCut: Note = { kind: 'partial', text: `only ${olderErrors} older errors read` };

/** What is told of lines after others were put beside them. */
export const notesBeside = (
	{ value, notes }: Loaded<LogsPageRead>,
	all: LogsPageRead,
	further: readonly Note[],
): readonly Note[] => {
	const cutBefore = new Set(cutNotes(value).map(({ text }) => text));
	if (completeFrom(all) === undefined) cutBefore.add(olderErrorsCut.text);
	return [...notes.filter(({ text }) => !cutBefore.has(text)), ...further, ...cutNotes(all)];
};

/** The page as the place wants it: lines of a lower level, and those that its filters hold back, are left out and counted. */
export function pageOf(
	{ records, unread }: ReadLines,
	{ level, filters }: Pick<LogsPlace, 'level' | 'filters'>,
): LogsPageRead {
	const passed = isServerSide(filters) ? records : records.filter(record => passes(record, filters));
	const shown = level === undefined ? passed : passed.filter(record => isAtLeast(record.level, level));
	const unknown = level === undefined ? 0 : passed.filter(record => record.level === 'unknown').length;
	return {
		records: shown,
		unread,
		hidden: { lower: passed.length - shown.length - unknown, unknown, other: records.length - passed.length },
	};
}

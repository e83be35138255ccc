import { isAtLeast } from '../analysis/log-level.ts';
import { recordOf } from '../analysis/log-record.ts';
import { redactCounted, redactField } from '../analysis/redact.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { Labels } from '../model/labels.ts';
import type { LogEntry, LogLevel, LogRecord } from '../model/log-entry.ts';
import { type Nanoseconds, type TimeRange, toNanoseconds } from '../model/time.ts';
import type { World } from './board.ts';
import type { LogsPageRead } from './logs-findings.ts';
import type { Asking, LogDirection, LogPage, LogRange } from './ports.ts';

/** Lines as they came, read and without secrets, oldest first. */
export type ReadLines = { readonly records: readonly LogRecord[]; readonly more: boolean; readonly masked: number };

/** Loki's end is exclusive and ours is not. */
export const logRange = ({ from, to }: TimeRange): LogRange => ({
	from: toNanoseconds(from),
	to: toNanoseconds(to + 1),
});

export type LinesQuestion = {
	readonly queries: readonly string[];
	readonly range: LogRange;
	readonly limit: number;
	readonly direction: LogDirection;
};

/**
 * Puts several questions at once and merges what they found: a line that answers two of them is there once. A page that
 * was cut knows nothing beyond its cut, so the others are not heard on it either: between two lines none is missing.
 */
export async function readLines(
	{ queries, range, limit, direction }: LinesQuestion,
	{ sources }: World,
	asking: Asking,
): Promise<Answer<ReadLines>> {
	const pages = await Promise.all(queries.map(logql => sources.logs.logs({ logql, range, limit, direction }, asking)));
	const heard = pages.map(({ value }) =>
		value.entries.filter(
			within(
				pages.map(({ value }) => value),
				direction,
			),
		),
	);
	const read = heard.map(readEntries);
	return answer(
		{
			records: mergedRecords(read.map(({ records }) => records)),
			more: pages.some(page => page.value.more),
			masked: read.reduce((sum, { masked }) => sum + masked, 0),
		},
		pages.flatMap(page => page.notes),
	);
}

/** Whether an entry lies where every page was read. The pages are oldest first. */
function within(pages: readonly LogPage[], direction: LogDirection): (entry: LogEntry) => boolean {
	const isBackward = direction === 'backward';
	const cuts = pages.flatMap(({ entries, more }) => (more ? (entries.at(isBackward ? 0 : -1) ?? []) : []));
	return ({ at }) => cuts.every(cut => (isBackward ? at >= cut.at : at <= cut.at));
}

function readEntries(entries: readonly LogEntry[]): {
	readonly records: readonly LogRecord[];
	readonly masked: number;
} {
	let masked = 0;
	const streams = new Map<Labels, Labels>();
	const records = entries.map(entry => {
		const line = redactCounted(entry.line);
		masked += line.masked;
		const labels = streams.get(entry.labels) ?? redactedLabels(entry.labels);
		streams.set(entry.labels, labels);
		const [metadata, parsed] = [redactedLabels(entry.metadata), redactedLabels(entry.parsed)];
		return recordOf({ ...entry, line: line.text, labels, metadata, parsed });
	});
	return { records, masked };
}

const redactedLabels = (labels: Labels): Labels =>
	Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, redactField(name, value)]));

/** In time order, each line once. */
export function mergedRecords(lists: readonly (readonly LogRecord[])[]): readonly LogRecord[] {
	const [only, ...others] = lists;
	if (only !== undefined && others.length === 0) return only;
	const byKey = new Map(lists.flat().map(record => [record.key, record]));
	return [...byKey.values()].sort((a, b) => compare(a.entry.at, b.entry.at));
}

const compare = (a: Nanoseconds, b: Nanoseconds): number => (a < b ? -1 : a > b ? 1 : 0);

/** The page as the place wants it: lines below its level are left out and counted. */
export function pageOf({ records, more, masked }: ReadLines, level: LogLevel | undefined): LogsPageRead {
	const shown = level === undefined ? records : records.filter(record => isAtLeast(record.level, level));
	const unknown = level === undefined ? 0 : records.filter(record => record.level === 'unknown').length;
	return { records: shown, more, hidden: { lower: records.length - shown.length - unknown, unknown }, masked };
}

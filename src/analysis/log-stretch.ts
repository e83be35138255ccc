import type { LogRecord } from '../model/log-entry.ts';
import type { Nanoseconds } from '../model/time.ts';

/**
 * A stretch of the lines of a window, oldest first, and where it ends on either side:
 *
 *     window   |·······························|
 *     records     e    e |‹one line after another›|
 *                        older                  newer
 *
 * Before `older` the window has lines that were not read, but for the errors that were looked for by themselves.
 */
export type LogStretch = {
	readonly records: readonly LogRecord[];
	/** The instants from which on nothing more was read; of the instant itself some lines may be missing. */
	readonly unread: { readonly older?: Nanoseconds; readonly newer?: Nanoseconds };
};

/** So many lines are held at once; beyond that, the far end is given up and can be read again. */
export const mostHeld = 100_000;

/** The index of the first record at this instant or after it. */
export function indexAt(records: readonly LogRecord[], at: Nanoseconds): number {
	let [low, high] = [0, records.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((records[middle]?.entry.at ?? 0n) < at) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The index of a record by its key; −1 when it is not there. */
export function indexOfKey(records: readonly LogRecord[], key: string): number {
	const at = BigInt(key.slice(0, key.indexOf('-')));
	for (let index = indexAt(records, at); records[index]?.entry.at === at; index++) {
		if (records[index]?.key === key) return index;
	}
	return -1;
}

/** Whether the window has lines that were not read. */
export const isCut = ({ unread }: LogStretch): boolean => unread.older !== undefined || unread.newer !== undefined;

/** In which part of the records none is missing between two. */
export const completeFrom = ({ records, unread: { older } }: LogStretch): Nanoseconds | undefined =>
	older !== undefined && records[0] !== undefined && records[0].entry.at < older ? older : undefined;

/**
 * In time order, each line once: one that several lists have is one line. One that a list has twice is two, since servers
 * may keep equal lines of one instant.
 */
export function mergedRecords(lists: readonly (readonly LogRecord[])[]): readonly LogRecord[] {
	const filled = lists.filter(({ length }) => length > 0);
	const [first = [], ...others] = filled;
	if (others.length === 0) return first;
	const known = new Set<string>();
	const merged: LogRecord[] = [];
	for (const records of filled) {
		const times = new Map<string, number>();
		for (const record of records) {
			const time = (times.get(record.key) ?? 0) + 1;
			times.set(record.key, time);
			const identity = `${record.key} ${time}`;
			if (known.has(identity)) continue;
			known.add(identity);
			merged.push(record);
		}
	}
	return merged.sort((a, b) => compare(a.entry.at, b.entry.at));
}

const compare = (a: Nanoseconds, b: Nanoseconds): number => (a < b ? -1 : a > b ? 1 : 0);

/** What was read next to a stretch, oldest first, and where that reading ended before the window did. */
export type FurtherLines = { readonly records: readonly LogRecord[]; readonly unread: Nanoseconds | undefined };

/** The stretch with the lines before it, read backward up to and including its `older` end. */
export function withOlder({ records, unread }: LogStretch, { records: read, unread: end }: FurtherLines): LogStretch {
	if (unread.older === undefined) return { records, unread };
	const from = indexAt(records, unread.older);
	const known = records.slice(from, indexAt(records, unread.older + 1n));
	const before = mergedRecords([records.slice(0, from), without(read, known)]);
	const all = [...before, ...records.slice(from)];
	const { newer } = unread;
	const kept = all.slice(0, mostHeld);
	const dropped = all[mostHeld]?.entry.at ?? newer;
	return { records: kept, unread: edges(end, dropped) };
}

/** The stretch with the lines after it, read forward from its `newer` end on. */
export function withNewer({ records, unread }: LogStretch, { records: read, unread: end }: FurtherLines): LogStretch {
	if (unread.newer === undefined) return { records, unread };
	const known = records.slice(indexAt(records, unread.newer));
	const all = [...records, ...without(read, known)];
	const dropped = all.length - mostHeld;
	if (dropped <= 0) return { records: all, unread: edges(unread.older, end) };
	return { records: all.slice(dropped), unread: edges(all[dropped]?.entry.at, end) };
}

/**
 * The stretch with lines that were written lately, each list of them oldest first; `unread` is where their reading ended.
 * Beyond what is held at once the far end is given up: the older lines when the newest are `read`, and else the newest.
 */
export function withLatest(
	{ records, unread }: LogStretch,
	lists: readonly (readonly LogRecord[])[],
	{ unread: end, isRead }: { readonly unread: Nanoseconds | undefined; readonly isRead: boolean },
): LogStretch {
	const firsts = lists.flatMap(([first]) => first?.entry.at ?? []);
	const from = firsts.reduce((least, at) => Math.min(least, indexAt(records, at)), records.length);
	const all = [...records.slice(0, from), ...mergedRecords([records.slice(from), ...lists])];
	const dropped = all.length - mostHeld;
	if (dropped <= 0) return { records: all, unread: edges(unread.older, end) };
	if (isRead) return { records: all.slice(dropped), unread: edges(all[dropped]?.entry.at, end) };
	return { records: all.slice(0, mostHeld), unread: edges(unread.older, all[mostHeld - 1]?.entry.at) };
}

const edges = (older: Nanoseconds | undefined, newer: Nanoseconds | undefined): LogStretch['unread'] => ({
	...(older === undefined ? {} : { older }),
	...(newer === undefined ? {} : { newer }),
});

/** Those of the lines that are not known, each as often as it was read beyond that. */
function without(read: readonly LogRecord[], known: readonly LogRecord[]): readonly LogRecord[] {
	const left = new Map<string, number>();
	for (const { key } of known) left.set(key, (left.get(key) ?? 0) + 1);
	return read.filter(({ key }) => {
		const count = left.get(key) ?? 0;
		if (count > 0) left.set(key, count - 1);
		return count === 0;
	});
}

/**
 * What was read lately, put behind what was read of the same window before, when the two meet; lines before `from` have
 * left the window. Alone, when lines between the two are missing.
 */
export function withNews(before: LogStretch, news: LogStretch, from: Nanoseconds): LogStretch {
	const newest = before.records.at(-1)?.entry.at;
	const meets = newest !== undefined && before.unread.newer === undefined && (news.unread.older ?? from) <= newest;
	if (!meets) return news;
	const start = news.unread.older ?? from;
	const kept = before.records.slice(indexAt(before.records, from));
	const meeting = indexAt(kept, start);
	const all = [...kept.slice(0, meeting), ...mergedRecords([kept.slice(meeting), news.records])];
	const older = before.unread.older !== undefined && before.unread.older >= from ? before.unread.older : undefined;
	const dropped = all.length - mostHeld;
	if (dropped <= 0) return { records: all, unread: edges(older, news.unread.newer) };
	return { records: all.slice(dropped), unread: edges(all[dropped]?.entry.at, news.unread.newer) };
}

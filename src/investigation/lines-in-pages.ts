import { answer, type Note } from '../model/answer.ts';
import type { LogEntry } from '../model/log-entry.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { World } from './board.ts';
import { lineKey, type Pages, type PagesOfQuery } from './log-pages.ts';
import { partsAheadOf } from './log-parts.ts';
import type { Asking, LogDirection } from './ports.ts';

export type PagesQuestion = Omit<PagesOfQuery, 'logql'> & { readonly queries: readonly string[] };

/**
 * Reads lines on and on, a page at a time: while one is with the reader, others are under way. None is lost and none comes
 * twice, nor does a line that answers several queries. Rejects with a `FailureError`.
 */
export const linesInPages = (
	{ queries, ...question }: PagesQuestion,
	{ sources }: Pick<World, 'sources'>,
	asking: Asking,
): Pages => {
	const all = queries.map(logql => partsAheadOf({ ...question, logql }, sources, asking));
	const [only, ...others] = all;
	return only !== undefined && others.length === 0 ? only : merged(all, question.direction);
};

type Head = { readonly pages: Pages; entries: readonly LogEntry[]; next: number; done: boolean };

/** Merges by time; of lines that several queries found, the one that came first. */
async function* merged(all: readonly Pages[], direction: LogDirection): Pages {
	const heads = all.map((pages): Head => ({ pages, entries: [], next: 0, done: false }));
	const seen: Seen = { at: undefined, by: new Map() };
	for (;;) {
		const notes: Note[] = [];
		for (const head of heads) notes.push(...(await filled(head)));
		const entries: LogEntry[] = [];
		while (heads.every(({ done, next, entries }) => done || next < entries.length)) {
			const head = nearest(heads, direction);
			const entry = head?.entries[head.next++];
			if (head === undefined || entry === undefined) break;
			if (isFirst(entry, head, seen)) entries.push(entry);
		}
		if (entries.length > 0 || notes.length > 0) yield answer(entries, notes);
		if (heads.every(({ done, next, entries }) => done && next >= entries.length)) return;
	}
}

async function filled(head: Head): Promise<readonly Note[]> {
	const notes: Note[] = [];
	while (!head.done && head.next >= head.entries.length) {
		const { done, value } = await head.pages.next();
		head.done = done === true;
		head.entries = value?.value ?? [];
		head.next = 0;
		notes.push(...(value?.notes ?? []));
	}
	return notes;
}

function nearest(heads: readonly Head[], direction: LogDirection): Head | undefined {
	let found: Head | undefined;
	for (const head of heads) {
		const at = head.entries[head.next]?.at;
		const before = found?.entries[found.next]?.at;
		if (at === undefined) continue;
		if (before === undefined || (direction === 'backward' ? at > before : at < before)) found = head;
	}
	return found;
}

/** Which query a line of the present instant was found by. */
type Seen = { at: Nanoseconds | undefined; readonly by: Map<string, Head> };

function isFirst(entry: LogEntry, head: Head, seen: Seen): boolean {
	if (seen.at !== entry.at) seen.by.clear();
	seen.at = entry.at;
	const key = lineKey(entry);
	const by = seen.by.get(key) ?? head;
	seen.by.set(key, by);
	return by === head;
}

import { type Answer, answer, type Note } from '../model/answer.ts';
import { labelsKey } from '../model/labels.ts';
import type { LogEntry } from '../model/log-entry.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { World } from './board.ts';
import type { Asking, LogDirection, LogPage, LogRange } from './ports.ts';

export type PagesQuestion = {
	readonly queries: readonly string[];
	readonly range: LogRange;
	readonly direction: LogDirection;
	/** How many lines are still wanted; asked before each page, which is no larger than is good to hold. */
	readonly wanted: () => number;
};

/** Pages in the order of the reading, none of which is kept. */
type Pages = AsyncGenerator<Answer<readonly LogEntry[]>, void, undefined>;

/** Lines of the first page, which shall be there soon, and of the others: as many as Loki sends at once. */
const firstLimit = 1000;
const pageLimit = 5000;
/** Lines of a page while they are long, so that it has about this many characters. */
const pageLength = 8_000_000;
const leastLimit = 100;
/** No instant is asked for more often than this with twice as many lines; no server sends as many. */
const mostAtOnce = 1_000_000;

/**
 * Reads lines on and on, a page at a time: while one is with the reader, the next is under way, and no more. None is lost
 * and none comes twice, nor does a line that answers several queries. Rejects with a `FailureError`.
 */
export const linesInPages = (question: PagesQuestion, world: Pick<World, 'sources'>, asking: Asking): Pages => {
	const all = question.queries.map(logql => pagesOf(logql, question, world, asking));
	const [only, ...others] = all;
	return only !== undefined && others.length === 0 ? only : merged(all, question.direction);
};

async function* pagesOf(
	logql: string,
	{ range, direction, wanted }: PagesQuestion,
	{ sources }: Pick<World, 'sources'>,
	asking: Asking,
): Pages {
	const given = new AbortController();
	const signal = AbortSignal.any([asking.signal, given.signal]);
	const ask = (step: Step, lines: number): Asked | undefined => {
		if (lines <= 0 || step.atLeast >= mostAtOnce) return undefined;
		const limit = Math.max(Math.min(step.size, lines + step.known.lines), 2 * step.known.lines, step.atLeast);
		const page = sources.logs.logs({ logql, range: step.rest, limit, direction }, { ...asking, signal });
		// It is heard when its turn comes, and then its failure is.
		page.catch(() => {});
		return { limit, page };
	};
	try {
		let step: Step | undefined = { rest: range, known: noEdge, size: firstLimit, atLeast: 0 };
		for (let asked = ask(step, wanted()); asked !== undefined && step !== undefined; ) {
			const { value: page, notes }: Answer<LogPage> = await asked.page;
			const ordered = direction === 'backward' ? page.entries.toReversed() : page.entries;
			const fresh = withoutKnown(ordered, step.known);
			step = page.more ? stepAfter(step, { ordered, fresh, limit: asked.limit }, { range, direction }) : undefined;
			// Whether each of these counts is known only when they were taken; what is asked for early is what is wanted in any case.
			asked = step && ask(step, wanted() - fresh.length);
			if (fresh.length > 0 || notes.length > 0) yield answer(fresh, notes);
			asked ??= step && ask(step, wanted());
		}
	} finally {
		given.abort();
	}
}

type Asked = { readonly limit: number; readonly page: Promise<Answer<LogPage>> };

/** Where the reading stands. */
type Step = {
	readonly rest: LogRange;
	readonly known: Edge;
	/** Lines of the next page, if as many are wanted. */
	readonly size: number;
	readonly atLeast: number;
};

type ReadPage = { readonly ordered: readonly LogEntry[]; readonly fresh: readonly LogEntry[]; readonly limit: number };

function stepAfter(
	{ known }: Step,
	{ ordered, fresh, limit }: ReadPage,
	{ range, direction }: Pick<PagesQuestion, 'range' | 'direction'>,
): Step | undefined {
	const last = ordered.at(-1);
	if (last === undefined) return undefined;
	return {
		rest: direction === 'backward' ? { from: range.from, to: last.at + 1n } : { from: last.at, to: range.to },
		known: edgeOf(fresh, last.at, known),
		size: sizeAfter(ordered),
		// A page without a new line is full of those of one instant: the rest of them only comes in a larger one.
		atLeast: fresh.length > 0 ? 0 : limit * 2,
	};
}

function sizeAfter(entries: readonly LogEntry[]): number {
	let characters = 1;
	for (const { line } of entries) characters += line.length;
	return Math.max(leastLimit, Math.min(pageLimit, Math.floor((pageLength * entries.length) / characters)));
}

/** The lines of the instant at which the next page begins, which that one brings again, in whatever order. */
type Edge = {
	readonly at: Nanoseconds | undefined;
	readonly counts: ReadonlyMap<string, number>;
	readonly lines: number;
};

const noEdge: Edge = { at: undefined, counts: new Map(), lines: 0 };

const keyOf = ({ labels, line, metadata }: LogEntry): string =>
	JSON.stringify([labelsKey(labels), line, labelsKey(metadata)]);

function edgeOf(fresh: readonly LogEntry[], at: Nanoseconds, before: Edge): Edge {
	const counts = new Map(before.at === at ? before.counts : []);
	let lines = before.at === at ? before.lines : 0;
	for (let index = fresh.length - 1; index >= 0; index--) {
		const entry = fresh[index];
		if (entry === undefined || entry.at !== at) break;
		const key = keyOf(entry);
		counts.set(key, (counts.get(key) ?? 0) + 1);
		lines++;
	}
	return { at, counts, lines };
}

function withoutKnown(ordered: readonly LogEntry[], known: Edge): readonly LogEntry[] {
	if (known.lines === 0) return ordered;
	const left = new Map(known.counts);
	return ordered.filter(entry => {
		if (entry.at !== known.at) return true;
		const key = keyOf(entry);
		const count = left.get(key) ?? 0;
		left.set(key, count - 1);
		return count <= 0;
	});
}

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
	const key = keyOf(entry);
	const by = seen.by.get(key) ?? head;
	seen.by.set(key, by);
	return by === head;
}

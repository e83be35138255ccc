import { type Answer, answer } from '../model/answer.ts';
import { labelsKey } from '../model/labels.ts';
import type { LogEntry } from '../model/log-entry.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { World } from './board.ts';
import type { Asking, LogDirection, LogPage, LogRange } from './ports.ts';

/** The lines of one query within a range. */
export type PagesOfQuery = {
	readonly logql: string;
	readonly range: LogRange;
	readonly direction: LogDirection;
	/** How many lines are still wanted; asked before each page, which is no larger than is good to hold. */
	readonly wanted: () => number;
};

/** Pages in the order of the reading, none of which is kept. */
export type Pages = AsyncGenerator<Answer<readonly LogEntry[]>, void, undefined>;

/** Lines of a page: as many as Loki sends at once. */
const pageLimit = 5000;
/** Lines of a page while they are long, so that it has about this many characters. */
const pageLength = 8_000_000;
const leastLimit = 100;
/** No instant is asked for more often than this with twice as many lines; no server sends as many. */
const mostAtOnce = 1_000_000;

/**
 * Reads on from a step, page after page: while one is with the reader, the next is under way, and no more. None is lost and
 * none comes twice.
 */
export async function* pagesFrom(begin: Step, query: PagesOfQuery, sources: World['sources'], asking: Asking): Pages {
	const { wanted } = query;
	let step: Step | undefined = begin;
	for (let asked = askPage(step, wanted(), query, sources, asking); asked !== undefined && step !== undefined; ) {
		const { value: page, notes }: Answer<LogPage> = await asked.page;
		const { fresh, next } = readPage(page, asked.limit, step, query);
		step = next;
		// Whether each of these counts is known only when they were taken; what is asked for early is what is wanted in any case.
		asked = step && askPage(step, wanted() - fresh.length, query, sources, asking);
		if (fresh.length > 0 || notes.length > 0) yield answer(fresh, notes);
		asked ??= step && askPage(step, wanted(), query, sources, asking);
	}
}

/** Asks for the page of a step, of no more lines than are wanted; `undefined` where none are. */
export function askPage(
	{ rest, known, size, atLeast }: Step,
	lines: number,
	{ logql, direction }: PagesOfQuery,
	{ logs }: World['sources'],
	asking: Asking,
): Asked | undefined {
	if (lines <= 0 || atLeast >= mostAtOnce) return undefined;
	const limit = Math.max(Math.min(size, lines + known.lines), 2 * known.lines, atLeast);
	const page = logs.logs({ logql, range: rest, limit, direction }, asking);
	// It is heard when its turn comes, and then its failure is.
	page.catch(() => {});
	return { limit, page };
}

/** The lines of a page that are new, and the step after it; none where it was the last. */
export function readPage(page: LogPage, limit: number, step: Step, { range, direction }: PagesOfQuery): ReadPage {
	const ordered = direction === 'backward' ? page.entries.toReversed() : page.entries;
	const fresh = withoutKnown(ordered, step.known);
	const last = ordered.at(-1);
	if (last === undefined || !page.more) return { fresh, next: undefined };
	const next = {
		rest: direction === 'backward' ? { from: range.from, to: last.at + 1n } : { from: last.at, to: range.to },
		known: edgeOf(fresh, last.at, step.known),
		size: sizeAfter(ordered),
		// A page without a new line is full of those of one instant: the rest of them only comes in a larger one.
		atLeast: fresh.length > 0 ? 0 : limit * 2,
	};
	return { fresh, next };
}

type Asked = { readonly limit: number; readonly page: Promise<Answer<LogPage>> };

type ReadPage = { readonly fresh: readonly LogEntry[]; readonly next: Step | undefined };

/** Where the reading stands. */
export type Step = {
	readonly rest: LogRange;
	readonly known: Edge;
	/** Lines of the next page, if as many are wanted. */
	readonly size: number;
	readonly atLeast: number;
};

/** Nothing was read yet. */
export const firstStep = (rest: LogRange, size: number): Step => ({ rest, known: noEdge, size, atLeast: 0 });

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

/** Tells the lines of one instant apart. */
export const lineKey = ({ labels, line, metadata }: LogEntry): string =>
	JSON.stringify([labelsKey(labels), line, labelsKey(metadata)]);

function edgeOf(fresh: readonly LogEntry[], at: Nanoseconds, before: Edge): Edge {
	const counts = new Map(before.at === at ? before.counts : []);
	let lines = before.at === at ? before.lines : 0;
	for (let index = fresh.length - 1; index >= 0; index--) {
		const entry = fresh[index];
		if (entry === undefined || entry.at !== at) break;
		const key = lineKey(entry);
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
		const key = lineKey(entry);
		const count = left.get(key) ?? 0;
		left.set(key, count - 1);
		return count <= 0;
	});
}

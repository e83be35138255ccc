import type { Note } from '../../model/answer.ts';
import { labelsKey } from '../../model/labels.ts';
import type { LogEntry } from '../../model/log-entry.ts';
import type { Nanoseconds } from '../../model/time.ts';

/** Nanosecond ends: `from` inclusive, `to` exclusive, as Loki has it. */
export type LogRange = { readonly from: Nanoseconds; readonly to: Nanoseconds };

export type PageQuestion = {
	readonly range: LogRange;
	/** Lines wanted in all. */
	readonly limit: number;
	readonly direction: 'forward' | 'backward';
	/** Lines per page to begin with. */
	readonly pageSize: number;
	/** What the server allows at once, if that is known. */
	readonly most?: number;
};

/**
 * One page of at most `size` lines from the given end of `range`, in no order. `most` is what the server allows when it
 * refused `size` as too many; such an answer has no entries.
 */
export type Page = { readonly entries: readonly LogEntry[]; readonly notes: readonly Note[]; readonly most?: number };
export type AskPage = (range: LogRange, size: number) => Promise<Page>;

export type PagedLogs = {
	/** Oldest first; lines of one instant in the order of their streams' labels. */
	readonly entries: readonly LogEntry[];
	readonly more: boolean;
	readonly notes: readonly Note[];
};

/**
 * Reads a log page by page. Loki has no cursor: the next page begins at the last instant of this one, so that no line
 * that shares the instant is lost, and what comes twice is dropped again. Drawn backwards, with pages of four:
 *
 *     range      [from . . . . . . . . . . . . . . to)
 *     1st page                        a b b b          full: there may be another b
 *     2nd page             c d d | b b b b             four b, one of them new: the page is raised until it shows more
 *
 * When more lines share one instant than the server ever sends at once, the instant is left behind with a note.
 */
export async function readPages(question: PageQuestion, ask: AskPage): Promise<PagedLogs> {
	let progress = begin(question);
	while (!progress.done) {
		const size = nextSize(progress);
		const page = await ask(progress.range, size);
		progress = page.most === undefined ? withPage(progress, page, size) : withLimit(progress, page.most, size);
	}
	return {
		entries: sorted(progress.found, question.direction),
		more: progress.more,
		notes: uniqueNotes(progress.notes),
	};
}

type Progress = {
	readonly question: PageQuestion;
	/** What is still to be read; it overlaps what was read by one instant. */
	readonly range: LogRange;
	readonly found: readonly LogEntry[];
	readonly pageSize: number;
	/** The server's own limit, once it has told. */
	readonly most?: number;
	/** How often each line of the overlapping instant was found already. */
	readonly overlap: ReadonlyMap<string, number>;
	readonly notes: readonly Note[];
	readonly more: boolean;
	readonly done: boolean;
};

const begin = (question: PageQuestion): Progress => ({
	question,
	range: question.range,
	found: [],
	pageSize: question.pageSize,
	...(question.most === undefined ? {} : { most: question.most }),
	overlap: new Map(),
	notes: [],
	more: false,
	done: question.limit <= 0 || question.range.from >= question.range.to,
});

/** What is missing, plus what the overlap will bring again. */
const nextSize = ({ question, found, overlap, pageSize }: Progress): number => {
	const again = [...overlap.values()].reduce((sum, count) => sum + count, 0);
	return Math.min(pageSize, question.limit - found.length + again);
};

/** The server allows `most` lines at once; a server that refuses even that has nothing left to try. */
const withLimit = (progress: Progress, most: number, size: number): Progress =>
	most >= size || most < 1
		? { ...progress, done: true, more: true, notes: [...progress.notes, refusedNote(size)] }
		: { ...progress, most, pageSize: most };

function withPage(progress: Progress, page: Page, size: number): Progress {
	const { question } = progress;
	const fresh = withoutOverlap(page.entries, progress);
	const found = [...progress.found, ...fresh];
	const read = { ...progress, found, notes: [...progress.notes, ...page.notes] };
	if (page.entries.length < size) return { ...read, done: true };
	if (found.length >= question.limit) return { ...read, done: true, more: true };
	const edge = edgeOf(page.entries, question.direction);
	if (fresh.length > 0) return { ...read, range: beginningAt(edge, read), overlap: countAt(edge, found) };
	// Room was left for every line found before: a server that fills it with those alone repeats itself.
	return size < progress.pageSize ? { ...read, done: true, more: true } : { ...read, ...pastStuckPage(read, edge) };
}

/**
 * A full page without a new line: every line of it is of one instant. Ask for twice as many, up to what the server
 * allows; beyond that, go past the instant.
 */
function pastStuckPage(progress: Progress, edge: Nanoseconds): Partial<Progress> {
	const { pageSize, most, range, question, notes } = progress;
	if (most === undefined || pageSize < most)
		return { pageSize: Math.min(pageSize * 2, most ?? Number.MAX_SAFE_INTEGER) };
	const next = question.direction === 'backward' ? { ...range, to: edge } : { ...range, from: edge + 1n };
	return { range: next, overlap: new Map(), done: next.from >= next.to, notes: [...notes, crowdedNote(most, edge)] };
}

/** The oldest instant of a page read backward, the newest of one read forward. */
const edgeOf = (entries: readonly LogEntry[], direction: PageQuestion['direction']): Nanoseconds =>
	entries.reduce(
		(edge, { at }) => ((direction === 'backward' ? at < edge : at > edge) ? at : edge),
		entries[0]?.at ?? 0n,
	);

const beginningAt = (edge: Nanoseconds, { range, question }: Progress): LogRange =>
	question.direction === 'backward' ? { from: range.from, to: edge + 1n } : { from: edge, to: range.to };

function countAt(edge: Nanoseconds, entries: readonly LogEntry[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const entry of entries) {
		if (entry.at !== edge) continue;
		const key = keyOf(entry);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}

/** The lines of a page that were not found before; at most as many as are still wanted, nearest to its beginning. */
function withoutOverlap(entries: readonly LogEntry[], progress: Progress): readonly LogEntry[] {
	const { overlap, question, found, range } = progress;
	const left = new Map(overlap);
	const fresh = entries.filter(entry => {
		if (range !== question.range && (entry.at < range.from || entry.at >= range.to)) return false;
		const count = left.size === 0 ? 0 : (left.get(keyOf(entry)) ?? 0);
		if (count > 0) left.set(keyOf(entry), count - 1);
		return count === 0;
	});
	const ordered = fresh.toSorted((a, b) => byTime(a, b) * (question.direction === 'backward' ? -1 : 1));
	return ordered.slice(0, question.limit - found.length);
}

const keyOf = ({ at, labels, line, metadata }: LogEntry): string =>
	JSON.stringify([at.toString(), labelsKey(labels), line, labelsKey(metadata)]);

const byTime = (a: LogEntry, b: LogEntry): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

/** Lines of equal time keep the order in which their stream wrote them, which a backward answer turns round. */
function sorted(entries: readonly LogEntry[], direction: PageQuestion['direction']): readonly LogEntry[] {
	const streams = new Map<LogEntry['labels'], string>();
	const streamOf = ({ labels }: LogEntry): string => {
		const known = streams.get(labels) ?? labelsKey(labels);
		streams.set(labels, known);
		return known;
	};
	const written = direction === 'backward' ? entries.toReversed() : entries;
	return written.toSorted((a, b) => byTime(a, b) || (a.at !== b.at ? 0 : compare(streamOf(a), streamOf(b))));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const uniqueNotes = (notes: readonly Note[]): readonly Note[] => [
	...new Map(notes.map(note => [note.text, note])).values(),
];

const refusedNote = (size: number): Note => ({
	kind: 'partial',
	text: `Loki refuses to send even ${size} lines at once, so the rest is missing.`,
});

const crowdedNote = (most: number, at: Nanoseconds): Note => ({
	kind: 'partial',
	text: `${most} lines or more share the instant ${instant(at)}, and Loki sends no more at once: some may be missing.`,
});

/** `2026-11-22T08:36:08.902557000Z` */
const instant = (at: Nanoseconds): string =>
	new Date(Number(at / 1_000_000n))
		.toISOString()
		.replace(/\d{3}Z$/, `${(at % 1_000_000_000n).toString().padStart(9, '0')}Z`);

import { indexAt, type LogStretch, mergedRecords, withLatest, withNews } from '../analysis/log-stretch.ts';
import { redact } from '../analysis/redact.ts';
import { answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastOf, lastValueOf } from '../model/loadable.ts';
import type { LogEntry, LogRecord } from '../model/log-entry.ts';
import type { LogsPlace } from '../model/place.ts';
import { type Milliseconds, minute, type Nanoseconds, second, type TimeRange, toNanoseconds } from '../model/time.ts';
import type { Board, World } from './board.ts';
import { beforeKey, createFrameReader } from './frame-reading.ts';
import { hiddenIn, notesBeside, pageOf, readLines } from './log-reading.ts';
import type { LogsFindings, LogsPageRead } from './logs-findings.ts';
import { nextTurn } from './next-turn.ts';
import type { Asking, TailBatch } from './ports.ts';
import { type LogsTail, mostWaiting, type StreamMark, type TailSource } from './tail-findings.ts';

/** What following works with. `latest` tells what the operator does with the newest lines just now. */
export type TailWork = {
	readonly place: LogsPlace;
	readonly range: TimeRange;
	readonly queries: readonly string[];
	readonly world: World & Required<Pick<World, 'sleep'>>;
	readonly board: Board<LogsFindings>;
	readonly asking: Asking;
	readonly latest: () => { readonly holds: boolean; readonly near: boolean };
};

/** Where lines that came by themselves wait until they are put behind those that are held. */
export type Intake = {
	/** Lines that the stream brought. */
	take(batch: TailBatch): void;
	/**
	 * From now on lines may be missing behind those that are held: they are read before any that wait. The text is put into
	 * the stream where that is, once they are there.
	 */
	missed(mark?: string): void;
	tell(by: TailSource): void;
	/** The instant of the newest line that is held. */
	newest(): Nanoseconds;
	/** Shows what came and reads what is missing, unless the operator has paused. */
	flush(): Promise<void>;
};

/** How far behind the newest line others may still come to be: shippers and queues are not all equally fast. */
const lateness: Nanoseconds = 5_000_000_000n;
/** How far the clock of the server may be ahead of ours. */
const ahead: Milliseconds = 10 * minute;
/** Lines of a page of what is missing, and how many such pages are read one after the other before the list begins anew. */
const pageLimit = 5000;
const mostPages = 10;
const newestLimit = 1000;
/** Lines that are read without letting a key be heard: a few milliseconds. */
const slice = 100;
const mostMarks = 100;
const pauses: readonly Milliseconds[] = [second, 2 * second, 5 * second, 10 * second];

export const pauseAfter = (failures: number): Milliseconds => pauses[Math.min(failures, pauses.length) - 1] ?? 0;

export function createIntake(work: TailWork): Intake {
	const { board, range, latest } = work;
	const before = lastValueOf(board.findings().tail);
	let tail: LogsTail = {
		by: { kind: 'connecting' },
		dropped: before?.dropped ?? 0,
		held: 0,
		beyond: 0,
		marks: before?.marks ?? [],
	};
	let waiting: (readonly LogEntry[])[] = [];
	let [held, beyond, failures] = [0, 0, 0];
	let isBehind = true;
	let due: readonly StreamMark[] = [];
	let readFrame = createFrameReader([]);

	const publish = (changes: Partial<LogsTail>) => {
		tail = { ...tail, ...changes };
		board.put('tail', answer(tail));
	};
	const newest = () => lastValueOf(board.findings().records)?.records.at(-1)?.entry.at ?? toNanoseconds(range.from);
	const marked = (...marks: readonly StreamMark[]) => ({ marks: [...tail.marks, ...marks].slice(-mostMarks) });

	function take({ entries, dropped }: TailBatch): void {
		const room = Math.max(0, mostWaiting - held);
		if (entries.length > 0 && room > 0) waiting.push(entries.slice(0, room));
		held += Math.min(entries.length, room);
		beyond += Math.max(0, entries.length - room);
		if (entries.length > room) isBehind = true;
		if (dropped === 0) return;
		const mark = {
			after: newest(),
			text: `Loki left ${dropped} ${dropped === 1 ? 'line' : 'lines'} out of the stream`,
		};
		publish({ dropped: tail.dropped + dropped, ...marked(mark) });
	}

	function forget(): void {
		waiting = [];
		[held, beyond] = [0, 0];
	}

	async function catchUp(): Promise<void> {
		isBehind = false;
		try {
			const isWhole = await readMissing(work);
			readFrame = createFrameReader(lastValueOf(board.findings().records)?.records ?? []);
			if (!isWhole) isBehind = true;
			else if (due.length > 0 || tail.trouble !== undefined) {
				const { trouble: _, ...calm } = tail;
				tail = calm;
				publish(marked(...due));
				due = [];
			}
			failures = 0;
		} catch (error) {
			isBehind = true;
			const failure = failureOf(error);
			if (failure.kind === 'cancelled' || failure.kind === 'bad-query') throw error;
			failures++;
			publish({ trouble: redact(sentenceOf(failure)) });
			await work.world.sleep(pauseAfter(failures), work.asking.signal);
		}
	}

	async function show(): Promise<void> {
		while (waiting.length > 0 && !latest().holds && !isBehind) {
			const frames = firstOf(waiting, slice);
			waiting = waiting.slice(frames.length);
			for (const { length } of frames) held -= length;
			putBehind(work, frames.map(readFrame), { unread: undefined, notes: [] });
			await nextTurn();
		}
	}

	async function flush(): Promise<void> {
		if (!latest().holds) {
			const isCut = lastValueOf(board.findings().records)?.unread.newer !== undefined;
			if (isCut) isBehind = true;
			// Whoever reads far from the newest lines has given them up; they are read when that end is.
			if (isCut && !latest().near) forget();
			else if (isBehind) {
				beyond = 0;
				await catchUp();
			}
			if (!isBehind) await show();
		}
		const counts = latest().holds ? { held, beyond } : { held: 0, beyond: 0 };
		if (tail.held !== counts.held || tail.beyond !== counts.beyond) publish(counts);
	}

	return {
		take,
		missed(mark) {
			isBehind = true;
			if (mark !== undefined) due = [...due, { after: newest(), text: mark }];
		},
		tell: by => publish({ by }),
		newest,
		flush,
	};
}

/** As many of the frames as hold so many lines, one at least. */
function firstOf(frames: readonly (readonly LogEntry[])[], most: number): readonly (readonly LogEntry[])[] {
	let count = 0;
	const end = frames.findIndex(({ length }, index) => {
		count += length;
		return index > 0 && count > most;
	});
	return end === -1 ? frames : frames.slice(0, end);
}

/** Reads what is missing behind the lines that are held; false when the operator has gone elsewhere before its end. */
async function readMissing(work: TailWork): Promise<boolean> {
	const { queries, range, world, board, asking, latest } = work;
	const to = toNanoseconds(world.now() + ahead);
	for (let pages = 0; pages < mostPages; pages++) {
		const held = lastValueOf(board.findings().records);
		if (held === undefined) return true;
		const edge = held.unread.newer ?? overlapOf(held, toNanoseconds(range.from));
		const from = beforeKey(held.records, edge);
		const limit = pageLimit + held.records.length - indexAt(held.records, from);
		const question = { queries, range: { from, to }, limit, direction: 'forward' } as const;
		const { value: read, notes } = await readLines(question, world, asking);
		const { newer } = read.unread;
		putBehind(work, [read.records], { unread: newer, notes });
		if (newer === undefined) return lastValueOf(board.findings().records)?.unread.newer === undefined;
		if (latest().holds || !latest().near) return false;
	}
	await beginAnew(work);
	return true;
}

/** From where on lines may be missing that came late; not from before the lines that are held one after the other. */
function overlapOf({ records, unread }: LogStretch, start: Nanoseconds): Nanoseconds {
	const newest = records.at(-1)?.entry.at;
	if (newest === undefined) return start;
	const first = unread.older ?? start;
	return newest - lateness > first ? newest - lateness : first < newest ? first : newest;
}

/** More was written than can be caught up with: the newest lines, from which older ones are read as those of any window. */
async function beginAnew({ queries, place, range, world, board, asking }: TailWork): Promise<void> {
	const window = { from: toNanoseconds(range.from), to: toNanoseconds(world.now() + ahead) };
	const question = { queries, range: window, limit: newestLimit, direction: 'backward' } as const;
	const { value: read, notes } = await readLines(question, world, asking);
	const now = lastOf(board.findings().records);
	if (now === undefined) return;
	const page = pageOf(read, place);
	const all: LogsPageRead = { ...now.value, ...page, ...withNews(now.value, page, window.from) };
	board.put('records', answer(all, notesBeside(now, all, notes)));
}

type Read = { readonly unread: Nanoseconds | undefined; readonly notes: readonly Note[] };

/** Puts lists of lines behind those that are held, in one step. */
function putBehind(
	{ place, board, range, latest }: TailWork,
	lists: readonly (readonly LogRecord[])[],
	{ unread, notes }: Read,
): void {
	const now = lastOf(board.findings().records);
	if (now === undefined) return;
	const shown = lists.map(records => pageOf({ records, unread: {} }, place).records);
	const stretch = withLatest(now.value, shown, { unread, isRead: latest().near });
	const known = now.value.records.at(-1)?.entry.at ?? toNanoseconds(range.from);
	// Of what is read twice, what is left out counts once.
	const fresh = mergedRecords(lists).filter(({ entry }) => entry.at > known && entry.at > toNanoseconds(range.to));
	const { hidden } = pageOf({ records: fresh, unread: {} }, place);
	const isSame = stretch.records.length === now.value.records.length && unread === now.value.unread.newer;
	if (isSame && fresh.length === 0) return;
	const all: LogsPageRead = { ...now.value, ...stretch, hidden: hiddenIn(now.value.hidden, hidden) };
	board.put('records', answer(all, notesBeside(now, all, notes)));
}

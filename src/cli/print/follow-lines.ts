import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../investigation/board.ts';
import { linesInPages } from '../../investigation/lines-in-pages.ts';
import type { Asking, LogRange } from '../../investigation/ports.ts';
import { failureOf, sentenceOf } from '../../model/failure.ts';
import { labelsKey } from '../../model/labels.ts';
import type { LogEntry } from '../../model/log-entry.ts';
import { minute, type Nanoseconds, toNanoseconds } from '../../model/time.ts';
import type { ReaderGone } from '../reader-gone.ts';
import { tell } from '../streams.ts';
import { isCancelled } from './ask.ts';

export type FollowWork = {
	readonly queries: readonly string[];
	readonly range: LogRange;
	/** Lines from before that are printed first. */
	readonly limit: number;
	readonly world: World;
	readonly asking: Asking;
	/** Prints lines, oldest first; false once nobody reads them. */
	readonly print: (entries: readonly LogEntry[]) => Promise<boolean>;
	/** Resolves when nobody reads any more though nothing is printed. */
	readonly readerGone?: ReaderGone;
};

class NobodyReads extends Error {}

const pauses = [1000, 2000, 5000, 10_000];

/**
 * Prints the newest lines and then each that is written, until nobody reads them or `asking.signal` aborts. A stream that
 * is lost, or cannot be had, is told once; what was written meanwhile is read before the next is opened.
 */
export async function followLines(given: FollowWork): Promise<void> {
	const gone = new AbortController();
	const over = new AbortController();
	given.readerGone?.(over.signal).then(
		() => gone.abort(),
		() => undefined,
	);
	const signal = AbortSignal.any([given.asking.signal, gone.signal]);
	try {
		await followUntil({ ...given, asking: { ...given.asking, signal } });
	} catch (error) {
		if (!gone.signal.aborted) throw error;
	} finally {
		over.abort();
	}
}

async function followUntil(work: FollowWork): Promise<void> {
	const printNew = newLinesOnly(work);
	try {
		let newest = await backlog(work, printNew);
		let told = '';
		for (let failures = 0; ; failures++) {
			try {
				newest = await missed(newest, work, printNew);
				await stream(newest, work, async entries => {
					failures = -1;
					newest = await printNew(entries);
				});
			} catch (error) {
				if (error instanceof NobodyReads || isCancelled(error) || failureOf(error).kind === 'over-budget') throw error;
				const sentence = sentenceOf(failureOf(error));
				if (sentence !== told) tell(`The lines are read every few seconds until they stream again. ${sentence}`);
				told = sentence;
			}
			const wait = pauses[Math.max(0, Math.min(failures, pauses.length - 1))];
			await pause(wait, undefined, { signal: work.asking.signal });
		}
	} catch (error) {
		if (!(error instanceof NobodyReads)) throw error;
	}
}

/** Prints what was not printed lately, and tells the newest instant so far. */
type PrintNew = (entries: readonly LogEntry[]) => Promise<Nanoseconds>;

/** How many lines may come again before they are taken for new ones: those of one reading and of what streams repeat. */
const remembered = 10_000;

function newLinesOnly({ print, range }: FollowWork): PrintNew {
	let recent = new Set<string>();
	let older = new Set<string>();
	let newest = range.from;
	return async entries => {
		const fresh = entries.filter(({ at, labels, line }) => {
			const key = `${at} ${labelsKey(labels)} ${line}`;
			const isKnown = recent.has(key) || older.has(key);
			recent.add(key);
			return !isKnown;
		});
		if (recent.size > remembered) [older, recent] = [recent, new Set()];
		for (const { at } of fresh) if (at > newest) newest = at;
		const ordered = fresh.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
		if (ordered.length > 0 && !(await print(ordered))) throw new NobodyReads();
		return newest;
	};
}

async function backlog({ queries, range, limit, world, asking }: FollowWork, printNew: PrintNew): Promise<Nanoseconds> {
	const lines: LogEntry[] = [];
	const question = { queries, range, direction: 'backward', wanted: () => limit - lines.length } as const;
	for await (const { value } of linesInPages(question, world, asking)) {
		lines.push(...value.slice(0, limit - lines.length));
		if (lines.length >= limit) break;
	}
	return printNew(lines);
}

async function missed(from: Nanoseconds, work: FollowWork, printNew: PrintNew): Promise<Nanoseconds> {
	let newest = from;
	const range = { from, to: toNanoseconds(work.world.now() + 10 * minute) };
	const question = {
		queries: work.queries,
		range,
		direction: 'forward',
		wanted: () => Number.POSITIVE_INFINITY,
	} as const;
	for await (const { value } of linesInPages(question, work.world, work.asking)) newest = await printNew(value);
	return newest;
}

/** Ends by a rejection only; when one of several streams is lost, the others are given up. */
async function stream(
	from: Nanoseconds,
	{ queries, world, asking }: FollowWork,
	take: (entries: readonly LogEntry[]) => Promise<void>,
): Promise<void> {
	const round = new AbortController();
	const signal = AbortSignal.any([asking.signal, round.signal]);
	const follow = async (logql: string): Promise<void> => {
		for await (const { entries, dropped } of await world.sources.logs.tail({ logql, from }, { ...asking, signal })) {
			if (dropped > 0)
				tell(`Loki left out ${dropped} ${dropped === 1 ? 'line that was' : 'lines that were'} not read in time.`);
			await take(entries);
		}
	};
	try {
		await Promise.all(queries.map(follow));
	} finally {
		round.abort();
	}
}

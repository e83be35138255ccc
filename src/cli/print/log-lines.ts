import { isServerSide, passes } from '../../analysis/log-filters.ts';
import { isAtLeast } from '../../analysis/log-level.ts';
import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { recordOf } from '../../analysis/log-record.ts';
import type { World } from '../../investigation/board.ts';
import { linesInPages } from '../../investigation/lines-in-pages.ts';
import { costOfPlace, createEstimator, tooMuchFailure } from '../../investigation/log-estimate.ts';
import { logRange, redactingEntries } from '../../investigation/log-reading.ts';
import { findTarget, selectorsOf } from '../../investigation/log-target.ts';
import type { Asking, LogRange } from '../../investigation/ports.ts';
import type { Note } from '../../model/answer.ts';
import { type Failure, FailureError, failureOf } from '../../model/failure.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogEntry } from '../../model/log-entry.ts';
import type { LogsPlace } from '../../model/place.ts';
import { rangeOf } from '../../model/time.ts';
import { tell, writeOut } from '../streams.ts';
import { type Ask, type Gaps, isCancelled, isGap } from './ask.ts';
import { withoutUnseen } from './json.ts';
import { withLinesUpTo } from './lines-up-to.ts';
import { lineWriter, type WriteLine } from './log-line.ts';
import { logsPrinter } from './logs.ts';
import { type Choose, redactedEntries, writeChosen } from './written-lines.ts';

/** Lines that are printed when nobody says how many. */
export const usualLimit = 1000;

export type LinesWork = {
	readonly world: World;
	readonly asking: Asking;
	/** How a place is asked as a whole; a request is. */
	readonly ask: Ask;
	/** How many lines are wanted; as usual when absent. */
	readonly limit?: number;
	/** How lines that are followed are written; as JSON when absent. */
	readonly write?: WriteLine;
};

/**
 * Prints the lines of a place as lines of JSON while they are read, newest first, and keeps none of them. The lines of one
 * request are few and belong together: they are read as a whole, and printed oldest first, unless they are followed.
 */
export async function printLines(place: LogsPlace, work: LinesWork): Promise<Gaps> {
	const isWhole = isRequestPlace(place) || place.around !== undefined;
	if (isWhole && place.follow !== true) return printWhole(place, work);
	const told = { notes: new Map<string, Note>(), printed: 0, answered: false };
	try {
		await printPages(place, work, told);
		return gapsOf(told, []);
	} catch (error) {
		if (isCancelled(error) || !(error instanceof FailureError)) throw error;
		return gapsOf(told, [failureOf(error)]);
	}
}

type Told = { readonly notes: Map<string, Note>; printed: number; answered: boolean };

const gapsOf = ({ notes, answered }: Told, failures: readonly Failure[]): Gaps => ({
	failures,
	partial: [...notes.values()].filter(isGap).map(({ text }) => text),
	answered,
});

async function printPages(place: LogsPlace, work: LinesWork, told: Told) {
	const { world, asking, limit: given } = work;
	const limit = given ?? usualLimit;
	const range = rangeOf(place.window, world.now());
	const { value: target, notes } = await findTarget(place, range, world, asking);
	hear(told, notes);
	if (target.queries.length === 0) {
		tell(target.reason);
		told.answered = true;
		return;
	}
	const estimator = createEstimator(range, world, asking);
	const { value: cost } = await costOfPlace(place, selectorsOf(target), estimator, world);
	if (cost.asks) throw new FailureError(tooMuchFailure(cost));
	if (place.follow === true) {
		told.answered = true;
		return printFollowed(place, target.queries, logRange(range), work);
	}
	const choose = choiceOf(place);
	const write = lineWriter();
	// One more than is printed tells whether there are more.
	const wanted = () => (choose === undefined ? limit + 1 - told.printed : Number.POSITIVE_INFINITY);
	const question = { queries: target.queries, range: logRange(range), direction: 'backward', wanted } as const;
	for await (const { value: entries, notes: more } of linesInPages(question, world, asking)) {
		hear(told, more);
		told.answered = true;
		const clean = (await redactedEntries(entries.toReversed(), redactingEntries())).toReversed();
		const done = await writeChosen(clean, write, { choose, room: limit - told.printed });
		if (done === undefined) return;
		told.printed += done.written;
		if (!done.isMore) continue;
		if (given === undefined) hear(told, [cutNote(limit)]);
		return;
	}
	told.answered = true;
}

/** What watches and follows is loaded only here. */
async function printFollowed(place: LogsPlace, queries: readonly string[], range: LogRange, work: LinesWork) {
	const [{ followLines }, { watchReader }] = await Promise.all([
		import('./follow-lines.ts'),
		import('../reader-gone.ts'),
	]);
	const { world, asking, limit = usualLimit, write = lineWriter() } = work;
	const redactEntry = redactingEntries();
	const wanted = { choose: choiceOf(place), room: Number.POSITIVE_INFINITY };
	const print = async (entries: readonly LogEntry[]) =>
		(await writeChosen(await redactedEntries(entries, redactEntry), write, wanted)) !== undefined;
	const readerGone = await watchReader();
	await followLines({ queries, range, limit, world, asking, print, ...(readerGone && { readerGone }) });
}

const hear = ({ notes }: Told, more: readonly Note[]): void => {
	for (const note of more) notes.set(note.text, note);
};

const cutNote = (limit: number): Note => ({
	kind: 'partial',
	text: `the newest ${limit} lines; there are more, and --limit says how many to print`,
});

/** What of the lines Loki could not choose itself; `undefined` when it chose all. */
function choiceOf({ level, filters, span }: LogsPlace): Choose | undefined {
	if (level === undefined && span === undefined && isServerSide(filters)) return undefined;
	return (entry, details) =>
		(level === undefined || isAtLeast(details.level, level)) &&
		(span === undefined || details.spanId?.value === span || entry.line.includes(span)) &&
		(isServerSide(filters) || passes(recordOf(entry), filters));
}

async function printWhole(place: LogsPlace, { world, asking, ask, limit }: LinesWork): Promise<Gaps> {
	const asked = await ask(place, logsPrinter);
	const { findings, gaps } = limit === undefined ? asked : await withLinesUpTo(asked, { place, limit, world, asking });
	const write = lineWriter();
	const records = (lastValueOf(findings.records)?.records ?? []).slice(0, limit);
	await writeOut(withoutUnseen(records.map(record => write(record.entry, record)).join('')));
	return gaps;
}

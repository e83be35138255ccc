import { instantAround } from '../analysis/log-context.ts';
import { levelOfValue } from '../analysis/log-level.ts';
import { isRequestPlace } from '../analysis/log-pivots.ts';
import { isCut, mergedRecords, withNews } from '../analysis/log-stretch.ts';
import { volumeGrid, volumeOf } from '../analysis/log-volume.ts';
import { levelCountQuery } from '../analysis/logql.ts';
import { isUniqueId } from '../analysis/request-of.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogRecord } from '../model/log-entry.ts';
import type { LogsPlace } from '../model/place.ts';
import type { Series } from '../model/series.ts';
import { rangeOf, type TimeRange, toNanoseconds } from '../model/time.ts';
import { type Board, createBoard, type Investigate, type World } from './board.ts';
import { costOfPlace, createEstimator, likelySelector, tooMuchFailure } from './log-estimate.ts';
import {
	cutNotes,
	type LinesQuestion,
	logRange,
	ofSpan,
	olderErrors,
	olderErrorsCut,
	pageOf,
	type ReadLines,
	readLines,
} from './log-reading.ts';
import { readNewest } from './log-slices.ts';
import { findTarget, queriesOf } from './log-target.ts';
import { readAround } from './logs-around.ts';
import type { LogsFindings, LogsPageRead, LogsTarget, LogVolume } from './logs-findings.ts';
import { climbLadder } from './logs-ladder.ts';
import type { Asking } from './ports.ts';

/** Lines of a page: as many as are read and drawn at once, and what Loki's own tools ask for. */
const pageLimit = 1000;

type Work = {
	readonly place: LogsPlace;
	readonly range: TimeRange;
	readonly world: World;
	readonly asking: Asking;
	readonly board: Board<LogsFindings>;
};

/**
 * The lines of a service (newest first, errors of the whole window in any case), of one request over all services, or
 * of a query. What finds nothing climbs the ladder: questions near the one that was asked.
 */
export const investigateLogs: Investigate<LogsPlace, LogsFindings> = async (
	place,
	world,
	previous,
	publish,
	asking,
) => {
	const board = createBoard(previous, publish, world);
	const range = rangeOf(place.window, world.now());
	const work: Work = { place, range, world, asking, board };
	const estimator = createEstimator(range, world, asking);
	const likely = likelySelector(place);
	if (likely !== undefined) estimator.ahead(likely);
	const target = await board.fill('target', findTarget(place, range, world, asking));
	if (target === undefined) return failRest(board);
	const cost =
		target.queries.length === 0
			? undefined
			: await board.fill('cost', costOfPlace(place, target.selector, estimator, world));
	if (cost?.asks) {
		board.fail('records', tooMuchFailure(cost));
		return failRest(board);
	}
	const lines = readFirst(target, work, shown =>
		board.show('records', continuing(previous, firstPage(shown, place), work)),
	);
	const page = await board.fill(
		'records',
		lines.then(read => continuing(previous, firstPage(read, place), work)),
	);
	if (page === undefined) return failRest(board);
	const lacking = lackingQuestion(page, (await lines).value, target, work);
	const final = lacking === undefined ? page : ((await board.fill('records', completed(page, lacking, work))) ?? page);
	if (final.records.length === 0) board.put('volume', answer({ grid: volumeGrid(range), series: [], levels: 'lines' }));
	else await board.fill('volume', volume(final, target, work));
	if (final.records.length === 0)
		await board.fill('ladder', climbLadder({ place, range, target, page: final, cost }, world, asking));
	else board.put('ladder', answer([]));
};

/** What hangs on an answer that failed has failed for the same reason; the pane that failed says it. */
function failRest(board: Board<LogsFindings>): void {
	const { target, records } = board.findings();
	const failed = target.status === 'failed' ? target : records;
	if (failed.status !== 'failed') return;
	if (records.status !== 'failed') board.fail('records', failed.failure);
	board.fail('volume', failed.failure);
}

/** Of a request the first lines, of anything else the newest, which are shown as they come. */
async function readFirst(
	target: LogsTarget,
	{ place, range, world, asking }: Work,
	show: (lines: Answer<ReadLines>) => void,
): Promise<Answer<ReadLines>> {
	if (target.queries.length === 0) return answer({ records: [], unread: {} });
	const at = place.around === undefined ? undefined : instantAround(place.around);
	if (at !== undefined) return readAround(at, { queries: target.queries, range: logRange(range) }, world, asking);
	const question = { queries: target.queries, range: logRange(range), limit: pageLimit };
	if (isRequestPlace(place)) return readLines({ ...question, direction: 'forward' }, world, asking);
	return readNewest(question, world, asking, show);
}

function firstPage({ value: lines, notes }: Answer<ReadLines>, place: LogsPlace): Answer<LogsPageRead> {
	const kept = place.span === undefined ? lines : ofSpan(lines, place.span);
	const page = pageOf(kept, place);
	return answer(page, notes);
}

/** What is read anew is put behind what was read before, so that nothing that is being read goes away. */
function continuing(
	{ records: before }: LogsFindings,
	{ value: page, notes }: Answer<LogsPageRead>,
	{ place, range }: Work,
): Answer<LogsPageRead> {
	const known = lastValueOf(before);
	const isAlone =
		known === undefined || isRequestPlace(place) || place.level !== undefined || place.around !== undefined;
	const all = isAlone ? page : { ...page, ...withNews(known, page, toNanoseconds(range.from)) };
	return answer(all, [...notes, ...cutNotes(all, isRequestPlace(place))]);
}

/** What to ask for after the first page, and how much of it to keep. */
type Lacking = {
	readonly question: LinesQuestion;
	readonly to: Pick<LogsPlace, 'level' | 'filters'>;
	/** Whether the answer belongs to the page proper, so that a cut of it is a cut of the page. */
	readonly belongs: boolean;
	readonly what: string;
};

/**
 * What a first page lacks: the lines of the same request that carry only its other identifier, or, when the page was too
 * short for the window, the errors before it.
 */
function lackingQuestion(
	{ unread: { older } }: LogsPageRead,
	{ records }: ReadLines,
	target: LogsTarget,
	{ place, range }: Work,
): Lacking | undefined {
	if (records.length === 0) return undefined;
	const within = logRange(range);
	if (isRequestPlace(place)) {
		const companion = companionOf(place, records);
		if (companion === undefined) return undefined;
		const queries = queriesOf(companion, target.selector);
		const question: LinesQuestion = { queries, range: within, limit: pageLimit, direction: 'forward' };
		return { question, to: place, belongs: true, what: 'Lines that carry only its other identifier' };
	}
	if (older === undefined || place.level !== undefined || place.around !== undefined) return undefined;
	const before = { from: within.from, to: older };
	const queries = queriesOf({ ...place, level: 'error' }, target.selector);
	const question: LinesQuestion = { queries, range: before, limit: olderErrors, direction: 'backward' };
	return { question, to: { ...place, level: 'error' }, belongs: false, what: 'Older errors' };
}

/** The page with what it lacked; when that cannot be had, the page stays and says so. */
async function completed(page: LogsPageRead, lacking: Lacking, work: Work): Promise<Answer<LogsPageRead>> {
	const notes = notesSoFar(work.board.findings());
	try {
		const { value: lines, notes: more } = await readLines(lacking.question, work.world, work.asking);
		const added = pageOf(lines, lacking.to);
		const merged: LogsPageRead = {
			...page,
			records: mergedRecords([added.records, page.records]),
			unread: lacking.belongs ? { ...page.unread, ...added.unread } : page.unread,
		};
		const isShort = !lacking.belongs && isCut(added);
		return answer(merged, [...(isShort ? [olderErrorsCut] : []), ...notes, ...more]);
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind === 'cancelled') throw error;
		return answer(page, [{ kind: 'partial', text: `${lacking.what} are missing. ${sentenceOf(failure)}` }, ...notes]);
	}
}

/** The notes of the page that is being completed. */
const notesSoFar = ({ records }: LogsFindings): readonly Note[] =>
	(records.status === 'waiting' ? records.last?.notes : records.status === 'loaded' ? records.notes : undefined) ?? [];

/** The same request by its other identifier: some services know only the trace, others only the request. */
function companionOf(place: LogsPlace, records: readonly LogRecord[]): LogsPlace | undefined {
	if (place.span !== undefined) return undefined;
	const trace = place.trace === undefined ? soleId(records, 'traceId') : undefined;
	const request = place.request === undefined ? soleId(records, 'requestId') : undefined;
	if (trace === undefined && request === undefined) return undefined;
	const { trace: _trace, request: _request, ...rest } = place;
	return { ...rest, ...(trace === undefined ? {} : { trace }), ...(request === undefined ? {} : { request }) };
}

/** The identifier that all lines share, when there is exactly one and it is no mere counter. */
function soleId(records: readonly LogRecord[], name: 'traceId' | 'requestId'): string | undefined {
	const ids = new Set(records.flatMap(record => record[name]?.value ?? []));
	const [only] = ids;
	return ids.size === 1 && only !== undefined && isUniqueId(only) ? only : undefined;
}

/** Counted from the lines when all of them are here; else by Loki, which knows levels only by its own guess. */
async function volume(
	page: LogsPageRead,
	target: LogsTarget,
	{ range, world, asking, place }: Work,
): Promise<Answer<LogVolume>> {
	const grid = volumeGrid(range);
	if (!isCut(page)) return answer({ grid, series: volumeOf(page.records, grid), levels: 'lines' });
	const [query = target.selector] = place.level === undefined ? target.queries : [target.selector];
	const { value: counted, notes } = await world.sources.logs.countRange(
		levelCountQuery(query, grid.step),
		grid,
		asking,
	);
	return answer({ grid, series: counted.map(withLevel), levels: 'loki' }, notes);
}

const withLevel = ({ labels, ...series }: Series): Series => ({
	...series,
	labels: { level: levelOfValue(labels.detected_level ?? '', 'detected_level') ?? 'unknown' },
});

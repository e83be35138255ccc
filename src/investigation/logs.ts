import { instantAround } from '../analysis/log-context.ts';
import { levelOfValue } from '../analysis/log-level.ts';
import { isRequestPlace } from '../analysis/log-pivots.ts';
import { isCut, withNews } from '../analysis/log-stretch.ts';
import { volumeGrid, volumeOf } from '../analysis/log-volume.ts';
import { levelCountQuery } from '../analysis/logql.ts';
import { type Answer, answer } from '../model/answer.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import type { Series } from '../model/series.ts';
import { rangeOf, type TimeRange, toNanoseconds } from '../model/time.ts';
import { type Board, createBoard, type Investigate, type World } from './board.ts';
import { costOfPlace, createEstimator, likelySelector, tooMuchFailure } from './log-estimate.ts';
import { cutNotes, logRange, ofSpan, pageLimit, pageOf, type ReadLines } from './log-reading.ts';
import { readFirst, readNewest } from './log-slices.ts';
import { findTarget, queriesOf, selectorsOf } from './log-target.ts';
import { readAround } from './logs-around.ts';
import { completed, lackingOf } from './logs-completion.ts';
import type { LogsFindings, LogsPageRead, LogsTarget, LogVolume } from './logs-findings.ts';
import { climbLadder } from './logs-ladder.ts';
import type { Asking } from './ports.ts';

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
			: await board.fill('cost', costOfPlace(place, selectorsOf(target), estimator, world));
	if (cost?.asks) {
		board.fail('records', tooMuchFailure(cost));
		return failRest(board);
	}
	const lines = readPage(target, work, shown =>
		board.show('records', continuing(previous, firstPage(shown, place), work)),
	);
	const page = await board.fill(
		'records',
		lines.then(read => continuing(previous, firstPage(read, place), work)),
	);
	if (page === undefined) return failRest(board);
	const lacking = lackingOf(page, (await lines).value, { place, range, target });
	const final =
		lacking === undefined
			? page
			: ((await board.fill('records', completed(page, lacking, { world, asking, board }))) ?? page);
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

/** Of a request the first lines, of anything else the newest; of a long window they are shown as they come. */
async function readPage(
	target: LogsTarget,
	{ place, range, world, asking }: Work,
	show: (lines: Answer<ReadLines>) => void,
): Promise<Answer<ReadLines>> {
	if (target.queries.length === 0) return answer({ records: [], unread: {} });
	const at = place.around === undefined ? undefined : instantAround(place.around);
	if (at !== undefined) return readAround(at, { queries: target.queries, range: logRange(range) }, world, asking);
	const question = { queries: target.queries, range: logRange(range), limit: pageLimit };
	return isRequestPlace(place) ? readFirst(question, world, asking, show) : readNewest(question, world, asking, show);
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
	return answer(all, [...notes, ...cutNotes(all)]);
}

/** Counted from the lines when all of them are here; else by Loki, which knows levels only by its own guess. */
async function volume(
	page: LogsPageRead,
	target: LogsTarget,
	{ range, world, asking, place }: Work,
): Promise<Answer<LogVolume>> {
	const grid = volumeGrid(range);
	if (!isCut(page)) return answer({ grid, series: volumeOf(page.records, grid), levels: 'lines' });
	const queries = selectorsOf(target).map(selector => {
		const [query = selector] = place.level === undefined ? queriesOf(place, { selector }) : [];
		return levelCountQuery(query, grid.step);
	});
	const counted = await Promise.all(queries.map(query => world.sources.logs.countRange(query, grid, asking)));
	return answer(
		{ grid, series: counted.flatMap(({ value }) => value).map(withLevel), levels: 'loki' },
		counted.flatMap(({ notes }) => notes),
	);
}

const withLevel = ({ labels, ...series }: Series): Series => ({
	...series,
	labels: { level: levelOfValue(labels.detected_level ?? '', 'detected_level') ?? 'unknown' },
});

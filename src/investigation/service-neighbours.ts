import { gridOf } from '../analysis/grid.ts';
import { type Neighbour, neighboursOf } from '../analysis/neighbours.ts';
import { type NeighbourQueries, neighbourLimit, neighbourQueries } from '../analysis/neighbours-queries.ts';
import {
	type CallDirection,
	type CallSource,
	callSourceOf,
	callSourcesSought,
	neighbourSelectors,
} from '../analysis/neighbours-source.ts';
import { promRange } from '../analysis/promql-build.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import type { ServicePlace } from '../model/place.ts';
import { lengthOf, type Milliseconds, minute, type TimeRange } from '../model/time.ts';
import type { Asking, MetricsSource } from './ports.ts';

/** Who calls a service and whom it calls, at the end of the window. */
export type Neighbours = {
	/** Who tells: `service graph`; absent when nobody does. */
	readonly source?: string;
	/** What the source cannot tell; without a source, what was looked for. In sentences. */
	readonly remark?: string;
	readonly callers: NeighbourList;
	readonly callees: NeighbourList;
	readonly at: Milliseconds;
	/** Over how much time the figures are averaged. */
	readonly averagedOver: Milliseconds;
};

export type NeighbourList = {
	/** At most 50; most failures per second first. */
	readonly rows: readonly Neighbour[];
	/** How many there are. */
	readonly total: number;
	/** The PromQL behind the rows. */
	readonly queries: readonly string[];
};

/** What all questions about one service's neighbours have in common. */
export type NeighbourQuestion = {
	readonly place: ServicePlace;
	readonly range: TimeRange;
	readonly metrics: Pick<MetricsSource, 'series' | 'query'>;
	readonly asking: Asking;
};

/** As many as a chart has; the end is the same as that of the panels. */
const points = 120;
/** Enough for a scrape a minute, and for spans that are counted with delay. */
const shortestRange = 5 * minute;
/** Label sets that the search may bring. */
const mostSeries = 2000;
const none: NeighbourList = { rows: [], total: 0, queries: [] };

/** The end of a window, over which its figures are averaged. */
export function averagedBy(range: TimeRange): TimeRange {
	const { to, step } = gridOf(range, points);
	return { from: to - Math.max(shortestRange, step), to };
}

/**
 * The neighbours after two round trips: which series tell of them, and eight figures at once, four for each direction.
 * Averaged over five minutes at least, as neighbours may be asked seldom and spans are counted with delay.
 */
export async function askNeighbours(question: NeighbourQuestion): Promise<Answer<Neighbours>> {
	const { place, range, metrics, asking } = question;
	const searched = averagedBy(range);
	const { to } = searched;
	const averagedOver = lengthOf(searched);
	const { value: series, notes } = await metrics.series(
		neighbourSelectors(place.service),
		searched,
		mostSeries,
		asking,
	);
	const source = callSourceOf(place.service, series);
	const when = { at: to, averagedOver };
	if (source === undefined) {
		return answer({ remark: soughtFor(place.service, averagedOver), callers: none, callees: none, ...when }, notes);
	}
	const [callers, callees] = await Promise.all([
		askDirection('callers', source, when, question),
		askDirection('callees', source, when, question),
	]);
	const { name, remark } = source;
	return answer({ source: name, ...(remark && { remark }), callers: callers.value, callees: callees.value, ...when }, [
		...notes,
		...callers.notes,
		...callees.notes,
	]);
}

const soughtFor = (service: string, over: Milliseconds): string =>
	`Nothing tells of the neighbours of ${service} in the last ${promRange(over)} of this window. ` +
	`Looked for: ${callSourcesSought.join(', ')}. ` +
	'Tempo writes a service graph when its metrics generator has the processor service-graphs.';

async function askDirection(
	direction: CallDirection,
	source: CallSource,
	{ at, averagedOver }: Pick<Neighbours, 'at' | 'averagedOver'>,
	{ metrics, asking }: NeighbourQuestion,
): Promise<Answer<NeighbourList>> {
	const view = source[direction];
	if (view === undefined) return answer(none);
	const queries = neighbourQueries(view, averagedOver);
	const questions = questionNames.flatMap(name => {
		const query = queries[name];
		return query === undefined ? [] : [{ name, query }];
	});
	const answers = await Promise.all(
		questions.map(async ({ name, query }) => ({ name, ...(await metrics.query(query, at, asking)) })),
	);
	const samples = Object.fromEntries(answers.map(({ name, value }) => [name, value]));
	const found = neighboursOf(direction, view, { rate: [], failed: [], ...samples });
	const rows = found.slice(0, neighbourLimit);
	const total = Math.max(view.seen, found.length);
	return answer({ rows, total, queries: questions.map(({ query }) => query) }, [
		...answers.flatMap(({ notes }) => notes),
		...cutNotes(direction, rows.length, total),
	]);
}

const cutNotes = (direction: CallDirection, shown: number, total: number): readonly Note[] =>
	shown === total ? [] : [{ kind: 'partial', text: `Only ${shown} of ${total} ${direction} are shown.` }];

const questionNames = ['rate', 'failed', 'server', 'client'] as const satisfies readonly (keyof NeighbourQueries)[];

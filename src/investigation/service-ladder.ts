import { formatLength } from '../analysis/format.ts';
import { gridOf } from '../analysis/grid.ts';
import { streamCandidates } from '../analysis/log-streams.ts';
import { callSourceOf, neighbourSelectors } from '../analysis/neighbours-source.ts';
import { chooseTarget } from '../analysis/red-match.ts';
import { probeSelectors } from '../analysis/red-probe.ts';
import { rateRange } from '../analysis/red-queries.ts';
import { traceSearchQuery } from '../analysis/traceql.ts';
import { resourceSelectors } from '../analysis/use-identity.ts';
import { planResources } from '../analysis/use-plan.ts';
import type { Answer } from '../model/answer.ts';
import type { Place, ServicePlace } from '../model/place.ts';
import { day, fixed, lengthOf, live, type Milliseconds, type TimeRange, type Window } from '../model/time.ts';
import type { World } from './board.ts';
import { type Attempt, climb } from './climb.ts';
import type { Asking } from './ports.ts';
import type { RungTo } from './rung.ts';
import { averagedBy } from './service-neighbours.ts';
import { type PanelQuestion, queriesOf } from './service-panels.ts';
import { type AlertLight, identityOf, ownOf } from './service-target-search.ts';
import { widened } from './widened.ts';

/**
 * `w` a wider window, `f` every route, `F` other metrics that describe the service, `o` its log lines, `T` its traces.
 */
export type ServiceRungKey = 'w' | 'f' | 'F' | 'o' | 'T';
export type ServiceRung = RungTo<Place, ServiceRungKey>;

/** Enough to say that it is worth a key. */
const rungLimit = 20;
/** Label sets that tell whether there is anything in a wider window. */
const mostSeries = 200;
/** Points of a wider window in which somebody may have been asked something. */
const widePoints = 60;
/** Other families that are tried. */
const mostFamilies = 3;

/** What found nothing, and who asked. */
export type Nothing = {
	readonly place: ServicePlace;
	readonly light: AlertLight | undefined;
	readonly range: TimeRange;
	readonly world: World;
	readonly asking: Asking;
};

type ServiceAttempt = Attempt<ServiceRung>;

/** What there is of a service that no known metrics describe: in a wider window, in Loki, in Tempo. */
export const climbWithoutTarget = (nothing: Nothing): Promise<Answer<readonly ServiceRung[]>> =>
	climb([...inWiderWindow(nothing, describes), linesOf(nothing), tracesOf(nothing)]);

/** What there is of a service without resources. */
export const climbWithoutResources = (nothing: Nothing): Promise<Answer<readonly ServiceRung[]>> =>
	climb([...inWiderWindow(nothing, hasResources), linesOf(nothing), tracesOf(nothing)]);

/** What there is of a service of which nobody tells who calls it. */
export const climbWithoutNeighbours = (nothing: Nothing): Promise<Answer<readonly ServiceRung[]>> =>
	climb([...inWiderWindow(nothing, hasNeighbours), linesOf(nothing), tracesOf(nothing)]);

/** Why a service that metrics describe has no requests: those of another route, at another time, in other metrics. */
export function climbWithoutRequests(
	question: PanelQuestion,
	nothing: Nothing,
): Promise<Answer<readonly ServiceRung[]>> {
	const { route, ...everyRoute } = nothing.place;
	return climb([
		...requestsInWiderWindow(question, nothing),
		...(route === undefined ? [] : [ofEveryRoute(question, everyRoute)]),
		...byOtherMetrics(question, nothing),
	]);
}

/** Whether there is something in a window, and what it is called. */
type Looks = (wide: TimeRange, nothing: Nothing) => Promise<{ readonly found: boolean; readonly what: string }>;

const describes: Looks = async (wide, { place, light, world, asking }) => {
	const own = ownOf(place, light);
	const selectors = probeSelectors(place.service, own);
	const { value: series } = await world.sources.metrics.series(selectors, wide, mostSeries, asking);
	const target = chooseTarget({ service: place.service, series, own });
	return {
		found: target !== undefined,
		what: target === undefined ? 'request metrics' : `metrics of ${target.convention}`,
	};
};

const hasResources: Looks = async (wide, { place, light, world, asking }) => {
	const identity = identityOf(place, light);
	const { value: series } = await world.sources.metrics.series(resourceSelectors(identity), wide, mostSeries, asking);
	const { questions } = planResources(identity, series, widestStep(wide));
	return { found: questions.length > 0, what: 'resources' };
};

const hasNeighbours: Looks = async (wide, { place, world, asking }) => {
	const { metrics } = world.sources;
	const { value: series } = await metrics.series(
		neighbourSelectors(place.service),
		averagedBy(wide),
		mostSeries,
		asking,
	);
	return { found: callSourceOf(place.service, series) !== undefined, what: 'neighbours' };
};

/** A window of a day, or where it is as long already of a week, if that is longer. */
function inWiderWindow(nothing: Nothing, looks: Looks): readonly ServiceAttempt[] {
	const wide = wideOf(nothing);
	if (wide === undefined) return [];
	const words = `in ${formatLength(lengthOf(wide))}`;
	const ask = async (): Promise<ServiceRung> => {
		const { found, what } = await looks(wide, nothing);
		return {
			key: found ? 'w' : undefined,
			found: `${found ? '' : 'no '}${what} ${words}`,
			query: '',
			to: { ...nothing.place, window: windowOf(nothing, wide) },
		};
	};
	return [{ words, ask }];
}

const week = 7 * day;

function wideOf({ place, range, world }: Nothing): TimeRange | undefined {
	const most = lengthOf(range) < day ? day : week;
	const now = world.now();
	if (place.window.kind === 'live') return lengthOf(range) < most ? { from: now - most, to: now } : undefined;
	return widened(range, now, most);
}

/** What is live stays so. */
const windowOf = ({ place }: Nothing, wide: TimeRange): Window =>
	place.window.kind === 'live' ? live(lengthOf(wide)) : fixed(wide.from, wide.to);

const widestStep = (wide: TimeRange): Milliseconds => rateRange(gridOf(wide, widePoints).step, undefined);

function linesOf({ place: { service, window }, range, world, asking }: Nothing): ServiceAttempt {
	return {
		words: 'its log lines',
		ask: async () => {
			const selectors = streamCandidates(service).map(({ selector }) => selector);
			const { value: streams } = await world.sources.logs.series(selectors, range, asking);
			const count = `${streams.length} ${streams.length === 1 ? 'stream' : 'streams'}`;
			return {
				key: streams.length === 0 ? undefined : 'o',
				found: `${count} of log lines of ${service}`,
				query: selectors.join('\n'),
				to: { kind: 'logs', service, window },
			};
		},
	};
}

function tracesOf({ place: { service, window }, range, world, asking }: Nothing): ServiceAttempt {
	return {
		words: 'its traces',
		ask: async () => {
			const query = traceSearchQuery({ service });
			const { value } = await world.sources.traces.search(query, range, rungLimit, asking);
			const more = value.length >= rungLimit ? ' or more' : '';
			return {
				key: value.length === 0 ? undefined : 'T',
				found: `${value.length}${more} ${value.length === 1 ? 'trace' : 'traces'} through ${service}`,
				query,
				to: { kind: 'traces', service, window },
			};
		},
	};
}

function requestsInWiderWindow(question: PanelQuestion, nothing: Nothing): readonly ServiceAttempt[] {
	const wide = wideOf(nothing);
	if (wide === undefined) return [];
	const grid = gridOf(wide, widePoints);
	const words = `in ${formatLength(lengthOf(wide))}`;
	const to = { ...nothing.place, window: windowOf(nothing, wide) };
	return [asksRate({ ...question, grid, over: rateRange(grid.step, undefined) }, { key: 'w', words, to })];
}

const ofEveryRoute = (question: PanelQuestion, to: ServicePlace): ServiceAttempt =>
	asksRate({ ...question, place: to }, { key: 'f', words: 'on all routes', to });

function asksRate(
	question: PanelQuestion,
	{ key, words, to }: { readonly key: 'w' | 'f'; readonly words: string; readonly to: ServicePlace },
): ServiceAttempt {
	return {
		words,
		ask: async () => {
			const query = queriesOf(question).rate;
			const { value } = await question.metrics.queryRange(query, question.grid, question.asking);
			const isThere = value.some(({ values }) => values.length > 0);
			return { key: isThere ? key : undefined, found: `${isThere ? '' : 'no '}requests ${words}`, query, to };
		},
	};
}

/** Whether other families have samples at the end of the window; the first that has is offered. */
function byOtherMetrics(
	{ target, metrics, asking }: PanelQuestion,
	{ place, range }: Nothing,
): readonly ServiceAttempt[] {
	const others = target.others.slice(0, mostFamilies);
	const [first] = others;
	if (first === undefined) return [];
	const ask = async (): Promise<ServiceRung> => {
		const queries = others.map(({ rateMetric, selector }) => `count(${rateMetric}${selector})`);
		const counts = await Promise.all(queries.map(query => metrics.query(query, range.to, asking)));
		const index = counts.findIndex(({ value }) => value.length > 0);
		const found = others[index];
		return {
			key: found === undefined ? undefined : 'F',
			found: found === undefined ? 'no samples of its other metrics' : `samples of ${found.convention}`,
			query: queries.join('\n'),
			to: { ...place, family: (found ?? first).family },
		};
	};
	return [{ words: 'its other metrics', ask }];
}

import { isOfTime } from '../analysis/alert-figure.ts';
import { serviceOfAlert } from '../analysis/alert-service.ts';
import { promSelector } from '../analysis/promql-build.ts';
import { quantilesIn } from '../analysis/quantiles.ts';
import { ownSeriesOf } from '../analysis/red-probe.ts';
import { durationFor, type NamedQuery, type RedQueries, type RedScope, redQueries } from '../analysis/red-queries.ts';
import { durationRemark, rateRemark } from '../analysis/red-remarks.ts';
import { routeMatchers } from '../analysis/route-matchers.ts';
import { traceIdOfExemplar } from '../analysis/service-pivots.ts';
import type { DurationMetric, FoundTarget } from '../analysis/service-target.ts';
import type { Alert } from '../model/alert.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import type { Matcher } from '../model/labels.ts';
import type { ServicePlace } from '../model/place.ts';
import type { Exemplar, Grid } from '../model/series.ts';
import type { Milliseconds } from '../model/time.ts';
import type { Asking, MetricsSource } from './ports.ts';
import type { Panel } from './service-findings.ts';
import type { AlertLight } from './service-target-search.ts';

/** All that the panels of one place have in common. */
export type PanelQuestion = {
	readonly place: ServicePlace;
	readonly target: FoundTarget;
	readonly light: AlertLight | undefined;
	readonly grid: Grid;
	/** The range of `rate`. */
	readonly over: Milliseconds;
	readonly metrics: Pick<MetricsSource, 'query' | 'queryRange' | 'queryHistograms' | 'series' | 'exemplars'>;
	readonly asking: Asking;
};

/** The matchers that restrict the panels to the place's route, if it has one and a label tells. */
export const routeMatchersOf = ({ place, target }: Pick<PanelQuestion, 'place' | 'target'>): readonly Matcher[] =>
	routeMatchers(place.route, target.routeLabel);

/** That nothing was asked: of the service, or of the one route that is looked at. */
export const unasked = (question: PanelQuestion): string => {
	const { place } = question;
	const subject = routeMatchersOf(question).length === 0 ? 'the service' : place.route;
	return `Nothing was asked of ${subject} in this window.`;
};

/** What the panels ask about, of all that the target counts. */
export const redScopeOf = ({ place, target, over }: PanelQuestion): RedScope => ({
	more: routeMatchersOf({ place, target }),
	over,
});

/** The queries behind the panels. */
export const queriesOf = (question: PanelQuestion): RedQueries =>
	redQueries(question.target, redScopeOf(question), quantilesIn(question.place.quantiles));

export async function askRate(question: PanelQuestion): Promise<Answer<Panel>> {
	const { target } = question;
	const unit = target.counting === 'periods' ? 'count' : 'per-second';
	const panel = await askPanel(question, unit, [{ name: 'requests', query: queriesOf(question).rate }], {
		empty: `${promSelector(target.rateMetric, routeMatchersOf(question))} has no two samples within any step of this window.`,
		...limitOf(question, 'rate'),
	});
	return answer(panel.value, [...panel.notes, ...infoNotes(rateRemark(target))]);
}

export async function askErrors(question: PanelQuestion): Promise<Answer<Panel>> {
	const query = queriesOf(question).errors;
	const lines = query === undefined ? [] : [{ name: 'errors', query }];
	const empty =
		query === undefined ? `No label of ${question.target.rateMetric} tells failed requests.` : unasked(question);
	return askPanel(question, 'ratio', lines, { empty, ...limitOf(question, 'errors') });
}

export async function askDuration(question: PanelQuestion): Promise<Answer<Panel>> {
	const { durations } = queriesOf(question);
	const { target } = question;
	const duration = durationFor(target, redScopeOf(question), []);
	const limit = limitOf(question, 'duration');
	const panel = await askPanel(question, 'seconds', durations, { empty: emptyDuration(question, duration), ...limit });
	return answer(panel.value, [...panel.notes, ...infoNotes(duration && durationRemark(duration))]);
}

function emptyDuration(question: PanelQuestion, duration: DurationMetric | undefined): string {
	const { target } = question;
	if (target.duration === undefined) return `There is no duration histogram beside ${target.rateMetric}.`;
	if (duration === undefined)
		return `${target.duration.base} has no label ${target.routeLabel}: durations are known of all requests together only.`;
	const unread = duration.flavour === 'vmrange' ? ', or its server cannot read vmrange. v shows the buckets' : '';
	return `${promSelector(duration.base, routeMatchersOf(question))} has no samples in this window${unread}.`;
}

const infoNotes = (text: string | undefined): readonly Note[] => (text === undefined ? [] : [{ kind: 'info', text }]);

async function askPanel(
	{ grid, over, light, metrics, asking }: PanelQuestion,
	unit: Panel['unit'],
	queries: readonly NamedQuery[],
	{ empty, threshold }: { readonly empty: string } & Pick<Panel, 'threshold'>,
): Promise<Answer<Panel>> {
	const answers = await Promise.all(queries.map(({ query }) => metrics.queryRange(query, grid, asking)));
	const lines = queries.flatMap(({ name, query }, index) =>
		(answers[index]?.value ?? []).slice(0, 1).map(series => ({ name, query, series })),
	);
	const firedAt = light === undefined || light.alert.state === 'pending' ? Number.NaN : light.alert.since;
	const panel: Panel = {
		unit,
		lines,
		grid,
		averagedOver: over,
		...(threshold === undefined ? {} : { threshold }),
		...(Number.isNaN(firedAt) ? {} : { firedAt }),
		...(lines.length === 0 ? { empty } : {}),
	};
	return answer(panel, distinctNotes(answers.flatMap(({ notes }) => notes)));
}

const distinctNotes = (notes: readonly Note[]): readonly Note[] => [
	...new Map(notes.map(note => [note.text, note])).values(),
];

/**
 * The limit of the alert's rule, when the rule is about this figure of this service, on the route that is shown, and of
 * this very family; or about its error ratio as a recording rule keeps it (burn rates of Sloth and Pyrra), of any.
 */
function limitOf(
	{ light, target, place }: PanelQuestion,
	kind: 'rate' | 'errors' | 'duration',
): Pick<Panel, 'threshold'> {
	const figure = light?.expression?.figure;
	if (light?.expression === undefined || figure?.kind !== kind) return {};
	const about = serviceOfAlert(light.alert);
	if (about?.service !== place.service || about.route !== place.route) return {};
	if (figure.kind !== 'duration' && figure.recorded === true) {
		return target.side === 'served' && !isLatencyAlert(light.alert) ? { threshold: figure.threshold } : {};
	}
	const own = ownSeriesOf(light.alert, light.expression);
	if (!own.some(({ key }) => key === target.family)) return {};
	if (figure.kind !== 'duration') return { threshold: figure.threshold };
	const { duration } = target;
	if (duration === undefined || !own.some(({ stem }) => stem === duration.base)) return {};
	const { operator, value } = figure.threshold;
	const line = figure.quantile === undefined ? 'average' : `p${Number((figure.quantile * 100).toPrecision(6))}`;
	return { threshold: { operator, value: Number((value * duration.scale).toPrecision(12)), line } };
}

/** Generators of rules give objectives of latency series of the same names; the alert's own words tell. */
const isLatencyAlert = ({ name, labels }: Alert): boolean => isOfTime([name, ...Object.values(labels)].join(' '));

/** The slowest are of use; a chart cannot show more anyway. */
const mostExemplars = 200;

/** Requests that the histogram remembers with their trace, slowest first, in seconds. */
export async function askExemplars(question: PanelQuestion): Promise<Answer<readonly Exemplar[]>> {
	const { exemplars } = queriesOf(question);
	const { metrics, grid, target, asking } = question;
	if (exemplars === undefined) return answer([]);
	const { value, notes } = await metrics.exemplars(exemplars, grid, asking);
	const scale = durationFor(target, redScopeOf(question), [])?.scale ?? 1;
	const traced = value.filter(exemplar => traceIdOfExemplar(exemplar) !== undefined);
	const slowest = traced
		.map(exemplar => ({ ...exemplar, value: exemplar.value * scale }))
		.sort((a, b) => b.value - a.value || b.at - a.at);
	return answer(slowest.slice(0, mostExemplars), notes);
}

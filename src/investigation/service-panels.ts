import { serviceOfAlert } from '../analysis/alert-service.ts';
import { ownSeriesOf } from '../analysis/red-probe.ts';
import { type NamedQuery, redQueries } from '../analysis/red-queries.ts';
import { traceIdOfExemplar } from '../analysis/service-pivots.ts';
import type { FoundTarget } from '../analysis/service-target.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { equals, type Matcher } from '../model/labels.ts';
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
	readonly metrics: Pick<MetricsSource, 'query' | 'queryRange' | 'exemplars'>;
	readonly asking: Asking;
};

/** The matchers that restrict the panels to the place's route, if it has one and a label tells. */
export const routeMatchers = (place: ServicePlace, target: FoundTarget): readonly Matcher[] =>
	place.route === undefined || target.routeLabel === undefined ? [] : [equals(target.routeLabel, place.route)];

const queriesOf = ({ place, target, over }: PanelQuestion) =>
	redQueries(target, { more: routeMatchers(place, target), over });

export const askRate = (question: PanelQuestion): Promise<Answer<Panel>> =>
	askPanel(question, 'per-second', [{ name: 'requests', query: queriesOf(question).rate }], {
		empty: `${question.target.rateMetric} has no two samples within any step of this window.`,
		...limitOf(question, 'rate'),
	});

export async function askErrors(question: PanelQuestion): Promise<Answer<Panel>> {
	const query = queriesOf(question).errors;
	const lines = query === undefined ? [] : [{ name: 'errors', query }];
	const empty =
		query === undefined
			? `No label of ${question.target.rateMetric} tells failed requests.`
			: 'Nothing was asked of the service in this window.';
	return askPanel(question, 'ratio', lines, { empty, ...limitOf(question, 'errors') });
}

export async function askDuration(question: PanelQuestion): Promise<Answer<Panel>> {
	const { durations } = queriesOf(question);
	const { duration } = question.target;
	const empty =
		duration === undefined
			? `There is no duration histogram beside ${question.target.rateMetric}.`
			: `${duration.base} has no samples in this window.`;
	const panel = await askPanel(question, 'seconds', durations, { empty, ...limitOf(question, 'duration') });
	return { value: panel.value, notes: [...panel.notes, ...durationNotes(question.target)] };
}

function durationNotes({ duration }: FoundTarget): readonly Note[] {
	if (duration?.flavour === 'average') {
		return [{ kind: 'info', text: `${duration.base} has no buckets: only the average is known.` }];
	}
	if (duration?.flavour !== 'summary') return [];
	const text = `${duration.base} is a summary, which cannot be aggregated: the worst instance is shown.`;
	return [{ kind: 'info', text }];
}

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

/** The limit of the alert's rule, when the rule is about this figure of this very family, on the route that is shown. */
function limitOf(
	{ light, target, place }: PanelQuestion,
	kind: 'rate' | 'errors' | 'duration',
): Pick<Panel, 'threshold'> {
	const figure = light?.expression?.figure;
	if (light?.expression === undefined || figure?.kind !== kind) return {};
	if (serviceOfAlert(light.alert)?.route !== place.route) return {};
	const own = ownSeriesOf(light.alert, light.expression);
	if (!own.some(({ family }) => family.key === target.family)) return {};
	if (figure.kind !== 'duration') return { threshold: figure.threshold };
	const { duration } = target;
	if (duration === undefined || !own.some(({ stem }) => stem === duration.base)) return {};
	const { operator, value } = figure.threshold;
	const line = figure.quantile === undefined ? 'average' : `p${Number((figure.quantile * 100).toPrecision(6))}`;
	return { threshold: { operator, value: Number((value * duration.scale).toPrecision(12)), line } };
}

/** The slowest are of use; a chart cannot show more anyway. */
const mostExemplars = 200;

/** Requests that the histogram remembers with their trace, slowest first, in seconds. */
export async function askExemplars(question: PanelQuestion): Promise<Answer<readonly Exemplar[]>> {
	const { exemplars } = queriesOf(question);
	const { metrics, grid, target, asking } = question;
	if (exemplars === undefined) return answer([]);
	const { value, notes } = await metrics.exemplars(exemplars, grid, asking);
	const scale = target.duration?.scale ?? 1;
	const traced = value.filter(exemplar => traceIdOfExemplar(exemplar) !== undefined);
	const slowest = traced
		.map(exemplar => ({ ...exemplar, value: exemplar.value * scale }))
		.sort((a, b) => b.value - a.value || b.at - a.at);
	return answer(slowest.slice(0, mostExemplars), notes);
}

import { findingOf, type LabelFinding, type LabelSample, labelsToSample } from '../analysis/cardinality.ts';
import { promSelector } from '../analysis/promql-build.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { CardinalityPlace } from '../model/place.ts';
import { hour, rangeOf, type TimeRange } from '../model/time.ts';
import type { Counted, TsdbStatus } from '../model/tsdb.ts';
import { createBoard, type Investigate } from './board.ts';
import { inPool } from './in-pool.ts';
import type { Asking, MetricsSource } from './ports.ts';

/** What makes the metrics of a server many. */
export type CardinalityFindings = {
	readonly status: Loadable<TsdbStatus>;
	/** The labels with the most values, judged by some of them: those without a bound first. */
	readonly labels: Loadable<readonly LabelFinding[]>;
};

export const noCardinalityFindings: CardinalityFindings = { status: idle, labels: idle };

/** Names of each list; Prometheus gives ten unless it is asked for more. */
const mostNames = 20;
/** Values of a label that it is judged by. */
const mostValues = 100;
/** The largest metrics, whose labels are looked up for the queries. */
const mostMetrics = 5;
const atOnce = 8;
/** The status is about the newest block; older values of a label are not in it. */
const longestSample = hour;

/** The status, and then the labels with the most values: two round trips, the second of at most 13 questions, 8 at once. */
export const investigateCardinality: Investigate<CardinalityPlace, CardinalityFindings> = async (
	place,
	world,
	previous,
	publish,
	asking,
) => {
	const board = createBoard(previous, publish, world);
	const { metrics } = world.sources;
	const { from, to } = rangeOf(place.window, world.now());
	const status = await board.fill('status', askStatus(metrics, asking));
	if (status === undefined) return;
	const range = { from: Math.max(from, to - longestSample), to };
	await board.fill('labels', askLabels(status, range, metrics, asking));
};

async function askStatus(metrics: Pick<MetricsSource, 'tsdbStatus'>, asking: Asking): Promise<Answer<TsdbStatus>> {
	try {
		return await metrics.tsdbStatus(mostNames, asking);
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind !== 'not-found') throw error;
		throw new FailureError({ ...failure, next: withoutStatus });
	}
}

const withoutStatus =
	'Prometheus and VictoriaMetrics tell what their series are made of; Mimir, Cortex and Thanos do not, under this address.';

async function askLabels(
	status: TsdbStatus,
	range: TimeRange,
	metrics: Pick<MetricsSource, 'labelNames' | 'labelValues'>,
	asking: Asking,
): Promise<Answer<readonly LabelFinding[]>> {
	const wanted = labelsToSample(status.valuesByLabel);
	const values = new Map<Counted, readonly string[]>();
	const labels = new Map<string, readonly string[]>();
	const notes: Note[] = [];
	const asked = async (what: string, ask: () => Promise<Answer<readonly string[]>>) => {
		try {
			const { value, notes: own } = await ask();
			notes.push(...own);
			return value;
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			notes.push({ kind: 'partial', text: `${what} could not be had. ${sentenceOf(failure)}` });
			return undefined;
		}
	};
	const top = status.seriesByMetric.slice(0, mostMetrics).map(({ name }) => name);
	const questions = [
		...top.map(metric => async () => {
			const found = await asked(`The labels of ${metric}`, () =>
				metrics.labelNames([promSelector(metric, [])], range, asking),
			);
			labels.set(metric, found ?? []);
		}),
		...wanted.map(label => async () => {
			const found = await asked(`The values of ${label.name}`, () =>
				metrics.labelValues(label.name, [], range, mostValues, asking),
			);
			if (found !== undefined) values.set(label, found);
		}),
	];
	await inPool(questions, atOnce, question => question());
	const sampleOf = (label: Counted): LabelSample => ({
		values: values.get(label) ?? [],
		metrics: top.filter(metric => labels.get(metric)?.includes(label.name)),
	});
	const found = [...values.keys()].map(label => findingOf(label, sampleOf(label)));
	return answer(found.sort(worstFirst), notes);
}

const worstFirst = (a: LabelFinding, b: LabelFinding): number =>
	Number(b.unbounded) - Number(a.unbounded) || b.count - a.count || (a.label < b.label ? -1 : 1);

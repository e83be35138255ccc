import { findingOf, type LabelFinding, labelsToSample } from '../analysis/cardinality.ts';
import { promSelector } from '../analysis/promql-build.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { CardinalityPlace } from '../model/place.ts';
import { hour, rangeOf, type TimeRange } from '../model/time.ts';
import type { TsdbStatus } from '../model/tsdb.ts';
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
const mostNames = 50;
/** Values of a label that it is judged by. */
const mostValues = 100;
/** Two questions for each: eight at once. */
const labelsAtOnce = 4;
/** The status is about the newest block; older values of a label are not in it. */
const longestSample = hour;

/**
 * The status, and then of each of the labels with the most values some of them, and the metrics that have it: at most
 * three round trips (four where Mimir counts in place of the status), of no more than eight questions at once.
 */
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
	'Cortex and older Thanos do not count their series: look at the Prometheus that writes to them, or query topk(20, count by (__name__) ({__name__!=""})), which reads every series. If it is neither, check the path of its URL.';

async function askLabels(
	status: TsdbStatus,
	range: TimeRange,
	metrics: Pick<MetricsSource, 'labelValues'>,
	asking: Asking,
): Promise<Answer<readonly LabelFinding[]>> {
	const found: LabelFinding[] = [];
	const notes: Note[] = [];
	const valuesOf = async (name: string, selectors: readonly string[]): Promise<readonly string[] | undefined> => {
		try {
			const { value, notes: own } = await metrics.labelValues(name, selectors, range, mostValues, asking);
			notes.push(...own);
			return value;
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			notes.push({ kind: 'partial', text: `The values of ${name} could not be had. ${sentenceOf(failure)}` });
			return undefined;
		}
	};
	await inPool(labelsToSample(status.valuesByLabel), labelsAtOnce, async label => {
		const having = promSelector(undefined, [{ name: label.name, operator: '!=', value: '' }]);
		const [values, names] = await Promise.all([valuesOf(label.name, []), valuesOf('__name__', [having])]);
		if (values === undefined) return;
		found.push(findingOf(label, { values, metrics: bySize(names ?? [], status) }));
	});
	return answer(found.sort(worstFirst), notes);
}

/** The metrics that are known to be large first. */
const bySize = (metrics: readonly string[], { seriesByMetric }: TsdbStatus): readonly string[] => {
	const size = new Map(seriesByMetric.map(({ name, count }) => [name, count]));
	return metrics.toSorted((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0));
};

const worstFirst = (a: LabelFinding, b: LabelFinding): number =>
	Number(b.unbounded) - Number(a.unbounded) || b.count - a.count || (a.label < b.label ? -1 : 1);

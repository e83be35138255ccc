import type { Labels } from '../../model/labels.ts';
import { type Milliseconds, minute, second } from '../../model/time.ts';
import type { EdgeOperation } from '../cast.ts';
import { type Turn, traceIdOf } from '../identifiers.ts';
import { longestRequest, type Story } from '../story.ts';
import { boundsOf, bucketOf } from './buckets.ts';
import type { Expression, Selector } from './expression.ts';
import { ordered } from './label-order.ts';
import { sampleText, secondsOf } from './number-text.ts';
import type { StoredSeries } from './series.ts';
import type { Storage } from './storage.ts';

type Observation = { readonly at: Milliseconds; readonly seconds: number; readonly turn: Turn };

type SeriesExemplars = {
	readonly seriesLabels: Labels;
	readonly exemplars: readonly {
		readonly labels: { readonly trace_id: string };
		readonly value: string;
		readonly timestamp: number;
	}[];
};

/** The client libraries remember one request a minute for each bucket: the last. */
const oneEach: Milliseconds = minute;

/**
 * `/api/v1/query_exemplars`: requests of the story that fell into the buckets that the expression's selectors match,
 * each with its trace. They are kept with the services' own duration histograms.
 */
export const exemplarsOf = (
	expression: Expression,
	range: { readonly from: Milliseconds; readonly to: Milliseconds },
	{ story, storage }: { readonly story: Story; readonly storage: Storage },
): readonly SeriesExemplars[] => {
	const wanted = wantedBuckets(selectorsIn(expression), storage);
	const found = new Map<StoredSeries, Map<number, Observation>>();
	for (const { key, observation } of observationsIn(story, range, wanted.routes)) {
		const series = wanted.series.get(key);
		if (series === undefined) continue;
		const kept = found.get(series) ?? new Map<number, Observation>();
		const slot = Math.floor(observation.at / oneEach);
		if ((kept.get(slot)?.at ?? 0) <= observation.at) kept.set(slot, observation);
		found.set(series, kept);
	}
	return [...found].map(([{ labels }, kept]) => ({
		seriesLabels: ordered(labels),
		exemplars: [...kept.values()]
			.sort((a, b) => a.at - b.at)
			.map(({ at, seconds, turn }) => ({
				labels: { trace_id: traceIdOf(turn, story.seed) },
				value: sampleText(seconds),
				timestamp: secondsOf(Math.round(at)),
			})),
	}));
};

/** All selectors of an expression, those of ranges too. */
export const selectorsIn = (expression: Expression): readonly Selector[] => {
	switch (expression.kind) {
		case 'selector':
			return [expression];
		case 'negation':
			return selectorsIn(expression.operand);
		case 'call':
			return expression.args.flatMap(selectorsIn);
		case 'aggregation':
			return selectorsIn(expression.operand);
		case 'operation':
			return [...selectorsIn(expression.left), ...selectorsIn(expression.right)];
		default:
			return [];
	}
};

const bucketKey = (operation: string, status: number, bucket: number): string => `${operation} ${status} ${bucket}`;

const wantedBuckets = (selectors: readonly Selector[], storage: Storage) => {
	const series = new Map<string, StoredSeries>();
	const routes = new Set<EdgeOperation>();
	for (const each of selectors.flatMap(({ matchers }) => storage.select(matchers))) {
		if (each.bucket === undefined) continue;
		for (const cell of each.bucket.cells) {
			routes.add(cell.route);
			series.set(bucketKey(cell.operation, cell.status, each.bucket.number), each);
		}
	}
	return { series, routes };
};

function* observationsIn(
	story: Story,
	{ from, to }: { readonly from: Milliseconds; readonly to: Milliseconds },
	routes: ReadonlySet<EdgeOperation>,
): Generator<{ readonly key: string; readonly observation: Observation }> {
	const first = Math.floor(Math.max(from - longestRequest, story.beganAt) / second);
	for (let at = first; routes.size > 0 && at * second <= to; at++) {
		for (let index = 0; index < story.countIn(at); index++) {
			const turn = { second: at, index };
			if (!routes.has(story.operationOf(turn))) continue;
			const { offset, visits } = story.outlineOf(turn);
			for (const { operation, status, start, duration } of visits) {
				const ended = at * second + (offset + start + duration) / 1e6;
				if (ended < from || ended > to) continue;
				const seconds = duration / 1e9;
				const key = bucketKey(operation, status, bucketOf(boundsOf(operation), seconds));
				yield { key, observation: { at: ended, seconds, turn } };
			}
		}
	}
}

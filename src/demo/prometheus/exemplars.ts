import type { Labels } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { EdgeOperation } from '../cast.ts';
import type { Piecework } from '../piecework.ts';
import { bucketKey, type ExemplarBook, type Observation } from './exemplar-book.ts';
import type { Expression, Selector } from './expression.ts';
import { ordered } from './label-order.ts';
import { sampleText, secondsOf } from './number-text.ts';
import type { StoredSeries } from './series.ts';
import type { Storage } from './storage.ts';

type SeriesExemplars = {
	readonly seriesLabels: Labels;
	readonly exemplars: readonly {
		readonly labels: { readonly trace_id: string };
		readonly value: string;
		readonly timestamp: number;
	}[];
};

/**
 * `/api/v1/query_exemplars`: requests of the story that fell into the buckets that the expression's selectors match,
 * each with its trace. They are kept with the services' own duration histograms.
 */
export function* exemplarsOf(
	expression: Expression,
	{ from, to }: { readonly from: Milliseconds; readonly to: Milliseconds },
	{ book, storage }: { readonly book: ExemplarBook; readonly storage: Storage },
): Piecework<readonly SeriesExemplars[]> {
	const wanted = wantedBuckets(selectorsIn(expression), storage);
	const found = new Map<StoredSeries, Observation[]>();
	for (const { key, observation } of yield* book.between(from, to, wanted.routes)) {
		const series = wanted.series.get(key);
		if (series === undefined) continue;
		const kept = found.get(series);
		if (kept === undefined) found.set(series, [observation]);
		else kept.push(observation);
	}
	return [...found].map(([{ labels }, kept]) => ({
		seriesLabels: ordered(labels),
		exemplars: kept
			.toSorted((a, b) => a.at - b.at)
			.map(({ at, seconds, traceId }) => ({
				labels: { trace_id: traceId },
				value: sampleText(seconds),
				timestamp: secondsOf(Math.round(at)),
			})),
	}));
}

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

import * as z from 'zod/mini';
import { type Answer, answer } from '../../model/answer.ts';
import type { HistogramBucket, HistogramSeries } from '../../model/series.ts';
import { envelope, labels } from './schema.ts';
import { milliseconds, parseValue } from './to-model.ts';

/*
 * Native histograms in the answer to a range query, as Prometheus has them since 2.40
 * (https://prometheus.io/docs/prometheus/latest/querying/api/#native-histograms).
 */

/**
 * `[rule, lower bound, upper bound, count]`. The rule says which of the bounds belong to the bucket; of durations that
 * lie on a bound nobody asks.
 */
type WireBucket = readonly [rule: number, above: string, upTo: string, count: string];

type WirePoint = readonly [seconds: number, histogram: { readonly buckets?: readonly WireBucket[] }];

/** The finest resolution there is has 256 buckets for each doubling; durations double 40 times from µs to a week. */
const mostBuckets = 256 * 40;

/** Checked by hand: an answer has ten thousands of buckets. */
const isPoint = (value: unknown): boolean => {
	if (!Array.isArray(value) || typeof value[0] !== 'number' || typeof value[1] !== 'object' || value[1] === null)
		return false;
	const { buckets } = value[1];
	return buckets === undefined || (Array.isArray(buckets) && buckets.length <= mostBuckets && buckets.every(isBucket));
};

const isBucket = (value: unknown): boolean =>
	Array.isArray(value) && value.length === 4 && value.slice(1).every(text => typeof text === 'string');

const histogramsData = z.object({
	resultType: z.literal('matrix'),
	result: z.array(
		z.object({
			metric: labels,
			values: z.optional(z.array(z.unknown())),
			histograms: z.optional(z.array(z.custom<WirePoint>(isPoint))),
		}),
	),
});

export const histogramsAnswer = envelope(histogramsData);

/** A range of histograms for each series that has some. */
export function histogramsOf({ result }: z.infer<typeof histogramsData>): Answer<readonly HistogramSeries[]> {
	const found = result.flatMap(({ metric, histograms = [] }) =>
		histograms.length === 0
			? []
			: [
					{
						labels: metric,
						times: histograms.map(([at]) => milliseconds(at)),
						histograms: histograms.map(([, { buckets = [] }]) => buckets.map(bucketOf)),
					},
				],
	);
	const numbers = result.filter(({ values = [] }) => values.length > 0).length;
	if (numbers === 0) return answer(found);
	const text = `${numbers} series of numbers, where histograms were asked for, ${numbers === 1 ? 'is' : 'are'} left out.`;
	return answer(found, [{ kind: 'partial', text }]);
}

const bucketOf = ([, above, upTo, count]: WireBucket): HistogramBucket => ({
	above: parseValue(above),
	upTo: parseValue(upTo),
	count: parseValue(count),
});

import type { HistogramBucket, HistogramSeries, Series } from '../model/series.ts';
import { type HeatMap, heatMapOf } from './heat-map.ts';

/** A row more than this tells nothing more; a histogram of the finest resolution has hundreds of buckets. */
const mostRows = 40;

/**
 * A heat map of histograms whose buckets are their own, in the metric's own unit (`scale` brings it to seconds). The
 * buckets are brought to few bounds, the same at all times: those of exponential buckets to a grid of rows of equal
 * ratio, in each of which whole buckets lie, others to some of the bounds there are.
 */
export function heatMapOfHistograms({ times, histograms }: HistogramSeries, scale: number): HeatMap {
	const bounds = boundsOf(histograms.flat().filter(({ count }) => count > 0));
	const cumulative = [...bounds, Number.POSITIVE_INFINITY].map(
		(bound): Series => ({
			labels: { le: bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound) },
			times,
			values: histograms.map(buckets => countUpTo(bound, buckets)),
		}),
	);
	return heatMapOf(cumulative, scale);
}

/** Servers print bounds that differ from ours by the last digits of a float. */
const closeness = 1e-6;

const countUpTo = (bound: number, buckets: readonly HistogramBucket[]): number =>
	buckets.reduce((sum, { upTo, count }) => (upTo <= bound * (1 + closeness) ? sum + count : sum), 0);

function boundsOf(buckets: readonly HistogramBucket[]): readonly number[] {
	const regular = regularBounds(buckets);
	if (regular !== undefined) return regular;
	const seen = [...new Set(buckets.flatMap(({ above, upTo }) => [above, upTo]))]
		.filter(isInside)
		.toSorted((a, b) => a - b);
	const size = Math.ceil(seen.length / mostRows);
	return seen.filter((_, index) => (seen.length - 1 - index) % size === 0);
}

const isInside = (bound: number): boolean => bound > 0 && bound < Number.POSITIVE_INFINITY;

/**
 * Rows as wide as the widest bucket, or a multiple of it; `undefined` when a bucket would lie in two of them, which those
 * of exponential histograms never do: their bounds are powers of one number, and a coarser one has every second of them
 * (https://prometheus.io/docs/specs/native_histograms/#schema). What is no duration at all, in the bucket round 0, is
 * quicker than the first row.
 */
function regularBounds(buckets: readonly HistogramBucket[]): readonly number[] | undefined {
	if (buckets.some(({ above, upTo }) => !Number.isFinite(above) || !Number.isFinite(upTo))) return undefined;
	const spans = buckets
		.filter(({ above, upTo }) => above > 0 && upTo > above)
		.map(({ above, upTo }) => ({ from: Math.log2(above), to: Math.log2(upTo) }));
	if (spans.length === 0) return undefined;
	const width = spans.reduce((widest, { from, to }) => Math.max(widest, to - from), 0);
	const rows = spans.map(({ from, to }) => ({ first: lowerPlace(from / width), last: upperPlace(to / width) }));
	if (rows.some(({ first, last }) => last - first > 1)) return undefined;
	const first = rows.reduce((least, row) => Math.min(least, row.first), Number.POSITIVE_INFINITY);
	const last = rows.reduce((most, row) => Math.max(most, row.last), Number.NEGATIVE_INFINITY);
	const size = Math.ceil((last - first) / mostRows);
	const start = Math.floor(first / size) * size;
	return Array.from({ length: Math.ceil((last - start) / size) + 1 }, (_, index) =>
		Number((2 ** ((start + index * size) * width)).toPrecision(12)),
	);
}

/** The row's lower and upper bound, in widths; a bound that lies on one is that one. */
const lowerPlace = (place: number): number => Math.floor(place + closeness);
const upperPlace = (place: number): number => Math.ceil(place - closeness);

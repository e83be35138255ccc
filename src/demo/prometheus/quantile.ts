export type Bucket = { readonly upperBound: number; readonly count: number };

/** Differences between neighbouring buckets below this share are rounding and not a fault (promql/quantile.go). */
const tolerance = 1e-12;

/**
 * Prometheus' `histogram_quantile` of one classic histogram: linear within the bucket that the rank falls into, from 0
 * below the lowest, and never beyond the highest finite bound. NaN without a `+Inf` bucket or without observations.
 */
export const histogramQuantile = (quantile: number, buckets: readonly Bucket[]): number => {
	if (Number.isNaN(quantile)) return Number.NaN;
	if (quantile < 0) return Number.NEGATIVE_INFINITY;
	if (quantile > 1) return Number.POSITIVE_INFINITY;
	const sorted = merged(buckets.toSorted((a, b) => a.upperBound - b.upperBound));
	const highest = sorted.at(-1);
	if (highest === undefined || highest.upperBound !== Number.POSITIVE_INFINITY || sorted.length < 2) return Number.NaN;
	const rising = monotonic(sorted);
	const observations = rising.at(-1)?.count ?? 0;
	if (observations === 0 || Number.isNaN(observations)) return Number.NaN;
	const rank = quantile * observations;
	const found = rising.findIndex(({ count }, at) => at < rising.length - 1 && count >= rank);
	if (found === -1) return rising.at(-2)?.upperBound ?? Number.NaN;
	return interpolated(rising, found, rank);
};

const interpolated = (buckets: readonly Bucket[], at: number, rank: number): number => {
	const bucket = buckets[at];
	if (bucket === undefined) return Number.NaN;
	if (at === 0 && bucket.upperBound <= 0) return bucket.upperBound;
	const start = at === 0 ? 0 : (buckets[at - 1]?.upperBound ?? 0);
	const below = at === 0 ? 0 : (buckets[at - 1]?.count ?? 0);
	return start + (bucket.upperBound - start) * ((rank - below) / (bucket.count - below));
};

/** Buckets of equal bound are one. */
const merged = (sorted: readonly Bucket[]): readonly Bucket[] => {
	const buckets: Bucket[] = [];
	for (const bucket of sorted) {
		const last = buckets.at(-1);
		if (last?.upperBound === bucket.upperBound) {
			buckets[buckets.length - 1] = { upperBound: last.upperBound, count: last.count + bucket.count };
		} else buckets.push(bucket);
	}
	return buckets;
};

/** Counts that fall are raised to the one before; so are differences that are mere rounding. */
const monotonic = (sorted: readonly Bucket[]): readonly Bucket[] => {
	let before = sorted[0]?.count ?? 0;
	return sorted.map(({ upperBound, count }) => {
		const same = Math.abs(count - before) <= tolerance * Math.max(Math.abs(count), Math.abs(before));
		if (!same && count > before) before = count;
		return { upperBound, count: before };
	});
};

/** The φ-quantile of plain values, as the aggregation `quantile` has it: linear between the two nearest ranks. */
export const quantileOf = (quantile: number, values: readonly number[]): number => {
	if (values.length === 0 || Number.isNaN(quantile)) return Number.NaN;
	if (quantile < 0) return Number.NEGATIVE_INFINITY;
	if (quantile > 1) return Number.POSITIVE_INFINITY;
	const sorted = values.toSorted((a, b) => a - b);
	const rank = quantile * (sorted.length - 1);
	const lower = Math.max(0, Math.floor(rank));
	const weight = rank - lower;
	const low = sorted[lower] ?? Number.NaN;
	const high = sorted[Math.min(sorted.length - 1, lower + 1)] ?? low;
	return low * (1 - weight) + high * weight;
};

import type { Labels } from './labels.ts';
import type { Milliseconds, TimeRange } from './time.ts';

/** One value at one instant. `value` may be NaN or ±Infinity: the caller shows them as what they are. */
export type Sample = { readonly labels: Labels; readonly at: Milliseconds; readonly value: number };

/**
 * A line of a chart. `times` ascends; `values[i]` belongs to `times[i]`. A step without a sample is simply not there
 * (Prometheus leaves gaps out), so a gap is told by the distance of two times.
 */
export type Series = {
	readonly labels: Labels;
	readonly times: readonly Milliseconds[];
	readonly values: readonly number[];
};

/** How many observations lay above one bound and no higher than another; the bounds may be infinite. */
export type HistogramBucket = { readonly above: number; readonly upTo: number; readonly count: number };

/**
 * A distribution over time: `histograms[i]` belongs to `times[i]`, which ascend, and has the buckets that are not empty,
 * lowest first. The bounds may differ from one time to the next.
 */
export type HistogramSeries = {
	readonly labels: Labels;
	readonly times: readonly Milliseconds[];
	readonly histograms: readonly (readonly HistogramBucket[])[];
};

/** One observed request that a histogram remembers by its trace. */
export type Exemplar = {
	readonly labels: Labels;
	readonly seriesLabels: Labels;
	readonly at: Milliseconds;
	readonly value: number;
};

/** The range and step at which a chart asks; both ends are inclusive and lie on the step. */
export type Grid = TimeRange & { readonly step: Milliseconds };

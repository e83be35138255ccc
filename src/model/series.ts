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

/** One observed request that a histogram remembers by its trace. */
export type Exemplar = {
	readonly labels: Labels;
	readonly seriesLabels: Labels;
	readonly at: Milliseconds;
	readonly value: number;
};

/** The range and step at which a chart asks; both ends are inclusive and lie on the step. */
export type Grid = TimeRange & { readonly step: Milliseconds };

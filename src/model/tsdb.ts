import type { Milliseconds } from './time.ts';

/** How much of something there is under a name. */
export type Counted = { readonly name: string; readonly count: number };

/** What a server keeps in its newest block, by what makes it large; the largest first, cut where the server cuts. */
export type TsdbStatus = {
	/** NaN, as the other figures, where the server does not say. */
	readonly series: number;
	readonly labelPairs: number;
	readonly chunks: number;
	/** The oldest and the newest sample in it. */
	readonly from: Milliseconds;
	readonly to: Milliseconds;
	readonly seriesByMetric: readonly Counted[];
	readonly valuesByLabel: readonly Counted[];
	/** Bytes of the values; empty where the server does not count them. */
	readonly bytesByLabel: readonly Counted[];
	/** By `label=value`. */
	readonly seriesByPair: readonly Counted[];
};

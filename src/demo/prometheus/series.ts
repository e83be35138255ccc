import type { Labels } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import type { Cell } from './cells.ts';

/** Samples in time order; both arrays are as long. */
export type Samples = { readonly times: readonly Milliseconds[]; readonly values: readonly number[] };

/**
 * What samples are wanted for. `differences` is for functions like `rate`, and for counting series, which do not care for
 * a counter's height: it may then be counted from the range's beginning, which saves counting the whole hour.
 */
export type Purpose = 'values' | 'differences';

/** A series of the demo's store: its samples are computed from the story. */
export type StoredSeries = {
	/** With `__name__`. */
	readonly labels: Labels;
	/** It has a sample at least this often, so that looking back needs to go no farther. */
	readonly every?: Milliseconds;
	/** Of a bucket of a service's own duration histogram: what falls into it. */
	readonly bucket?: { readonly cells: readonly Cell[]; readonly number: number };
	/** From these instants on nobody had it any more: what was before is not looked back to (staleness markers). */
	readonly staleAt?: readonly Milliseconds[];
	/** Whether it has a sample from one instant to another, without making them. */
	readonly isIn: (from: Milliseconds, to: Milliseconds) => boolean;
	/** The samples after `from` up to `to` (left-open, as Prometheus 3 has its ranges). */
	readonly samples: (from: Milliseconds, to: Milliseconds, purpose: Purpose) => Samples;
	/** Counts what such samples are made of, when that takes long. */
	readonly prepare?: (from: Milliseconds, to: Milliseconds, purpose: Purpose) => Piecework<void>;
};

/** Series that are made when a selector first asks for one of their names. */
export type Shelf = {
	/** What their names begin with; a selector without a name asks for all. */
	readonly prefixes: readonly string[];
	readonly series: () => readonly StoredSeries[];
};

import type { TraceReading } from '../analysis/trace-reading.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { Milliseconds } from '../model/time.ts';

/** One trace, read, or the reasons why there is none. */
export type TraceFindings = { readonly trace: Loadable<TraceFound | TraceMissing> };

export type TraceFound = TraceReading & { readonly found: true };

/** Tempo answered and does not have the trace: that is a finding, not a failure. */
export type TraceMissing = {
	readonly found: false;
	readonly id: string;
	/** Who was asked: `Tempo`. */
	readonly store: string;
	/** As long as it may still arrive; absent where it would be there by now. */
	readonly freshUntil?: Milliseconds;
	/** When it is asked for again by itself. */
	readonly againAt?: Milliseconds;
	/** Where it was looked for, in words. */
	readonly tried: readonly string[];
	/** What may have become of it, the likeliest first, a sentence each. */
	readonly reasons: readonly string[];
};

export const noTraceFindings: TraceFindings = { trace: idle };

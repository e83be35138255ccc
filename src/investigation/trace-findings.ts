import type { TraceReading } from '../analysis/trace-reading.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { TraceSummary } from '../model/trace.ts';

/** One trace, read, or the reasons why there is none. */
export type TraceFindings = { readonly trace: Loadable<TraceFound | TraceMissing> };

export type TraceFound = TraceReading & { readonly found: true };

/** Tempo answered and does not have the trace: that is a finding, not a failure. */
export type TraceMissing = {
	readonly found: false;
	readonly id: string;
	/** Where it was looked for, in words. */
	readonly tried: readonly string[];
	/** What may have become of it, the likeliest first, a sentence each. */
	readonly reasons: readonly string[];
};

/** The first traces that Tempo found, newest first. */
export type TracesFindings = { readonly results: Loadable<TraceResults> };

export type TraceResults = {
	readonly traces: readonly TraceSummary[];
	/** The TraceQL that was asked. */
	readonly query: string;
	/** Tempo stops at this many; with fewer there are no more. */
	readonly limit: number;
};

export const noTraceFindings: TraceFindings = { trace: idle };
export const noTracesFindings: TracesFindings = { results: idle };

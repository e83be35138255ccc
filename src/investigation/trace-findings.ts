import type { TraceReading } from '../analysis/trace-reading.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { Milliseconds } from '../model/time.ts';
import type { MissingTraceRung } from './trace-ladder.ts';

/** One trace, read, or the reasons why there is none. */
export type TraceFindings = {
	readonly trace: Loadable<TraceFound | TraceMissing>;
	/** About services of the trace: those that fire, then those that fired at its time, the worst first. Asked for after it. */
	readonly alerts: Loadable<readonly TraceAlert[]>;
	/** Where there is no such trace: what else there is. */
	readonly ladder: Loadable<readonly MissingTraceRung[]>;
};

/** An alert about a service of a trace. */
export type TraceAlert = {
	/** `Alert.id`; of one that has gone it is made of the labels that Prometheus kept of it. */
	readonly id: string;
	readonly name: string;
	readonly service: string;
	readonly route?: string;
	/** True when it fires now; else it fired at the time of the trace and has gone since. */
	readonly isFiring: boolean;
};

export type TraceFound = TraceReading & {
	readonly found: true;
	/** Nobody sent these spans: they are made up from log lines. */
	readonly fromLogs?: true;
};

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
	/** Why its log lines tell nothing of it, once they were asked for. */
	readonly fromLogs?: string;
};

export const noTraceFindings: TraceFindings = { trace: idle, alerts: idle, ladder: idle };

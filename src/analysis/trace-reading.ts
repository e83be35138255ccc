import type { Trace } from '../model/trace.ts';
import { type CriticalSection, criticalPathOf, criticalTimesOf, sectionsByNode } from './critical-path.ts';
import { culpritOf } from './culprit.ts';
import { type FlameLanes, flameLanesOf } from './flame-lanes.ts';
import { redactTrace } from './redact-trace.ts';
import { selfTimesOf } from './self-time.ts';
import { type TimeSpent, timeSpentOf } from './time-spent.ts';
import { type SpanNode, type TraceTree, traceTreeOf } from './trace-tree.ts';

/** A trace that has been read once: without secrets, and with all that a screen or a print asks of it. */
export type TraceReading = Trace & {
	readonly tree: TraceTree;
	/** Nanoseconds by node index. */
	readonly selfTimes: readonly number[];
	readonly path: readonly CriticalSection[];
	/** The sections of the path that are each node's own. */
	readonly sections: ReadonlyMap<SpanNode, readonly CriticalSection[]>;
	/** Nanoseconds on the critical path by node index. */
	readonly criticalTimes: readonly number[];
	readonly lanes: FlameLanes;
	readonly spent: TimeSpent;
	/** The span to look at first; absent in a trace without spans. */
	readonly culprit: SpanNode | undefined;
	/** In the order of their first span. */
	readonly services: readonly string[];
	/** How many spans failed. */
	readonly errors: number;
};

/** Reads a trace: redacts it, then derives the rest. Works on any set of spans; the input is left as it was. */
export function traceReadingOf(trace: Trace): TraceReading {
	const redacted = redactTrace(trace);
	const tree = traceTreeOf(redacted);
	const selfTimes = selfTimesOf(tree);
	const path = criticalPathOf(tree);
	const criticalTimes = criticalTimesOf(tree, path);
	const spans = tree.nodes.filter(({ missing }) => !missing).map(({ span }) => span);
	return {
		...redacted,
		tree,
		selfTimes,
		path,
		sections: sectionsByNode(path),
		criticalTimes,
		lanes: flameLanesOf(tree),
		spent: timeSpentOf(tree, selfTimes, criticalTimes),
		culprit: culpritOf(tree, criticalTimes),
		services: [...new Set(spans.map(({ service }) => service))],
		errors: spans.filter(({ status }) => status === 'error').length,
	};
}

import { finished, isTurn, type Steps } from '../model/steps.ts';
import type { Trace } from '../model/trace.ts';
import {
	type CriticalSection,
	criticalPathSteps,
	criticalTimesOf,
	type SectionsByNode,
	sectionSteps,
} from './critical-path.ts';
import { culpritOf } from './culprit.ts';
import { withDoubtSteps } from './doubtful-verdict.ts';
import { type FlameLanes, laneSteps } from './flame-lanes.ts';
import { type FoldRuns, runSteps } from './fold-runs.ts';
import { redactSteps } from './redact-trace.ts';
import { selfTimesOf } from './self-time.ts';
import { likenessSteps, type SpanLikeness } from './span-likeness.ts';
import { type TimeSpent, timeSpentSteps } from './time-spent.ts';
import { type SpanNode, type TraceTree, treeSteps } from './trace-tree.ts';

/** A trace that has been read once: without secrets, and with all that a screen or a print asks of it. */
export type TraceReading = Trace & {
	readonly tree: TraceTree;
	/** Nanoseconds by node index. */
	readonly selfTimes: readonly number[];
	readonly path: readonly CriticalSection[];
	/** The sections of the path that are each node's own. */
	readonly sections: SectionsByNode;
	/** Nanoseconds on the critical path by node index. */
	readonly criticalTimes: readonly number[];
	readonly lanes: FlameLanes;
	/** Which spans are alike, and the runs of like siblings. */
	readonly likeness: SpanLikeness;
	readonly runs: FoldRuns;
	readonly spent: TimeSpent;
	/** The span to look at first; absent in a trace without spans. */
	readonly culprit: SpanNode | undefined;
	/** In the order of their first span. */
	readonly services: readonly string[];
	/** How many spans failed. */
	readonly errors: number;
};

/** Reads a trace: redacts it, then derives the rest. Works on any set of spans; the input is left as it was. */
export const traceReadingOf = (trace: Trace): TraceReading => finished(readingSteps(trace));

/** The same in steps. */
export function* readingSteps(trace: Trace): Steps<TraceReading> {
	const redacted = yield* redactSteps(trace);
	const tree = yield* treeSteps(redacted);
	const reading = yield* readingOfTree(redacted, tree);
	return { ...reading, spent: yield* withDoubtSteps(reading.spent, tree) };
}

/** A reading of the same trace with another tree of it, such as one in which clocks are shifted (`skewedShift`). */
export function* readingOfTree(redacted: Trace, tree: TraceTree): Steps<TraceReading> {
	const selfTimes = selfTimesOf(tree);
	yield;
	const path = yield* criticalPathSteps(tree);
	const criticalTimes = criticalTimesOf(tree, path);
	const sections = yield* sectionSteps(path);
	const lanes = yield* laneSteps(tree);
	const likeness = yield* likenessSteps(tree);
	const runs = yield* runSteps(tree, likeness);
	const spent = yield* timeSpentSteps({ tree, self: selfTimes, critical: criticalTimes, runs });
	const services = new Set<string>();
	let errors = 0;
	for (const { missing, span, index } of tree.nodes) {
		if (isTurn(index)) yield;
		if (missing) continue;
		services.add(span.service);
		if (span.status === 'error') errors++;
	}
	return {
		id: redacted.id,
		spans: redacted.spans,
		tree,
		selfTimes,
		path,
		sections,
		criticalTimes,
		lanes,
		likeness,
		runs,
		spent,
		culprit: culpritOf(tree, criticalTimes, spent.heaviest),
		services: [...services],
		errors,
	};
}

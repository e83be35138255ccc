import type { FoldRun, FoldRuns } from './fold-runs.ts';
import type { Stretch } from './folded-view.ts';
import { remembered } from './remembered.ts';
import type { SpanNode } from './trace-tree.ts';

/** What a span waited between the tries of one call, in which nothing else of it ran. */
export type RetryWait = {
	readonly run: FoldRun;
	/** In time order, nanoseconds after the tree's origin. */
	readonly stretches: readonly Stretch[];
	/** Of all of them. */
	readonly sum: number;
};

/**
 * The waits between tries by the span that tried. They are self time of the caller, and nobody was at work in them:
 *
 *     till charge   █████████████████████████
 *       rates GET    ──✗  wait  ──✗  wait  ──
 */
export const retryWaitsOf: (runs: FoldRuns) => ReadonlyMap<SpanNode, readonly RetryWait[]> = (() => {
	const waits = remembered<FoldRuns, undefined, ReadonlyMap<SpanNode, readonly RetryWait[]>>(1, () => '', findWaits);
	return runs => waits(runs, undefined);
})();

function findWaits({ runs }: FoldRuns): ReadonlyMap<SpanNode, readonly RetryWait[]> {
	const found = new Map<SpanNode, RetryWait[]>();
	for (const run of runs) {
		if (!run.isRetried || run.parent === undefined) continue;
		const known = found.get(run.parent);
		if (known === undefined) found.set(run.parent, [retryWaitOf(run, run.parent)]);
		else known.push(retryWaitOf(run, run.parent));
	}
	return found;
}

/** The waits of one run of tries under its parent. */
export function retryWaitOf(run: FoldRun, parent: SpanNode): RetryWait {
	const stretches = stretchesBetween(run, parent);
	return { run, stretches, sum: stretches.reduce((all, { from, to }) => all + to - from, 0) };
}

/** From the first try to the last, as far as no child runs: children are in the order of their start. */
function stretchesBetween({ from, to }: FoldRun, { start, end, children }: SpanNode): readonly Stretch[] {
	const stretches: Stretch[] = [];
	const until = Math.min(to, end);
	let reached = Math.max(from, start);
	for (const child of children) {
		if (child.start >= until) break;
		if (child.start > reached) stretches.push({ from: reached, to: child.start });
		reached = Math.max(reached, child.end);
	}
	return stretches;
}

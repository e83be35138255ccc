import type { FoldRun, FoldRuns } from './fold-runs.ts';
import { remembered } from './remembered.ts';
import type { SpanNode } from './trace-tree.ts';

/** What a span waited between the tries of one call, in which nothing else of it ran. */
export type RetryWait = {
	readonly run: FoldRun;
	/** Nanoseconds. */
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

/** The waits of one run of tries under its parent: from the first try to the last, as far as no child runs. */
export const retryWaitOf = (run: FoldRun, parent: SpanNode): RetryWait => {
	const until = ownTimeOf(parent);
	return { run, sum: until(Math.min(run.to, parent.end)) - until(Math.max(run.from, parent.start)) };
};

/** How long a span was at work itself until an instant: a parent may have ten thousand children, and as many runs. */
const ownTimeOf: (node: SpanNode) => (at: number) => number = (() => {
	const known = remembered<SpanNode, undefined, (at: number) => number>(1, () => '', ownTime);
	return node => known(node, undefined);
})();

/** Children are in the order of their start. */
function ownTime({ start, end, children }: SpanNode): (at: number) => number {
	const stretches: { readonly from: number; readonly to: number; readonly before: number }[] = [];
	let [reached, before] = [start, 0];
	const add = (to: number) => {
		if (to <= reached) return;
		stretches.push({ from: reached, to, before });
		before += to - reached;
	};
	for (const child of children) {
		if (child.start >= end) break;
		add(child.start);
		reached = Math.max(reached, child.end);
	}
	add(end);
	return at => {
		let [low, high] = [0, stretches.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((stretches[middle]?.from ?? at) < at) low = middle + 1;
			else high = middle;
		}
		const last = stretches[low - 1];
		return last === undefined ? 0 : last.before + Math.min(at, last.to) - last.from;
	};
}

import { finished, isTurn, type Steps } from '../model/steps.ts';
import { sortSteps } from './sort-steps.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * The time of a request shared out among its spans: of an instant at which several spans are at work themselves, each has
 * an equal part. Of the main root's own time nothing is counted twice and nothing is left out, whatever runs at once:
 *
 *     root    ==          ==    4
 *       a       ==========      6: 4 with b, of which it has 2, and 4 with c, and 2 alone
 *       b       ====            2
 *       c           ====        2
 *
 * What runs before the main root begins or after it has ended has no part in its time, nor has a made-up parent. Nanoseconds
 * by node index; they sum to the main root's length.
 */
export const sharedTimesOf = (tree: TraceTree): readonly number[] => finished(sharedTimeSteps(tree));

/** The same in steps. O(n log n), whatever the depth. */
export function* sharedTimeSteps({ nodes, main }: TraceTree): Steps<readonly number[]> {
	const shared = new Array<number>(nodes.length).fill(0);
	if (main === undefined) return shared;
	const stretches: Stretch[] = [];
	for (const node of nodes) {
		if (isTurn(node.index)) yield;
		if (!node.missing) addOwn(node, main, stretches);
	}
	const partsUntil = yield* partSteps(stretches);
	let turn = 0;
	for (const { index, from, to } of stretches) {
		if (isTurn(turn++)) yield;
		shared[index] = (shared[index] ?? 0) + partsUntil(to) - partsUntil(from);
	}
	return shared;
}

/** Time in which a span was at work itself: no child of it runs. */
type Stretch = { readonly index: number; readonly from: number; readonly to: number };

/** Children are in the order of their start. */
function addOwn({ index, start, end, children }: SpanNode, main: SpanNode, stretches: Stretch[]): void {
	const until = Math.min(end, main.end);
	const add = (from: number, to: number) => {
		if (to > from) stretches.push({ index, from, to });
	};
	let reached = Math.max(start, main.start);
	for (const child of children) {
		if (child.start >= until) break;
		add(reached, child.start);
		reached = Math.max(reached, child.end);
	}
	add(reached, until);
}

/** What one that was at work all the time would have had until an instant that begins or ends a stretch. */
function* partSteps(stretches: readonly Stretch[]): Steps<(at: number) => number> {
	const changes: { readonly at: number; readonly by: 1 | -1 }[] = [];
	for (const { from, to } of stretches) changes.push({ at: from, by: 1 }, { at: to, by: -1 });
	yield;
	yield* sortSteps(changes, (a, b) => a.at - b.at);
	const parts = new Map<number, number>();
	let [atWork, before, part, turn] = [0, 0, 0, 0];
	for (const { at, by } of changes) {
		if (isTurn(turn++)) yield;
		if (atWork > 0) part += (at - before) / atWork;
		parts.set(at, part);
		before = at;
		atWork += by;
	}
	return at => parts.get(at) ?? 0;
}

import { finished, isTurn, type Steps } from '../model/steps.ts';
import { skewMarkOf } from './clock-skew.ts';
import { createMinHeap } from './min-heap.ts';
import { sortedAtOnce, sortSteps } from './sort-steps.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/** What is laid out: nodes in preorder, and which of them are roots. */
export type LaneTree = Pick<TraceTree, 'nodes' | 'roots'>;

/** A node as it is drawn: its interval cut to the picture. Nanoseconds after the tree's origin. */
export type FlameFrame = { readonly node: SpanNode; readonly from: number; readonly to: number };

/** Where every span lies in a flame graph, before anybody asks how wide the screen is. */
export type FlameLanes = {
	/** Left and right end of the whole picture; `to` is after `from`. */
	readonly from: number;
	readonly to: number;
	/** From the top; frames of one row do not overlap and come in the order of time. */
	readonly rows: readonly (readonly FlameFrame[])[];
	/** Row of each node, by its index. */
	readonly rowOf: Int32Array;
	/** How many rows each node's subtree takes, itself included, by its index. */
	readonly heights: Int32Array;
	/** The first start and the last end in each node's subtree, itself included, cut to the picture; by its index. */
	readonly starts: Float64Array;
	readonly ends: Float64Array;
};

/**
 * Lays a trace out as an icicle in which time runs to the right and nothing overlaps. A subtree is a block of rows;
 * siblings that run at the same time get lanes, and a lane is as high as its highest block:
 *
 *     root  ━━━━━━━━━━━━━━━━━━━━━━━━
 *     lane 1   a ━━━━━━   c ━━━━━━━      c starts when a has ended: same lane
 *                 a1 ━━     c1 ━━━
 *     lane 2      b ━━━━━━━━━            b overlaps both
 *                    b1 ━━
 *
 * O(n log n). The picture reaches over all spans but the skewed ones, which are cut to it: a clock that is wrong by
 * an hour must not squeeze the rest into one column.
 */
export const flameLanesOf = (tree: LaneTree): FlameLanes => finished(laneSteps(tree));

/** The same in steps. */
export function* laneSteps(tree: LaneTree): Steps<FlameLanes> {
	const { from, to } = yield* pictureSteps(tree);
	const cut = (at: number) => Math.min(to, Math.max(from, at));
	const frames = tree.nodes.map((node): FlameFrame => ({ node, from: cut(node.start), to: cut(node.end) }));
	yield;
	const { heights, below, starts, ends } = yield* blockSteps(tree, frames);

	const rowOf = new Int32Array(frames.length);
	const rows: FlameFrame[][] = [];
	for (const frame of frames) {
		const { index, parent } = frame.node;
		if (isTurn(index)) yield;
		const row = (parent === undefined ? -1 : (rowOf[parent.index] ?? 0)) + (below[index] ?? 1);
		rowOf[index] = row;
		while (rows.length <= row) rows.push([]);
		rows[row]?.push(frame);
	}
	for (const row of rows) if (!sortedAtOnce(row, compareFrames)) yield* sortSteps(row, compareFrames);
	return { from, to, rows, rowOf, heights, starts, ends };
}

export const compareFrames = (a: FlameFrame, b: FlameFrame): number =>
	a.from - b.from || a.to - b.to || a.node.index - b.node.index;

function* pictureSteps(tree: LaneTree): Steps<{ readonly from: number; readonly to: number }> {
	let from = Number.POSITIVE_INFINITY;
	let to = Number.NEGATIVE_INFINITY;
	for (let index = 0, turn = 0; index < tree.nodes.length; ) {
		if (isTurn(turn++)) yield;
		const node = tree.nodes[index];
		if (node === undefined) break;
		if (skewMarkOf(node)?.kind === 'skewed') {
			index = node.subtreeEnd;
			continue;
		}
		from = Math.min(from, node.start);
		to = Math.max(to, node.end);
		index++;
	}
	// A trace without any length still needs a picture: one nanosecond of it.
	return from > to ? { from: 0, to: 1 } : { from, to: Math.max(to, from + 1) };
}

/**
 * The block of each subtree, by the index of its top: its time, its height, and how far below its parent it stands. In
 * arrays of numbers, since a hundred thousand objects would be looked at by the garbage collector while somebody waits.
 */
type Blocks = {
	readonly starts: Float64Array;
	readonly ends: Float64Array;
	readonly heights: Int32Array;
	readonly below: Int32Array;
};

/** Children come after their parents in `nodes`, so that the last come first. */
function* blockSteps(tree: LaneTree, frames: readonly FlameFrame[]): Steps<Blocks> {
	const starts = new Float64Array(frames.length);
	const ends = new Float64Array(frames.length);
	const heights = new Int32Array(frames.length).fill(1);
	const below = new Int32Array(frames.length).fill(1);
	const blocks = { starts, ends, heights, below };
	for (let index = frames.length - 1; index >= 0; index--) {
		if (isTurn(index)) yield;
		const frame = frames[index];
		if (frame === undefined) continue;
		let { from, to } = frame;
		const { children } = frame.node;
		for (const child of children) {
			from = Math.min(from, starts[child.index] ?? from);
			to = Math.max(to, ends[child.index] ?? to);
		}
		starts[index] = from;
		ends[index] = to;
		if (children.length > 0)
			heights[index] = 1 + (highestInOneLane(children, blocks) ?? (yield* stack(children, blocks)));
	}
	if (highestInOneLane(tree.roots, blocks) === undefined) yield* stack(tree.roots, blocks);
	return blocks;
}

/** The height of siblings each of which begins when the one before it has ended, as most do; `undefined` of others. */
function highestInOneLane(siblings: readonly SpanNode[], { starts, ends, heights }: Blocks): number | undefined {
	let reached = Number.NEGATIVE_INFINITY;
	let highest = 0;
	for (const { index } of siblings) {
		if ((starts[index] ?? 0) < reached) return undefined;
		reached = ends[index] ?? 0;
		highest = Math.max(highest, heights[index] ?? 0);
	}
	return highest;
}

/** Puts the blocks of siblings into lanes and the lanes below each other; gives their height together. */
function* stack(siblings: readonly SpanNode[], blocks: Blocks): Steps<number> {
	const { starts, ends } = blocks;
	const order = siblings.map(({ index }) => index);
	const compare = (a: number, b: number): number =>
		(starts[a] ?? 0) - (starts[b] ?? 0) || (ends[b] ?? 0) - (ends[a] ?? 0) || a - b;
	if (!sortedAtOnce(order, compare)) yield* sortSteps(order, compare);
	const lanes = yield* lanesOf(order, blocks);
	const heights: number[] = [];
	for (const [at, index] of order.entries()) {
		const lane = lanes[at] ?? 0;
		heights[lane] = Math.max(heights[lane] ?? 0, blocks.heights[index] ?? 0);
	}
	const tops: number[] = [];
	let total = 0;
	for (const height of heights) {
		tops.push(total);
		total += height;
	}
	for (const [at, index] of order.entries()) blocks.below[index] = 1 + (tops[lanes[at] ?? 0] ?? 0);
	return total;
}

/** Puts each block, in the order of their start, into the first lane that is free: interval partitioning with heaps. */
function* lanesOf(order: readonly number[], { starts, ends }: Blocks): Steps<readonly number[]> {
	const reached: number[] = [];
	const busy = createMinHeap(lane => reached[lane] ?? 0);
	const free = createMinHeap();
	const lanes: number[] = [];
	for (const [at, index] of order.entries()) {
		if (isTurn(at)) yield;
		const start = starts[index] ?? 0;
		for (let lane = busy.peek(); lane !== undefined && (reached[lane] ?? 0) <= start; lane = busy.peek()) {
			busy.take();
			free.add(lane);
		}
		const lane = free.take() ?? reached.length;
		reached[lane] = ends[index] ?? 0;
		busy.add(lane);
		lanes.push(lane);
	}
	return lanes;
}

import { finished, isTurn, type Steps } from '../model/steps.ts';
import { skewMarkOf } from './clock-skew.ts';
import { createMinHeap } from './min-heap.ts';
import { sortSteps } from './sort-steps.ts';
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
	readonly rowOf: readonly number[];
	/** How many rows each node's subtree takes, itself included, by its index. */
	readonly heights: readonly number[];
	/** From the first start to the last end of each node's subtree, itself included, cut to the picture; by its index. */
	readonly extents: readonly Extent[];
};

type Extent = { readonly from: number; readonly to: number };

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
	const { heights, below, extents } = yield* blockSteps(tree, frames);

	const rowOf: number[] = [];
	const rows: FlameFrame[][] = [];
	for (const frame of frames) {
		const { index, parent } = frame.node;
		if (isTurn(index)) yield;
		const row = (parent === undefined ? -1 : (rowOf[parent.index] ?? 0)) + (below[index] ?? 1);
		rowOf.push(row);
		while (rows.length <= row) rows.push([]);
		rows[row]?.push(frame);
	}
	for (const row of rows) yield* sortSteps(row, compareFrames);
	return { from, to, rows, rowOf, heights, extents };
}

export const compareFrames = (a: FlameFrame, b: FlameFrame): number =>
	a.from - b.from || a.to - b.to || a.node.index - b.node.index;

function* pictureSteps(tree: LaneTree): Steps<Extent> {
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

/** The block of a subtree: its time, its height, and how far below its parent it stands. */
type Block = { readonly index: number; from: number; to: number; height: number; below: number };

const compareBlocks = (a: Block, b: Block): number => a.from - b.from || b.to - a.to || a.index - b.index;

/** Children come after their parents in `nodes`, so that the last come first. */
function* blockSteps(tree: LaneTree, frames: readonly FlameFrame[]) {
	const blocks = frames.map(({ from, to }, index): Block => ({ index, from, to, height: 1, below: 1 }));
	const childBlocks = (children: readonly SpanNode[]): Block[] => {
		const found: Block[] = [];
		for (const { index } of children) {
			const block = blocks[index];
			if (block !== undefined) found.push(block);
		}
		return found;
	};
	for (let index = blocks.length - 1; index >= 0; index--) {
		if (isTurn(index)) yield;
		const block = blocks[index];
		const children = tree.nodes[index]?.children ?? [];
		if (block === undefined || children.length === 0) continue;
		const inside = childBlocks(children);
		block.height = 1 + (yield* stack(inside));
		for (const { from, to } of inside) {
			block.from = Math.min(block.from, from);
			block.to = Math.max(block.to, to);
		}
	}
	yield* stack(childBlocks(tree.roots));
	return {
		heights: blocks.map(({ height }) => height),
		below: blocks.map(({ below }) => below),
		extents: blocks satisfies readonly Extent[],
	};
}

/** Puts the blocks of siblings into lanes and the lanes below each other; gives their height together. */
function* stack(blocks: Block[]): Steps<number> {
	if (follow(blocks)) return blocks.reduce((most, { height }) => Math.max(most, height), 0);
	yield* sortSteps(blocks, compareBlocks);
	const lanes = yield* lanesOf(blocks);
	const heights: number[] = [];
	for (const [at, { height }] of blocks.entries()) {
		const lane = lanes[at] ?? 0;
		heights[lane] = Math.max(heights[lane] ?? 0, height);
	}
	const tops: number[] = [];
	let total = 0;
	for (const height of heights) {
		tops.push(total);
		total += height;
	}
	for (const [at, block] of blocks.entries()) block.below = 1 + (tops[lanes[at] ?? 0] ?? 0);
	return total;
}

/** Each begins when the one before it has ended, as most siblings do: one lane is enough. */
function follow(blocks: readonly Block[]): boolean {
	let reached = Number.NEGATIVE_INFINITY;
	for (const { from, to } of blocks) {
		if (from < reached) return false;
		reached = to;
	}
	return true;
}

/** Puts each interval, in the order of their start, into the first lane that is free: interval partitioning with heaps. */
function* lanesOf(blocks: readonly Extent[]): Steps<readonly number[]> {
	const ends: number[] = [];
	const busy = createMinHeap(lane => ends[lane] ?? 0);
	const free = createMinHeap();
	const lanes: number[] = [];
	for (const [at, { from, to }] of blocks.entries()) {
		if (isTurn(at)) yield;
		for (let lane = busy.peek(); lane !== undefined && (ends[lane] ?? 0) <= from; lane = busy.peek()) {
			busy.take();
			free.add(lane);
		}
		const lane = free.take() ?? ends.length;
		ends[lane] = to;
		busy.add(lane);
		lanes.push(lane);
	}
	return lanes;
}

import { skewMarkOf } from './clock-skew.ts';
import { createMinHeap } from './min-heap.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

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
export function flameLanesOf(tree: TraceTree): FlameLanes {
	const { from, to } = pictureOf(tree);
	const cut = (at: number) => Math.min(to, Math.max(from, at));
	const frames = tree.nodes.map((node): FlameFrame => ({ node, from: cut(node.start), to: cut(node.end) }));
	const { heights, below } = blocksOf(tree, frames);

	const rowOf: number[] = [];
	for (const node of tree.nodes) {
		const above = node.parent === undefined ? -1 : (rowOf[node.parent.index] ?? 0);
		rowOf.push(above + (below[node.index] ?? 1));
	}
	const rows: FlameFrame[][] = [];
	for (const frame of frames) {
		const row = rowOf[frame.node.index] ?? 0;
		while (rows.length <= row) rows.push([]);
		rows[row]?.push(frame);
	}
	for (const row of rows) row.sort(compareFrames);
	return { from, to, rows, rowOf, heights };
}

export const compareFrames = (a: FlameFrame, b: FlameFrame): number =>
	a.from - b.from || a.to - b.to || a.node.index - b.node.index;

function pictureOf(tree: TraceTree): { readonly from: number; readonly to: number } {
	let from = Number.POSITIVE_INFINITY;
	let to = Number.NEGATIVE_INFINITY;
	for (let index = 0; index < tree.nodes.length; ) {
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

/** Height of each node's block, and how far below its parent it stands; children come after their parents in `nodes`. */
function blocksOf(tree: TraceTree, frames: readonly FlameFrame[]) {
	const extents = frames.map(({ from, to }) => ({ from, to }));
	const heights = tree.nodes.map(() => 1);
	const below = tree.nodes.map(() => 1);
	const stack = (children: readonly SpanNode[]): number => {
		const blocks = children.map(({ index }) => ({ index, ...(extents[index] ?? { from: 0, to: 0 }) }));
		blocks.sort((a, b) => a.from - b.from || b.to - a.to || a.index - b.index);
		const lanes = lanesOf(blocks);
		const laneHeights: number[] = [];
		for (const [at, { index }] of blocks.entries()) {
			const lane = lanes[at] ?? 0;
			laneHeights[lane] = Math.max(laneHeights[lane] ?? 0, heights[index] ?? 1);
		}
		const tops: number[] = [];
		let total = 0;
		for (const height of laneHeights) {
			tops.push(total);
			total += height;
		}
		for (const [at, { index }] of blocks.entries()) below[index] = 1 + (tops[lanes[at] ?? 0] ?? 0);
		return total;
	};
	for (const { index, children } of tree.nodes.toReversed()) {
		if (children.length === 0) continue;
		heights[index] = 1 + stack(children);
		const extent = extents[index];
		if (extent === undefined) continue;
		for (const child of children) {
			extent.from = Math.min(extent.from, extents[child.index]?.from ?? extent.from);
			extent.to = Math.max(extent.to, extents[child.index]?.to ?? extent.to);
		}
	}
	stack(tree.roots);
	return { heights, below };
}

/** Puts each interval, in the order of their start, into the first lane that is free: interval partitioning with heaps. */
function lanesOf(blocks: readonly { readonly from: number; readonly to: number }[]): readonly number[] {
	const ends: number[] = [];
	const busy = createMinHeap(lane => ends[lane] ?? 0);
	const free = createMinHeap();
	return blocks.map(({ from, to }) => {
		for (let lane = busy.peek(); lane !== undefined && (ends[lane] ?? 0) <= from; lane = busy.peek()) {
			busy.take();
			free.add(lane);
		}
		const lane = free.take() ?? ends.length;
		ends[lane] = to;
		busy.add(lane);
		return lane;
	});
}

import type { FlameFrame, FlameLanes } from './flame-lanes.ts';
import { ancestorsOf, isWithin, type SpanNode } from './trace-tree.ts';

/** A stretch of time spread over columns of cells. `to` is after `from`, in nanoseconds after the tree's origin. */
export type TimeScale = { readonly from: number; readonly to: number; readonly columns: number };

/**
 * What a row of a flame graph holds, from left to right; the widths of a row's segments sum to its columns.
 * - `span`: one span, alone in its cells. `eighths` (1…8) says how much of the last cell it fills;
 * - `merged`: spans too short to have a cell each;
 * - `gap`: nothing.
 */
export type FlameSegment = RowSegment<SpanNode>;

/** The same of anything that lasts. */
export type RowSegment<Node> =
	| { readonly kind: 'gap'; readonly x: number; readonly width: number }
	| {
			readonly kind: 'span';
			readonly x: number;
			readonly width: number;
			readonly eighths: number;
			readonly node: Node;
	  }
	| { readonly kind: 'merged'; readonly x: number; readonly width: number; readonly nodes: readonly Node[] };

/** Anything that lasts, with its two ends in the unit of the scale that it is drawn in. */
export type RowFrame<Node> = { readonly node: Node; readonly from: number; readonly to: number };

/** The rows of a flame graph as it is looked at: the whole trace, or one span zoomed to the full width. */
export type FlameView = {
	readonly from: number;
	readonly to: number;
	readonly height: number;
	/** The row that shows the node; `undefined` when the zoom leaves it out. */
	readonly rowOf: (node: SpanNode) => number | undefined;
	readonly frames: (row: number) => readonly FlameFrame[];
};

/**
 * The view of the whole trace, or of one subtree: above it each of its ancestors keeps a row and the full width, so
 * that the way back is seen.
 */
export function flameViewOf(lanes: FlameLanes, zoom: SpanNode | undefined): FlameView {
	if (zoom === undefined) {
		const { from, to, rows, rowOf } = lanes;
		return { from, to, height: rows.length, rowOf: node => rowOf[node.index], frames: row => rows[row] ?? [] };
	}
	const known = zoomed.get(lanes);
	if (known?.zoom === zoom) return known.view;
	const view = zoomedView(lanes, zoom);
	zoomed.set(lanes, { zoom, view });
	return view;
}

/** The latest zoom of each trace: a screen is painted many times between two of them. */
const zoomed = new WeakMap<FlameLanes, { readonly zoom: SpanNode; readonly view: FlameView }>();

function zoomedView(lanes: FlameLanes, zoom: SpanNode): FlameView {
	const above = ancestorsOf(zoom);
	const top = lanes.rowOf[zoom.index] ?? 0;
	const { from, to } = zoomedTo(zoom, lanes);
	const rows = new Map<number, readonly FlameFrame[]>();
	const framesIn = (row: number): readonly FlameFrame[] => {
		const ancestor = above[row];
		if (ancestor !== undefined) return [{ node: ancestor, from, to }];
		return framesOfSubtree(lanes, row - above.length + top, zoom).map(frame => cutFrame(frame, from, to));
	};
	return {
		from,
		to,
		height: above.length + (lanes.heights[zoom.index] ?? 1),
		rowOf: node => {
			if (isWithin(node, zoom)) return above.length + (lanes.rowOf[node.index] ?? 0) - top;
			return isWithin(zoom, node) ? node.depth : undefined;
		},
		frames: row => {
			const frames = rows.get(row) ?? framesIn(row);
			rows.set(row, frames);
			return frames;
		},
	};
}

/** The subtree's frames in one row, found where its time begins: rows may hold a hundred thousand others. */
function framesOfSubtree({ rows, starts, ends }: FlameLanes, row: number, top: SpanNode): readonly FlameFrame[] {
	const frames = rows[row] ?? [];
	const [start, end] = [starts[top.index], ends[top.index]];
	if (start === undefined || end === undefined) return [];
	const found: FlameFrame[] = [];
	for (let at = firstEndingFrom(frames, start); at < frames.length; at++) {
		const frame = frames[at];
		if (frame === undefined || frame.from > end) break;
		if (isWithin(frame.node, top)) found.push(frame);
	}
	return found;
}

/** Index of the first frame that does not end before `from`; frames of a row are in the order of their ends, too. */
function firstEndingFrom(frames: readonly FlameFrame[], from: number): number {
	let [low, high] = [0, frames.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((frames[middle]?.to ?? from) < from) low = middle + 1;
		else high = middle;
	}
	return low;
}

const cutFrame = ({ node, from, to }: FlameFrame, least: number, most: number): FlameFrame => ({
	node,
	from: Math.min(most, Math.max(least, from)),
	to: Math.min(most, Math.max(least, to)),
});

/** The span's own interval; a span without length gives its subtree's, and at least one nanosecond. */
function zoomedTo(zoom: SpanNode, lanes: FlameLanes): { readonly from: number; readonly to: number } {
	const own = { from: Math.max(zoom.start, lanes.from), to: Math.min(zoom.end, lanes.to) };
	if (own.to > own.from) return own;
	const to = zoom.children.reduce((most, { end }) => Math.max(most, Math.min(end, lanes.to)), own.from);
	return { from: own.from, to: Math.max(to, own.from + 1) };
}

/**
 * Cells for one row of frames, which must not overlap and must be in the order of time. Ends are rounded to cells, which
 * keeps neighbours apart; a span that rounds to nothing takes a cell when one is free and is merged with what lies
 * there when not. Nothing moves by more than one cell.
 */
export function flameRowOf(frames: readonly FlameFrame[], scale: TimeScale): readonly FlameSegment[] {
	const { from, to, columns } = scale;
	const known = drawn.get(frames);
	if (known?.from === from && known.to === to && known.columns === columns) return known.segments;
	const segments = rowSegmentsOf(frames, scale);
	drawn.set(frames, { from, to, columns, segments });
	return segments;
}

/** The same of a row of anything, computed anew each time. */
export function rowSegmentsOf<Node>(
	frames: readonly RowFrame<Node>[],
	{ from, to, columns: room }: TimeScale,
): readonly RowSegment<Node>[] {
	const columns = Math.max(0, Math.floor(room));
	if (columns === 0) return [];
	const perNanosecond = columns / (to - from);
	const taken: Taken<Node>[] = [];
	for (const frame of frames) {
		const left = (frame.from - from) * perNanosecond;
		const right = (frame.to - from) * perNanosecond;
		place(taken, { left, right, node: frame.node }, columns);
	}
	return segmentsOf(joined(taken), columns);
}

/** Rows as they were last drawn: a move of the cursor changes none of them. */
const drawn = new WeakMap<readonly FlameFrame[], TimeScale & { readonly segments: readonly FlameSegment[] }>();

/** Cells `x` up to and without `end`; `left` and `right` are where the span begins and ends, in columns with their fraction. */
type Taken<Node> = { x: number; end: number; readonly left: number; readonly right: number; readonly nodes: Node[] };

/** Puts one more span behind those that have their cells. */
function place<Node>(
	taken: Taken<Node>[],
	{ left, right, node }: Pick<Taken<Node>, 'left' | 'right'> & { readonly node: Node },
	columns: number,
): void {
	const last = taken.at(-1);
	const free = last?.end ?? 0;
	const take = (x: number, end: number) => taken.push({ x, end, left, right, nodes: [node] });
	const start = Math.round(left);
	const end = Math.min(columns, Math.round(right));
	const isShort = right - left < 1;
	if (end > Math.max(start, free) && !(isShort && start < free)) {
		take(Math.max(start, free), end);
		return;
	}
	const cell = Math.min(Math.floor(left), columns - 1);
	const isNarrow = last === undefined || last.end - last.x === 1;
	if (last === undefined || cell >= free) take(cell, cell + 1);
	else if (isNarrow && isShort) last.nodes.push(node);
	else if (free < columns && free <= Math.round(right)) take(free, free + 1);
	else if (isNarrow || last.nodes.length > 1) last.nodes.push(node);
	else {
		// A wide neighbour gives its last cell.
		last.end--;
		take(last.end, last.end + 1);
	}
}

/** Merged cells side by side become one, so that their counts can be read. */
function joined<Node>(taken: readonly Taken<Node>[]): readonly Taken<Node>[] {
	const done: Taken<Node>[] = [];
	for (const next of taken) {
		const last = done.at(-1);
		if (last !== undefined && last.end === next.x && last.nodes.length > 1 && next.nodes.length > 1) {
			last.end = next.end;
			for (const node of next.nodes) last.nodes.push(node);
		} else done.push({ ...next, nodes: [...next.nodes] });
	}
	return done;
}

function segmentsOf<Node>(taken: readonly Taken<Node>[], columns: number): readonly RowSegment<Node>[] {
	const segments: RowSegment<Node>[] = [];
	let free = 0;
	for (const [index, { x, end: rounded, left, right, nodes }] of taken.entries()) {
		const [node] = nodes;
		if (node === undefined) continue;
		if (x > free) segments.push({ kind: 'gap', x: free, width: x - free });
		const next = taken[index + 1]?.x ?? columns;
		// A free cell to the right shows the part of a cell that rounding cut off.
		const spills = right - rounded >= 1 / 16 && rounded < next;
		const end = spills ? rounded + 1 : rounded;
		if (nodes.length > 1) segments.push({ kind: 'merged', x, width: rounded - x, nodes });
		else
			segments.push({
				kind: 'span',
				x,
				width: end - x,
				eighths: eighthsOf(Math.min(right - left, right - (end - 1))),
				node,
			});
		free = nodes.length > 1 ? rounded : end;
	}
	if (free < columns) segments.push({ kind: 'gap', x: free, width: columns - free });
	return segments;
}

/** How much of a cell is full, in eighths; at least one, so that something is seen. */
const eighthsOf = (share: number): number => Math.min(8, Math.max(1, Math.round(share * 8)));

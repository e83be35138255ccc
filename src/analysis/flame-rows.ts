import { compareFrames, type FlameFrame, type FlameLanes } from './flame-lanes.ts';
import { ancestorsOf, isWithin, type SpanNode } from './trace-tree.ts';

/** A stretch of time spread over columns of cells. `to` is after `from`, in nanoseconds after the tree's origin. */
export type TimeScale = { readonly from: number; readonly to: number; readonly columns: number };

/**
 * What a row of a flame graph holds, from left to right; the widths of a row's segments sum to its columns.
 * - `span`: one span, alone in its cells. `eighths` (1…8) says how much of the last cell it fills;
 * - `merged`: spans too short to have a cell each;
 * - `gap`: nothing.
 */
export type FlameSegment =
	| { readonly kind: 'gap'; readonly x: number; readonly width: number }
	| {
			readonly kind: 'span';
			readonly x: number;
			readonly width: number;
			readonly eighths: number;
			readonly node: SpanNode;
	  }
	| { readonly kind: 'merged'; readonly x: number; readonly width: number; readonly nodes: readonly SpanNode[] };

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
	const above = ancestorsOf(zoom);
	const top = lanes.rowOf[zoom.index] ?? 0;
	const { from, to } = zoomedTo(zoom, lanes);
	const cut = (at: number) => Math.min(to, Math.max(from, at));
	return {
		from,
		to,
		height: above.length + (lanes.heights[zoom.index] ?? 1),
		rowOf: node => {
			if (isWithin(node, zoom)) return above.length + (lanes.rowOf[node.index] ?? 0) - top;
			const row = above.indexOf(node);
			return row < 0 ? undefined : row;
		},
		frames: row => {
			const ancestor = above[row];
			if (ancestor !== undefined) return [{ node: ancestor, from, to }];
			const frames = lanes.rows[row - above.length + top] ?? [];
			return frames
				.filter(({ node }) => isWithin(node, zoom))
				.map(frame => ({ node: frame.node, from: cut(frame.from), to: cut(frame.to) }))
				.sort(compareFrames);
		},
	};
}

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
	const columns = Math.max(0, Math.floor(scale.columns));
	if (columns === 0) return [];
	const perNanosecond = columns / (scale.to - scale.from);
	const taken: Taken[] = [];
	for (const { node, from, to } of frames) {
		const left = (from - scale.from) * perNanosecond;
		const right = (to - scale.from) * perNanosecond;
		place(taken, { left, right, node }, columns);
	}
	return segmentsOf(joined(taken), columns);
}

/** Cells `x` up to and without `end`; `left` and `right` are where the span begins and ends, in columns with their fraction. */
type Taken = { x: number; end: number; readonly left: number; readonly right: number; readonly nodes: SpanNode[] };

/** Puts one more span behind those that have their cells. */
function place(
	taken: Taken[],
	{ left, right, node }: Omit<Taken, 'x' | 'end' | 'nodes'> & { node: SpanNode },
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
function joined(taken: readonly Taken[]): readonly Taken[] {
	const done: Taken[] = [];
	for (const next of taken) {
		const last = done.at(-1);
		if (last !== undefined && last.end === next.x && last.nodes.length > 1 && next.nodes.length > 1) {
			last.end = next.end;
			last.nodes.push(...next.nodes);
		} else done.push({ ...next, nodes: [...next.nodes] });
	}
	return done;
}

function segmentsOf(taken: readonly Taken[], columns: number): readonly FlameSegment[] {
	const segments: FlameSegment[] = [];
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

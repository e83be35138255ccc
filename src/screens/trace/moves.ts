import type { FlameFrame } from '../../analysis/flame-lanes.ts';
import type { FlameView } from '../../analysis/flame-rows.ts';
import type { SpanNode } from '../../analysis/trace-tree.ts';
import type { Look } from './state.ts';

/** Where a key leads from the selected span; `undefined` when there is nothing that way. */
export type Move = (look: Look) => SpanNode | undefined;

/** Into the longest child; from a span without children to what lies nearest in the next row. */
export const moveDown: Move = ({ selected, view }) => {
	const children = selected.children.filter(child => view.rowOf(child) !== undefined);
	const [longest] = children.toSorted((a, b) => b.end - b.start - (a.end - a.start));
	return longest ?? nearestInRow(view, (view.rowOf(selected) ?? 0) + 1, selected);
};

/** To the parent; from a root to what lies nearest in the row above. */
export const moveUp: Move = ({ selected, view }) =>
	selected.parent ?? nearestInRow(view, (view.rowOf(selected) ?? 0) - 1, selected);

export const moveAlong =
	(step: 1 | -1): Move =>
	({ selected, view }) => {
		const row = framesOf(view, view.rowOf(selected) ?? 0);
		return row[row.findIndex(({ node }) => node === selected) + step]?.node;
	};

/** So many rows up or down; as far as there are rows. */
export const moveRows =
	(step: number): Move =>
	({ selected, view }) => {
		const row = (view.rowOf(selected) ?? 0) + step;
		return nearestInRow(view, Math.max(0, Math.min(row, view.height - 1)), selected);
	};

/** The next of the spans that pass, in the order of the tree and round its end. Spans outside the zoom are passed over. */
export const moveToNext =
	(passes: (node: SpanNode, look: Look) => boolean, step: 1 | -1): Move =>
	look => {
		const { nodes } = look.reading.tree;
		for (let offset = 1; offset <= nodes.length; offset++) {
			const node = nodes[(look.selected.index + step * offset + nodes.length * 2) % nodes.length];
			if (node !== undefined && look.view.rowOf(node) !== undefined && passes(node, look)) return node;
		}
		return undefined;
	};

const framesOf = (view: FlameView, row: number): readonly FlameFrame[] =>
	row < 0 || row >= view.height ? [] : view.frames(row);

/** The frame of a row that is nearest in time to the node; the one that holds its middle when there is one. */
function nearestInRow(view: FlameView, row: number, node: SpanNode): SpanNode | undefined {
	const middle = (node.start + node.end) / 2;
	const distance = ({ from, to }: FlameFrame) => Math.max(0, from - middle, middle - to);
	return framesOf(view, row).reduce<FlameFrame | undefined>(
		(best, frame) => (best === undefined || distance(frame) < distance(best) ? frame : best),
		undefined,
	)?.node;
}

import type { FlameFrame } from '../../analysis/flame-lanes.ts';
import { type FlameSegment, type FlameView, flameRowOf } from '../../analysis/flame-rows.ts';
import type { SpanNode } from '../../analysis/trace-tree.ts';
import { type Listing, listingOf } from './listing.ts';
import type { Look, TraceState } from './state.ts';

/** Where a key leads from the selected span; `undefined` when there is nothing that way. */
export type Move = (look: Look, state: TraceState) => SpanNode | undefined;

/** In a flame graph into the longest child, or to what lies nearest in the next row; in a list a row down. */
export const moveDown: Move = (look, state) => {
	const listing = listingOf(look, state);
	if (listing.nodeAt !== undefined) return rowFrom(look, listing, 1);
	const { selected, view, folded } = look;
	const children = folded.holderOf(selected).children.filter(child => view.rowOf(folded.spanOf(child)) !== undefined);
	const [longest] = children.toSorted((a, b) => b.end - b.start - (a.end - a.start));
	return longest === undefined ? nearestInRow(look, (view.rowOf(selected) ?? 0) + 1) : folded.spanOf(longest);
};

/** In a flame graph to the parent, or from a root to what lies nearest in the row above; in a list a row up. */
export const moveUp: Move = (look, state) => {
	const listing = listingOf(look, state);
	if (listing.nodeAt !== undefined) return rowFrom(look, listing, -1);
	const { selected, view, folded } = look;
	const { parent } = folded.holderOf(selected);
	return parent === undefined ? nearestInRow(look, (view.rowOf(selected) ?? 0) - 1) : folded.spanOf(parent);
};

/** The next bar of the row, as it is drawn in so many columns; of a mark of several spans the longest. */
export const moveAlong = (look: Look, step: 1 | -1, columns: number): SpanNode | undefined => {
	const bars = barsBeside(look, columns);
	const next = bars[bars.findIndex(bar => holdsSelected(bar, look)) + step];
	if (next === undefined) return undefined;
	return next.kind === 'span' ? next.node : next.nodes.reduce(longer);
};

/** The spans of the mark in which the selected span is drawn together with others. */
export function mergedWithSelected(look: Look, columns: number): readonly SpanNode[] | undefined {
	const bar = barsBeside(look, columns).find(each => holdsSelected(each, look));
	return bar?.kind === 'merged' ? bar.nodes : undefined;
}

/** So many rows up or down; as far as there are rows. */
export const moveRows =
	(step: number): Move =>
	(look, state) => {
		const { height, rowOf, nodeAt } = listingOf(look, state);
		const row = Math.max(0, Math.min((rowOf(look.selected) ?? 0) + step, height - 1));
		return nodeAt === undefined ? nearestInRow(look, row) : nodeAt(row);
	};

/** The next of the spans that pass, in the order of the tree and round its end. Spans outside the zoom are passed over. */
export const moveToNext =
	(passes: (node: SpanNode, look: Look) => boolean, step: 1 | -1): Move =>
	look => {
		const { nodes } = look.reading.tree;
		for (let offset = 1; offset <= nodes.length; offset++) {
			const node = nodes[(look.selected.index + step * offset + nodes.length * 2) % nodes.length];
			if (node !== undefined && passes(node, look) && look.view.rowOf(node) !== undefined) return node;
		}
		return undefined;
	};

/** From a span that has no row (a made-up parent in the table) to the first one. */
function rowFrom({ selected }: Look, { rowOf, nodeAt }: Listing, step: 1 | -1): SpanNode | undefined {
	const row = rowOf(selected);
	return nodeAt?.(row === undefined ? 0 : row + step);
}

type Bar = Exclude<FlameSegment, { kind: 'gap' }>;

function barsBeside({ view, selected }: Look, columns: number): readonly Bar[] {
	const frames = framesOf(view, view.rowOf(selected) ?? 0);
	return flameRowOf(frames, { from: view.from, to: view.to, columns }).filter(bar => bar.kind !== 'gap');
}

const holdsSelected = (bar: Bar, { folded: { holderOf }, selected }: Look): boolean => {
	const holder = holderOf(selected);
	return (bar.kind === 'span' ? [bar.node] : bar.nodes).some(node => holderOf(node) === holder);
};

const longer = (a: SpanNode, b: SpanNode): SpanNode => (b.end - b.start > a.end - a.start ? b : a);

const framesOf = (view: FlameView, row: number): readonly FlameFrame[] =>
	row < 0 || row >= view.height ? [] : view.frames(row);

/** The frame of a row that is nearest in time to the selected span; the one that holds its middle when there is one. */
function nearestInRow({ view, selected, folded }: Look, row: number): SpanNode | undefined {
	const { start, end } = folded.holderOf(selected);
	const middle = (start + end) / 2;
	const distance = ({ from, to }: FlameFrame) => Math.max(0, from - middle, middle - to);
	return framesOf(view, row).reduce<FlameFrame | undefined>(
		(best, frame) => (best === undefined || distance(frame) < distance(best) ? frame : best),
		undefined,
	)?.node;
}

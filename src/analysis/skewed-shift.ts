import { finished, isTurn, type Steps } from '../model/steps.ts';
import type { Span } from '../model/trace.ts';
import { skewMarkOf } from './clock-skew.ts';
import { retimedSteps, type SpanNode, type TraceTree } from './trace-tree.ts';

/** A trace as it may have been if the clocks had agreed: a guess, to be marked as such, beside the tree as it was sent. */
export type SkewedShift = {
	/** The same nodes under the same keys with the same parents; only times differ, and the order of siblings by them. */
	readonly tree: TraceTree;
	/** By how many nanoseconds each node was moved, by its index in `tree`: later (positive), earlier, or not at all. */
	readonly moved: readonly number[];
	/** The tops of what was moved: nodes that were moved by another length than their parent. */
	readonly shifted: readonly SpanNode[];
};

/**
 * Moves what is `skewed` into its parent, by no more than must be, and what hangs below it along with it:
 *
 *     as sent                               shifted
 *     shop  POST    :    ==========         shop  POST    :    ==========
 *       pay charge  : ======                  pay charge  :    ======        moved by +3
 *         pay query :  ==                       pay query :     ==           with its parent
 *         shop hook :       =                   shop hook :       =          its clock fits as it is
 *
 * A child goes with its parent if it fits there, else it keeps its own time if that fits, else it is moved by itself. The
 * tree that is given is left as it was.
 */
export const skewedShift = (tree: TraceTree): SkewedShift => finished(skewedShiftSteps(tree));

/** The same in steps. */
export function* skewedShiftSteps(tree: TraceTree): Steps<SkewedShift> {
	const moves: number[] = [];
	for (const node of tree.nodes) {
		if (isTurn(node.index)) yield;
		moves.push(moveOf(node, node.parent === undefined ? 0 : (moves[node.parent.index] ?? 0)));
	}
	const shiftedTree = yield* retimedSteps(tree, ({ span, index }) => movedSpan(span, moves[index] ?? 0));
	const moveByKey = new Map(tree.nodes.map(({ key, index }) => [key, moves[index] ?? 0]));
	const moved = shiftedTree.nodes.map(({ key }) => moveByKey.get(key) ?? 0);
	const shifted = shiftedTree.nodes.filter(({ index, parent }) => moved[index] !== (moved[parent?.index ?? -1] ?? 0));
	return { tree: shiftedTree, moved, shifted };
}

/** By how much to move a node whose parent is moved by `above`. */
function moveOf(node: SpanNode, above: number): number {
	const { parent } = node;
	if (parent === undefined || parent.missing) return 0;
	const movedParent = at(parent, above);
	const skewAt = (by: number): number => {
		const mark = skewMarkOf({ ...at(node, by), parent: movedParent });
		return mark?.kind === 'skewed' ? mark.by : 0;
	};
	const skew = skewAt(above);
	if (skew === 0) return above;
	return skewAt(0) === 0 ? 0 : above - skew;
}

const at = (node: SpanNode, by: number): SpanNode =>
	by === 0 ? node : { ...node, start: node.start + by, end: node.end + by };

function movedSpan(span: Span, by: number): Span {
	if (by === 0) return span;
	const offset = BigInt(by);
	return {
		...span,
		start: span.start + offset,
		end: span.end + offset,
		events: span.events.map(event => ({ ...event, at: event.at + offset })),
	};
}

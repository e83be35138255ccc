import { skewMarkOf } from './clock-skew.ts';
import { remembered } from './remembered.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * The failed spans in the order in which one led to the other: by when they failed, which is when they ended. Of those
 * that end at one instant the deeper one comes first, since a caller fails because of its callee:
 *
 *     gateway POST      ─────────────✗        4
 *       orders POST      ──────────✗          3
 *         pool.acquire     ───────✗           1   the first error
 *         audit            ────────✗          2   ends with its parent, and is deeper
 *         mail                       ────✗    5   began after its parent had failed
 *
 * Clocks of services disagree: what is skewed counts as if it lay in its parent, with all that hangs below it.
 */
export const errorOrderOf: (tree: TraceTree) => readonly SpanNode[] = (() => {
	const orders = remembered<TraceTree, undefined, readonly SpanNode[]>(1, () => '', ordered);
	return tree => orders(tree, undefined);
})();

function ordered({ nodes }: TraceTree): readonly SpanNode[] {
	const shifts = new Float64Array(nodes.length);
	const failed: SpanNode[] = [];
	for (const node of nodes) {
		const mark = skewMarkOf(node);
		const above = node.parent === undefined ? 0 : (shifts[node.parent.index] ?? 0);
		shifts[node.index] = mark?.kind === 'skewed' ? above - mark.by : above;
		if (node.span.status === 'error') failed.push(node);
	}
	const endOf = ({ end, index }: SpanNode) => end + (shifts[index] ?? 0);
	return failed.sort((a, b) => endOf(a) - endOf(b) || b.depth - a.depth || a.index - b.index);
}

/** `2 of 5`: which error a span is, in the order of causes; `undefined` for one that did not fail, or alone did. */
export function errorPlaceOf(tree: TraceTree, node: SpanNode): string | undefined {
	if (node.span.status !== 'error') return undefined;
	const errors = errorOrderOf(tree);
	return errors.length > 1 ? `${errors.indexOf(node) + 1} of ${errors.length}` : undefined;
}

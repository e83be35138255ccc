import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * The time in which a span itself was at work: its length without the union of its children's intervals.
 *
 *     parent   ====================      length 20
 *     child a    ======                  }
 *     child b       =======              }  union 10, not 6 + 7 + 5
 *     child c                   =======  }  clipped to the parent: 2
 *     self     ==          ====          20 − 12 = 8
 *
 * Never negative, since children are clipped to the parent and counted once however many overlap. A made-up parent
 * has none: what happened between its children was not recorded.
 */
export const selfTimesOf = (tree: TraceTree): readonly number[] =>
	tree.nodes.map(node => (node.missing ? 0 : node.end - node.start - coveredByChildren(node)));

/** Nanoseconds of the node that at least one child covers. Children are in the order of their start. */
function coveredByChildren({ start, end, children }: SpanNode): number {
	let covered = 0;
	let reached = start;
	for (const child of children) {
		const from = Math.max(reached, child.start);
		const to = Math.min(end, child.end);
		if (to <= from) continue;
		covered += to - from;
		reached = to;
	}
	return covered;
}

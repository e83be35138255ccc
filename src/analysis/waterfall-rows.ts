import type { FoldRun } from './fold-runs.ts';
import type { FoldedTrace } from './folded-trace.ts';
import type { Stretch } from './folded-view.ts';
import { remembered } from './remembered.ts';
import { ancestorsOf, type SpanNode } from './trace-tree.ts';

/** A row of a waterfall: one span, or a folded run of them. */
export type WaterfallRow = {
	/** The span, or the slowest one of the run. */
	readonly node: SpanNode;
	readonly run: FoldRun | undefined;
	readonly from: number;
	readonly to: number;
	readonly depth: number;
	/** Whether something hangs below it, and whether that has rows. */
	readonly below: 'nothing' | 'open' | 'closed';
	/** How many spans a closed row hides below it. */
	readonly hidden: number;
};

export type WaterfallRows = {
	readonly height: number;
	/** The row that shows a span: its own, or that of the closed or folded one that hides it. */
	readonly rowOf: (node: SpanNode) => number | undefined;
	readonly at: (row: number) => WaterfallRow | undefined;
};

export type WaterfallFrame = {
	/** Keys of the spans whose subtrees are closed. */
	readonly closed: readonly string[];
	readonly zoom: SpanNode | undefined;
	/** Only what touches this stretch has a row. */
	readonly stretch: Stretch | undefined;
};

/**
 * A row for each span in preorder, children by their start; of a zoomed span its ancestors and its subtree. One walk
 * over the trace, whatever its depth; the last few are remembered.
 *
 *     root                ━━━━━━━━━━━━
 *       ▾ orders           ━━━━━━━━
 *           SELECT ×412     ╍╍╍╍╍╍       folded: one row for 412
 *       ▸ audit +3                 ━━    closed: a row that counts what it hides
 */
export const waterfallRowsOf: (folded: FoldedTrace, frame: WaterfallFrame) => WaterfallRows = remembered(
	4,
	({ closed, zoom, stretch }: WaterfallFrame) => JSON.stringify([closed, zoom?.key ?? '', stretch ?? '']),
	rowsOf,
);

function rowsOf(folded: FoldedTrace, { closed: keys, zoom, stretch }: WaterfallFrame): WaterfallRows {
	const { tree, holderOf, spanOf, spanWith } = folded;
	const closed = new Set(keys.map(spanWith).flatMap(span => (span === undefined ? [] : [holderOf(span).index])));
	const top = zoom === undefined ? undefined : holderOf(zoom);
	const shown: number[] = top === undefined ? [] : ancestorsOf(top).map(({ index }) => index);
	const rowOf = new Int32Array(tree.nodes.length).fill(-1);
	for (const [row, index] of shown.entries()) rowOf[index] = row;
	const end = top?.subtreeEnd ?? tree.nodes.length;
	for (let index = top?.index ?? 0; index < end; ) {
		const node = tree.nodes[index];
		if (node === undefined) break;
		const touches = stretch === undefined || (node.start <= stretch.to && node.end >= stretch.from);
		const isClosed = closed.has(index) && node.subtreeEnd > index + 1;
		const next = isClosed ? node.subtreeEnd : index + 1;
		if (touches) {
			if (isClosed) rowOf.fill(shown.length, index, next);
			else rowOf[index] = shown.length;
			shown.push(index);
		}
		index = next;
	}
	return {
		height: shown.length,
		rowOf: node => {
			const row = rowOf[holderOf(node).index] ?? -1;
			return row < 0 ? undefined : row;
		},
		at: row => {
			const laidOut = tree.nodes[shown[row] ?? -1];
			return laidOut === undefined ? undefined : rowAt(laidOut, closed, { ...folded, span: spanOf(laidOut) });
		},
	};
}

function rowAt(
	laidOut: SpanNode,
	closed: ReadonlySet<number>,
	{ span, hiddenIn }: Pick<FoldedTrace, 'hiddenIn'> & { readonly span: SpanNode },
): WaterfallRow {
	const isClosed = closed.has(laidOut.index) && laidOut.children.length > 0;
	return {
		node: span,
		run: hiddenIn(span),
		from: laidOut.start,
		to: laidOut.end,
		depth: laidOut.depth,
		below: laidOut.children.length === 0 ? 'nothing' : isClosed ? 'closed' : 'open',
		hidden: isClosed ? span.subtreeEnd - span.index - 1 : 0,
	};
}

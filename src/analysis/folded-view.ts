import type { FlameFrame } from './flame-lanes.ts';
import { type FlameView, flameViewOf } from './flame-rows.ts';
import type { FoldedTrace } from './folded-trace.ts';
import { remembered } from './remembered.ts';
import { isWithin, type SpanNode } from './trace-tree.ts';

/** A stretch of a trace: nanoseconds after the tree's origin. */
export type Stretch = { readonly from: number; readonly to: number };

/**
 * The view of a folded trace, zoomed to a span, and of that only a stretch of time where there is one. Its frames hold
 * spans of the trace itself; what does not touch the stretch is left out. The last few views are remembered with the
 * rows that were looked at.
 */
export const foldedViewOf: (
	folded: FoldedTrace,
	part: { readonly zoom: SpanNode | undefined; readonly stretch?: Stretch | undefined },
) => FlameView = remembered(
	4,
	({ zoom, stretch }) => JSON.stringify([zoom?.key ?? '', stretch ?? '']),
	(folded, { zoom, stretch }) => {
		const { holderOf, lanes } = folded;
		const top = zoom === undefined ? undefined : holderOf(zoom);
		const whole = flameViewOf(lanes, top);
		const from = Math.max(whole.from, stretch?.from ?? whole.from);
		const to = Math.min(whole.to, stretch?.to ?? whole.to);
		const isPart = to > from && (from > whole.from || to < whole.to);
		return isPart ? partOf(whole, folded, { from, to, top }) : viewOfSpans(whole, folded);
	},
);

function viewOfSpans(whole: FlameView, { isWhole, holderOf, spanOf }: FoldedTrace): FlameView {
	if (isWhole) return whole;
	return {
		...whole,
		rowOf: node => whole.rowOf(holderOf(node)),
		frames: rowsOnce(row => whole.frames(row).map(frame => ({ ...frame, node: spanOf(frame.node) }))),
	};
}

type Part = Stretch & { readonly top: SpanNode | undefined };

function partOf(whole: FlameView, { holderOf, spanOf }: FoldedTrace, { from, to, top }: Part): FlameView {
	const inWhole = (at: number) => Math.min(whole.to, Math.max(whole.from, at));
	const touches = (at: Stretch) => at.from <= to && at.to >= from;
	const cut = (at: number) => Math.min(to, Math.max(from, at));
	return {
		from,
		to,
		height: whole.height,
		rowOf: node => {
			const holder = holderOf(node);
			// The ancestors of what is zoomed fill the width, wherever they lie.
			const isAbove = top !== undefined && holder !== top && isWithin(top, holder);
			const isShown = isAbove || touches({ from: inWhole(holder.start), to: inWhole(holder.end) });
			return isShown ? whole.rowOf(holder) : undefined;
		},
		frames: rowsOnce(row =>
			whole
				.frames(row)
				.filter(touches)
				.map(frame => ({ node: spanOf(frame.node), from: cut(frame.from), to: cut(frame.to) })),
		),
	};
}

/** A row may hold a hundred thousand frames, and is painted at every key. */
function rowsOnce(make: (row: number) => readonly FlameFrame[]): (row: number) => readonly FlameFrame[] {
	const rows = new Map<number, readonly FlameFrame[]>();
	return row => {
		const frames = rows.get(row) ?? make(row);
		rows.set(row, frames);
		return frames;
	};
}

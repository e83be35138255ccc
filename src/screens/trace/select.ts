import type { SpanNode } from '../../analysis/trace-tree.ts';
import type { TraceFindings } from '../../investigation/trace-findings.ts';
import type { TracePlace } from '../../model/place.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import type { Binding, Outcome } from '../screen.ts';
import { layoutFor, visibleRows } from './layout.ts';
import { listingOf } from './listing.ts';
import { type Look, lookAt, type TraceShown, type TraceState } from './state.ts';

export type TraceBinding = Binding<TracePlace, TraceFindings, TraceState>;
export type Run = TraceBinding['run'];

export const noTrace = { type: 'refuse', why: 'There is no trace on show.' } as const;

/** What a key does with the span under the cursor. */
export const onSpan =
	(run: (look: Look, shown: TraceShown) => Outcome<TraceState>): Run =>
	shown => {
		const look = lookAt(shown);
		return look === undefined ? noTrace : run(look, shown);
	};

/** The state with this span selected, out of every closed subtree, and scrolled so that it is on show. */
export function selecting(node: SpanNode, shown: TraceShown): TraceState {
	const state = { ...shown.state, selected: node.key, closed: openedTo(node, shown.state.closed), detailsTop: 0 };
	const look = lookAt({ ...shown, state });
	return look === undefined ? state : scrolledTo(look, { ...shown, state });
}

/** The state scrolled so that the selected span is on show. */
export function scrolledTo(look: Look, shown: TraceShown): TraceState {
	const { state } = shown;
	const { height, rowOf } = listingOf(look, state);
	const rows = visibleRows(layoutFor(shown, look).rows, height);
	return { ...state, top: offsetFor(state.top, rowOf(look.selected) ?? 0, height, rows) };
}

function openedTo(node: SpanNode, closed: readonly string[]): readonly string[] {
	if (closed.length === 0) return closed;
	const above = new Set<string>();
	for (let up = node.parent; up !== undefined; up = up.parent) above.add(up.key);
	return closed.filter(key => !above.has(key));
}

import { type SpanTable, spanTableOf } from '../../analysis/span-table.ts';
import type { SpanNode } from '../../analysis/trace-tree.ts';
import { type WaterfallRows, waterfallRowsOf } from '../../analysis/waterfall-rows.ts';
import type { Look, TraceState } from './state.ts';

export const waterfallOf = ({ folded, zoom, stretch }: Look, { closed }: TraceState): WaterfallRows =>
	waterfallRowsOf(folded, { closed, zoom, stretch });

export const tableOf = ({ reading, zoom }: Look, { table }: TraceState): SpanTable =>
	spanTableOf(reading, { ...table, zoom });

/** The rows of the way in which a trace is looked at, whichever it is. */
export type Listing = {
	readonly height: number;
	/** The row that shows a span. */
	readonly rowOf: (node: SpanNode) => number | undefined;
	/** The one span of a row; absent in a flame graph, whose rows hold many. */
	readonly nodeAt?: (row: number) => SpanNode | undefined;
};

export function listingOf(look: Look, state: TraceState): Listing {
	if (state.way === 'flame') return look.view;
	if (state.way === 'waterfall') {
		const { height, rowOf, at } = waterfallOf(look, state);
		return { height, rowOf, nodeAt: row => at(row)?.node };
	}
	const { height, rowOf, at } = tableOf(look, state);
	return { height, rowOf, nodeAt: row => at(row)?.node };
}

/** How many rows the whole trace has, so that a zoom does not move what stands below them: nothing in the table. */
export function wholeHeight({ folded, ...look }: Look, state: TraceState): number {
	if (state.way === 'table') return 0;
	if (state.way === 'flame') return folded.lanes.rows.length;
	return listingOf({ ...look, folded, zoom: undefined, stretch: undefined }, state).height;
}

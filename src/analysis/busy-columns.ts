import { remembered } from './remembered.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/** A whole trace in so many columns. */
export type BusyFrame = { readonly from: number; readonly to: number; readonly columns: number };

/**
 * How many spans were under way in each column of a picture of the whole trace, at most: its outline, for a mini-map.
 * O(spans + columns), and remembered.
 */
export const busyColumnsOf: (tree: TraceTree, frame: BusyFrame) => readonly number[] = remembered(
	2,
	(frame: BusyFrame) => JSON.stringify(frame),
	({ nodes }, { from, to, columns }) => {
		const changes = new Int32Array(columns + 1);
		const columnOf = (at: number) =>
			Math.max(0, Math.min(columns - 1, Math.floor(((at - from) / (to - from)) * columns)));
		const count = ({ start, end }: SpanNode) => {
			if (end < from || start > to) return;
			changes[columnOf(start)] = (changes[columnOf(start)] ?? 0) + 1;
			changes[columnOf(end) + 1] = (changes[columnOf(end) + 1] ?? 0) - 1;
		};
		nodes.forEach(count);
		let busy = 0;
		return Array.from({ length: columns }, (_, column) => {
			busy += changes[column] ?? 0;
			return busy;
		});
	},
);

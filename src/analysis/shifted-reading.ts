import { finished } from '../model/steps.ts';
import { remembered } from './remembered.ts';
import { skewedShift } from './skewed-shift.ts';
import { readingOfTree, type TraceReading } from './trace-reading.ts';
import type { SpanNode } from './trace-tree.ts';

/** A trace read as if the clocks of its services had agreed: a guess, shown only when it is wanted and marked as such. */
export type ShiftedReading = {
	readonly reading: TraceReading;
	/** By how many nanoseconds a node of this reading was moved. */
	readonly movedBy: (node: SpanNode) => number;
	/** How many spans were moved. */
	readonly count: number;
};

/** The reading with skewed subtrees moved into their parents. Made once for each trace, when it is first wanted. */
export const shiftedReadingOf: (reading: TraceReading) => ShiftedReading = (() => {
	const shifted = remembered<TraceReading, undefined, ShiftedReading>(1, () => '', shift);
	return reading => shifted(reading, undefined);
})();

function shift(reading: TraceReading): ShiftedReading {
	const { tree, moved } = skewedShift(reading.tree);
	return {
		reading: finished(readingOfTree(reading, tree)),
		movedBy: ({ index }) => moved[index] ?? 0,
		count: moved.filter(by => by !== 0).length,
	};
}

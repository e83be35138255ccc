import type { Size } from '../screen.ts';

/** Below the list: a blank row, and what the list is. */
const summaryRows = 2;
/** Above the list: the names of its columns. */
const headingRows = 1;

/** Rows that the list has. */
export const listHeight = ({ height }: Size): number => Math.max(1, height - summaryRows - headingRows);

/** Where each column begins and how wide it is; a width of 0 leaves it out. */
export type TraceColumns = {
	readonly time: number;
	readonly duration: number;
	readonly bar: number;
	readonly root: number;
	readonly spans: number;
	readonly errors: number;
};

/** Time and duration always; the bar and the counts as there is room; the root takes what is left. */
export function columnsFor(width: number): TraceColumns {
	const fixedColumns = { time: 13, duration: 9, spans: 7, errors: 8 };
	const bar = width >= 120 ? 24 : width >= 72 ? 12 : 0;
	const used = fixedColumns.time + fixedColumns.duration + fixedColumns.spans + fixedColumns.errors + bar + 3;
	return { ...fixedColumns, bar, root: Math.max(0, width - used) };
}

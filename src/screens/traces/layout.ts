import type { Size } from '../screen.ts';

/** Below the list: what Tempo had to say, and what the list is. */
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
	/** The services it went through. */
	readonly services: number;
	readonly spans: number;
	readonly errors: number;
};

/** Time, duration and counts always; the bar as there is room; root and, in a wide room, services share what is left. */
export function columnsFor(width: number): TraceColumns {
	const fixedColumns = { time: 13, duration: 9, spans: 7, errors: 8 };
	const bar = width >= 120 ? 24 : width >= 72 ? 12 : 0;
	const used = fixedColumns.time + fixedColumns.duration + fixedColumns.spans + fixedColumns.errors + bar + 3;
	const rest = Math.max(0, width - used);
	const services = rest >= 60 ? Math.floor(rest * 0.55) : 0;
	return { ...fixedColumns, bar, root: rest - services, services };
}

import { traceChips } from '../../analysis/trace-conditions.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { axisColumns } from '../../widgets/chart-axis.ts';
import type { Size } from '../screen.ts';
import type { TracesShown } from './state.ts';

type Laid = Pick<TracesShown, 'size' | 'place' | 'findings' | 'state'>;

export type Area = Size & { readonly x: number; readonly y: number };

export type TracesLayout = {
	/** Durations over time, in front of them their axis; without height where there is no room or nothing to show. */
	readonly scatter: Area;
	/** The instants below it. */
	readonly times: Area;
	/** The conditions of the search; without height when there are none. */
	readonly chips: Area;
	/** The names of the columns of the list. */
	readonly heading: Area;
	readonly list: Area;
	/** What Tempo had to say, and what the list is. */
	readonly summary: Area;
	/** The conditions that can be made without typing, beside the list or in its place; without height while closed. */
	readonly form: Area;
};

/** From this width on a form stands beside the list. */
const wide = 120;
const summaryRows = 2;

/** The scatter on top, the conditions, the list below them. */
export function layoutOf({ size: { width, height }, place, findings, state }: Laid): TracesLayout {
	const found = lastValueOf(findings.results)?.traces.length ?? 0;
	const plot = found < 2 || width < axisColumns + 20 ? 0 : scatterRows(height);
	const chipRows = traceChips(place).length === 0 || height < 8 ? 0 : 1;
	const timeRows = plot > 0 ? 1 : 0;
	const top = plot + timeRows + chipRows;
	const rest = Math.max(0, height - top - summaryRows);
	const isOpen = state.form !== undefined;
	const isBeside = isOpen && width >= wide;
	const listWidth = isBeside ? Math.floor(width * 0.56) : width;
	const formX = isBeside ? listWidth + 2 : 0;
	const row = (y: number, rows: number): Area => ({ x: 0, y, width, height: rows });
	const covered = isOpen && !isBeside;
	return {
		scatter: row(0, plot),
		times: row(plot, timeRows),
		chips: row(plot + timeRows, chipRows),
		heading: { x: 0, y: top, width: listWidth, height: covered ? 0 : Math.min(1, rest) },
		list: { x: 0, y: top + 1, width: listWidth, height: covered ? 0 : Math.max(0, rest - 1) },
		form: { x: formX, y: top, width: width - formX, height: isOpen ? rest : 0 },
		summary: row(height - summaryRows, summaryRows),
	};
}

/** Fewer rows than four tell fast from slow no more, and the list needs its own. */
const scatterRows = (height: number): number => (height >= 34 ? 9 : height >= 24 ? 6 : height >= 16 ? 4 : 0);

/** Rows that the list has. */
export const listHeight = (laid: Laid): number => Math.max(1, layoutOf(laid).list.height);

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

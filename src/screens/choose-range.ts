import { formatClock, type TimeFormat } from '../analysis/format-time.ts';
import type { Milliseconds, TimeRange } from '../model/time.ts';
import type { Surface } from '../terminal/surface.ts';
import type { Theme } from '../widgets/theme.ts';

/** A range of time that is being chosen on a chart: the edge that moves, and the one that is fixed already. */
export type Choosing = { readonly at: Milliseconds; readonly fixedAt?: Milliseconds };

export const columnAt = (at: Milliseconds, { from, to }: TimeRange, columns: number): number =>
	to > from ? Math.floor(((at - from) / (to - from)) * columns) : 0;

/** The first and the last column of the range that is being chosen. */
function chosenColumns({ at, fixedAt = at }: Choosing, range: TimeRange, columns: number): readonly [number, number] {
	const within = (instant: Milliseconds) => Math.max(0, Math.min(columns - 1, columnAt(instant, range, columns)));
	const ends = [within(at), within(fixedAt)];
	return [Math.min(...ends), Math.max(...ends)];
}

/** The instants at which the columns begin and end. */
export function chosenRange(choosing: Choosing, range: TimeRange, columns: number): TimeRange {
	const [first, last] = chosenColumns(choosing, range, columns);
	const instantOf = (column: number) => Math.round(range.from + (column * (range.to - range.from)) / columns);
	return { from: instantOf(first), to: Math.max(instantOf(last + 1), instantOf(first) + 1) };
}

/** The edge that moves, so many columns further: in the middle of its column, within the chart. */
export function movedEdge(at: Milliseconds, by: number, range: TimeRange, columns: number): Milliseconds {
	const column = Math.max(0, Math.min(columns - 1, columnAt(at, range, columns) + by));
	return range.from + ((column + 0.5) * (range.to - range.from)) / columns;
}

/** Lays the choice over the chart. */
export function paintChosen(surface: Surface, choosing: Choosing, range: TimeRange, theme: Theme): void {
	const [first, last] = chosenColumns(choosing, range, surface.width);
	surface.restyle(first, 0, last - first + 1, surface.height, theme.style('selection'));
}

/** `from 11:58:30`, and when that edge is fixed `11:58:30 to 11:59:10`. */
export function chosenText({ from, to }: TimeRange, { fixedAt }: Choosing, timeFormat: TimeFormat): string {
	const clock = (at: Milliseconds) => formatClock(at, timeFormat === 'local' ? 'local' : 'utc');
	return fixedAt === undefined ? `from ${clock(from)}` : `${clock(from)} to ${clock(to)}`;
}

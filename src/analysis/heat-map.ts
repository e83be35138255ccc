import type { Series } from '../model/series.ts';
import type { Milliseconds } from '../model/time.ts';

/** How long requests took, over time: a row for each bucket of a histogram, the quickest first. */
export type HeatMap = {
	readonly times: readonly Milliseconds[];
	readonly rows: readonly HeatRow[];
};

export type HeatRow = {
	/** Requests that took longer than `above` and no longer than `upTo`, in seconds; 0 and infinity at the ends. */
	readonly above: number;
	readonly upTo: number;
	/** The share of all requests at each of the times, from 0 to 1; NaN when there were none, or nothing was seen. */
	readonly shares: readonly number[];
};

/**
 * A heat map of cumulative buckets, one series for each `le` in the metric's own unit (`scale` brings it to seconds). A
 * bucket that seems to hold less than the ones below it, after a reset of one counter, holds nothing.
 */
export function heatMapOf(buckets: readonly Series[], scale: number): HeatMap {
	const bounded = buckets
		.map(({ labels, times, values }) => ({ upTo: boundOf(labels.le) * scale, at: samplesBy(times, values) }))
		.filter(({ upTo }) => !Number.isNaN(upTo))
		.toSorted((a, b) => a.upTo - b.upTo);
	const times = [...new Set(bounded.flatMap(({ at }) => [...at.keys()]))].toSorted((a, b) => a - b);
	const totals = times.map(time => bounded.at(-1)?.at.get(time) ?? Number.NaN);
	const rows = bounded.map(({ upTo, at }, index): HeatRow => {
		const below = bounded[index - 1];
		const shares = times.map((time, column) => {
			const total = totals[column] ?? Number.NaN;
			const held = (at.get(time) ?? Number.NaN) - (below === undefined ? 0 : (below.at.get(time) ?? Number.NaN));
			return total > 0 ? Math.min(1, Math.max(0, held) / total) : Number.NaN;
		});
		return { above: below?.upTo ?? 0, upTo, shares };
	});
	return { times, rows: withoutIdleEnds(rows) };
}

const boundOf = (le: string | undefined): number =>
	le === undefined || le === '' ? Number.NaN : /^\+?Inf$/.test(le) ? Number.POSITIVE_INFINITY : Number(le);

const samplesBy = (times: readonly Milliseconds[], values: readonly number[]): ReadonlyMap<Milliseconds, number> =>
	new Map(times.map((time, index) => [time, values[index] ?? Number.NaN]));

/** The buckets from the quickest to the slowest that anything fell into. */
function withoutIdleEnds(rows: readonly HeatRow[]): readonly HeatRow[] {
	const isUsed = ({ shares }: HeatRow): boolean => shares.some(share => share > 0);
	return rows.slice(Math.max(0, rows.findIndex(isUsed)), rows.findLastIndex(isUsed) + 1);
}

/** The same in at most so many rows: neighbouring buckets become one. */
export function condensed(rows: readonly HeatRow[], most: number): readonly HeatRow[] {
	if (rows.length <= most || most < 1) return rows;
	const size = Math.ceil(rows.length / most);
	return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
		rows.slice(index * size, (index + 1) * size).reduce(together),
	);
}

const together = (one: HeatRow, other: HeatRow): HeatRow => ({
	above: Math.min(one.above, other.above),
	upTo: Math.max(one.upTo, other.upTo),
	shares: one.shares.map((share, index) => share + (other.shares[index] ?? Number.NaN)),
});

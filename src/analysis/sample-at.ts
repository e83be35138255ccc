import type { Grid, Series } from '../model/series.ts';
import type { Milliseconds } from '../model/time.ts';

/** The value of a series at an instant: the sample nearest to it, or NaN when none is within a step. */
export function valueAt({ times, values }: Series, at: Milliseconds, step: Milliseconds): number {
	let nearest = Number.NaN;
	let distance = step;
	for (let index = 0; index < times.length; index++) {
		const away = Math.abs((times[index] ?? Number.NaN) - at);
		if (away <= distance) {
			distance = away;
			nearest = values[index] ?? Number.NaN;
		}
	}
	return nearest;
}

/** The newest value of a series that is one; NaN when there is none. */
export const newestValue = ({ values }: Series): number => values.findLast(value => !Number.isNaN(value)) ?? Number.NaN;

/** When that was. */
export function newestTime({ times, values }: Series): Milliseconds | undefined {
	const index = values.findLastIndex(value => !Number.isNaN(value));
	return index < 0 ? undefined : times[index];
}

/**
 * When the last of a chart's lines ended, if that was before the chart does: of a service that vanished the newest
 * figures are not those of now. `averagedOver` is the range of `rate`, over which samples may come late.
 */
export function endOf(
	series: readonly Series[],
	{ grid, averagedOver }: { readonly grid: Grid; readonly averagedOver: Milliseconds },
): Milliseconds | undefined {
	const ends = series.flatMap(each => newestTime(each) ?? []);
	const end = Math.max(...ends);
	return ends.length > 0 && end < grid.to - Math.max(averagedOver, 2 * grid.step) ? end : undefined;
}

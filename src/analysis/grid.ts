import type { Grid } from '../model/series.ts';
import { day, hour, lengthOf, minute, second, type TimeRange } from '../model/time.ts';

/** Steps that fall on round instants. */
const roundSteps = [
	...[1, 2, 5, 10, 15, 30].map(count => count * second),
	...[1, 2, 5, 10, 15, 30].map(count => count * minute),
	...[1, 2, 3, 6, 12].map(count => count * hour),
	day,
];

/** Prometheus refuses more than 11,000 points in a series. */
const mostPoints = 11_000;

/**
 * The grid of a chart: about `points` steps of a round length, with both ends on the step, so that the points of a
 * live chart stay where they are and the server's cache is of use. The last point is at most one step old.
 */
export function gridOf(range: TimeRange, points: number): Grid {
	const wanted = Math.max(1, lengthOf(range)) / Math.min(Math.max(1, points), mostPoints);
	const step = roundSteps.find(each => each >= wanted) ?? Math.ceil(wanted / day) * day;
	const to = Math.floor(range.to / step) * step;
	return { from: Math.min(to, Math.ceil(range.from / step) * step), to, step };
}

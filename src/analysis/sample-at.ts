import type { Series } from '../model/series.ts';
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

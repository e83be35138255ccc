import type { Milliseconds } from '../../src/model/time.ts';

/** A clock that stands still unless it is told that time has passed. */
export type Clock = { readonly now: () => Milliseconds; readonly passes: (length: Milliseconds) => void };

export function standingClock(at: Milliseconds): Clock {
	let now = at;
	return {
		now: () => now,
		passes: length => {
			now += length;
		},
	};
}

import type { World } from '../investigation/board.ts';
import type { Milliseconds } from '../model/time.ts';
import { sleep } from './sleep.ts';

/** What time it is, and how investigations wait. */
export type Clock = Required<Pick<World, 'now' | 'sleep'>>;

/** That of this machine. */
export const usualClock: Clock = { now: () => Date.now(), sleep };

/** Runs `speed` times as fast from now on, and so does what waits by it: for an incident that is made up. */
export function fasterClock(speed: number): Clock {
	const began = Date.now();
	const started = performance.now();
	return {
		now: (): Milliseconds => Math.floor(began + (performance.now() - started) * speed),
		sleep: (length, signal) => sleep(length / speed, signal),
	};
}

import { setImmediate } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Milliseconds } from '../../src/model/time.ts';

/**
 * A network on which every request takes equally long, by a clock of its own: all that was asked while nothing moved is
 * answered at once, and the clock goes on by one delay. So the clock counts round trips that had to wait for each other,
 * also those that waited for their turn.
 */
export type SlowNetwork = {
	/** Puts the network between the clients and the servers. */
	readonly before: (servers: Dispatcher) => Dispatcher;
	/** What the clock shows. */
	readonly elapsed: () => Milliseconds;
	/** Lets the clock go until the work is done. */
	readonly during: (work: Promise<void>) => Promise<void>;
};

/** Turns of the event loop after which nothing moves any more: an answer in memory needs fewer than ten. */
const quietTurns = 30;

export function createSlowNetwork(delay: Milliseconds): SlowNetwork {
	let elapsed = 0;
	let waiting: (() => void)[] = [];
	const becomesQuiet = async () => {
		for (let turn = 0, seen = waiting.length; turn < quietTurns; turn++) {
			await setImmediate();
			if (waiting.length !== seen) turn = 0;
			seen = waiting.length;
		}
	};
	return {
		before: servers =>
			servers.compose(dispatch => (options, handler) => {
				waiting.push(() => dispatch(options, handler));
				return true;
			}),
		elapsed: () => elapsed,
		during: async work => {
			let working = true;
			const settled = Promise.allSettled([work]).then(() => {
				working = false;
			});
			while (working) {
				await becomesQuiet();
				const arriving = waiting;
				waiting = [];
				if (arriving.length > 0) elapsed += delay;
				for (const arrive of arriving) arrive();
			}
			await settled;
			await work;
		},
	};
}

import { setMaxListeners } from 'node:events';

/** Lets at most `atOnce` tasks run; the others wait in the order of their coming, and leave when their signal aborts. */
export type RequestQueue = <Value>(task: () => Promise<Value>, signal: AbortSignal) => Promise<Value>;

/** Rejects with `signal.reason` when aborted before its turn; a running task must watch its signal itself. */
export function createRequestQueue(atOnce: number): RequestQueue {
	const waiting = new Set<() => void>();
	let running = 0;

	const turn = (signal: AbortSignal): Promise<void> =>
		new Promise((resolve, reject) => {
			signal.throwIfAborted();
			// All questions of a place share its signal; Node takes more than ten listeners for a leak and prints a warning.
			setMaxListeners(0, signal);
			const begin = () => {
				waiting.delete(begin);
				signal.removeEventListener('abort', leave);
				running += 1;
				resolve();
			};
			const leave = () => {
				waiting.delete(begin);
				reject(signal.reason);
			};
			if (running < atOnce) return begin();
			waiting.add(begin);
			signal.addEventListener('abort', leave, { once: true });
		});

	return async (task, signal) => {
		await turn(signal);
		try {
			return await task();
		} finally {
			running -= 1;
			const [next] = waiting;
			next?.();
		}
	};
}

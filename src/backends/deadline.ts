import type { Milliseconds } from '../model/time.ts';

/** A signal that aborts with its parent or when the time is up, whichever comes first. */
export type Deadline = {
	readonly signal: AbortSignal;
	/** True when it was the time, not the parent. */
	readonly expired: () => boolean;
	/** Frees the timer and lets go of the parent; call it in a `finally`. */
	readonly clear: () => void;
};

export function createDeadline(parent: AbortSignal, after: Milliseconds): Deadline {
	const controller = new AbortController();
	let expired = false;
	const follow = () => controller.abort(parent.reason);
	const timer = setTimeout(() => {
		expired = !controller.signal.aborted;
		controller.abort(new Error('time is up'));
	}, after);
	if (parent.aborted) follow();
	else parent.addEventListener('abort', follow, { once: true });
	return {
		signal: controller.signal,
		expired: () => expired,
		clear: () => {
			clearTimeout(timer);
			parent.removeEventListener('abort', follow);
		},
	};
}

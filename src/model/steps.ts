import type { Milliseconds } from './time.ts';

/**
 * Long work that can be interrupted: it yields wherever it may pause, at least every few milliseconds, and returns what
 * came of it. Whoever drives it decides whether it pauses there.
 *
 *     function* treeSteps(trace): Steps<Tree> { for (…) { …; if (isTurn(index)) yield; } return tree; }
 *     const tree = finished(treeSteps(trace));              // in one go
 *     const tree = await inSlices(treeSteps(trace), …);     // keys are heard meanwhile
 */
export type Steps<Value> = Generator<undefined, Value, undefined>;

/** Whether a loop that has come to this index should yield: each so many items. */
export const isTurn = (index: number): boolean => (index & 511) === 511;

/** Does the work in one go. */
export function finished<Value>(steps: Steps<Value>): Value {
	for (;;) {
		const step = steps.next();
		if (step.done === true) return step.value;
	}
}

/** How work is done in slices: a clock that tells when one has lasted long enough, and what may end it. */
export type Slicing = {
	readonly now: () => Milliseconds;
	/** Once aborted, the work is given up with the signal's reason. */
	readonly signal: AbortSignal;
	/** Called after each slice but the last. */
	readonly onPause?: () => void;
};

/** A key that comes meanwhile waits this long, and for its own paint. */
const slice: Milliseconds = 8;

/** Does the work in slices and lets whatever waits go first between them: keys, answers, the screen. */
export async function inSlices<Value>(steps: Steps<Value>, { now, signal, onPause }: Slicing): Promise<Value> {
	for (;;) {
		const until = now() + slice;
		do {
			const step = steps.next();
			if (step.done === true) return step.value;
		} while (now() < until);
		onPause?.();
		await nextTurn();
		signal.throwIfAborted();
	}
}

const nextTurn = (): Promise<void> =>
	new Promise(resolve => {
		setImmediate(resolve);
	});

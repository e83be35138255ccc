/**
 * Two clocks meet here: logs and spans count nanoseconds, everything else milliseconds. The types keep them apart
 * by themselves: an instant or a length in nanoseconds is a `bigint` (it exceeds 2^53), one in milliseconds a
 * `number`. Seconds exist only on the wire and in printed JSON.
 */

/** An instant since the Unix epoch, or a length of time, in integer nanoseconds. */
export type Nanoseconds = bigint;

/** An instant since the Unix epoch, or a length of time, in milliseconds. */
export type Milliseconds = number;

export const second: Milliseconds = 1000;
export const minute: Milliseconds = 60 * second;
export const hour: Milliseconds = 60 * minute;
export const day: Milliseconds = 24 * hour;

const nanosecondsPerMillisecond = 1_000_000n;

/** The millisecond an instant lies in; a length is rounded towards minus infinity. */
export const toMilliseconds = (ns: Nanoseconds): Milliseconds => {
	const floor = ns / nanosecondsPerMillisecond - (ns % nanosecondsPerMillisecond < 0n ? 1n : 0n);
	return Number(floor);
};

/** A length in milliseconds with its fraction; only for lengths (an epoch instant would lose digits). */
export const lengthInMilliseconds = (ns: Nanoseconds): Milliseconds => Number(ns) / 1e6;

export const toNanoseconds = (ms: Milliseconds): Nanoseconds => BigInt(Math.round(ms)) * nanosecondsPerMillisecond;

/** A span of time with two known ends, both inclusive. */
export type TimeRange = { readonly from: Milliseconds; readonly to: Milliseconds };

/**
 * The window of a place. A *live* window ends now and moves on; a *fixed* one has two ends and never changes, so that
 * an address opens the same picture tomorrow.
 */
export type Window =
	| { readonly kind: 'live'; readonly length: Milliseconds }
	| { readonly kind: 'fixed'; readonly from: Milliseconds; readonly to: Milliseconds };

export const live = (length: Milliseconds): Window => ({ kind: 'live', length });
export const fixed = (from: Milliseconds, to: Milliseconds): Window => ({ kind: 'fixed', from, to });

/** The two ends of a window as seen at `now`. */
export const rangeOf = (window: Window, now: Milliseconds): TimeRange =>
	window.kind === 'live' ? { from: now - window.length, to: now } : { from: window.from, to: window.to };

export const lengthOf = (range: TimeRange): Milliseconds => range.to - range.from;

/** The range with its ends moved out to whole seconds, so that its length can be said. */
export const wholeSeconds = ({ from, to }: TimeRange): TimeRange => ({
	from: Math.floor(from / second) * second,
	to: Math.ceil(to / second) * second,
});

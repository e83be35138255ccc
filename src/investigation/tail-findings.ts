import type { Milliseconds, Nanoseconds } from '../model/time.ts';

/** How the lines of a place that is followed come in. */
export type LogsTail = {
	readonly by: TailSource;
	/** Lines that the server says it left out of the stream, because they were not read in time. */
	readonly dropped: number;
	/** Lines that came while the operator has paused: those that wait, and those beyond `mostWaiting`, which are read again. */
	readonly held: number;
	readonly beyond: number;
	/** Why lines may be missing just now, in a sentence; they are asked for again by themselves. */
	readonly trouble?: string;
	/** Where the stream was interrupted, oldest first. */
	readonly marks: readonly StreamMark[];
};

export type TailSource =
	| { readonly kind: 'connecting' }
	| { readonly kind: 'streaming' }
	/** The stream is lost; it is tried again at that time. */
	| { readonly kind: 'lost'; readonly why: string; readonly until: Milliseconds }
	/** There is no stream; the lines are asked for every two seconds. */
	| { readonly kind: 'polling'; readonly why: string };

/** Something that happened to the stream behind the lines up to an instant. */
export type StreamMark = { readonly after: Nanoseconds; readonly text: string };

/** So many lines wait while the operator has paused. */
export const mostWaiting = 10_000;

import type { BackendName } from './failure.ts';
import type { Milliseconds } from './time.ts';

/**
 * Something the operator must know about an answer: it was cut, estimated, partly unreadable, or the server warned.
 * One sentence, shown as a badge where the answer is shown.
 */
export type Note = { readonly kind: 'partial' | 'warning' | 'info'; readonly text: string };

/** What a backend was understood to say, and what had to be left out. */
export type Answer<Value> = { readonly value: Value; readonly notes: readonly Note[] };

export const answer = <Value>(value: Value, notes: readonly Note[] = []): Answer<Value> => ({ value, notes });

/** One question that was put to a backend: the evidence behind a screen (key `!`). Holds no secret. */
export type QueryRecord = {
	readonly backend: BackendName;
	readonly method: 'GET' | 'POST' | 'DELETE';
	/** Complete URL without credentials; parameters of a POST are in `parameters`. */
	readonly url: string;
	readonly parameters: readonly (readonly [string, string])[];
	/** The JSON that a POST carried instead of parameters. */
	readonly body?: string;
	/** The PromQL, LogQL or TraceQL in it, if there is one. */
	readonly query?: string;
	readonly took: Milliseconds;
	readonly bytes: number;
	/** HTTP status, or the failure's kind when there was none. */
	readonly outcome: number | string;
	/** The backend has failed so often that it is left alone until then. */
	readonly restsUntil?: Milliseconds;
	/** How far its clock is ahead of ours (behind: negative); absent where the two agree within a few seconds. */
	readonly ahead?: Milliseconds;
	/** The server answered that it has no such thing: nothing is wrong with it. */
	readonly absent?: true;
	/** Bytes that the server says it read for it. */
	readonly read?: number;
	/** Samples that it read: as the server says, else those that it answered, which are fewer. */
	readonly samples?: number;
	/** What of the budget of this incident is spent by now, where the profile sets one. */
	readonly budget?: SpentBudget;
	/** What the server says it cost, for instance `1.2 MB read, 120 000 lines`. */
	readonly cost?: string;
};

/** In bytes for Loki, in samples for Prometheus. */
export type SpentBudget = { readonly spent: number; readonly limit: number };

/** A question that was put to a backend and is not answered yet. Holds no secret either. */
export type OpenQuery = Pick<QueryRecord, 'backend' | 'method' | 'url' | 'parameters' | 'body' | 'query'> & {
	readonly since: Milliseconds;
};

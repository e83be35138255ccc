import type { Answer, Note } from './answer.ts';
import type { Failure } from './failure.ts';
import type { Milliseconds } from './time.ts';

/** An answer that has arrived. `notes` not empty means: partial, or with a warning. */
export type Loaded<Value> = { readonly value: Value; readonly notes: readonly Note[]; readonly at: Milliseconds };

/**
 * One pane's worth of answer. While it is asked again, or after it failed, `last` keeps the last good one so that it
 * can stay on screen, dimmed and dated.
 */
export type Loadable<Value> =
	| { readonly status: 'idle' }
	| {
			readonly status: 'waiting';
			readonly since: Milliseconds;
			readonly last?: Loaded<Value>;
			/** How far a long answer has come, in words: `41,200 spans read, 43 %`. Absent for most, which come at once. */
			readonly progress?: string;
	  }
	| ({ readonly status: 'loaded' } & Loaded<Value>)
	| { readonly status: 'failed'; readonly failure: Failure; readonly at: Milliseconds; readonly last?: Loaded<Value> };

export const idle: Loadable<never> = { status: 'idle' };

export const loaded = <Value>({ value, notes }: Answer<Value>, at: Milliseconds): Loadable<Value> => ({
	status: 'loaded',
	value,
	notes,
	at,
});

/** What there is to show, old or new. */
export const lastOf = <Value>(loadable: Loadable<Value>): Loaded<Value> | undefined =>
	loadable.status === 'loaded' ? loadable : loadable.status === 'idle' ? undefined : loadable.last;

export const lastValueOf = <Value>(loadable: Loadable<Value>): Value | undefined => lastOf(loadable)?.value;

/** What failed, where what is shown was answered before that. */
export const whyOld = (loadable: Loadable<unknown>): Failure | undefined =>
	loadable.status === 'failed' && loadable.last !== undefined ? loadable.failure : undefined;

/** The same pane, asked again at `since`. */
export const askedAgain = <Value>(loadable: Loadable<Value>, since: Milliseconds): Loadable<Value> => {
	const last = lastOf(loadable);
	return last === undefined ? { status: 'waiting', since } : { status: 'waiting', since, last: keep(last) };
};

/** The same pane after its question failed. */
export const failedWith = <Value>(loadable: Loadable<Value>, failure: Failure, at: Milliseconds): Loadable<Value> => {
	const last = lastOf(loadable);
	return last === undefined ? { status: 'failed', failure, at } : { status: 'failed', failure, at, last: keep(last) };
};

const keep = <Value>({ value, notes, at }: Loaded<Value>): Loaded<Value> => ({ value, notes, at });

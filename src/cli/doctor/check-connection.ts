import type { Dispatcher } from 'undici';
import { type Endpoint, titleOf } from '../../backends/endpoint.ts';
import { createHttp } from '../../backends/http.ts';
import { beLetIn } from '../../backends/identity/be-let-in.ts';
import { greet } from '../../backends/identity/greet.ts';
import { type BackendName, failureOf } from '../../model/failure.ts';
import { type Milliseconds, minute, second } from '../../model/time.ts';

/** What came of a look at one backend, in words for a person and without a secret. */
export type Checked = {
	readonly state: 'good' | 'warning' | 'bad';
	/** `Loki 3.4.6`, or one sentence that says what is wrong with whom. */
	readonly words: string;
	/** What to do about it; absent where all is well. */
	readonly next?: string;
	readonly version?: string;
	/** Of the quickest answer. */
	readonly roundTrip?: Milliseconds;
};

export type ConnectionToCheck = {
	readonly backend: BackendName;
	readonly endpoint: Endpoint;
	readonly now: () => Milliseconds;
	readonly signal: AbortSignal;
	/** The demo's servers in place of the network. */
	readonly dispatcher?: Dispatcher;
};

/** The longest look at one backend. */
export const longestLook: Milliseconds = 5 * second;

/** Whether a backend can be reached, lets us in and is what it is taken for. Never rejects; ends within 5 s. */
export async function checkConnection(connection: ConnectionToCheck): Promise<Checked> {
	const { backend, endpoint, now, signal, dispatcher } = connection;
	const limits = { connectTimeout: longestLook, totalTimeout: longestLook };
	const http = createHttp({ ...endpoint, backend }, { now, ...limits, ...(dispatcher && { dispatcher }) });
	const trips: Milliseconds[] = [];
	const asking = {
		signal,
		record: ({ took, outcome }: { readonly took: Milliseconds; readonly outcome: number | string }) => {
			if (typeof outcome === 'number') trips.push(took);
		},
	};
	const range = { from: now() - 5 * minute, to: now() };
	const [greeted, letIn] = await Promise.allSettled([
		greet(http, backend, { now, asking }),
		beLetIn(http, backend, { range, asking }),
	]);
	const roundTrip = trips.length === 0 ? {} : { roundTrip: Math.min(...trips) };
	if (letIn.status === 'rejected') {
		const { what, next } = failureOf(letIn.reason);
		return { state: 'bad', words: what, next, ...roundTrip };
	}
	const { name, version } = greeted.status === 'fulfilled' ? greeted.value.product : { name: titleOf(backend) };
	return {
		state: 'good',
		words: [name, version ?? ''].join(' ').trim(),
		...(version === undefined ? {} : { version }),
		...roundTrip,
	};
}

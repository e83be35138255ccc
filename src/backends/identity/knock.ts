import { type Failure, failureOf } from '../../model/failure.ts';
import { type Milliseconds, minute } from '../../model/time.ts';
import type { Endpoint } from '../endpoint.ts';
import type { Asking, Http } from '../http.ts';
import type { Skew } from '../skew.ts';
import { beLetIn } from './be-let-in.ts';
import { greet } from './greet.ts';
import type { Product } from './greetings.ts';
import { type FoundInstead, isStrange, lookAround } from './look-around.ts';

/** What came of knocking at a backend. */
export type Knocked = {
	/** Who answered; some servers do not say. */
	readonly product?: Product;
	readonly skew?: Skew;
	/** Why we are not let in. */
	readonly failure?: Failure;
	/** Who answers there, or where it is, when it is not what it was taken for. */
	readonly instead?: FoundInstead;
};

export type Door = {
	readonly endpoint: Endpoint;
	/** Opens the HTTP door to an endpoint. */
	readonly open: (endpoint: Endpoint) => Http;
	readonly now: () => Milliseconds;
	readonly asking: Asking;
};

/** Asks a backend who it is and whether it lets us in, and looks around when it is not what it was taken for. Never rejects. */
export async function knock({ endpoint, open, now, asking }: Door): Promise<Knocked> {
	const { backend } = endpoint;
	const http = open(endpoint);
	const range = { from: now() - 5 * minute, to: now() };
	const [greeted, letIn] = await Promise.allSettled([
		greet(http, backend, { now, asking }),
		beLetIn(http, backend, { range, asking }),
	]);
	const known = greeted.status === 'fulfilled' ? greeted.value : {};
	if (letIn.status === 'fulfilled') return known;
	const failure = failureOf(letIn.reason);
	if (!isStrange(failure.kind) || greeted.status === 'fulfilled') return { ...known, failure };
	const instead = await lookAround({ endpoint, open, now, asking });
	return { ...known, failure, ...(instead === undefined ? {} : { instead }) };
}

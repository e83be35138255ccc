import type { Dispatcher } from 'undici';
import type { Endpoint } from '../../backends/endpoint.ts';
import { createHttp } from '../../backends/http.ts';
import { watchCertificates } from '../../backends/identity/certificates.ts';
import type { BackendName } from '../../model/failure.ts';
import { type Milliseconds, second } from '../../model/time.ts';
import { adviceOn, severityOf } from './advice.ts';
import { examine } from './examine.ts';
import { productWords } from './facts.ts';

/** What came of a look at one backend, in words for a person and without a secret; servers' words in it are not sanitised. */
export type Checked = {
	readonly state: 'good' | 'warning' | 'bad';
	/** `Loki 3.4.6`, or a sentence or two that say what is wrong with whom. */
	readonly words: string;
	/** What to do about it: one sentence; absent where all is well. */
	readonly next?: string;
	readonly version?: string;
	/** Of the quickest answer. */
	readonly roundTrip?: Milliseconds;
	/** Whoever signed its certificate is not trusted. */
	readonly isUntrusted?: true;
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

/**
 * Whether a backend can be reached, lets us in and is what it is taken for; not what it holds. Never rejects; ends within
 * 5 s.
 */
export async function checkConnection(connection: ConnectionToCheck): Promise<Checked> {
	const { backend, now, signal, dispatcher } = connection;
	const endpoint = { ...connection.endpoint, backend };
	const certificates = watchCertificates();
	const limits = { now, connectTimeout: longestLook - second, totalTimeout: longestLook };
	const examined = await examine(
		{ endpoint },
		{
			open: each => createHttp(each, { ...limits, ...(dispatcher === undefined ? {} : { dispatcher }) }),
			now,
			longest: longestLook,
			certificates,
			signal,
		},
	);
	certificates.stop();
	const { product, failure } = examined.knocked;
	const { roundTrip } = examined;
	const [advice] = adviceOn([examined], longestLook);
	return {
		state: severityOf(examined, longestLook),
		words: failure === undefined ? productWords(examined) : (advice?.what ?? ''),
		...(advice === undefined ? {} : { next: adviceWords(advice, failure !== undefined) }),
		...(product?.version === undefined ? {} : { version: product.version }),
		...(roundTrip === undefined ? {} : { roundTrip }),
		...(failure?.isUntrusted ? { isUntrusted: true } : {}),
	};
}

/** Where it lets us in, what is wrong has not been said yet. */
const adviceWords = ({ what, next }: { readonly what: string; readonly next: string }, isSaid: boolean): string =>
	isSaid ? next.replaceAll('run it again', 'try again').replaceAll('Run it again', 'Try again') : `${what} ${next}`;

import { type BackendName, backendNames, type Failure, type FailureKind, failureOf } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import { type Endpoint, parseBase } from '../endpoint.ts';
import type { Asking, Http } from '../http.ts';
import { greet } from './greet.ts';
import type { Product } from './greetings.ts';

/** Who answers in the place of whom was looked for, or where it is instead. */
export type FoundInstead = {
	/** Of which kind it is. */
	readonly backend: BackendName;
	readonly product: Product;
	/** The base URL at which it answers, without user info and parameters. */
	readonly url: string;
	/** The same server, below another path than the one that was given. */
	readonly isElsewhere: boolean;
};

export type LookAround = {
	readonly endpoint: Endpoint;
	readonly open: (endpoint: Endpoint) => Http;
	readonly now: () => Milliseconds;
	readonly asking: Asking;
};

/** Failures of a server that is there and lets us in, but is not what it was taken for. */
const strange: readonly FailureKind[] = [
	'not-found',
	'not-json',
	'wrong-shape',
	'bad-query',
	'redirected',
	'forbidden',
];

export const isStrange = (kind: FailureKind): boolean => strange.includes(kind);

/** Path prefixes behind which servers and gateways commonly put each. */
const usualPrefixes: Readonly<Record<BackendName, readonly string[]>> = {
	/** Mimir's and Cortex' defaults, and that of VictoriaMetrics' cluster for its first tenant. */
	prometheus: ['/prometheus', '/api/prom', '/select/0/prometheus'],
	alertmanager: ['/alertmanager', '/api/prom/alertmanager'],
	loki: ['/loki'],
	tempo: ['/tempo'],
	jaeger: ['/jaeger'],
	grafana: ['/grafana'],
};

/** Each is a request. */
const mostPrefixes = 8;

/**
 * Looks for the backend below the likely paths of its host, and for other kinds of backend where it should be. All at once;
 * the first of them in this order is the answer. Never rejects.
 */
export async function lookAround(look: LookAround): Promise<FoundInstead | undefined> {
	const { endpoint } = look;
	const base = parseBase(endpoint);
	if (base === undefined) return undefined;
	const elsewhere = prefixesFor(endpoint.backend, base.prefix).map(prefix => at(endpoint, prefix));
	const others = backendNames.filter(name => name !== endpoint.backend).map(backend => ({ ...endpoint, backend }));
	const found = await Promise.all([...elsewhere, ...others].map(candidate => meet(candidate, look)));
	return found.find(each => each !== undefined);
}

/** The ancestors of the given path, each by itself and with what is usual behind it: a URL may be pasted from a browser. */
export function prefixesFor(backend: BackendName, given: string): readonly string[] {
	const parts = given.split('/').filter(part => part !== '');
	const ancestors = parts.map((_, length) =>
		parts
			.slice(0, length)
			.map(part => `/${part}`)
			.join(''),
	);
	const likely = [given, ...ancestors.toReversed()].flatMap(prefix => [
		prefix,
		...usualPrefixes[backend].map(usual => `${prefix}${usual}`),
	]);
	return [...new Set(likely)].filter(prefix => prefix !== given).slice(0, mostPrefixes);
}

/** The endpoint below another path of its host; its user info and parameters stay. */
function at(endpoint: Endpoint, prefix: string): Endpoint {
	const url = new URL(endpoint.url);
	url.pathname = prefix === '' ? '/' : prefix;
	return { ...endpoint, url: url.href };
}

async function meet(
	candidate: Endpoint,
	{ endpoint, open, now, asking }: LookAround,
): Promise<FoundInstead | undefined> {
	const base = parseBase(candidate);
	const isElsewhere = candidate.backend === endpoint.backend;
	const found = (product: Product): FoundInstead => ({
		backend: candidate.backend,
		product,
		url: `${base?.origin ?? ''}${base?.prefix ?? ''}`,
		isElsewhere,
	});
	try {
		return found((await greet(open(candidate), candidate.backend, { now, asking })).product);
	} catch (error) {
		return isElsewhere && wantsTenant(failureOf(error)) ? found(tenanted) : undefined;
	}
}

/** Mimir, Cortex and their like tell nobody who they are who names no tenant; but nobody else says this. */
const wantsTenant = ({ words }: Failure): boolean => words !== undefined && /\bno org id\b/.test(words);

const tenanted: Product = { name: 'A server that wants a tenant' };

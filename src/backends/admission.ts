import { type Failure, FailureError } from '../model/failure.ts';
import { isUnknownToken } from './answer-failure.ts';
import { type Base, type Endpoint, type Headers, parseBase, whoOf } from './endpoint.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { sentSecrets } from './sent-secrets.ts';
import { badUrlFailure, secretFailure } from './transport-failure.ts';
import { type Wire, wireOf } from './wire.ts';

/** The request as it goes to the backend before anything lets it in. Throws where the base URL is none. */
export function addressed(endpoint: Endpoint, request: HttpRequest, headers: Headers = {}): Wire {
	return wireOf(baseOf(endpoint), request, headers);
}

function baseOf(endpoint: Endpoint): Base {
	const base = parseBase(endpoint);
	if (base === undefined) throw new FailureError(badUrlFailure(endpoint));
	return base;
}

/** A request with what lets it in, for one try. */
export type Admitted = {
	readonly wire: Wire;
	/** What of it must not be shown where an answer repeats it. */
	readonly secrets: readonly string[];
	/** There is nothing in it that could let it in: no credentials, no header of a gateway, no certificate. */
	readonly isBare: boolean;
	/** What the endpoint gave for it. */
	readonly headers: Headers;
};

/** Rejects with a `FailureError` when there are no credentials, and with the signal's reason when that is sooner. */
export async function admitted(endpoint: Endpoint, request: HttpRequest, signal: AbortSignal): Promise<Admitted> {
	const { method, origin, path, body } = addressed(endpoint, request);
	const message = { method, url: `${origin}${path}`, ...(body === undefined ? {} : { body }) };
	const headers = await unlessAborted(headersOf(endpoint, message), signal);
	checkHeaders(endpoint, headers);
	const sent = sentSecrets(baseOf(endpoint), headers);
	const isBare = sent.length === 0 && endpoint.way?.tls?.cert === undefined;
	const secrets = [...sent, ...(await secretsOnTheWay(endpoint))];
	return { wire: addressed(endpoint, request, headers), headers, secrets, isBare };
}

async function headersOf(endpoint: Endpoint, message: Parameters<Endpoint['authorize']>[0]): Promise<Headers> {
	try {
		return await endpoint.authorize(message);
	} catch (error) {
		throw error instanceof FailureError ? error : new FailureError(secretFailure(endpoint));
	}
}

/** Proxies repeat what they were sent as servers do; loaded where a connection says anything of its way. */
async function secretsOnTheWay(endpoint: Endpoint): Promise<readonly string[]> {
	if (endpoint.way === undefined) return [];
	const { proxySecrets } = await import('./ways/proxy-secrets.ts');
	return proxySecrets(endpoint);
}

/** Said before they are sent, so that the header is named, and by the name alone. */
function checkHeaders(endpoint: Endpoint, headers: Headers): void {
	for (const [name, value] of Object.entries(headers)) {
		if (!token.test(name)) throw new FailureError(headerFailure(endpoint, 'has a name that HTTP does not allow'));
		if (reserved.has(name.toLowerCase())) {
			throw new FailureError(headerFailure(endpoint, 'is left to the connection', name));
		}
		if (!fieldValue.test(value)) {
			throw new FailureError(headerFailure(endpoint, 'holds characters that HTTP does not allow', name));
		}
	}
}

/** `about` says what is wrong with the header; its name is told where it is one. */
const headerFailure = (endpoint: Endpoint, about: string, name?: string): Failure => ({
	kind: 'secret',
	backend: endpoint.backend,
	what: `${name === undefined ? 'A header' : `The header ${name}`} for ${whoOf(endpoint)} ${about}.`,
	next: `Check the credentials and the headers in ${endpoint.origin}.`,
});

/** RFC 9110 §5.6.2. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110 §5.5, its obsolete bytes included: Latin-1. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
/** How a message is framed, and for whom. */
const reserved = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade']);

/** A command or a token server that is asked for others too is not stopped: only no longer waited for. */
async function unlessAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
	let stop = () => {};
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(signal.reason);
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	return Promise.race([value, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

/** True when an answer refuses the credentials and there are new ones to be had. Whoever gets it asks once more. */
export function isRenewed(endpoint: Endpoint, { status: given, body }: HttpResponse, headers: Headers): boolean {
	const status = given === 400 && isUnknownToken(body) ? 401 : given;
	return (status === 401 || status === 403) && (endpoint.renew?.({ status, body, headers }) ?? false);
}

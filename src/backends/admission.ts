import { FailureError } from '../model/failure.ts';
import { type Endpoint, type Headers, parseBase } from './endpoint.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { badUrlFailure, secretFailure } from './transport-failure.ts';
import { type Wire, wireOf } from './wire.ts';

/** The request as it goes to the backend before anything lets it in. Throws where the base URL is none. */
export function addressed(endpoint: Endpoint, request: HttpRequest, headers: Headers = {}): Wire {
	const base = parseBase(endpoint);
	if (base === undefined) throw new FailureError(badUrlFailure(endpoint));
	return wireOf(base, request, headers);
}

/** A request with what lets it in, for one try. */
export type Admitted = {
	readonly wire: Wire;
	/** What the endpoint gave for it. */
	readonly headers: Headers;
};

/** Rejects with a `FailureError` when there are no credentials, and with the signal's reason when that is sooner. */
export async function admitted(endpoint: Endpoint, request: HttpRequest, signal: AbortSignal): Promise<Admitted> {
	const { method, origin, path, body } = addressed(endpoint, request);
	const message = { method, url: `${origin}${path}`, ...(body === undefined ? {} : { body }) };
	const headers = await unlessAborted(headersOf(endpoint, message), signal);
	return { wire: addressed(endpoint, request, headers), headers };
}

async function headersOf(endpoint: Endpoint, message: Parameters<Endpoint['authorize']>[0]): Promise<Headers> {
	try {
		return await endpoint.authorize(message);
	} catch (error) {
		throw error instanceof FailureError ? error : new FailureError(secretFailure(endpoint));
	}
}

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
export const isRenewed = (endpoint: Endpoint, { status, body }: HttpResponse, headers: Headers): boolean =>
	(status === 401 || status === 403) && (endpoint.renew?.({ status, body, headers }) ?? false);

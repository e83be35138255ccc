import type { Dispatcher } from 'undici';
import type { Milliseconds } from '../model/time.ts';
import { readBody } from './body.ts';
import type { HttpResponse } from './message.ts';
import { parseRetryAfter } from './retry.ts';
import { dispatch } from './undici.ts';
import type { Wire } from './wire.ts';

/** What came of one try: a whole answer, or what broke; then `status` tells whether the head of an answer had come. */
export type Outcome =
	| { readonly response: HttpResponse; readonly bytes: number }
	| { readonly error: unknown; readonly status: number | undefined; readonly bytes: 0 };

export type Limits = {
	readonly signal: AbortSignal;
	readonly maxBodyBytes: number;
	readonly now: () => Milliseconds;
};

/** Puts one request and reads its whole answer. Never rejects. */
export async function attempt(dispatcher: Dispatcher, wire: Wire, limits: Limits): Promise<Outcome> {
	const { origin, path, method, headers, body } = wire;
	let status: number | undefined;
	try {
		const answer = await dispatch(dispatcher, {
			origin,
			path,
			method,
			headers,
			body: body ?? null,
			signal: limits.signal,
			// The caller's signal bounds the whole; these would only word the same time-out in other ways.
			headersTimeout: 0,
			bodyTimeout: 0,
		});
		status = answer.statusCode;
		const head = headOf(answer.headers);
		const { text, bytes } = await readBody(answer.body, head('content-encoding'), limits.maxBodyBytes);
		const response = { status, contentType: head('content-type'), body: text, ...hintsOf(head, limits.now) };
		return { response, bytes };
	} catch (error) {
		return { error, status, bytes: 0 };
	}
}

type Head = (name: string) => string;

const headOf =
	(headers: Dispatcher.ResponseData['headers']): Head =>
	name => {
		const value = headers[name];
		return (typeof value === 'string' ? value : value?.[0]) ?? '';
	};

function hintsOf(head: Head, now: () => Milliseconds): Pick<HttpResponse, 'location' | 'retryAfter' | 'date'> {
	const location = head('location');
	const wait = head('retry-after');
	const retryAfter = wait === '' ? undefined : parseRetryAfter(wait, now());
	// What a cache kept was dated when it was new (RFC 9111 §5.1).
	const date = head('age') === '' ? Date.parse(head('date')) : NaN;
	return {
		...(location === '' ? {} : { location }),
		...(retryAfter === undefined ? {} : { retryAfter }),
		...(Number.isNaN(date) ? {} : { date }),
	};
}

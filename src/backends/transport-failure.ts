import { type Failure, FailureError } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { TooLargeError, UnknownCodingError } from './body.ts';
import { type Endpoint, titleOf, whoOf } from './endpoint.ts';
import { codeOf, messageOf } from './error-code.ts';
import { LostOnTheWay } from './ways/blocked-way.ts';
import { settingsOf } from './ways/settings.ts';
import { HandshakeError, isTlsCode, tlsSentence } from './ways/tls-failure.ts';

/** What was under way when the transport broke. */
export type Circumstances = {
	readonly endpoint: Endpoint;
	/** The status, when the head of an answer had come. */
	readonly status?: number;
	/** How long there was no answer; absent where nobody looked. */
	readonly waited?: Milliseconds;
	readonly connectTimeout: Milliseconds;
	readonly maxBodyBytes: number;
};

type Sentence = Pick<Failure, 'kind' | 'what' | 'next' | 'words' | 'isUntrusted'>;

/** Why no whole answer came, from the error codes of Node's sockets, DNS, TLS and zlib, and of undici. */
export function transportFailure(error: unknown, circumstances: Circumstances): Failure {
	const known = error instanceof Error && error.cause instanceof FailureError ? error.cause : error;
	if (known instanceof FailureError) return known.failure;
	const { endpoint, status } = circumstances;
	const sentence =
		bodySentence(error, circumstances) ??
		connectionSentence(codeOf(error), circumstances) ??
		tlsFailure(error, endpoint) ??
		unknownSentence(error, endpoint);
	return { ...sentence, backend: endpoint.backend, ...(status === undefined ? {} : { status }) };
}

/** True when the connection broke before the head of an answer: the server has not answered, so a read may be repeated. */
export const isReset = (error: unknown): boolean => resets.has(codeOf(error));

/**
 * True when a connection that broke after so long was given up rather than lost: servers close it when their write timeout
 * ends before the query does (Loki's is 30 s, its queries may take a minute). To ask again would take as long again.
 */
export const isGivenUp = (waited: Milliseconds): boolean => waited >= 10_000;

/** False when there was no connection over which a request could have arrived, or no credentials to send it with. */
export const mayHaveArrived = (error: unknown): boolean => {
	if (error instanceof FailureError) return error instanceof LostOnTheWay;
	const code = codeOf(error);
	return !unsent.has(code) && !unreachable.has(code) && !code.startsWith('EAI_') && !isTlsCode(code);
};

/** The question took longer than it may. */
export const totalTimeoutFailure = (endpoint: Endpoint, after: Milliseconds): Failure => ({
	kind: 'timeout',
	backend: endpoint.backend,
	what: `${whoOf(endpoint)} did not answer within ${seconds(after)}.`,
	next: 'Narrow the window or the query, or allow more with --timeout, then press R.',
});

export const cancelledFailure = ({ backend }: Endpoint): Failure => ({
	kind: 'cancelled',
	backend,
	what: `The question to ${titleOf(backend)} was cancelled.`,
	next: 'Press R to ask again.',
});

/** A token's environment variable, file or command gave nothing. The cause is not told: it may hold the secret. */
export const secretFailure = (endpoint: Endpoint): Failure => ({
	kind: 'secret',
	backend: endpoint.backend,
	what: `The credentials for ${whoOf(endpoint)} could not be read.`,
	next: `Check the credentials in ${endpoint.origin}.`,
});

/** They are read while the question waits: a command, or the server of tokens, takes longer than it may. */
export const lateSecretFailure = ({
	endpoint,
	totalTimeout,
}: {
	readonly endpoint: Endpoint;
	readonly totalTimeout: Milliseconds;
}): Failure => ({
	kind: 'secret',
	backend: endpoint.backend,
	what: `The credentials for ${whoOf(endpoint)} were not there within ${seconds(totalTimeout)}.`,
	next: `Check where they come from in ${endpoint.origin}, or allow more with --timeout, then press R.`,
});

export const badUrlFailure = ({ backend, origin }: Endpoint): Failure => ({
	kind: 'not-configured',
	backend,
	what: `The URL of ${titleOf(backend)} is not an http or https URL.`,
	next: `Mend it in ${origin}.`,
});

const resets = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);
const unreachable = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL']);
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_INVALID_ARG']);
const timeouts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

function bodySentence(error: unknown, { endpoint, maxBodyBytes }: Circumstances): Sentence | undefined {
	const who = whoOf(endpoint);
	if (error instanceof TooLargeError) {
		return {
			kind: 'too-large',
			what: `${who} answered more than ${size(maxBodyBytes)}.`,
			next: 'Narrow the window or the query, then press R.',
		};
	}
	if (error instanceof UnknownCodingError) {
		return {
			kind: 'not-json',
			what: `${who} answered in a compression that was not asked for.`,
			words: error.message,
			next: `Check the proxy on the way to ${endpoint.origin}.`,
		};
	}
	const code = codeOf(error);
	if (!/^(?:Z_|ERR_(?:_|BROTLI_))/.test(code)) return undefined;
	return {
		kind: 'not-json',
		what: `${who} sent a compressed answer that ${code === 'Z_BUF_ERROR' ? 'breaks off' : 'is damaged'}.`,
		next: `Press R to ask again; if it stays, check the proxy on the way to ${endpoint.origin}.`,
	};
}

function connectionSentence(
	code: string,
	{ endpoint, status, connectTimeout, waited = 0 }: Circumstances,
): Sentence | undefined {
	const who = whoOf(endpoint);
	const { origin } = endpoint;
	if (code === 'ENOTFOUND' || code.startsWith('EAI_')) {
		const what =
			code === 'ENOTFOUND' ? 'has a host name that is not known' : 'has a host name that cannot be looked up';
		return { kind: 'dns', what: `${who} ${what} here.`, next: `Check the URL in ${origin}, the network and the VPN.` };
	}
	if (code === 'ECONNREFUSED') {
		const next = `Check that ${titleOf(endpoint.backend)} runs, and the port of the URL in ${origin}.`;
		return { kind: 'refused', what: `${who} refused the connection.`, next };
	}
	if (unreachable.has(code)) {
		const next = `Check the network and the VPN, and the URL in ${origin}.`;
		return { kind: 'refused', what: `${who} cannot be reached from here.`, next };
	}
	if (timeouts.has(code)) {
		const what = `${who} did not take the connection within ${seconds(connectTimeout)}.`;
		return { kind: 'timeout', what, next: `Check the network and the VPN, and the URL in ${origin}.` };
	}
	if (!resets.has(code)) return undefined;
	if (status === undefined && isGivenUp(waited)) {
		return {
			kind: 'timeout',
			what: `${who} closed the connection after ${Math.round(waited / 1000)} s without an answer; it or a proxy allows no longer.`,
			next: 'Narrow the window or the query, then press R.',
		};
	}
	return status === undefined
		? {
				kind: 'refused',
				what: `${who} closed the connection before it answered.`,
				next: `Press R to ask again; if it stays, check whether ${suspected(endpoint)}.`,
			}
		: {
				kind: 'refused',
				what: `${who} closed the connection in the middle of its answer.`,
				next: 'Press R to ask again; if it stays, narrow the window.',
			};
}

/** What servers close a connection for without a word: not all of them say what they want of a certificate. */
function suspected(endpoint: Endpoint): string {
	if (!endpoint.url.startsWith('https:')) return `the URL in ${endpoint.origin} is http or https`;
	const setting = `tls.cert of ${settingsOf(endpoint)}`;
	return endpoint.way?.tls?.cert === undefined
		? `it wants a client certificate, which is ${setting}`
		: `it takes our client certificate, which is ${setting}`;
}

function tlsFailure(error: unknown, endpoint: Endpoint): Sentence | undefined {
	const code = codeOf(error);
	if (!isTlsCode(code)) return undefined;
	return tlsSentence({
		who: whoOf(endpoint),
		origin: endpoint.origin,
		settings: settingsOf(endpoint),
		code,
		words: messageOf(error),
		certificate: error instanceof HandshakeError ? error.certificate : undefined,
	});
}

function unknownSentence(error: unknown, endpoint: Endpoint): Sentence {
	const code = codeOf(error);
	if (code === 'UND_ERR_INVALID_ARG') {
		return {
			kind: 'secret',
			what: `A header for ${whoOf(endpoint)} holds characters that HTTP does not allow.`,
			next: `Check the credentials and the headers in ${endpoint.origin}.`,
		};
	}
	if (error instanceof Error && error.name === 'HTTPParserError') {
		return {
			kind: 'not-json',
			what: `${whoOf(endpoint)} answered something that is not HTTP.`,
			next: `Check the port of the URL in ${endpoint.origin}, and whether it is http or https.`,
		};
	}
	return {
		kind: 'internal',
		what: `smokejumper could not put its question to ${whoOf(endpoint)}.`,
		words: messageOf(error),
		next: 'Press R to ask again; please report it.',
	};
}

const seconds = (length: Milliseconds): string => `${length / 1000} s`;

const megabyte = 2 ** 20;
const size = (bytes: number): string => (bytes >= megabyte ? `${Math.round(bytes / megabyte)} MB` : `${bytes} bytes`);

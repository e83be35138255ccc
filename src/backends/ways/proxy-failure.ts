import type { Failure, FailureError } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import { type Endpoint, whoOf } from '../endpoint.ts';
import { codeOf, messageOf } from '../error-code.ts';
import { authorityOf } from './authority.ts';
import { blockedWay } from './blocked-way.ts';
import type { ProxyServer } from './proxy.ts';
import { settingsOf } from './settings.ts';
import { HandshakeError, isTlsCode, tlsSentence } from './tls-failure.ts';

/** `The proxy at proxy.example:3128`: without the user and password of its URL. */
export const nameOfProxy = (proxy: ProxyServer): string => `The proxy at ${authorityOf(proxy)}`;

/** Where it is named, and how to do without it. */
const placeOf = (endpoint: Endpoint, { variable }: Pick<ProxyServer, 'variable'>): string =>
	variable ?? `proxy of ${settingsOf(endpoint)}`;

/** What is named as a proxy is none. */
export const badProxy = (endpoint: Endpoint, proxy: Pick<ProxyServer, 'variable'>): FailureError =>
	blockedWay(endpoint, 'not-configured', {
		what: `The proxy on the way to ${whoOf(endpoint)} is not a URL of http, https, socks5 or socks5h.`,
		next: `Mend ${placeOf(endpoint, proxy)}.`,
	});

/** The proxy cannot be reached, or says nothing that can be understood. */
export function brokenProxy(
	endpoint: Endpoint,
	proxy: ProxyServer,
	error: unknown,
	timeout: Milliseconds,
): FailureError {
	const place = placeOf(endpoint, proxy);
	const check = `Check ${place}, and the network.`;
	const say = (kind: Failure['kind'], what: string, next = check) =>
		blockedWay(endpoint, kind, { what: `${nameOfProxy(proxy)}, on the way to ${whoOf(endpoint)}, ${what}.`, next });
	const code = codeOf(error);
	if (isTlsCode(code)) return brokenHandshake(endpoint, proxy, error);
	if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return say('dns', 'has a host name that is not known here');
	if (code === 'ECONNREFUSED') return say('refused', 'refused the connection');
	if (isLate(error)) return say('timeout', `did not answer within ${timeout / 1000} s`);
	if (error instanceof Error && error.name === 'HTTPParserError') {
		return say('refused', 'does not speak HTTP', `Check the port and the scheme of ${place}.`);
	}
	return say('refused', 'closed the connection');
}

const isLate = (error: unknown): boolean =>
	codeOf(error) === 'UND_ERR_CONNECT_TIMEOUT' ||
	codeOf(error) === 'ETIMEDOUT' ||
	(error instanceof Error && /^(?:TimeoutError|AbortError)$/.test(error.name));

function brokenHandshake(endpoint: Endpoint, proxy: ProxyServer, error: unknown): FailureError {
	const place = placeOf(endpoint, proxy);
	const {
		kind,
		isUntrusted: _,
		...said
	} = tlsSentence({
		who: nameOfProxy(proxy),
		origin: place,
		settings: 'the proxy',
		code: codeOf(error),
		words: messageOf(error),
		certificate: error instanceof HandshakeError ? error.certificate : undefined,
	});
	return blockedWay(endpoint, kind, { ...said, next: `Check ${place}; its authority may be named by SSL_CERT_FILE.` });
}

export type ProxyAnswer = {
	readonly status: number;
	readonly isPage: boolean;
	/** Its `Proxy-Authenticate`, of which there may be several. */
	readonly challenge: string | readonly string[] | undefined;
};

/** The scheme of a login that is not Basic, such as Negotiate, when it is the only one. */
function otherScheme(challenge: ProxyAnswer['challenge']): string | undefined {
	const schemes = [challenge ?? []].flat().flatMap(each => /^\s*([A-Za-z-]+)/.exec(each)?.[1] ?? []);
	return schemes.some(scheme => scheme.toLowerCase() === 'basic') ? undefined : schemes[0];
}

/** The proxy answered, and does not connect us. */
export function refusedByProxy(endpoint: Endpoint, proxy: ProxyServer, answer: ProxyAnswer): FailureError {
	const place = placeOf(endpoint, proxy);
	const say = (kind: Failure['kind'], what: string, next: string) =>
		blockedWay(endpoint, kind, { what: `${nameOfProxy(proxy)} ${what} (${answer.status}).`, next });
	const { status, isPage } = answer;
	const scheme = otherScheme(answer.challenge);
	if (status === 407 && scheme !== undefined) {
		const next = 'Only Basic is known here: ask those who run it for that, or run a proxy that logs in for you.';
		return say('unauthorized', `wants a login by ${scheme}`, next);
	}
	if (status === 407) return say('unauthorized', loginWords(proxy), loginNext(proxy, place));
	if (status === 403) {
		return say(
			'forbidden',
			`does not allow connections to ${whoOf(endpoint)}`,
			'Ask those who run it, or go another way.',
		);
	}
	if (status >= 500) {
		return say(
			'server',
			`cannot reach ${whoOf(endpoint)}`,
			`Check the URL in ${endpoint.origin}, as the proxy sees it.`,
		);
	}
	const what = `answered ${isPage ? 'a web page ' : ''}instead of connecting us to ${whoOf(endpoint)}`;
	return say('refused', what, `Check that ${place} names a proxy.`);
}

const loginWords = ({ login }: ProxyServer): string =>
	login === undefined ? 'wants a user and a password' : 'does not accept the user and password that it was given';

const loginNext = ({ scheme }: ProxyServer, place: string): string =>
	`Write them into ${place} as ${scheme === 'socks' ? 'socks5' : scheme}://user:password@host:port.`;

/** The reply codes of RFC 1928 §6, under undici's names. */
const replies: Readonly<Record<string, string>> = {
	UND_ERR_SOCKS5_REPLY_1: 'failed',
	UND_ERR_SOCKS5_REPLY_2: 'does not allow this connection',
	UND_ERR_SOCKS5_REPLY_3: 'cannot reach its network',
	UND_ERR_SOCKS5_REPLY_4: 'cannot reach its host',
	UND_ERR_SOCKS5_REPLY_5: 'found that it refused the connection',
	UND_ERR_SOCKS5_REPLY_6: 'found it too far away',
};

/** A SOCKS5 proxy does not connect us. */
export function refusedBySocks(
	endpoint: Endpoint,
	proxy: ProxyServer,
	error: unknown,
	timeout: Milliseconds,
): FailureError {
	const place = placeOf(endpoint, proxy);
	const code = codeOf(error);
	const who = nameOfProxy(proxy);
	if (code === 'UND_ERR_SOCKS5_AUTH_REJECTED' || code === 'UND_ERR_SOCKS5_AUTH_FAILED') {
		return blockedWay(endpoint, 'unauthorized', {
			what: `${who} ${loginWords(proxy)}.`,
			next: loginNext(proxy, place),
		});
	}
	if (code.startsWith('UND_ERR_SOCKS5_REPLY_') && code !== 'UND_ERR_SOCKS5_REPLY_VERSION') {
		const why = replies[code] ?? 'does not know how to connect to it';
		return blockedWay(endpoint, 'refused', {
			what: `${who}, asked for ${whoOf(endpoint)}, ${why}.`,
			next: `Check the URL in ${endpoint.origin}, as the proxy sees it, and what the proxy allows.`,
		});
	}
	if (code.startsWith('UND_ERR_SOCKS5_')) {
		return blockedWay(endpoint, 'refused', {
			what: `${who} does not speak SOCKS5.`,
			next: `Check the port and the scheme of ${place}.`,
		});
	}
	return brokenProxy(endpoint, proxy, error, timeout);
}

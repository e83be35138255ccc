import type { Failure, FailureKind } from '../model/failure.ts';
import { type Endpoint, titleOf, whoOf } from './endpoint.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { isWebPage, wordsOf } from './server-words.ts';
import { settingsOf } from './ways/settings.ts';

/** What an answer's status means to the operator. */
type Verdict = { readonly kind: FailureKind; readonly what: string; readonly next: string };

/** The failure that an answer with a status outside 2xx is, with the server's own words. */
export function answerFailure(endpoint: Endpoint, request: HttpRequest, response: HttpResponse): Failure {
	const status = statusMeant(response);
	const { kind, what, next } = verdictOf(status, { endpoint, request, response });
	return {
		kind,
		backend: endpoint.backend,
		status,
		what: `${whoOf(endpoint)} ${what} (${status}).`,
		next,
		...wordsOf(response, request.query),
	};
}

/**
 * A 400 is not always about the question: Grafana's data-source proxy turns a 401 of the backend into one, lest a browser
 * take its own session for ended; vmauth has it for credentials that it does not know; both VictoriaMetrics and vmauth
 * have it for a path that they do not know.
 */
function statusMeant({ status, body }: HttpResponse): number {
	if (status !== 400) return status;
	if (isUnknownToken(body) || body.startsWith('Authentication to data source failed')) return 401;
	return /unsupported path requested|missing route for/.test(body) ? 404 : 400;
}

/** So vmauth says it. */
export const isUnknownToken = (body: string): boolean => /\bcannot find the provided auth token/.test(body);

type Answered = { readonly endpoint: Endpoint; readonly request: HttpRequest; readonly response: HttpResponse };

function verdictOf(status: number, answered: Answered): Verdict {
	if (status >= 500) {
		const verdict = serverVerdict(status, answered);
		const { change } = answered.request;
		return change === undefined ? verdict : { ...verdict, next: change.unclear };
	}
	if (status >= 300 && status < 400) return redirectVerdict(answered);
	return clientVerdict(status, answered);
}

function clientVerdict(status: number, { endpoint, request, response }: Answered): Verdict {
	const { origin, backend } = endpoint;
	const early = tenantVerdict(endpoint, response) ?? tlsVerdict(endpoint, response);
	if (early !== undefined) return early;
	switch (status) {
		case 401:
			return response.isBare === true && response.status === 401
				? { kind: 'unauthorized', what: 'wants credentials, and was sent none', next: lettingIn(endpoint) }
				: {
						kind: 'unauthorized',
						what: 'refused the credentials',
						next: `Check the credentials and the tenant in ${origin}.`,
					};
		case 403:
			if (isSkewed(response)) {
				return {
					kind: 'forbidden',
					what: 'finds that the clock here is more than 5 minutes from its own',
					next: 'Set the clock of this machine (by NTP), then press R.',
				};
			}
			return {
				kind: 'forbidden',
				what: 'does not allow this',
				next: `Check what the credentials in ${origin} may ${request.change === undefined ? 'read' : 'write'}, and the tenant.`,
			};
		case 404:
			return unknownVerdict(endpoint, request, response);
		case 408:
			return { kind: 'timeout', what: 'gave up waiting for the question', next: 'Press R to ask again.' };
		case 413:
			return {
				kind: 'too-large',
				what: 'finds the question or its answer too large',
				next: 'Narrow the window or the query.',
			};
		case 429:
			if (isFinal(response)) {
				return { kind: 'forbidden', what: 'answers no queries at all', next: 'Ask those who run it why.' };
			}
			return { kind: 'rate-limited', what: 'asks for fewer questions', next: `${waitFor(response)}, then press R.` };
		default:
			if (request.change !== undefined) {
				return { kind: 'bad-query', what: `did not accept the ${request.change.noun}`, next: 'Mend it and try again.' };
			}
			return request.query === undefined
				? {
						kind: 'bad-query',
						what: 'did not accept the question',
						next: `Check that the URL in ${origin} is that of ${titleOf(backend)}.`,
					}
				: queryVerdict(status, response);
	}
}

/** Where to say what lets one in, for who has said nothing yet. */
function lettingIn(endpoint: Endpoint): string {
	return endpoint.origin === 'this form'
		? 'Choose in the line Auth what lets you in.'
		: `Set auth of ${settingsOf(endpoint)}.`;
}

/** As AWS words it: a signature holds for five minutes, whose beginning the clock of the signer tells. */
const isSkewed = ({ body }: HttpResponse): boolean =>
	/Signature (?:expired|not yet current)|RequestTimeTooSkewed/.test(body);

/** Loki says 429 also where its operator has switched queries off: those are not asked again. */
export const isFinal = ({ status, body }: HttpResponse): boolean => status === 429 && /querying is disabled/.test(body);

/** Mimir and Cortex have an Alertmanager for every tenant, of which most have never been given a configuration. */
function unknownVerdict({ origin }: Endpoint, { path }: HttpRequest, { body }: HttpResponse): Verdict {
	return /\bAlertmanager is not configured\b/.test(body)
		? {
				kind: 'not-found',
				what: 'has no configuration for this tenant',
				next: `Give it one, or check the tenant in ${origin}.`,
			}
		: {
				kind: 'not-found',
				what: `does not know ${path}`,
				next: `Check the URL and its path prefix in ${origin}.`,
			};
}

/**
 * Multi-tenant servers (Mimir, Cortex, Loki, Tempo) say so when a question names no tenant, allowed or not, and when
 * it names several (`a|b`) and is one that can be answered for one only; Jaeger says so in words of its own. Mimir counts
 * series where its limits allow it.
 */
function tenantVerdict({ backend, origin }: Endpoint, { status, body }: HttpResponse): Verdict | undefined {
	if (status === 401 && /\b(?:no org id|missing tenant header)\b/.test(body)) {
		const header = backend === 'jaeger' ? 'x-tenant' : 'X-Scope-OrgID';
		return {
			kind: 'unauthorized',
			what: 'wants to know the tenant',
			next: /^(?:profile |this form$)/.test(origin)
				? `Set the tenant (sent as ${header}) in ${origin}.`
				: `Save a profile that names it: profile add, with --tenant (sent as ${header}).`,
		};
	}
	if (/\bmultiple org IDs present\b/.test(body)) {
		return { kind: 'forbidden', what: 'answers this for one tenant only', next: `Name one tenant in ${origin}.` };
	}
	return /\bcardinality analysis is disabled\b/.test(body)
		? {
				kind: 'forbidden',
				what: 'does not count the series of this tenant',
				next: 'Whoever runs it can allow that: cardinality_analysis_enabled among the limits of Mimir.',
			}
		: undefined;
}

/** What nginx and Go's servers say of TLS in an answer of HTTP, with a 400. */
function tlsVerdict(endpoint: Endpoint, { status, body }: HttpResponse): Verdict | undefined {
	if (status !== 400) return undefined;
	if (/plain HTTP request was sent to HTTPS port|sent an HTTP request to an HTTPS server/.test(body)) {
		return { kind: 'tls', what: 'speaks https at this port', next: `Write the URL in ${endpoint.origin} with https.` };
	}
	if (/No required SSL certificate was sent/.test(body)) {
		const next = `Set tls.cert and tls.key of ${settingsOf(endpoint)}.`;
		return { kind: 'tls', what: 'wants a client certificate', next };
	}
	return /The SSL certificate error/.test(body)
		? {
				kind: 'tls',
				what: 'does not accept our client certificate',
				next: `Check tls.cert of ${settingsOf(endpoint)}.`,
			}
		: undefined;
}

/**
 * A 422 says that the query could not be run: most often for what it reads, rarely for what it means. Prometheus speaks
 * of too many samples, Mimir has an ID for each of its limits, VictoriaMetrics names the flag. Loki says 400 for its own.
 */
function queryVerdict(status: number, { body }: HttpResponse): Verdict {
	const isLimit = status === 422 && /too many samples|err-mimir-max-|-search\.max[A-Z]|exceeded/.test(body);
	return isLimit || (status === 400 && lokiLimit.test(body))
		? { kind: 'too-large', what: 'allows no query as large as this', next: 'Narrow the window or the query.' }
		: { kind: 'bad-query', what: 'could not run the query', next: 'Mend the query and ask again.' };
}

/** `max_query_bytes_read`, `max_querier_bytes_read`, `max_query_length` and `max_query_series` of Loki (pkg/logqlmodel, limits). */
const lokiLimit =
	/^(?:the query would read too many bytes|query too large to execute|the query time range exceeds the limit|maximum (?:number )?of series \(\d+\) reached)/;

const waitFor = ({ retryAfter }: HttpResponse): string =>
	retryAfter === undefined ? 'Wait a moment' : `Wait ${Math.ceil(retryAfter / 1000)} s`;

function serverVerdict(status: number, { endpoint }: Answered): Verdict {
	const title = titleOf(endpoint.backend);
	switch (status) {
		case 502:
			return {
				kind: 'server',
				what: 'is behind a gateway that cannot reach it',
				next: `Press R to ask again; if it stays, check that ${title} runs.`,
			};
		case 503:
			return {
				kind: 'server',
				what: 'is not ready or overloaded',
				next: `Press R to ask again; if it stays, check that ${title} has started.`,
			};
		case 504:
			return {
				kind: 'server',
				what: 'did not answer its gateway in time',
				next: 'Narrow the window or the query, then press R.',
			};
		default:
			return {
				kind: 'server',
				what: 'failed',
				next: `Press R to ask again; if it stays, look into the logs of ${title}.`,
			};
	}
}

/** Redirects are not followed: they would carry the credentials elsewhere, and a login page is no answer. */
function redirectVerdict({ endpoint, response }: Answered): Verdict {
	return {
		kind: 'redirected',
		what: `redirects to ${placeOf(endpoint, response.location)}, most often a login page`,
		next: `Check the URL and the credentials in ${endpoint.origin}.`,
	};
}

/**
 * Scheme and host, and of a path on the same host its first word, lest it look as if it led back here: the rest of a login
 * URL can hold a token.
 */
function placeOf({ url }: Endpoint, location: string | undefined): string {
	if (location === undefined || !URL.canParse(location, url)) return 'an unnamed place';
	const { protocol, host, origin, pathname } = new URL(location, url);
	const [word = ''] = (origin === new URL(url).origin && /^\/[a-z]{1,16}(?=\/|$)/i.exec(pathname)) || [];
	return `${protocol}//${host}${word}`;
}

/** A 2xx answer whose body is not the JSON it should be. */
export function notJsonFailure(endpoint: Endpoint, response: HttpResponse): Failure {
	const { status, body } = response;
	const common = { kind: 'not-json', backend: endpoint.backend, status } as const;
	if (isWebPage(body)) {
		return {
			...common,
			what: `${whoOf(endpoint)} answered a web page instead of JSON, most often a login page (${status}).`,
			next: `Check the URL and the credentials in ${endpoint.origin}.`,
			...wordsOf(response),
		};
	}
	if (/^\s*[[{]/.test(body)) {
		return {
			...common,
			what: `${whoOf(endpoint)} answered JSON that breaks off or is damaged (${status}).`,
			next: `Narrow the window, then press R; if it stays, a proxy on the way to ${endpoint.origin} cuts long answers.`,
		};
	}
	return {
		...common,
		what: `${whoOf(endpoint)} answered something that is not JSON (${status}).`,
		next: `Check that the URL in ${endpoint.origin} is that of ${titleOf(endpoint.backend)}.`,
		...wordsOf(response),
	};
}

/** A 2xx answer with nothing in it, where the API has something to say. */
export function emptyFailure(endpoint: Endpoint, { status }: HttpResponse): Failure {
	return {
		kind: 'wrong-shape',
		backend: endpoint.backend,
		status,
		what: `${whoOf(endpoint)} answered nothing (${status}).`,
		next: `Press R to ask again; if it stays, check the URL in ${endpoint.origin} and the proxy on the way to it.`,
	};
}

/** A 2xx answer whose JSON is not what the API says; `where` is the first place that differs, `data.result[0].value`. */
export function wrongShapeFailure(endpoint: Endpoint, { status }: HttpResponse, where: string): Failure {
	const title = titleOf(endpoint.backend);
	return {
		kind: 'wrong-shape',
		backend: endpoint.backend,
		status,
		what: `${whoOf(endpoint)} answered JSON that is not what the API of ${title} says: ${where}.`,
		next: `Check that the URL in ${endpoint.origin} is that of ${title}.`,
	};
}

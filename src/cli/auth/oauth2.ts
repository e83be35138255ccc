import * as z from 'zod/mini';
import { redact } from '../../analysis/redact.ts';
import { createHttp, type Http, type HttpResponse } from '../../backends/http.ts';
import { type Failure, FailureError } from '../../model/failure.ts';
import { type Milliseconds, minute, second } from '../../model/time.ts';
import type { Auth } from '../profiles/profile.ts';
import type { AccessContext, Authorizer } from './access.ts';
import { type Fetched, keep } from './kept.ts';
import { type SecretReader, secretReader } from './secret.ts';

type OAuth2 = Extract<Auth, { type: 'oauth2' }>;

/** RFC 6749 §5.1. Some servers write the number as a text. */
const tokenSchema = z.object({
	access_token: z.string().check(z.minLength(1)),
	token_type: z.optional(z.string()),
	expires_in: z.optional(z.coerce.number()),
});

/** RFC 6749 §5.2. */
const refusalSchema = z.object({ error: z.string(), error_description: z.optional(z.string()) });

/** How long a token is used of which the server has not said how long it holds. */
const unknownLifetime: Milliseconds = 5 * minute;

/** In characters, of what a server says. */
const longestWords = 300;

/**
 * Client credentials of RFC 6749 §4.4: one token for all questions, asked for again shortly before it runs out or when a
 * backend refuses it. The token server is reached by the way of the connection, but for what leads to its host alone.
 */
export function createOAuth2(auth: OAuth2, context: AccessContext, where: string): Authorizer {
	const { now = Date.now } = context;
	const secret = secretReader(auth.clientSecret, context);
	const asker: Asker = { auth, secret, where, context, http: doorTo(auth, context) };
	const token = keep(() => fetchToken(asker, now), now);
	return {
		headers: async () => ({ Authorization: `Bearer ${await token.get()}` }),
		forget: () => [token.forget(), secret.forget()].some(Boolean),
	};
}

type Asker = {
	readonly auth: OAuth2;
	readonly secret: SecretReader;
	/** `profile prod-eu: loki.auth`. */
	readonly where: string;
	readonly context: AccessContext;
	readonly http: Http;
};

/** The path is left to the question: that of a token server may end with a slash. */
function doorTo({ tokenUrl }: OAuth2, { backend, origin, way, now = Date.now }: AccessContext): Http {
	const { origin: host, search } = new URL(tokenUrl);
	const { socket: _, tunnel: __, ...shared } = way ?? { env: {} };
	return createHttp(
		{
			backend,
			url: `${host}${search}`,
			origin,
			authorize: async () => ({}),
			...(way === undefined ? {} : { way: shared }),
		},
		{ now, totalTimeout: 10 * second, maxBodyBytes: 2 ** 20 },
	);
}

async function fetchToken(asker: Asker, now: () => Milliseconds): Promise<Fetched<string>> {
	const asked = now();
	const secret = await asker.secret.read(`${asker.where}.clientSecret`);
	const response = await send(asker, secret);
	const { status } = response;
	if (status < 200 || status >= 300) {
		// Whoever asks next may have a newer one.
		asker.secret.forget();
		throw new FailureError(refusedFailure(asker, response, secret));
	}
	const json = jsonOf(response.body);
	const { data, success } = z.safeParse(tokenSchema, json);
	if (!success) {
		throw new FailureError({
			kind: json === undefined ? 'not-json' : 'wrong-shape',
			...told(asker, 'answered something in which there is no access token', status),
			next: `Check tokenUrl in ${asker.where}.`,
		});
	}
	const { access_token: value, token_type: type = 'bearer', expires_in: lifetime } = data;
	if (type.toLowerCase() !== 'bearer') {
		throw new FailureError({
			kind: 'wrong-shape',
			...told(asker, `gave a token of a type other than bearer`, status),
			next: `Ask those who run it for bearer tokens, or check tokenUrl in ${asker.where}.`,
		});
	}
	return { value, until: asked + usedFor(lifetime) };
}

/** A token is given up before it runs out: a minute before, or earlier by a fifth where it is short-lived. */
function usedFor(lifetime: number | undefined): Milliseconds {
	if (lifetime === undefined || !(lifetime >= 0)) return unknownLifetime;
	const whole = lifetime * second;
	return whole - Math.min(minute, whole / 5);
}

/** The client tells who it is in the header or in the body (§2.3.1), there in percent-encoding each. */
async function send({ auth, http, where }: Asker, secret: string): Promise<HttpResponse> {
	const { clientId, clientIn = 'header', scopes = [], parameters = {} } = auth;
	const pair = `${formEncoded(clientId)}:${formEncoded(secret)}`;
	const request = {
		method: 'POST',
		path: new URL(auth.tokenUrl).pathname,
		parameters: [
			['grant_type', 'client_credentials'],
			...(scopes.length === 0 ? [] : [['scope', scopes.join(' ')] as const]),
			...Object.entries(parameters),
			...(clientIn === 'body' ? [['client_id', clientId] as const, ['client_secret', secret] as const] : []),
		],
		headers: clientIn === 'body' ? {} : { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
	} as const;
	// The evidence of it would be that of a question; those who wait for it have their own bounds.
	const asking = { signal: new AbortController().signal, record: () => {} };
	return http.send(request, asking).catch(error => {
		if (!(error instanceof FailureError)) throw error;
		const { kind, words } = error.failure;
		const what = `The token server ${hostOf(auth)} could not be asked: ${reasons[kind] ?? 'it gave no answer'}.`;
		const next = `Check tokenUrl in ${where}, the network and the VPN.`;
		throw new FailureError({ ...error.failure, what, next, ...(words === undefined ? {} : { words }) });
	});
}

const reasons: Partial<Readonly<Record<Failure['kind'], string>>> = {
	refused: 'it refused or closed the connection',
	dns: 'its host name is not known here',
	tls: 'no safe connection (TLS) could be agreed on',
	timeout: 'it did not answer in time',
	'too-large': 'its answer is too long',
	secret: 'the credentials hold characters that HTTP does not allow',
};

const formEncoded = (text: string): string => `${new URLSearchParams([['', text]])}`.slice(1);

const hostOf = ({ tokenUrl }: OAuth2): string => new URL(tokenUrl).host;

const told = (
	{ auth, context }: Asker,
	what: string,
	status: number,
): Pick<Failure, 'what' | 'status' | 'backend'> => ({
	backend: context.backend,
	status,
	what: `The token server ${hostOf(auth)} ${what} (${status}).`,
});

function refusedFailure(asker: Asker, { status, body }: HttpResponse, secret: string): Failure {
	const { data } = z.safeParse(refusalSchema, jsonOf(body));
	const words = data && [data.error, data.error_description].filter(Boolean).join(': ');
	return {
		kind: status >= 500 ? 'server' : status >= 300 && status < 400 ? 'redirected' : 'unauthorized',
		...told(asker, 'gave no token', status),
		next: afterRefusal(status, data?.error, asker.where),
		...(words ? { words: shortened(withoutSecret(words, secret)) } : {}),
	};
}

function afterRefusal(status: number, error: string | undefined, where: string): string {
	if (status >= 500) return 'Press R to ask again; if it stays, ask those who run it.';
	if (status < 400) return `Check tokenUrl in ${where}.`;
	return `Check ${error === 'invalid_scope' ? 'the scopes' : 'tokenUrl, clientId and clientSecret'} in ${where}.`;
}

/** Also as it was sent. */
const withoutSecret = (words: string, secret: string): string =>
	redact([secret, formEncoded(secret)].reduce((text, each) => text.replaceAll(each, '[hidden]'), words));

const shortened = (words: string): string =>
	words.length <= longestWords ? words : `${words.slice(0, longestWords - 1)}…`;

function jsonOf(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

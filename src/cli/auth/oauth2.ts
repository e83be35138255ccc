import * as z from 'zod/mini';
import { redact } from '../../analysis/redact.ts';
import { basicOf } from '../../backends/basic.ts';
import { type Endpoint, type Headers, titleOf, whoOf } from '../../backends/endpoint.ts';
import { createHttp, type Http, type HttpResponse } from '../../backends/http.ts';
import { withoutSecrets } from '../../backends/sent-secrets.ts';
import type { Way } from '../../backends/ways/way.ts';
import { type Failure, FailureError, type FailureKind } from '../../model/failure.ts';
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
	const asker: Asker = { auth, secret, where, http: doorTo(auth, context, clientOf(auth, secret, where)) };
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
	readonly http: Http;
};

/** The path is left to the question: that of a token server may end with a slash. */
function doorTo(
	{ tokenUrl }: OAuth2,
	{ backend, origin, way, now = Date.now }: AccessContext,
	client: Pick<Endpoint, 'authorize' | 'renew'>,
): Http {
	const { origin: host, search } = new URL(tokenUrl);
	return createHttp(
		{
			backend,
			title: `${titleOf(backend)}'s token server`,
			url: `${host}${search}`,
			origin,
			...client,
			...(way === undefined ? {} : { way: wayToServer(way) }),
		},
		{ now, totalTimeout: 10 * second, maxBodyBytes: 2 ** 20 },
	);
}

/** What holds for the host of the backend alone does not for that of the token server: whom it is believed to be least of all. */
function wayToServer({ socket: _, tunnel: __, tls, ...shared }: Way): Way {
	if (tls === undefined) return shared;
	const { serverName: ___, skipVerify: ____, ...files } = tls;
	return { ...shared, tls: files };
}

/** The client tells who it is in the header, in percent-encoding (§2.3.1), unless it does so in the body. */
const clientOf = ({ clientId, clientIn }: OAuth2, secret: SecretReader, where: string) => ({
	authorize: async (): Promise<Headers> =>
		clientIn === 'body'
			? {}
			: { authorization: basicOf(formEncoded(clientId), formEncoded(await secret.read(`${where}.clientSecret`))) },
	renew: () => clientIn !== 'body' && secret.forget(),
});

async function fetchToken(asker: Asker, now: () => Milliseconds): Promise<Fetched<string>> {
	const asked = now();
	const response = await send(asker);
	const { status } = response;
	if (status < 200 || status >= 300) {
		// Whoever asks next may have a newer one.
		asker.secret.forget();
		throw new FailureError(refusedFailure(asker, response));
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

async function send({ auth, http, where, secret }: Asker): Promise<HttpResponse> {
	const { clientId, clientIn, scopes = [], parameters = {} } = auth;
	const inBody = clientIn === 'body' ? await secret.read(`${where}.clientSecret`) : undefined;
	const request = {
		method: 'POST',
		path: new URL(auth.tokenUrl).pathname,
		parameters: [
			['grant_type', 'client_credentials'],
			...(scopes.length === 0 ? [] : [['scope', scopes.join(' ')] as const]),
			...Object.entries(parameters),
			...(inBody === undefined ? [] : [['client_id', clientId] as const, ['client_secret', inBody] as const]),
		],
	} as const;
	// The evidence of it would be that of a question; those who wait for it have their own bounds.
	const asking = { signal: new AbortController().signal, record: () => {} };
	const response = await http.send(request, asking).catch(error => {
		// What is wrong with a proxy, a certificate or the answer says itself what to do.
		const isUnreached = error instanceof FailureError && unreached.has(error.failure.kind);
		if (!isUnreached || !error.failure.what.startsWith(whoOf(http.endpoint))) throw error;
		const next = `Check tokenUrl in ${where}, the network and the VPN.`;
		throw new FailureError({ ...error.failure, next });
	});
	return inBody === undefined ? response : { ...response, secrets: [...(response.secrets ?? []), inBody] };
}

/** Their own sentences send the operator to the URL of the backend, or to the window of the question. */
const unreached: ReadonlySet<FailureKind> = new Set(['dns', 'refused', 'timeout', 'too-large']);

const formEncoded = (text: string): string => `${new URLSearchParams([['', text]])}`.slice(1);

const told = ({ http }: Asker, what: string, status: number): Pick<Failure, 'what' | 'status' | 'backend'> => ({
	backend: http.endpoint.backend,
	status,
	what: `${whoOf(http.endpoint)} ${what} (${status}).`,
});

function refusedFailure(asker: Asker, { status, body, secrets = [] }: HttpResponse): Failure {
	const { data } = z.safeParse(refusalSchema, jsonOf(body));
	const words = data && [data.error, data.error_description].filter(Boolean).join(': ');
	return {
		kind: status >= 500 ? 'server' : status >= 300 && status < 400 ? 'redirected' : 'unauthorized',
		...told(asker, 'gave no token', status),
		next: afterRefusal(status, data?.error, asker.where),
		...(words ? { words: shortened(redact(withoutSecrets(words, secrets))) } : {}),
	};
}

function afterRefusal(status: number, error: string | undefined, where: string): string {
	if (status >= 500) return 'Press R to ask again; if it stays, ask those who run it.';
	if (status < 400) return `Check tokenUrl in ${where}.`;
	return `Check ${error === 'invalid_scope' ? 'the scopes' : 'tokenUrl, clientId and clientSecret'} in ${where}.`;
}

const shortened = (words: string): string =>
	words.length <= longestWords ? words : `${words.slice(0, longestWords - 1)}…`;

function jsonOf(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

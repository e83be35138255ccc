import { basicOf } from '../../backends/basic.ts';
import type { Endpoint, Headers, Outgoing, Refusal } from '../../backends/endpoint.ts';
import type { Way } from '../../backends/ways/way.ts';
import { type BackendName, FailureError } from '../../model/failure.ts';
import { type Milliseconds, second } from '../../model/time.ts';
import type { Connections, Secret } from '../profiles/profile.ts';
import { type SecretReader, type Surroundings, secretReader } from './secret.ts';

/** How one endpoint lets its messages in. */
export type Access = Required<Pick<Endpoint, 'authorize' | 'renew'>>;

/** What one kind of authorization adds to a message. */
export type Authorizer = {
	headers(message: Outgoing): Promise<Headers>;
	/** Lets go of what it keeps, so that it is fetched anew; true when it kept anything. */
	forget(): boolean;
	/** Whether an answer of 403 says that what it keeps has run out. A 401 always does. */
	readonly isStale?: (refusal: Refusal) => boolean;
};

export type AccessContext = Surroundings & {
	readonly backend: BackendName;
	/** `profile prod-eu`. */
	readonly origin: string;
	/** That of the connection: tokens are asked for by the same one. */
	readonly way?: Way;
};

/** What of a connection lets its messages in; a token alone, as Grafana's may have it, is a bearer token. */
export type Admitting = Pick<Connections, 'auth' | 'tenant' | 'headers'> & { readonly token?: Secret | undefined };

/** Authorization, tenant and headers of a connection, and what to do when they are refused. */
export function accessOf({ headers = {}, tenant, auth, token }: Admitting, context: AccessContext): Access {
	const where = `${context.origin}: ${context.backend}`;
	const extra = Object.entries(headers).map(([name, secret]) => ({ name, secret: secretReader(secret, context) }));
	const authorizer = authorizerOf({ auth, token }, context, where);
	const kept = [...extra.map(({ secret }) => secret), ...(authorizer === undefined ? [] : [authorizer])];
	// Several questions may be refused with one token: the first to come back renews it, the others take the new one.
	let [generation, renewed] = [0, Number.NEGATIVE_INFINITY];
	const { now = Date.now } = context;
	const generations = new WeakMap<Headers, number>();
	return {
		async authorize(message) {
			const begun = generation;
			const read = extra.map(
				async ({ name, secret }) => [name, await secret.read(`${where}.headers.${name}`)] as const,
			);
			const all = {
				...Object.fromEntries(await Promise.all(read)),
				...(tenant === undefined ? {} : { [tenantHeader(context.backend)]: [tenant].flat().join('|') }),
				...(await authorizer?.headers(message)),
			};
			generations.set(all, begun);
			return all;
		},
		renew(refusal) {
			if (refusal.status !== 401 && !authorizer?.isStale?.(refusal)) return false;
			if (generations.get(refusal.headers) !== generation) return true;
			// What was new a moment ago and is refused too is not mended by asking again: accounts are locked by that.
			if (now() - renewed < renewalPause) return false;
			[generation, renewed] = [generation + 1, now()];
			return kept.map(each => each.forget()).some(Boolean);
		},
	};
}

const renewalPause: Milliseconds = 10 * second;

/** Jaeger's is its own (`multi-tenancy.header`); the others took over that of Cortex. Several are asked together. */
const tenantHeader = (backend: BackendName): string => (backend === 'jaeger' ? 'x-tenant' : 'X-Scope-OrgID');

function authorizerOf(
	{ auth, token }: Pick<Admitting, 'auth' | 'token'>,
	context: AccessContext,
	backend: string,
): Authorizer | undefined {
	if (auth === undefined)
		return token === undefined ? undefined : bearer(secretReader(token, context), `${backend}.token`);
	const where = `${backend}.auth`;
	switch (auth.type) {
		case 'bearer':
			return bearer(secretReader(auth.token, context), `${where}.token`);
		case 'basic':
			return basic(auth.user, secretReader(auth.password, context), where);
		case 'oauth2':
			return onceAsked(async () => (await import('./oauth2.ts')).createOAuth2(auth, context, where));
		case 'sigv4':
			return onceAsked(async () => (await import('./sigv4.ts')).createSigV4(auth, context, where));
	}
}

const bearer = (token: SecretReader, where: string): Authorizer => ({
	headers: async () => ({ Authorization: `Bearer ${await token.read(where)}` }),
	forget: () => token.forget(),
});

/** RFC 7617; its pair ends the user at the first colon. */
const basic = (user: string, password: SecretReader, where: string): Authorizer => ({
	async headers() {
		if (user.includes(':')) {
			const what = `The user of ${where} holds a colon, which basic authorization does not allow.`;
			throw new FailureError({ kind: 'secret', what, next: 'Mend it in the profile.' });
		}
		return { Authorization: basicOf(user, await password.read(`${where}.password`)) };
	},
	forget: () => password.forget(),
});

/** Loads what few profiles need when the first message is to be let in. */
function onceAsked(load: () => Promise<Authorizer>): Authorizer {
	let loading: Promise<Authorizer> | undefined;
	let loaded: Authorizer | undefined;
	return {
		async headers(message) {
			loading ??= load();
			loaded = await loading;
			return loaded.headers(message);
		},
		forget: () => loaded?.forget() ?? false,
		isStale: refusal => loaded?.isStale?.(refusal) ?? false,
	};
}

import { readPastedUrl } from '../../analysis/pasted-url.ts';
import { formatSecretWords, type SecretWords } from '../../analysis/secret-words.ts';
import { type BackendName, backendNames } from '../../model/failure.ts';
import type { Credentials, ListedProfile } from '../../model/profile-draft.ts';
import type { Auth, Connections, Profile, Profiles, Secret } from './profile.ts';

/** A connection of whichever backend, Grafana's token too. */
export type AnyConnection = Connections & { readonly token?: Secret | undefined };

/** The saved profiles as a list and a form may show them: without a secret. */
export const listedProfiles = ({ current, profiles }: Profiles): readonly ListedProfile[] =>
	Object.entries(profiles).map(([name, profile]) => listedProfile(name, profile, name === current));

export function listedProfile(name: string, profile: Profile, isCurrent = false): ListedProfile {
	const connections = connectionsOf(profile);
	const secure = connections.filter(([, { url }]) => [url].flat().some(each => each.startsWith('https:')));
	const authorities = new Set(secure.map(([, { tls }]) => tls?.ca ?? ''));
	const [ca = ''] = authorities;
	const { keepsSecret, ...credentials } = credentialsOf(connections.map(([, connection]) => connection));
	return {
		name,
		word: profile.label ?? name,
		isCurrent,
		reaches: connections.map(([backend, { url }]) => ({ backend, host: hostsOf(url) })),
		draft: {
			name,
			was: name,
			urls: Object.fromEntries(connections.map(([backend, { url }]) => [backend, shownUrls(url, backend)])),
			...credentials,
			...(authorities.size > 1 ? {} : { ca }),
			...(profile.colour === undefined ? {} : { colour: profile.colour }),
			readOnly: profile.readOnly ?? true,
		},
		...(keepsSecret === undefined ? {} : { keepsSecret }),
	};
}

export const connectionsOf = (profile: Profile): readonly (readonly [BackendName, AnyConnection])[] =>
	backendNames.flatMap(backend => {
		const connection = profile[backend];
		return connection === undefined ? [] : [[backend, connection] as const];
	});

const hostsOf = (url: Connections['url']): string =>
	[url]
		.flat()
		.map(each => (URL.canParse(each) ? new URL(each).host : ''))
		.join(', ');

/** URLs as a line shows them: user info and parameters may be secrets, and are left out. */
export const shownUrls = (url: Connections['url'], backend: BackendName): string =>
	[url]
		.flat()
		.map(each => {
			const read = readPastedUrl(each, backend);
			return read.ok ? read.url.replace(/\?.*$/, '') : '';
		})
		.join(', ');

type Shown = Credentials & { readonly keepsSecret?: true };

/** What lets in, where it is the same for all and a line can say it. */
function credentialsOf([first, ...rest]: readonly AnyConnection[]): Shown {
	const none: Shown = { auth: 'none', user: '', secret: '', tenant: '' };
	if (first === undefined) return none;
	const auth = authOf(first);
	const tenant = tenantText(first);
	if (rest.some(each => lettingIn(each) !== lettingIn(first))) return { ...none, auth: 'kept' };
	if (auth === undefined) return { ...none, tenant };
	if (auth.type !== 'bearer' && auth.type !== 'basic') return { ...none, auth: 'kept' };
	const secret = auth.type === 'bearer' ? auth.token : auth.password;
	const words = wordsOf(secret);
	return {
		auth: auth.type,
		user: auth.type === 'basic' ? auth.user : '',
		secret: words === undefined ? '' : formatSecretWords(words),
		tenant,
		...(words === undefined ? { keepsSecret: true } : {}),
	};
}

const lettingIn = (connection: AnyConnection): string =>
	JSON.stringify([authOf(connection) ?? null, tenantText(connection)]);

/** A token alone is a bearer token. */
export const authOf = ({ auth, token }: AnyConnection): Auth | undefined =>
	auth ?? (token === undefined ? undefined : { type: 'bearer', token });

/** Several tenants in one line, as they are sent. */
export const tenantText = ({ tenant = '' }: AnyConnection): string => [tenant].flat().join('|');

/** Where a secret is, where one line can say it; a secret itself is never said. */
export function wordsOf(secret: Secret): SecretWords | undefined {
	if (typeof secret === 'string') return undefined;
	if ('env' in secret) return { source: 'env', value: secret.env };
	if ('file' in secret) return { source: 'file', value: secret.file };
	if (!('command' in secret)) return undefined;
	const [program, flag, line, ...more] = secret.command;
	return program === 'sh' && flag === '-c' && line !== undefined && more.length === 0
		? { source: 'command', value: line }
		: undefined;
}

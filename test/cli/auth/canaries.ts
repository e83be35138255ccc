import type { Auth, Connection, Profile } from '../../../src/cli/profiles/profile.ts';

/** With every character that URLs, forms, JSON or HTML write otherwise. */
export const canary = (place: string): string => `CANARY/+"&'é<${place}`;

/** Finds a canary, also where it was written otherwise, and in Basic authorization as `mira` or the canary itself has it. */
export const anyCanary = /CANARY|bWlyYTpDQU5BUl|Q0FOQVJZ|NBTkFSW|DQU5BUl/;

const escaped = (place: string): string => encodeURIComponent(canary(place));

/** A URL with a canary wherever one may be. */
export const secretive = (url: string): string => {
	const { protocol, host, pathname } = new URL(url);
	return `${protocol}//${escaped('user')}:${escaped('pass')}@${host}${pathname}?key=${escaped('query')}`;
};

/** Every kind of authorization, with canaries. */
export const auths = (url: string): readonly Auth[] => [
	{ type: 'bearer', token: canary('token') },
	{ type: 'basic', user: 'mira', password: canary('password') },
	{
		type: 'oauth2',
		tokenUrl: secretive(`${url}/token`),
		clientId: 'on-call',
		clientSecret: canary('clientSecret'),
	},
	{
		type: 'oauth2',
		tokenUrl: secretive(`${url}/refusing-token`),
		clientId: 'on-call',
		clientSecret: canary('clientSecret'),
		clientIn: 'body',
	},
	{
		type: 'sigv4',
		region: 'eu-central-1',
		accessKeyId: canary('accessKeyId'),
		secretAccessKey: canary('secretAccessKey'),
		sessionToken: canary('sessionToken'),
	},
];

/** Profiles that together have a canary in every place of the schema that may hold a secret. */
export function canaryProfiles(url: string, more: Partial<Connection> = {}): readonly Profile[] {
	return auths(url).flatMap((auth): readonly Profile[] => {
		const connection = { url: secretive(url), auth, headers: { 'X-Key': canary('header') }, tenant: 'team-a', ...more };
		return [
			{
				prometheus: connection,
				alertmanager: { ...connection, url: [secretive(url), secretive(`${url}/second`)] },
				loki: connection,
				tempo: connection,
				jaeger: connection,
			},
			{ grafana: { ...connection, token: canary('token') } },
		];
	});
}

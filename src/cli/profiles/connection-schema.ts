import * as z from 'zod/mini';
import { lengthPattern, parseLength } from '../../analysis/time-words.ts';

/** An object has keys that are not known here when a newer version has written it: they are kept. */

export const text = z.string().check(z.minLength(1));

const about = <Schema extends z.ZodMiniType>(description: string, schema: Schema): Schema =>
	schema.check(z.describe(description));

/** A key that may be absent, with what an editor says of it; the descriptions go into the JSON Schema. */
export const field = <Schema extends z.ZodMiniType>(description: string, schema: Schema): z.ZodMiniOptional<Schema> =>
	about(description, z.optional(schema));

const url = about(
	'The base URL, its path prefix included; a user and password in it become basic authorization.',
	z.url({ protocol: /^https?$/ }),
);

/** As Prometheus writes it: `90s`, `15m`, `1h30m`. */
export const duration = z.string().check(
	z.regex(lengthPattern),
	z.refine(text => parseLength(text) !== undefined, 'must be a duration such as 15m'),
);

/** Through which host: what `ssh` takes, so what its configuration names too. */
export const tunnelSchema = z
	.looseObject({ ssh: about('A host as ssh takes it, or as ~/.ssh/config names it.', text) })
	.register(z.globalRegistry, { id: 'tunnel' });

/**
 * A secret is best named, not written: an environment variable, a file, a command that prints it, or an entry of the
 * keychain of the operating system.
 */
export const secretSchema = z
	.union([
		about('The secret itself. Better name where it is.', text),
		z.strictObject({ env: about('The environment variable that holds it.', text) }),
		z.strictObject({ file: about('The file that holds it.', text) }),
		z.strictObject({
			command: about(
				'The program that prints it, and its arguments; no shell is between.',
				z.array(z.string()).check(z.minLength(1)),
			),
			lifetime: field('How long what it printed is used, as 15m; five minutes when absent.', duration),
		}),
		z.strictObject({
			keychain: about(
				'An entry of the keychain of the operating system.',
				z.strictObject({ service: text, account: text }),
			),
		}),
	])
	.register(z.globalRegistry, {
		id: 'secret',
		description: 'A secret, or better where it is: env, file, command or keychain.',
	});

/** Client credentials of RFC 6749 §4.4; `clientIn` of §2.3.1. */
const oauth2Schema = z.looseObject({
	type: z.literal('oauth2'),
	tokenUrl: about('Where tokens are asked for.', z.url({ protocol: /^https?$/ })),
	clientId: text,
	clientSecret: secretSchema,
	scopes: field('What the token is asked for.', z.array(text)),
	parameters: field('Further parameters of the token request, such as audience.', z.record(z.string(), z.string())),
	clientIn: field('Where the client tells who it is: header when absent.', z.enum(['header', 'body'])),
});

/** AWS Signature Version 4, for Amazon Managed Service for Prometheus. */
const sigv4Schema = z.looseObject({
	type: z.literal('sigv4'),
	region: field('From the host of the URL when absent.', text),
	service: field('aps when absent.', text),
	profile: field(
		'A profile of the shared AWS files. Without it and the keys below: the AWS environment, then its default profile.',
		text,
	),
	accessKeyId: field('The ID of the key to sign with.', secretSchema),
	secretAccessKey: field('Its secret half.', secretSchema),
	sessionToken: field('The session of temporary keys.', secretSchema),
});

export const authSchema = z
	.discriminatedUnion('type', [
		z.looseObject({ type: z.literal('bearer'), token: secretSchema }),
		z.looseObject({ type: z.literal('basic'), user: z.string(), password: secretSchema }),
		oauth2Schema,
		sigv4Schema,
	])
	.register(z.globalRegistry, { id: 'auth', description: 'How to be let in. Sent to the host of the URL alone.' });

export const tlsSchema = z
	.looseObject({
		ca: field('A file of PEM: the authorities that are trusted in the place of the usual ones.', text),
		cert: field('A file of PEM: the certificate that is shown.', text),
		key: field('A file of PEM: the key of that certificate.', text),
		passphrase: field('What opens the key.', secretSchema),
		serverName: field('The name that the certificate is to bear, where it is not that of the URL.', text),
		skipVerify: field('Whoever answers is believed: marked in red wherever it is on.', z.boolean()),
	})
	.register(z.globalRegistry, { id: 'tls' });

/** How one backend is reached. */
export const connectionSchema = z
	.looseObject({
		url,
		auth: field('How to be let in.', authSchema),
		tenant: field(
			'Sent as X-Scope-OrgID, several joined by |, and as x-tenant to Jaeger.',
			z.union([text, z.array(text).check(z.minLength(1))]),
		),
		headers: field('Sent with every request.', z.record(z.string(), secretSchema)),
		tls: field('Certificates.', tlsSchema),
		proxy: field(
			'http://, https:// or socks5://, a user and password within; none where that of the environment is not meant.',
			z.union([z.literal('none'), z.url({ protocol: /^(https?|socks5h?)$/ })]),
		),
		socket: field('The path of a unix socket that is connected to in the place of the host of the URL.', text),
		tunnel: field('ssh -L to the host of the URL, in the place of that of the profile.', tunnelSchema),
	})
	.register(z.globalRegistry, { id: 'connection' });

/** Several of one kind, reached alike: Alertmanagers, whose alerts are merged. */
export const connectionsSchema = z
	.looseObject({
		...connectionSchema.shape,
		url: about(
			'One URL, or those of several Alertmanagers, whose alerts are merged.',
			z.union([url, z.array(url).check(z.minLength(1))]),
		),
	})
	.register(z.globalRegistry, { id: 'alertmanagers' });

/** Grafana as the door to the others: its service account's token, and which of several data sources are meant. */
export const grafanaSchema = z
	.looseObject({
		...connectionSchema.shape,
		token: field('Short for auth of type bearer.', secretSchema),
		dataSources: field(
			"Data sources by name or identifier; without one, Grafana's default of that kind.",
			z.looseObject({
				prometheus: z.optional(text),
				alertmanager: z.optional(text),
				loki: z.optional(text),
				tempo: z.optional(text),
				jaeger: z.optional(text),
			}),
		),
	})
	.register(z.globalRegistry, { id: 'grafana' });

/** The keys of a connection that this version knows, whichever backend it is of. */
export const connectionKeys: readonly string[] = Object.keys(grafanaSchema.shape);

export type Tls = z.infer<typeof tlsSchema>;
export type Secret = z.infer<typeof secretSchema>;
export type Auth = z.infer<typeof authSchema>;
export type Connection = z.infer<typeof connectionSchema>;
export type Connections = z.infer<typeof connectionsSchema>;

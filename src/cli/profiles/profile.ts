import * as z from 'zod/mini';
import { parseBytes } from '../../analysis/log-cost.ts';
import { redactField } from '../../analysis/redact.ts';
import { parseLength } from '../../analysis/time-words.ts';

const text = z.string().check(z.minLength(1));

const url = z.url({ protocol: /^https?$/ });
const proxyUrl = z.url({ protocol: /^(https?|socks5h?)$/ });

/** As Prometheus writes it: `90s`, `15m`, `1h30m`. */
const duration = z.string().check(z.refine(text => parseLength(text) !== undefined, 'must be a duration such as 15m'));

/** Through which host: what `ssh` takes, so what its configuration names too. */
const tunnelSchema = z.looseObject({ ssh: text });

/**
 * A secret is best named, not written: an environment variable, a file, a command that prints it, or an entry of the
 * keychain of the operating system.
 */
const secretSchema = z.union([
	text,
	z.strictObject({ env: text }),
	z.strictObject({ file: text }),
	z.strictObject({
		command: z.array(z.string()).check(z.minLength(1)),
		/** How long what it printed is used, as `15m`; five minutes when absent. */
		lifetime: z.optional(duration),
	}),
	z.strictObject({ keychain: z.strictObject({ service: text, account: text }) }),
]);

const authSchema = z.discriminatedUnion('type', [
	z.looseObject({ type: z.literal('bearer'), token: secretSchema }),
	z.looseObject({ type: z.literal('basic'), user: z.string(), password: secretSchema }),
	/** Client credentials of RFC 6749 §4.4. */
	z.looseObject({
		type: z.literal('oauth2'),
		tokenUrl: url,
		clientId: text,
		clientSecret: secretSchema,
		scopes: z.optional(z.array(text)),
		/** Further parameters of the token request, such as `audience`. */
		parameters: z.optional(z.record(z.string(), z.string())),
		/** Where the client tells who it is (RFC 6749 §2.3.1): `header` when absent. */
		clientIn: z.optional(z.enum(['header', 'body'])),
	}),
	/** AWS Signature Version 4, for Amazon Managed Service for Prometheus. */
	z.looseObject({
		type: z.literal('sigv4'),
		/** From the host of the URL when absent. */
		region: z.optional(text),
		/** `aps` when absent. */
		service: z.optional(text),
		/** A profile of the shared AWS files. Without it and the keys below: the AWS environment, then its default profile. */
		profile: z.optional(text),
		accessKeyId: z.optional(secretSchema),
		secretAccessKey: z.optional(secretSchema),
		sessionToken: z.optional(secretSchema),
	}),
]);

/** Files are paths, of PEM. */
const tlsSchema = z.looseObject({
	/** Trusted in the place of the usual authorities. */
	ca: z.optional(text),
	cert: z.optional(text),
	key: z.optional(text),
	passphrase: z.optional(secretSchema),
	/** The name that the certificate is to bear, where it is not that of the URL. */
	serverName: z.optional(text),
	/** Whoever answers is believed: marked in red wherever it is on. */
	skipVerify: z.optional(z.boolean()),
});

/** How one backend is reached. Keys that are not known here are kept: a newer version may have written them. */
const connectionSchema = z.looseObject({
	url,
	auth: z.optional(authSchema),
	/** Sent as `X-Scope-OrgID`, several joined by `|`, and as `x-tenant` to Jaeger. */
	tenant: z.optional(z.union([text, z.array(text).check(z.minLength(1))])),
	headers: z.optional(z.record(z.string(), secretSchema)),
	tls: z.optional(tlsSchema),
	/** `http://`, `https://` or `socks5://`, or `none` where the environment's is not meant. A user and password may be in it. */
	proxy: z.optional(z.union([z.literal('none'), proxyUrl])),
	/** The path of a unix socket that is connected to in the place of the host of the URL. */
	socket: z.optional(text),
	/** `ssh -L` to the host of the URL, begun and watched by the program. In place of the profile's. */
	tunnel: z.optional(tunnelSchema),
});

/** Several of one kind, reached alike: Alertmanagers, whose alerts are merged. */
const connectionsSchema = z.looseObject({
	...connectionSchema.shape,
	url: z.union([url, z.array(url).check(z.minLength(1))]),
});

/** Grafana as the door to the others: its service account's token, and which of several data sources are meant. */
const grafanaSchema = z.looseObject({
	...connectionSchema.shape,
	/** Short for `auth` of type `bearer`. */
	token: z.optional(secretSchema),
	/** By name or identifier; without it, Grafana's default. */
	dataSources: z.optional(
		z.looseObject({
			prometheus: z.optional(text),
			alertmanager: z.optional(text),
			loki: z.optional(text),
			tempo: z.optional(text),
			jaeger: z.optional(text),
		}),
	),
});

/** What the operator has said of this installation, where what is usual misleads. */
const conventionsSchema = z.looseObject({
	/** Whom alerts are about: `taken` is the service that their expression and labels name, empty for none. */
	alertedServices: z.optional(z.array(z.looseObject({ alert: text, taken: z.string(), service: text }))),
	/** In which streams of Loki the lines of services are, where that is not found: a selector or a LogQL log query. */
	logStreams: z.optional(z.array(z.looseObject({ service: text, selector: text }))),
});

/** How the logs are read. */
const logsSchema = z.looseObject({
	/** What a question may read without being asked for: `10GB`, which it is when absent. */
	readUnasked: z.optional(
		z.string().check(z.refine(text => parseBytes(text) !== undefined, 'must be a number of bytes such as 10GB')),
	),
});

/** Names of the colours that every terminal has. */
export const profileColours = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const;

const profileSchema = z.looseObject({
	/** What the header of the screen calls it; its name when absent. */
	label: z.optional(z.string()),
	/** The colour of that word. */
	colour: z.optional(z.enum(profileColours)),
	/** How far back a place looks when it is not told: `3h`; 1 h when absent. */
	since: z.optional(duration),
	/** For all connections that name none of their own. */
	tunnel: z.optional(tunnelSchema),
	/** Nothing may be written through it; so it is when absent. */
	readOnly: z.optional(z.boolean()),
	/** E-mail addresses are masked as secrets are; they stay when absent. */
	redactEmails: z.optional(z.boolean()),
	/** In whose name silences are made; the user's name when absent. */
	author: z.optional(text),
	prometheus: z.optional(connectionSchema),
	alertmanager: z.optional(connectionsSchema),
	loki: z.optional(connectionSchema),
	tempo: z.optional(connectionSchema),
	/** In the place of Tempo; with both, asked for the traces that Tempo does not have. */
	jaeger: z.optional(connectionSchema),
	grafana: z.optional(grafanaSchema),
	logs: z.optional(logsSchema),
	conventions: z.optional(conventionsSchema),
});

/** The whole file, as `conf` keeps it. */
export const profilesSchema = z.looseObject({
	/** The profile that is meant when none is named. */
	current: z.optional(z.string()),
	profiles: z._default(z.record(z.string(), profileSchema), {}),
});

export type ProfileColour = (typeof profileColours)[number];
export type Tls = z.infer<typeof tlsSchema>;
export type Secret = z.infer<typeof secretSchema>;
export type Auth = z.infer<typeof authSchema>;
export type Connection = z.infer<typeof connectionSchema>;
export type Connections = z.infer<typeof connectionsSchema>;
export type Profile = z.infer<typeof profileSchema>;
export type Profiles = z.infer<typeof profilesSchema>;

/**
 * The profile as JSON for showing: where a secret comes from is told, a literal one is not, wherever it stands: in
 * `auth`, a header, the user info or the query of a URL, or under a key that only a newer version knows.
 */
export const shownProfile = (profile: Profile): string => JSON.stringify(profile, withoutSecret, 2);

const hidden = 'hidden';
const secretKeys: readonly string[] = ['token', 'password'];

function withoutSecret(key: string, value: unknown): unknown {
	if (key === 'headers' && isRecord(value)) return Object.fromEntries(Object.entries(value).map(hiddenLiteral));
	if (typeof value !== 'string') return value;
	if (secretKeys.includes(key)) return hidden;
	return URL.canParse(value) ? withoutUrlSecrets(value) : redactField(key, value);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const hiddenLiteral = ([name, value]: readonly [string, unknown]): [string, unknown] => [
	name,
	typeof value === 'string' ? hidden : value,
];

/** User, password and the values of parameters: gateways take tokens in any of them. */
function withoutUrlSecrets(text: string): string {
	const url = new URL(text);
	if (url.username !== '') url.username = hidden;
	if (url.password !== '') url.password = hidden;
	for (const name of [...url.searchParams.keys()]) url.searchParams.set(name, hidden);
	return url.href;
}

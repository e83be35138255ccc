import * as z from 'zod/mini';
import { parseBytes } from '../analysis/log-cost.ts';
import { redactField } from '../analysis/redact.ts';

const text = z.string().check(z.minLength(1));

/** A secret is best named, not written: an environment variable, a file, or a command that prints it. */
const secretSchema = z.union([
	text,
	z.strictObject({ env: text }),
	z.strictObject({ file: text }),
	z.strictObject({ command: z.array(z.string()).check(z.minLength(1)) }),
]);

const authSchema = z.discriminatedUnion('type', [
	z.looseObject({ type: z.literal('bearer'), token: secretSchema }),
	z.looseObject({ type: z.literal('basic'), user: z.string(), password: secretSchema }),
]);

const url = z.url({ protocol: /^https?$/ });

/** How one backend is reached. Keys that are not known here are kept: a newer version may have written them. */
const connectionSchema = z.looseObject({
	url,
	auth: z.optional(authSchema),
	/** Sent as `X-Scope-OrgID`, and as `x-tenant` to Jaeger. */
	tenant: z.optional(text),
	headers: z.optional(z.record(z.string(), secretSchema)),
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

const profileSchema = z.looseObject({
	/** What the header of the screen calls it; its name when absent. */
	label: z.optional(z.string()),
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

import { z } from 'zod';
import { backendNames } from '../model/failure.ts';

/** A secret is named, not written: the name of an environment variable, a file, or a command that prints it. */
export const secretSchema = z.union([
	z.string().min(1),
	z.strictObject({ env: z.string().min(1) }),
	z.strictObject({ file: z.string().min(1) }),
	z.strictObject({ command: z.array(z.string()).min(1) }),
]);

export const authSchema = z.discriminatedUnion('type', [
	z.looseObject({ type: z.literal('bearer'), token: secretSchema }),
	z.looseObject({ type: z.literal('basic'), user: z.string(), password: secretSchema }),
]);

/** How one backend is reached. Keys that are not known here are kept: a newer version may have written them. */
export const connectionSchema = z.looseObject({
	url: z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }),
	auth: authSchema.optional(),
	/** Sent as `X-Scope-OrgID`. */
	tenant: z.string().min(1).optional(),
	headers: z.record(z.string(), secretSchema).optional(),
});

export const profileSchema = z.looseObject({
	label: z.string().optional(),
	readOnly: z.boolean().optional(),
	prometheus: connectionSchema.optional(),
	alertmanager: connectionSchema.optional(),
	loki: connectionSchema.optional(),
	tempo: connectionSchema.optional(),
});

/** The whole file, as `conf` keeps it. */
export const profilesSchema = z.looseObject({
	current: z.string().optional(),
	profiles: z.record(z.string(), profileSchema).default({}),
});

export type Secret = z.infer<typeof secretSchema>;
export type Auth = z.infer<typeof authSchema>;
export type Connection = z.infer<typeof connectionSchema>;
export type Profile = z.infer<typeof profileSchema>;
export type Profiles = z.infer<typeof profilesSchema>;

/** The embedded incident goes by this name; no saved profile can have it. */
export const demoProfile = 'demo';

/** The profile without its secrets, for showing: where a secret comes from is told, a literal one is not. */
export const withoutSecrets = (profile: Profile): Profile => {
	const shown = { ...profile };
	for (const name of backendNames) {
		const connection = profile[name];
		if (connection !== undefined) shown[name] = withoutConnectionSecrets(connection);
	}
	return shown;
};

function withoutConnectionSecrets({ url, auth, headers, ...rest }: Connection): Connection {
	const shownUrl = new URL(url);
	if (shownUrl.password !== '') shownUrl.password = 'hidden';
	return {
		...rest,
		url: shownUrl.href,
		...(auth === undefined ? {} : { auth: hiddenAuth(auth) }),
		...(headers === undefined
			? {}
			: { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hidden(value)])) }),
	};
}

const hidden = (secret: Secret): Secret => (typeof secret === 'string' ? 'hidden' : secret);

const hiddenAuth = (auth: Auth): Auth =>
	auth.type === 'bearer' ? { ...auth, token: hidden(auth.token) } : { ...auth, password: hidden(auth.password) };

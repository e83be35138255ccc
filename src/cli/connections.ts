import { withScheme } from '../analysis/pasted-url.ts';
import type { Endpoint } from '../backends/endpoint.ts';
import { type BackendName, backendNames } from '../model/failure.ts';
import { accessOf } from './auth/access.ts';
import type { Surroundings } from './auth/secret.ts';
import type { Connections } from './profiles/profile.ts';
import type { NamedProfile } from './profiles/read-profiles.ts';
import { UsageError } from './usage-error.ts';
import { wayOf } from './way.ts';

/** The backends that are configured; a missing one is told as such wherever it is asked. */
export type Endpoints = Partial<Readonly<Record<BackendName, Endpoint>>>;

export type ConnectionSources = {
	/** `--loki-url` and its like. */
	readonly flags: Partial<Readonly<Record<BackendName, string>>>;
	readonly env: NodeJS.ProcessEnv;
	readonly saved: NamedProfile | undefined;
};

/** `SMOKEJUMPER_LOKI_URL`. */
export const urlVariable = (backend: BackendName): string => `SMOKEJUMPER_${backend.toUpperCase()}_URL`;

/** What stands in the environment, but for the URLs in it. */
export const withoutUrls = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
	const urls: ReadonlySet<string> = new Set(backendNames.map(urlVariable));
	return Object.fromEntries(Object.entries(env).filter(([name]) => !urls.has(name)));
};

/** Every backend from its flag, else from the environment, else from the profile. */
export function endpointsOf({ flags, env, saved }: ConnectionSources): Endpoints {
	const endpoints: { -readonly [Name in keyof Endpoints]: Endpoints[Name] } = {};
	for (const backend of backendNames) {
		const flag = flags[backend];
		const variable = env[urlVariable(backend)];
		const connection = saved?.profile[backend];
		if (flag !== undefined) endpoints[backend] = bare(backend, flag, `--${backend}-url`, env);
		else if (variable) endpoints[backend] = bare(backend, variable, urlVariable(backend), env);
		else if (saved !== undefined && connection !== undefined) {
			endpoints[backend] = connected(backend, connection, saved, { env });
		}
	}
	return endpoints;
}

function bare(backend: BackendName, url: string, origin: string, env: NodeJS.ProcessEnv): Endpoint {
	const urls = addressesOf(urlsIn(backend, url, origin));
	return { backend, ...urls, origin, authorize: async () => ({}), way: { env } };
}

/**
 * The URLs in the text of an option or a variable: one, and of Alertmanager several with commas or blanks between them.
 * A comma within a URL has no other URL behind it.
 */
export const urlsIn = (backend: BackendName, text: string, origin: string): readonly string[] =>
	(backend === 'alertmanager' ? text.split(/[\s,]+(?=https?:\/\/)/) : [text]).map(url => checkedUrl(url, origin));

/** The first URL, and the others of the same backend. */
const addressesOf = (urls: string | readonly string[]): Pick<Endpoint, 'url' | 'replicas'> => {
	const [url = '', ...replicas] = typeof urls === 'string' ? [urls] : urls;
	return replicas.length === 0 ? { url } : { url, replicas };
};

/** `metrics.example:9090/prometheus`, `[::1]:9090`. What has neither scheme nor port may be a secret in the wrong place. */
const bareHost = /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\]):\d+(?:[/?].*)?$/i;

/** The URL when it is one of http or https, or a host with its port; a `UsageError` otherwise, without the URL: it may hold a password. */
export function checkedUrl(url: string, origin: string): string {
	const whole = bareHost.test(url) ? withScheme(url) : url;
	const parsed = URL.canParse(whole) ? new URL(whole) : undefined;
	if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return whole;
	throw new UsageError(
		`The value of ${origin} is not an http or https URL.`,
		'Write it as host:9090 or https://host/prefix.',
	);
}

function connected(
	backend: BackendName,
	connection: Connections,
	{ name, profile }: NamedProfile,
	surroundings: Surroundings,
): Endpoint {
	const origin = `profile ${name}`;
	const way = wayOf(connection, profile, surroundings, `${origin}: ${backend}`);
	return {
		backend,
		...addressesOf(connection.url),
		origin,
		way,
		...(connection.auth?.type === 'oauth2' ? { tokenUrl: connection.auth.tokenUrl } : {}),
		...accessOf(connection, { backend, origin, way, ...surroundings }),
	};
}

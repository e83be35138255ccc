import type { BackendName } from '../model/failure.ts';

/** Where a backend is, and how to be let in. Made from a profile, flags or the environment; never printed whole. */
export type Endpoint = {
	readonly backend: BackendName;
	/**
	 * Base URL with its prefix: `https://host/prometheus` keeps its path. A user and password in it become Basic
	 * authorization and are shown nowhere.
	 */
	readonly url: string;
	/** Base URLs of further Alertmanagers, asked with the same headers: peers of its cluster, or separate ones. */
	readonly replicas?: readonly string[];
	/** Where the operator would mend it: `profile prod-eu`, `--loki-url`. Used in failures. */
	readonly origin: string;
	/** Authorization, X-Scope-OrgID and extra headers, resolved when asked (a secret may come from env, file or command). */
	readonly headers: () => Promise<Readonly<Record<string, string>>>;
};

const titles: Readonly<Record<BackendName, string>> = {
	prometheus: 'Prometheus',
	alertmanager: 'Alertmanager',
	loki: 'Loki',
	tempo: 'Tempo',
	jaeger: 'Jaeger',
	grafana: 'Grafana',
};

/** The backend's name as its makers write it. */
export const titleOf = (backend: BackendName): string => titles[backend];

/** `Prometheus at metrics.example:9090`: the subject of every sentence about a failure. Holds no user info. */
export function whoOf(endpoint: Endpoint): string {
	const base = parseBase(endpoint);
	return base === undefined ? titleOf(endpoint.backend) : `${titleOf(endpoint.backend)} at ${base.host}`;
}

/** The parts of an endpoint's URL that a request needs, or `undefined` when it is no http or https URL. */
export function parseBase({ url }: Endpoint): Base | undefined {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	if (parsed === undefined || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return undefined;
	return {
		origin: parsed.origin,
		host: parsed.host,
		prefix: parsed.pathname.replace(/\/+$/, ''),
		parameters: [...parsed.searchParams],
		...basicOf(parsed),
	};
}

export type Base = {
	/** Scheme, host and port: `https://metrics.example:9090`. */
	readonly origin: string;
	readonly host: string;
	/** Path in front of the API without a slash at its end; empty when there is none. */
	readonly prefix: string;
	/** Query parameters of the base URL, sent with every request (some gateways route by one). */
	readonly parameters: readonly (readonly [string, string])[];
	/** `Basic …` from the URL's user info. */
	readonly authorization?: string;
};

function basicOf({ username, password }: URL): { authorization?: string } {
	if (username === '' && password === '') return {};
	const pair = `${decoded(username)}:${decoded(password)}`;
	return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

import type { BackendName } from '../model/failure.ts';
import { basicOf } from './basic.ts';
import type { Way } from './ways/way.ts';

/** Where a backend is, and how to be let in. Made from a profile, flags or the environment; never printed whole. */
export type Endpoint = {
	readonly backend: BackendName;
	/** How sentences call it where it is not the backend itself: `Loki's token server`. */
	readonly title?: string;
	/**
	 * Base URL with its prefix: `https://host/prometheus` keeps its path. A user and password in it become Basic
	 * authorization and are shown nowhere.
	 */
	readonly url: string;
	/** Base URLs of further Alertmanagers, asked with the same headers: peers of its cluster, or separate ones. */
	readonly replicas?: readonly string[];
	/** Where the operator would mend it: `profile prod-eu`, `--loki-url`. Used in failures. */
	readonly origin: string;
	/**
	 * The headers that let one message in: authorization, X-Scope-OrgID and extra ones. Asked for every try, as a signature
	 * covers the message and its time, and a secret may come from a file or a command. Rejects with a `FailureError`.
	 */
	readonly authorize: (message: Outgoing) => Promise<Headers>;
	/**
	 * Told of an answer that refuses: forgets the cached secrets of which it speaks. True when there were any, so that the
	 * message may be let in with new ones; it is sent once more.
	 */
	readonly renew?: (refusal: Refusal) => boolean;
	/** Where the tokens are asked for that let messages in; they are asked for by `authorize`. */
	readonly tokenUrl?: string;
	/** How connections to it are made; straight to its host when absent, as the demo's are. */
	readonly way?: Way;
};

/** By name; names do not tell cases apart. */
export type Headers = Readonly<Record<string, string>>;

/** A message as it goes over the wire, byte for byte, but for the headers that let it in. */
export type Outgoing = {
	readonly method: 'GET' | 'POST' | 'DELETE';
	/** With scheme, host and query; without user info. */
	readonly url: string;
	readonly body?: string;
};

/** An answer of 401 or 403, and what `authorize` gave for the message. */
export type Refusal = {
	readonly status: number;
	readonly body: string;
	readonly headers: Headers;
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
	const { title = titleOf(endpoint.backend) } = endpoint;
	return base === undefined ? title : `${title} at ${base.host}`;
}

/** True when nobody checks whether the server is the one that is meant: to be marked in red wherever it is shown. */
export const isUnverified = ({ url, replicas = [], way }: Endpoint): boolean =>
	way?.tls?.skipVerify === true && [url, ...replicas].some(each => each.startsWith('https:'));

/** The parts of an endpoint's URL that a request needs, or `undefined` when it is no http or https URL. */
export function parseBase({ url }: Endpoint): Base | undefined {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	if (parsed === undefined || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return undefined;
	return {
		origin: parsed.origin,
		host: parsed.host,
		prefix: parsed.pathname.replace(/\/+$/, ''),
		parameters: [...parsed.searchParams],
		...loginIn(parsed),
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

function loginIn({ username, password }: URL): { authorization?: string } {
	if (username === '' && password === '') return {};
	return { authorization: basicOf(decoded(username), decoded(password)) };
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

import type { Dispatcher } from 'undici';
import { createAlertmanagers } from '../backends/alertmanager/replicas.ts';
import type { Budget, Metered } from '../backends/budget.ts';
import { type Endpoint, titleOf } from '../backends/endpoint.ts';
import { createHttp, type Http } from '../backends/http.ts';
import { createJaeger } from '../backends/jaeger/client.ts';
import type { ReadSearch } from '../backends/jaeger/search.ts';
import { createLoki } from '../backends/loki/client.ts';
import { createPrometheus } from '../backends/prometheus/client.ts';
import { createTempo } from '../backends/tempo/client.ts';
import type { Sources, TraceStore, TracesSource } from '../investigation/ports.ts';
import { type BackendName, type Failure, FailureError } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { type Endpoints, urlVariable } from './connections.ts';
import { tracesInTurn } from './traces-in-turn.ts';

export type SourcesOptions = {
	readonly now: () => Milliseconds;
	/** The demo's servers in place of the network. */
	readonly dispatcher?: Dispatcher;
	readonly timeout?: Milliseconds;
	/** What may be read of a backend for this incident. */
	readonly budgets?: Budgets;
};

export type Budgets = Partial<Readonly<Record<Metered, Budget>>>;

/** What is told of a backend that is not there. */
export type Missing = (backend: BackendName, title: string) => Pick<Failure, 'what' | 'next'>;

/** The door to one backend. */
export const openHttp = (endpoint: Endpoint, { now, dispatcher, timeout, budgets }: SourcesOptions): Http =>
	createHttp(endpoint, {
		now,
		...budgetOf(endpoint, budgets),
		...(dispatcher === undefined ? {} : { dispatcher }),
		...(timeout === undefined ? {} : { totalTimeout: timeout }),
	});

function budgetOf({ backend }: Endpoint, budgets: Budgets = {}): { readonly budget?: Budget } {
	const budget = backend === 'loki' || backend === 'prometheus' ? budgets[backend] : undefined;
	return budget === undefined ? {} : { budget };
}

/**
 * The clients as the ports that investigations ask. Traces are Tempo's, or Jaeger's where there is no Tempo; with both, Jaeger
 * is asked for those that Tempo does not have.
 */
export function createSources(
	endpoints: Endpoints,
	options: SourcesOptions,
	missing: Missing = notConfigured,
): Sources {
	const client = <Client extends object>(
		backend: BackendName,
		create: (http: Http, replicas: readonly Http[]) => Client,
	): Client => {
		const endpoint = endpoints[backend];
		if (endpoint === undefined) return unconfigured<Client>(backend, missing);
		const replicas = (endpoint.replicas ?? []).map(url => openHttp({ ...endpoint, url }, options));
		return create(openHttp(endpoint, options), replicas);
	};
	const jaeger = (): TracesSource => client('jaeger', http => createJaeger(http, readSearch));
	const traces = (): TracesSource => {
		const tempo: TracesSource = client('tempo', createTempo);
		return endpoints.jaeger === undefined ? tempo : tracesInTurn(tempo, jaeger());
	};
	return {
		metrics: client('prometheus', createPrometheus),
		alerts: client('alertmanager', createAlertmanagers),
		logs: client('loki', createLoki),
		traces: endpoints.tempo === undefined && endpoints.jaeger !== undefined ? jaeger() : traces(),
		tracesFrom: () => tracesFrom(endpoints),
	};
}

/** TraceQL's parser takes milliseconds to be there, and most never need it. */
const readSearch: ReadSearch = async traceql => {
	const { plainTraceSearch } = await import('../analysis/plain-trace-search.ts');
	return plainTraceSearch(traceql);
};

/** The stores of traces that are asked: `Tempo`, `Jaeger`, `Tempo and Jaeger`. Jaeger needs no window. */
function tracesFrom({ tempo, jaeger }: Endpoints): TraceStore {
	const stores = [...(tempo || !jaeger ? [titleOf('tempo')] : []), ...(jaeger ? [titleOf('jaeger')] : [])];
	return {
		name: stores.join(' and '),
		byWindow: tempo !== undefined,
		...(tempo && jaeger ? { searched: titleOf('tempo') } : {}),
		...(tempo || jaeger ? {} : { isMissing: true }),
	};
}

const notConfigured: Missing = (backend, title) => ({
	what: `No ${title} is configured.`,
	next:
		backend === 'tempo'
			? `Pass --tempo-url or --jaeger-url, set ${urlVariable(backend)}, or save it: :profile here, smokejumper profile add in a shell.`
			: `Pass --${backend}-url, set ${urlVariable(backend)}, or save it: :profile here, smokejumper profile add in a shell.`,
});

/** A backend that nobody configured: every question fails with the sentence that says how to configure it. */
function unconfigured<Client extends object>(backend: BackendName, missing: Missing): Client {
	const ask = async (): Promise<never> => {
		throw new FailureError({ kind: 'not-configured', backend, ...missing(backend, titleOf(backend)) });
	};
	return new Proxy({} as Client, { get: () => ask });
}

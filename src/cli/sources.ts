import type { Dispatcher } from 'undici';
import { createAlertmanager } from '../backends/alertmanager/client.ts';
import { titleOf } from '../backends/endpoint.ts';
import { createHttp, type Http } from '../backends/http.ts';
import { createLoki } from '../backends/loki/client.ts';
import { createPrometheus } from '../backends/prometheus/client.ts';
import { createTempo } from '../backends/tempo/client.ts';
import type { Sources } from '../investigation/ports.ts';
import { type BackendName, FailureError } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { type Endpoints, urlVariable } from './connections.ts';

export type SourcesOptions = {
	readonly now: () => Milliseconds;
	/** The demo's servers in place of the network. */
	readonly dispatcher?: Dispatcher;
	readonly timeout?: Milliseconds;
};

/** The four clients as the ports that investigations ask. */
export function createSources(endpoints: Endpoints, { now, dispatcher, timeout }: SourcesOptions): Sources {
	const open = (backend: BackendName): Http | undefined => {
		const endpoint = endpoints[backend];
		return (
			endpoint &&
			createHttp(endpoint, {
				now,
				...(dispatcher === undefined ? {} : { dispatcher }),
				...(timeout === undefined ? {} : { totalTimeout: timeout }),
			})
		);
	};
	const client = <Client extends object>(backend: BackendName, create: (http: Http) => Client): Client => {
		const http = open(backend);
		return http === undefined ? unconfigured<Client>(backend) : create(http);
	};
	return {
		metrics: client('prometheus', createPrometheus),
		alerts: client('alertmanager', createAlertmanager),
		logs: client('loki', createLoki),
		traces: client('tempo', createTempo),
	};
}

/** A backend that nobody configured: every question fails with the sentence that says how to configure it. */
function unconfigured<Client extends object>(backend: BackendName): Client {
	const ask = async (): Promise<never> => {
		throw new FailureError({
			kind: 'not-configured',
			backend,
			what: `No ${titleOf(backend)} is configured.`,
			next: `Pass --${backend}-url, set ${urlVariable(backend)}, or save it with smokejumper profile add.`,
		});
	};
	return new Proxy({} as Client, { get: () => ask });
}

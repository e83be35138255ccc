import type { Dispatcher } from 'undici';
import type { BackendName } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { alertmanagerRoutes } from './alertmanager/routes.ts';
import { type DemoServers, InMemoryDispatcher } from './in-memory-dispatcher.ts';
import { createIncident } from './incident.ts';
import { lokiRoutes } from './loki/routes.ts';
import { createAlerting } from './prometheus/alerting.ts';
import { prometheusRoutes } from './prometheus/routes.ts';
import { storyStorage } from './prometheus/storage.ts';
import { type DemoAnswer, type DemoRequestLine, type DemoRoute, textReply } from './route.ts';
import { tempoRoutes } from './tempo/routes.ts';

/** Where the demo's four servers are; only its dispatcher reaches them. */
export const demoEndpoints: readonly { readonly backend: BackendName; readonly url: string }[] = [
	{ backend: 'prometheus', url: 'http://prometheus.demo' },
	{ backend: 'alertmanager', url: 'http://alertmanager.demo' },
	{ backend: 'loki', url: 'http://loki.demo' },
	{ backend: 'tempo', url: 'http://tempo.demo' },
];

type Servers = ReadonlyMap<string, DemoRoute>;

export type DemoOptions = { readonly now: () => Milliseconds; readonly seed?: number };

/**
 * The embedded incident behind an undici dispatcher, for the real clients. The incident is laid out round the instant at
 * which this is called; `now` then says how far it has come.
 */
export const createDemoDispatcher = ({ now, seed }: DemoOptions): Dispatcher =>
	new InMemoryDispatcher(createDemoServers({ now, ...(seed === undefined ? {} : { seed }) }));

/** The four servers without a transport: by host, `http://loki.demo`, or by path, `http://demo/loki`. */
export const createDemoServers = ({ now, seed }: DemoOptions): DemoServers => {
	const incident = createIncident({ now: now(), ...(seed === undefined ? {} : { seed }) });
	const { story } = incident;
	const alerting = createAlerting(story, storyStorage(story, now), now);
	const servers: Servers = new Map([
		['prometheus', prometheusRoutes({ story, alerting, now })],
		['alertmanager', alertmanagerRoutes({ story, alerting, now })],
		['loki', lokiRoutes(incident, now)],
		['tempo', tempoRoutes(incident, now)],
	]);
	return (origin, request) => {
		const host = URL.canParse(origin) ? new URL(origin).hostname : '';
		if (host === 'demo') return byPath(servers, request);
		const server = servers.get(/^(\w+)\.demo$/.exec(host)?.[1] ?? '');
		return server === undefined ? undefined : (server(request) ?? pageNotFound);
	};
};

const pageNotFound = textReply(404, '404 page not found\n');

const byPath = (servers: Servers, request: DemoRequestLine): DemoAnswer => {
	const [, prefix = '', rest = ''] = /^\/(\w+)(\/.*)$/.exec(request.path) ?? [];
	return servers.get(prefix)?.({ ...request, path: rest }) ?? pageNotFound;
};

import { createAlertmanagers } from '../../src/backends/alertmanager/replicas.ts';
import { createHttp, type HttpOptions } from '../../src/backends/http.ts';
import { createLoki } from '../../src/backends/loki/client.ts';
import { createPrometheus } from '../../src/backends/prometheus/client.ts';
import { createTempo } from '../../src/backends/tempo/client.ts';
import { createDemoDispatcher, demoEndpoints } from '../../src/demo/dispatcher.ts';
import type { Sources } from '../../src/investigation/ports.ts';
import { demoNow } from '../helpers/demo.ts';
import type { Upstream } from './fault-proxy.ts';
import type { BrokenBackend, Ids } from './rows.ts';
import { remembering, upstreamAt } from './upstreams.ts';

/** The demo at an instant, behind all proxies of one test file: each question is worked out once. */
export function standingDemo(): Readonly<Record<BrokenBackend, Upstream>> {
	const dispatcher = createDemoDispatcher({ now: () => demoNow });
	const upstreamOf = (backend: BrokenBackend): Upstream => {
		const url = demoEndpoints.find(endpoint => endpoint.backend === backend)?.url ?? '';
		return remembering(upstreamAt(url, dispatcher));
	};
	return {
		prometheus: upstreamOf('prometheus'),
		alertmanager: upstreamOf('alertmanager'),
		loki: upstreamOf('loki'),
		tempo: upstreamOf('tempo'),
	};
}

export type Urls = Readonly<Record<BrokenBackend, string>>;

/** The four clients, each at its URL, without pauses between tries; `limits` are those of the one that breaks. */
export function sourcesAt(urls: Urls, breaks: BrokenBackend, limits: Partial<HttpOptions>): Sources {
	const door = (backend: BrokenBackend) =>
		createHttp(
			{ backend, url: urls[backend], origin: 'profile night', authorize: async () => ({}) },
			{ now: () => demoNow, random: () => 0, sleep: async () => undefined, ...(backend === breaks ? limits : {}) },
		);
	return {
		metrics: createPrometheus(door('prometheus')),
		alerts: createAlertmanagers(door('alertmanager'), []),
		logs: createLoki(door('loki')),
		traces: createTempo(door('tempo')),
		tracesFrom: () => ({ name: 'Tempo', byWindow: true }),
	};
}

/** A request that failed and a trace of another, by the demo's own lines. */
export async function idsIn({ logs, traces }: Sources): Promise<Ids> {
	const asking = { signal: new AbortController().signal, record: () => {} };
	const [from, to] = [demoNow - 1_800_000, demoNow];
	const range = { from: BigInt(from) * 1_000_000n, to: BigInt(to) * 1_000_000n };
	const logql = '{service_name="concierge"} |= "upstream failed"';
	const lines = await logs.logs({ logql, range, limit: 1, direction: 'backward' }, asking);
	const query = '{ resource.service.name = "concierge" && status = error }';
	const found = await traces.search(query, { from, to }, 20, asking);
	return {
		request: /"request_id":"([\w-]+)"/.exec(lines.value.entries[0]?.line ?? '')?.[1] ?? '',
		trace: found.value[0]?.id ?? '',
	};
}

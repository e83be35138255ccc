import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../src/backends/endpoint.ts';
import { createGrafana } from '../../../src/backends/grafana/client.ts';
import { createSources, openHttp } from '../../../src/cli/sources.ts';
import type { Asking, Sources } from '../../../src/investigation/ports.ts';
import { type BackendName, failureOf } from '../../../src/model/failure.ts';
import { type Handler, serve } from '../../helpers/loopback.ts';

const range = { from: 0, to: 60_000 };
const grid = { ...range, step: 1000 };
const logs = {
	logql: '{app="berths"}',
	range: { from: 0n, to: 60_000_000_000n },
	limit: 100,
	direction: 'backward',
} as const;
const id = '0af7651916cd43dd8448eb211c80319c';

type Question = (sources: Sources, asking: Asking) => Promise<unknown>;

/** Every question to every backend that only reads. */
const questions: Readonly<Record<Exclude<BackendName, 'grafana'>, Readonly<Record<string, Question>>>> = {
	prometheus: {
		rules: ({ metrics }, asking) => metrics.rules(asking),
		query: ({ metrics }, asking) => metrics.query('up', 0, asking),
		queryRange: ({ metrics }, asking) => metrics.queryRange('up', grid, asking),
		queryHistograms: ({ metrics }, asking) => metrics.queryHistograms('up', grid, asking),
		series: ({ metrics }, asking) => metrics.series(['up'], range, 10, asking),
		labelNames: ({ metrics }, asking) => metrics.labelNames(['up'], range, asking),
		labelValues: ({ metrics }, asking) => metrics.labelValues('job', ['up'], range, 10, asking),
		tsdbStatus: ({ metrics }, asking) => metrics.tsdbStatus(10, asking),
		exemplars: ({ metrics }, asking) => metrics.exemplars('up', range, asking),
	},
	alertmanager: {
		alerts: ({ alerts }, asking) => alerts.alerts(asking),
		silences: ({ alerts }, asking) => alerts.silences(asking),
	},
	loki: {
		logs: (sources, asking) => sources.logs.logs(logs, asking),
		countRange: (sources, asking) => sources.logs.countRange('sum(count_over_time({app="a"}[1m]))', grid, asking),
		labelNames: (sources, asking) => sources.logs.labelNames(range, asking),
		labelValues: (sources, asking) => sources.logs.labelValues('app', undefined, range, asking),
		series: (sources, asking) => sources.logs.series(['{app="a"}'], range, asking),
		patterns: (sources, asking) => sources.logs.patterns('{app="a"}', range, asking),
		stats: (sources, asking) => sources.logs.stats('{app="a"}', range, asking),
		tail: (sources, asking) => sources.logs.tail({ logql: '{app="a"}', from: 0n }, asking),
	},
	tempo: {
		trace: ({ traces }, asking) => traces.trace(id, range, asking),
		search: ({ traces }, asking) => traces.search('{}', range, 10, asking),
		attributeNames: async ({ traces }, asking) => traces.attributeNames?.(range, 10, asking),
	},
	jaeger: {
		trace: ({ traces }, asking) => traces.trace(id, range, asking),
		search: ({ traces }, asking) => traces.search('{ resource.service.name = "edge" }', range, 10, asking),
	},
};

/** A server that never answers to its end, and how many requests have come, are there, and were there at once at most. */
async function hanging(stage: Handler) {
	const counts = { come: 0, open: 0, most: 0 };
	const { url } = await serve((request, response) => {
		counts.come++;
		counts.open++;
		counts.most = Math.max(counts.most, counts.open);
		response.on('close', () => {
			counts.open--;
		});
		stage(request, response);
	});
	return { url, counts };
}

const endpointAt = (backend: BackendName, url: string): Endpoint => ({
	backend,
	url,
	origin: 'profile night',
	authorize: async () => ({}),
});

const sourcesAt = (backend: BackendName, url: string): Sources =>
	createSources({ [backend]: endpointAt(backend, url) }, { now: () => 0 });

const stages: Readonly<Record<string, Handler>> = {
	'before it answered': () => {},
	'in the middle of its answer': (_, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.write('{"status":"success","data":');
	},
};

const asked = Object.entries(questions).flatMap(([backend, each]) =>
	Object.entries(each).map(([name, ask]) => ({ backend: backend as keyof typeof questions, name, ask })),
);

describe.each(Object.entries(stages))('a question that nobody waits for any more, %s', (_, stage) => {
	test.each(asked)('ends at the server: $backend $name', async ({ backend, ask }) => {
		const { url, counts } = await hanging(stage);
		const leaving = new AbortController();
		const outcome = ask(sourcesAt(backend, url), { signal: leaving.signal, record: () => {} }).then(
			() => 'answered',
			error => failureOf(error).kind,
		);
		await expect.poll(() => counts.open).toBeGreaterThan(0);
		leaving.abort();
		expect(await outcome).toBe('cancelled');
		await expect.poll(() => counts.open).toBe(0);
	});

	test('ends at the server: grafana dataSources', async () => {
		const { url, counts } = await hanging(stage);
		const leaving = new AbortController();
		const grafana = createGrafana(openHttp(endpointAt('grafana', url), { now: () => 0 }));
		const outcome = grafana
			.dataSources({ signal: leaving.signal, record: () => {} })
			.catch(error => failureOf(error).kind);
		await expect.poll(() => counts.open).toBe(1);
		leaving.abort();
		expect(await outcome).toBe('cancelled');
		await expect.poll(() => counts.open).toBe(0);
	});
});

test.each([
	['prometheus', 8],
	['loki', 8],
	['tempo', 8],
	['jaeger', 8],
	['alertmanager', 2],
] as const)('%s is asked %i questions at once at most', async (backend, atOnce) => {
	const { url, counts } = await hanging((_, response) => void setTimeout(() => response.writeHead(404).end(), 5));
	const sources = sourcesAt(backend, url);
	const asking = { signal: new AbortController().signal, record: () => {} };
	const all = Object.values(questions[backend]).filter(ask => ask !== questions.loki.tail);
	await Promise.allSettled(Array.from({ length: 10 }, () => all.map(ask => ask(sources, asking))).flat());
	expect(counts.come).toBeGreaterThanOrEqual(10 * all.length);
	expect(counts.most).toBe(atOnce);
});

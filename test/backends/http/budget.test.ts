import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkBudget, createBudget } from '../../../src/backends/budget.ts';
import { createHttp } from '../../../src/backends/http.ts';
import { createLoki } from '../../../src/backends/loki/client.ts';
import { createPrometheus } from '../../../src/backends/prometheus/client.ts';
import { createSources } from '../../../src/cli/sources.ts';
import { answering, askingNow, failureLine } from '../../helpers/replay.ts';
import { serveWebSocket } from '../../helpers/websocket-server.ts';

const lokiAt = {
	backend: 'loki',
	url: 'http://backend.example:9090',
	origin: 'profile night',
	authorize: async () => ({}),
} as const;

/** A door to a Loki each of whose answers has read so many bytes. */
function meteredLoki(limit: number, read: number) {
	const { dispatcher, asked } = answering(() => ({ status: 200, json: {} }));
	const budget = createBudget(limit);
	const http = createHttp(lokiAt, { dispatcher, now: () => 0, budget });
	const asking = askingNow();
	const ask = (request: object = { readOf: () => read }) =>
		http.json({ path: '/', ...request }, z.unknown(), asking).then(JSON.stringify, failureLine);
	return { ask, asked, asking, budget };
}

test('what would read more is not asked once the budget is spent, and whoever raises it is asked again', async () => {
	const { ask, asked, asking, budget } = meteredLoki(50e9, 20e9);
	for (let time = 0; time < 3; time++) expect(await ask()).toBe('{}');
	expect(asking.records.map(each => each.budget)).toEqual([
		{ spent: 20e9, limit: 50e9 },
		{ spent: 40e9, limit: 50e9 },
		{ spent: 60e9, limit: 50e9 },
	]);
	expect(await ask()).toBe(
		'over-budget: The budget of this incident is spent: Loki has read 60.0 GB of 50.0 GB. $ allows as much again for this incident; budget.lokiBytes stands in profile night.',
	);
	expect(asked).toHaveLength(3);
	budget.raise();
	expect(await ask()).toBe('{}');
});

test('what reads nothing is asked all the same', async () => {
	const { ask } = meteredLoki(1, 2);
	await ask();
	expect(await ask()).toMatch(/^over-budget: /);
	expect(await ask({})).toBe('{}');
});

test('what Loki answers without saying what it read is counted as long as it is', async () => {
	const { dispatcher } = answering(() => ({ status: 200, json: { streams: 3, chunks: 1, bytes: 9, entries: 1 } }));
	const budget = createBudget(1e6);
	const loki = createLoki(createHttp(lokiAt, { dispatcher, now: () => 0, budget }));
	await loki.stats('{app="pier"}', { from: 0, to: 1000 }, askingNow());
	expect(budget.spent().spent).toBe('{"streams":3,"chunks":1,"bytes":9,"entries":1}'.length);
});

test('a stream counts what it brings, ends with the budget, and is not opened again', async () => {
	const frame = JSON.stringify({ streams: [{ stream: { app: 'pier' }, values: [['1700000000000000000', 'tide']] }] });
	const { url, callers } = await serveWebSocket({
		greet: caller => {
			for (let sent = 0; sent < 3; sent++) caller.send(frame);
		},
	});
	const budget = createBudget(2 * frame.length);
	const loki = createLoki(createHttp({ ...lokiAt, url }, { now: () => 0, budget }));
	const batches: unknown[] = [];
	const follow = async () => {
		for await (const batch of await loki.tail({ logql: '{app="pier"}', from: 0n }, askingNow())) batches.push(batch);
	};
	expect(await follow().catch(failureLine)).toMatch(/^over-budget: The budget of this incident is spent/);
	expect(batches).toHaveLength(2);
	expect(await follow().catch(failureLine)).toMatch(/^over-budget: /);
	expect(callers).toHaveLength(1);
});

const prometheusAt = { ...lokiAt, backend: 'prometheus' } as const;

test.each([
	['as the server says', { stats: { samples: { totalQueryableSamples: 1234 } } }, 1234],
	['as many as it answers where it does not say', {}, 3],
])('samples are counted %s', async (_, more, samples) => {
	const result = [
		{
			metric: {},
			values: [
				[1, '1'],
				[2, '2'],
			],
		},
		{ metric: {}, values: [[1, '1']] },
	];
	const { dispatcher } = answering(() => ({
		status: 200,
		json: { status: 'success', data: { resultType: 'matrix', result, ...more } },
	}));
	const budget = createBudget(1e6);
	const asking = askingNow();
	const client = createPrometheus(createHttp(prometheusAt, { dispatcher, now: () => 0, budget }));
	await client.queryRange('up', { from: 0, to: 1000, step: 1000 }, asking);
	expect(asking.records[0]).toMatchObject({ samples, budget: { spent: samples, limit: 1e6 } });
});

test('all doors to a backend share one budget, and each backend has its own', async () => {
	const { dispatcher } = answering(() => ({
		status: 200,
		json: {
			status: 'success',
			data: { resultType: 'vector', result: [], stats: { samples: { totalQueryableSamples: 9 } } },
		},
	}));
	const budgets = { prometheus: createBudget(9), loki: createBudget(9) };
	const endpoints = { prometheus: prometheusAt, loki: lokiAt };
	const open = () => createSources(endpoints, { now: () => 0, dispatcher, budgets });
	await open().metrics.query('up', undefined, askingNow());
	expect(await open().metrics.query('up', undefined, askingNow()).catch(failureLine)).toMatch(
		/^over-budget: .* Prometheus has read 9 samples of 9 samples\./,
	);
	expect(budgets.loki.spent()).toEqual({ spent: 0, limit: 9 });
});

test.each([
	[500e6, '500.0 M samples'],
	[1500, '1.5 k samples'],
	[2e9, '2.0 G samples'],
])('%i samples are told as %s', (samples, text) => {
	const budget = createBudget(samples);
	budget.spend(samples);
	expect(() => checkBudget(budget, prometheusAt)).toThrow(`has read ${text} of ${text}.`);
});

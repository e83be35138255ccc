import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkBudget, createBudget } from '../../../src/backends/budget.ts';
import { createHttp } from '../../../src/backends/http.ts';
import { createPrometheus } from '../../../src/backends/prometheus/client.ts';
import { createSources } from '../../../src/cli/sources.ts';
import { answering, askingNow, failureLine } from '../../helpers/replay.ts';

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

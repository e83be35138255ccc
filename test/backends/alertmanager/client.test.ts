import { describe, expect, expectTypeOf, test } from 'vitest';
import { type Alertmanager, createAlertmanager } from '../../../src/backends/alertmanager/client.ts';
import type { AlertsSource } from '../../../src/investigation/ports.ts';
import { answering, askingNow, failureLine, httpOver } from '../../helpers/replay.ts';

const alert = {
	fingerprint: '04244403eb0e7666',
	labels: { alertname: 'Slow' },
	startsAt: '2026-11-22T08:33:44.597Z',
	status: { state: 'active' },
};

const ask = async (json: unknown, method: 'alerts' | 'silences' | 'cluster' = 'alerts') => {
	const { dispatcher, asked } = answering(() => ({ status: 200, json }));
	const answered = createAlertmanager(httpOver('alertmanager', dispatcher))[method](askingNow());
	return { answer: await answered.catch(failureLine), paths: asked.map(({ method, path }) => `${method} ${path}`) };
};

test('the client satisfies the port of the investigation', () => {
	expectTypeOf<Alertmanager>().toExtend<AlertsSource>();
});

describe('alerts', () => {
	test('what older versions leave out', async () => {
		expect(await ask([alert])).toEqual({
			answer: {
				value: [
					{
						fingerprint: '04244403eb0e7666',
						labels: { alertname: 'Slow' },
						annotations: {},
						startsAt: Date.UTC(2026, 10, 22, 8, 33, 44, 597),
						updatedAt: Date.UTC(2026, 10, 22, 8, 33, 44, 597),
						receivers: [],
						state: 'active',
						silencedBy: [],
						inhibitedBy: [],
						mutedBy: [],
					},
				],
				notes: [],
			},
			paths: ['GET /api/v2/alerts'],
		});
	});

	test('why one is suppressed, where it came from, who was told', async () => {
		const full = {
			...alert,
			updatedAt: '2026-11-22T10:34:00+02:00',
			generatorURL: 'http://metrics.example/graph?g0.expr=up',
			receivers: [{ name: 'team-a' }, { name: 'pager' }],
			status: { state: 'suppressed', silencedBy: ['s'], inhibitedBy: ['i'], mutedBy: ['m'] },
		};
		expect((await ask([full, { ...alert, labels: { alertname: 'Slower' }, generatorURL: '' }])).answer).toMatchObject({
			value: [
				{
					updatedAt: Date.UTC(2026, 10, 22, 8, 34),
					generatorUrl: 'http://metrics.example/graph?g0.expr=up',
					receivers: ['team-a', 'pager'],
					state: 'suppressed',
					silencedBy: ['s'],
					inhibitedBy: ['i'],
					mutedBy: ['m'],
				},
				{ state: 'active' },
			],
		});
	});

	test('some that cannot be read do not hide the others', async () => {
		const { answer } = await ask([alert, { ...alert, startsAt: 'yesterday' }, { ...alert, labels: { a: 1 } }]);
		expect(answer).toMatchObject({
			value: [{ fingerprint: alert.fingerprint }],
			notes: [{ kind: 'partial', text: '2 alerts could not be read and are left out.' }],
		});
	});

	test('an empty answer is no list of alerts', async () => {
		expect((await ask(undefined)).answer).toContain('Alertmanager at backend.example:9090 answered nothing (200).');
	});

	test.each([
		['an envelope', { status: 'success', data: [] }, 'the whole answer should be of type array'],
		['alerts of which none can be read', [{ ...alert, labels: null }, 7], '[0].labels holds an unexpected value'],
	])('%s is no list of alerts', async (_, json, where) => {
		expect((await ask(json)).answer).toBe(
			`wrong-shape: Alertmanager at backend.example:9090 answered JSON that is not what the API of Alertmanager says: ${where}. Check that the URL in --alertmanager-url is that of Alertmanager.`,
		);
	});
});

test.each([
	[
		{ status: 'ready', name: '01J', peers: [{ name: '01J', address: '10.0.0.1:9094' }, {}] },
		{ status: 'ready', members: 2 },
	],
	[{ status: 'disabled' }, { status: 'disabled', members: 0 }],
	[
		{ status: 'disabled', peers: null },
		{ status: 'disabled', members: 0 },
	],
	[null, undefined],
	[undefined, undefined],
])('of the cluster %j it tells %j', async (cluster, value) => {
	const status = { cluster, versionInfo: { version: '0.33.1' } };
	expect((await ask(status, 'cluster')).answer).toEqual({ value, notes: [] });
});

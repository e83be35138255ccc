import { describe, expect, test } from 'vitest';
import { endpointsOf } from '../../src/cli/connections.ts';
import { grafanaSources } from '../../src/cli/grafana-sources.ts';
import type { Profile } from '../../src/cli/profiles/profile.ts';
import type { Asking } from '../../src/investigation/ports.ts';
import { failureOf, sentenceOf } from '../../src/model/failure.ts';
import { equals } from '../../src/model/labels.ts';
import { hour, toNanoseconds } from '../../src/model/time.ts';
import { demoNow } from '../helpers/demo.ts';
import { dataSources, type GrafanaOptions, serveGrafana, token } from '../helpers/grafana.ts';

const now = () => demoNow;
const asking: Asking = { signal: new AbortController().signal, record: () => {} };
const range = { from: demoNow - hour, to: demoNow };
const logRange = { from: toNanoseconds(range.from), to: toNanoseconds(range.to) };

/** All four ports through a Grafana, by nothing but its URL and token, and what more the profile says of it. */
async function behind(options: Partial<GrafanaOptions> = {}, more: Partial<Profile['grafana']> = {}) {
	const grafana = await serveGrafana({ now, ...options });
	const profile: Profile = { grafana: { url: grafana.url, token, ...more } };
	const endpoints = endpointsOf({ flags: {}, env: {}, saved: { name: 'prod-eu', profile } });
	if (endpoints.grafana === undefined) throw new Error('The profile has no Grafana.');
	const wanted = profile.grafana?.dataSources ?? {};
	return { grafana, sources: grafanaSources({ endpoint: endpoints.grafana, wanted }, endpoints, { now }) };
}

const toldBy = (question: Promise<unknown>): Promise<string> =>
	question.then(
		() => 'answered',
		error => sentenceOf(failureOf(error)),
	);

test('all four are asked through it, and the list of data sources once', async () => {
	const { grafana, sources } = await behind();
	const [up, alerts, logs, traces] = await Promise.all([
		sources.metrics.query('vector(7)', undefined, asking),
		sources.alerts.alerts(asking),
		sources.logs.series(['{service_name="concierge"}'], range, asking),
		sources.traces.search('{ status = error }', range, 3, asking),
	]);
	expect(up.value.map(({ value }) => value)).toEqual([7]);
	expect(alerts.value.map(({ labels }) => labels.alertname)).toContain('ConciergeBookingErrors');
	expect(logs.value.length).toBeGreaterThan(0);
	expect(traces.value).toHaveLength(3);
	expect(grafana.asked.filter(path => path === '/api/datasources')).toHaveLength(1);
	expect(grafana.asked).toContain('/api/datasources/proxy/uid/p-new/api/v1/query');
	expect(grafana.asked).toContain('/api/alertmanager/grafana/api/v2/alerts');
});

test('a page of logs and a chart come as from the servers themselves', async () => {
	const { sources } = await behind();
	const question = { logql: '{service_name="concierge"}', range: logRange, limit: 10, direction: 'backward' } as const;
	expect((await sources.logs.logs(question, asking)).value.entries).toHaveLength(10);
	const grid = { ...range, step: 60_000 };
	const [series] = (await sources.metrics.queryRange('sum(rate(http_requests_total[1m]))', grid, asking)).value;
	expect(series?.values.length).toBeGreaterThan(50);
});

test('a viewer, who may not list data sources, has them from the settings', async () => {
	const { grafana, sources } = await behind({ viewer: true });
	expect((await sources.metrics.query('vector(7)', undefined, asking)).value).toHaveLength(1);
	expect(grafana.asked).toContain('/api/datasources/proxy/uid/p-new/api/v1/query');
});

test('where there is no Tempo, traces are those of its Jaeger; with both, of Tempo first', async () => {
	const jaeger = { uid: 'j1', name: 'Old traces', type: 'jaeger' };
	const onlyJaeger = await behind({ dataSources: [jaeger] });
	await toldBy(onlyJaeger.sources.traces.trace('ab', range, asking));
	expect(onlyJaeger.grafana.asked[1]).toBe(`/api/datasources/proxy/uid/j1/api/v3/traces/${'ab'.padStart(32, '0')}`);
	expect(onlyJaeger.sources.tracesFrom?.().name).toBe('Jaeger');
	const both = await behind({ dataSources: [...dataSources, jaeger] });
	await both.sources.traces.search('{ status = error }', range, 3, asking);
	await toldBy(both.sources.traces.trace('ab', undefined, asking));
	const [, ...asked] = both.grafana.asked.map(path => /uid\/(\w+)/.exec(path)?.[1]);
	expect([asked[0], asked.at(-1), both.sources.tracesFrom?.().name]).toEqual(['t1', 'j1', 'Tempo and Jaeger']);
});

test.each([
	['by name', 'Ancient metrics'],
	['by identifier', 'p-old'],
])('the profile names another data source %s', async (_, prometheus) => {
	const { grafana, sources } = await behind({}, { dataSources: { prometheus } });
	await sources.metrics.query('vector(7)', undefined, asking);
	expect(grafana.asked).toContain('/api/datasources/proxy/uid/p-old/api/v1/query');
});

test('without a default the first by name is taken', async () => {
	const { grafana, sources } = await behind({ dataSources: dataSources.map(({ isDefault: _, ...each }) => each) });
	await sources.metrics.query('vector(7)', undefined, asking);
	expect(grafana.asked).toContain('/api/datasources/proxy/uid/p-old/api/v1/query');
});

test('one that is named and not there, and one that is not there at all, are told by name', async () => {
	const { sources } = await behind(
		{ dataSources: dataSources.filter(({ type }) => type !== 'tempo') },
		{ dataSources: { loki: 'Audit' } },
	);
	expect(await toldBy(sources.logs.labelNames(range, asking))).toBe(
		"Grafana has no data source Audit for Loki that its token may see. Check the token's permissions and profile prod-eu: grafana.dataSources.loki.",
	);
	expect(await toldBy(sources.traces.search('{}', range, 1, asking))).toBe(
		"Grafana has no data source for Tempo that its token may see. Check the token's permissions and profile prod-eu: grafana.dataSources.tempo.",
	);
});

test('a refused token is told of Grafana, in every pane, and asked again with the next question', async () => {
	const { grafana, sources } = await behind({}, { token: 'glsa_expired' });
	const refused = await Promise.all([
		toldBy(sources.metrics.query('vector(7)', undefined, asking)),
		toldBy(sources.alerts.alerts(asking)),
	]);
	expect(new Set(refused).size).toBe(1);
	expect(refused[0]).toMatch(/^Grafana at 127\.0\.0\.1:\d+ refused the credentials \(401\)\. .*Unauthorized.*prod-eu/);
	expect(refused[0]).not.toContain('glsa_');
	await toldBy(sources.alerts.alerts(asking));
	expect(grafana.asked).toEqual(['/api/datasources', '/api/datasources']);
});

test('the rules that Grafana evaluates itself stand beside those of the data source', async () => {
	const { sources } = await behind({
		rules: {
			status: 'success',
			data: {
				groups: [
					{
						name: 'nightly',
						file: 'Night trains',
						rules: [
							{
								type: 'alerting',
								name: 'TooFewDepartures',
								state: 'firing',
								query: 'sum(departures) | [A]',
								health: 'ok',
								duration: 60,
								labels: { grafana_folder: 'Night trains' },
								annotations: {},
								alerts: [
									{
										labels: { alertname: 'TooFewDepartures', grafana_folder: 'Night trains' },
										annotations: {},
										state: 'Alerting (NoData)',
										activeAt: '2026-11-22T03:00:00Z',
										value: "[ var='A' labels={} value=1 ]",
									},
									{ labels: {}, annotations: {}, state: 'Normal', activeAt: null, value: '' },
								],
							},
						],
					},
				],
			},
		},
	});
	const { value: rules } = await sources.metrics.rules(asking);
	expect(rules.map(({ name }) => name)).toEqual(expect.arrayContaining(['ConciergeBookingErrors', 'TooFewDepartures']));
	const own = rules.find(({ name }) => name === 'TooFewDepartures');
	expect(own?.active).toEqual([
		expect.objectContaining({ state: 'firing', activeAt: Date.UTC(2026, 10, 22, 3), value: Number.NaN }),
	]);
});

test('rules that may not be read are said to be missing', async () => {
	const { sources } = await behind({ rules: 'forbidden' });
	const { value: rules, notes } = await sources.metrics.rules(asking);
	expect(rules.map(({ name }) => name)).toContain('ConciergeBookingErrors');
	expect(notes).toEqual([
		{ kind: 'partial', text: expect.stringMatching(/alert\.rules:read.* The rules that only it has are missing\.$/) },
	]);
});

test('without a Prometheus among the data sources its questions say so, and Grafana still tells its own rules', async () => {
	const { sources } = await behind({ dataSources: dataSources.filter(({ type }) => type !== 'prometheus') });
	expect(await toldBy(sources.metrics.query('vector(7)', undefined, asking))).toMatch(
		/^Grafana has no data source for Prometheus that its token may see\./,
	);
	expect(await sources.metrics.rules(asking)).toEqual({ value: [], notes: [] });
});

test('a backend with a URL of its own is asked there', async () => {
	const grafana = await serveGrafana({ now });
	const other = await serveGrafana({ now });
	const profile: Profile = {
		grafana: { url: grafana.url, token },
		loki: { url: `${other.url}/api/datasources/proxy/uid/l1`, auth: { type: 'bearer', token } },
	};
	const endpoints = endpointsOf({ flags: {}, env: {}, saved: { name: 'prod-eu', profile } });
	if (endpoints.grafana === undefined) throw new Error('The profile has no Grafana.');
	const sources = grafanaSources({ endpoint: endpoints.grafana, wanted: {} }, endpoints, { now });
	expect((await sources.logs.labelNames(range, asking)).value).toContain('service_name');
	expect(other.asked).toEqual(['/api/datasources/proxy/uid/l1/loki/api/v1/labels']);
});

describe('with an Alertmanager among the data sources', () => {
	const external = '/api/datasources/proxy/uid/am1/api/v2';
	const own = '/api/alertmanager/grafana/api/v2';
	const withAlertmanager = [...dataSources, { uid: 'am1', name: 'Pager', type: 'alertmanager' }];

	test('its alerts and those of Grafana itself are one list without doubles', async () => {
		const { grafana, sources } = await behind({ dataSources: withAlertmanager });
		const { value: alerts } = await sources.alerts.alerts(asking);
		expect(grafana.asked).toEqual(expect.arrayContaining([`${external}/alerts`, `${own}/alerts`]));
		expect(new Set(alerts.map(({ fingerprint }) => fingerprint)).size).toBe(alerts.length);
	});

	test.each([
		['of Grafana itself', 'grafana_folder', `${own}/silences`],
		['of the data source', 'alertname', `${external}/silences`],
	])('a silence of an alert %s goes to where the alert is', async (_, name, path) => {
		const { grafana, sources } = await behind({ dataSources: withAlertmanager });
		const matchers = [equals('severity', 'warning'), equals(name, 'Night trains')];
		const [startsAt, endsAt] = [demoNow, demoNow + hour];
		await sources.alerts.createSilence({ matchers, startsAt, endsAt, createdBy: 'me', comment: 'known' }, asking);
		expect(grafana.asked.filter(each => each.endsWith('/silences'))).toEqual([path]);
	});
});

import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createPrometheus, type Prometheus } from '../../src/backends/prometheus/client.ts';
import { doorTo } from '../helpers/loopback.ts';
import { startProgram } from '../helpers/program.ts';
import { askingNow, failureLine } from '../helpers/replay.ts';
import {
	type Ends,
	expectFiguresByHand,
	expectRowsByHand,
	expectWhole,
	serviceBetween,
	servicesByHand,
} from './by-hand.ts';
import { exported, expositionOf } from './exporter.ts';
import { printed } from './printed.ts';
import { createProcesses, freePort, until } from './processes.ts';
import { startAlertmanager, startVictoriaMetrics } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

const processes = createProcesses();
const minute = 60;
const scrapeInterval = 15;
/** A new series is found some time after it was written, each by itself. */
const seriesExported = Object.keys(exported)
	.flatMap(service => expositionOf(service, 0).split('\n'))
	.filter(line => line !== '' && !line.startsWith('#')).length;

let url: string;
let alertmanager: string;
let client: Prometheus;
/** VictoriaMetrics holds the last 30 s back (`-search.latencyOffset`): the window ends before. */
let ends: Ends;

beforeAll(async () => {
	const now = Math.floor(Date.now() / 1000);
	// A whole step, so that the chart's last point is its end.
	const to = Math.floor((now - 2 * minute) / minute) * minute;
	ends = { from: to - 30 * minute, to };
	[url, alertmanager] = await Promise.all([startVictoriaMetrics(processes), startAlertmanager(processes)]);
	client = createPrometheus(doorTo(url));
	for (const service of Object.keys(exported)) await importHistory(url, service, ends);
	await until('the imported samples to be seen', async () => {
		await fetch(`${url}/internal/force_flush`);
		const { value } = await client.query('count({job!=""})', ends.to * 1000, askingNow());
		return value[0]?.value === seriesExported;
	});
}, 120_000);

afterAll(() => processes.stop());

/** What a scrape every 15 s of the exporter would have left, from ten minutes before the window. */
async function importHistory(url: string, service: string, { from, to }: Ends): Promise<void> {
	const scrapes = Math.floor((to - from + 10 * minute) / scrapeInterval);
	const texts = Array.from({ length: scrapes + 1 }, (_, index) => {
		const seconds = index * scrapeInterval;
		return expositionOf(service, seconds, (from - 10 * minute + seconds) * 1000);
	});
	const body = texts.join('').replaceAll(/^#.*\n/gm, '');
	const answer = await fetch(`${url}/api/v1/import/prometheus?extra_label=job=${service}`, { method: 'POST', body });
	expect(answer.status).toBe(204);
}

const expression = 'sum by (service) (rate(http_requests_total{service="basket",code=~"5.."}[1m])) > 2';

describe('the panels of a service', () => {
	test.each(Object.entries(servicesByHand))('%s', async (service, byHand) => {
		const panels = await serviceBetween(service, ends, url);
		expectWhole(panels, byHand);
		await expectFiguresByHand(panels, byHand, ends, url);
		await expectRowsByHand(panels, byHand, ends, url);
	});
});

describe('its own way of answering', () => {
	const range = () => ({ from: ends.from * 1000, to: ends.to * 1000 });

	test('labels, their values and series', async () => {
		const asking = askingNow();
		const selectors = ['{__name__="http_requests_total"}'];
		expect((await client.labelNames(selectors, range(), asking)).value).toEqual([
			'__name__',
			'code',
			'handler',
			'job',
			'service',
		]);
		expect((await client.labelValues('handler', selectors, range(), 50, asking)).value).toEqual(['/items', '/pay']);
		const { value, notes } = await client.series(selectors, range(), 3, asking);
		expect(value).toHaveLength(3);
		expect(notes).toEqual([{ kind: 'partial', text: 'There are more than these 3 series.' }]);
	});

	test('what its series are made of today, without a count of bytes', async () => {
		await fetch(`${url}/api/v1/import/prometheus`, { method: 'POST', body: 'doors_opened_total{floor="2"} 1\n' });
		const metrics = async () => {
			await fetch(`${url}/internal/force_flush`);
			const { value } = await client.tsdbStatus(100, askingNow());
			expect(value.bytesByLabel).toEqual([]);
			return value.seriesByMetric.map(({ name }) => name);
		};
		await expect.poll(metrics, { timeout: 20_000 }).toContain('doors_opened_total');
	});

	test('no exemplars', async () => {
		const asking = askingNow();
		expect(await client.exemplars('http_requests_total', range(), asking)).toEqual({ value: [], notes: [] });
	});

	test('a query that it cannot read is said in its words', async () => {
		const said = await client.query('sum(rate(', undefined, askingNow()).catch(failureLine);
		expect(said).toMatch(/^bad-query: Prometheus at .* could not run the query \(422\)\. It said: .*unparsed data/);
	});

	test('a path that is none of its own is not a bad question but a wrong address', async () => {
		const elsewhere = createPrometheus(doorTo(`${url}/nowhere`));
		const said = await elsewhere.query('up', undefined, askingNow()).catch(failureLine);
		expect(said).toContain('not-found: Prometheus at');
	});
});

test('without vmalert there are no rules: it says so, and goes on with the link of the alert', async () => {
	const alert = {
		labels: { alertname: 'BasketErrors', service: 'basket', severity: 'critical' },
		annotations: { summary: 'basket fails' },
		generatorURL: `http://metrics.example/graph?g0.expr=${encodeURIComponent(expression)}&g0.tab=1`,
	};
	await fetch(`${alertmanager}/api/v2/alerts`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify([alert]),
	});
	const { from, to } = ends;
	const window = ['--from', `${from}`, '--to', `${to}`];
	const { body, stderr, exitCode } = await printed(
		'alerts',
		...window,
		...['--prometheus-url', url, '--alertmanager-url', alertmanager],
	);
	expect(stderr).toContain('VictoriaMetrics shows no rules unless vmalert is behind it');
	expect(exitCode).toBe(4);
	expect(body.alerts).toMatchObject([
		{
			name: 'BasketErrors',
			state: 'firing',
			service: 'basket',
			expression,
			from: ['alertmanager'],
			threshold: { operator: '>', value: 2 },
			unit: 'per-second',
		},
	]);
	expect(body.alerts[0].value).toBeCloseTo(8, 1);
	const program = startProgram({
		args: ['alerts', ...window, '--prometheus-url', url, '--alertmanager-url', alertmanager],
	});
	await program.sees('VictoriaMetrics shows no rules unless vmalert is behind it');
	await program.sees('8/s > 2/s');
	program.presses('enter');
	await program.sees('alerts › basket');
});

/** Groups without rules, a recording rule, and rules that fire, are pending and do neither. */
const rules = `
groups:
- name: basket
  interval: 1s
  rules:
  - alert: BasketErrors
    expr: ${expression.replace('[1m]', '[5m]')}
    for: 1s
    labels: {severity: critical}
    annotations: {summary: basket fails}
  - alert: BasketBusy
    expr: sum by (service) (rate(http_requests_total{service="basket"}[5m])) > 10
    for: 1h
    labels: {severity: warning}
  - alert: BasketIdle
    expr: sum by (service) (rate(http_requests_total{service="basket"}[5m])) < 1
  - record: service:http_requests:rate5m
    expr: sum by (service) (rate(http_requests_total[5m]))
- {name: empty, rules: []}
`;

describe('with vmalert behind it', () => {
	let ruled: string;
	let told: string;

	beforeAll(async () => {
		const port = await freePort();
		ruled = await startVictoriaMetrics(processes, `-vmalert.proxyURL=http://127.0.0.1:${port}`);
		told = await startAlertmanager(processes);
		const now = Math.floor(Date.now() / 1000);
		await importHistory(ruled, 'basket', { from: now - 10 * minute, to: now });
		writeFileSync(`${processes.folder}/rules.yml`, rules);
		processes.start('vmalert', [
			`-rule=${processes.folder}/rules.yml`,
			`-datasource.url=${ruled}`,
			`-remoteWrite.url=${ruled}`,
			`-notifier.url=${told}`,
			`-httpListenAddr=127.0.0.1:${port}`,
			'-external.url=http://alerts.example',
		]);
		await until('the alert to fire', async () => {
			const alerts: unknown = await (await fetch(`${told}/api/v2/alerts`)).json();
			return Array.isArray(alerts) && alerts.length > 0;
		});
	}, 120_000);

	test('its rules are joined with the alerts, the pending ones are there, and an empty group hides nothing', async () => {
		const urls = ['--prometheus-url', ruled, '--alertmanager-url', told];
		const { body, stderr, exitCode } = await printed('alerts', '--since', '10m', ...urls);
		expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
		expect(body.alerts).toMatchObject([
			{ name: 'BasketErrors', state: 'firing', service: 'basket', threshold: { operator: '>', value: 2 } },
			{ name: 'BasketBusy', state: 'pending', service: 'basket', threshold: { operator: '>', value: 10 } },
		]);
		expect([...body.alerts[0].from].sort()).toEqual(['alertmanager', 'prometheus']);
		expect(body.alerts[0].value).toBeCloseTo(8, 0);
	});
});

test('when vmalert is away it is told that the rules are missing, and not that the server is', async () => {
	const alone = await startVictoriaMetrics(processes, `-vmalert.proxyURL=http://127.0.0.1:${await freePort()}`);
	const prometheus = createPrometheus(doorTo(alone));
	const said = await prometheus.rules(askingNow()).catch(failureLine);
	expect(said).toMatch(/ answers, but what keeps its rules does not \(502\)\. .* check that vmalert runs /);
	expect((await prometheus.query('1 + 1', undefined, askingNow())).value).toHaveLength(1);
});

describe('behind vmauth', () => {
	let port: number;
	const paths = ['/api/v1/query'];
	const at = (user: string) => createPrometheus(doorTo(`http://${user}@127.0.0.1:${port}`));

	beforeAll(async () => {
		port = await freePort();
		const users = [{ username: 'me', password: 'hunter', url_map: [{ src_paths: paths, url_prefix: url }] }];
		writeFileSync(`${processes.folder}/auth.yml`, JSON.stringify({ users }));
		processes.start('vmauth', [`-auth.config=${processes.folder}/auth.yml`, `-httpListenAddr=127.0.0.1:${port}`]);
		await until('vmauth to be ready', async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok);
	});

	test('who may, is answered', async () => {
		const { value } = await at('me:hunter').query('1 + 1', ends.to * 1000, askingNow());
		expect(value.map(sample => sample.value)).toEqual([2]);
	});

	test('whoever it does not know is told so, and hears nothing of what it quoted', async () => {
		const said = await at('me:hunted').query('1 + 1', undefined, askingNow()).catch(failureLine);
		expect(said).toContain('refused the credentials (401).');
		expect(said).not.toContain(Buffer.from('me:hunted').toString('base64'));
	});

	test('a path that is not routed hides the rules and nothing else', async () => {
		const said = await at('me:hunter').rules(askingNow()).catch(failureLine);
		expect(said).toContain('does not know /api/v1/rules (404).');
	});
});

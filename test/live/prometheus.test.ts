import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createPrometheus } from '../../src/backends/prometheus/client.ts';
import { doorTo } from '../helpers/loopback.ts';
import { startProgram } from '../helpers/program.ts';
import { askingNow, failureLine } from '../helpers/replay.ts';
import { sessions } from './exporter.ts';
import { printed } from './printed.ts';
import { type Servers, startServers } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

let servers: Servers;

beforeAll(async () => {
	servers = await startServers();
}, 200_000);

afterAll(() => servers?.stop());

const urls = (): readonly string[] => [
	'--prometheus-url',
	servers.prometheus,
	'--alertmanager-url',
	servers.alertmanager,
];

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

type Counted = readonly { readonly name: string; readonly count?: number; readonly value?: number }[];
type TsdbData = {
	readonly headStats: { readonly numSeries: number; readonly numLabelPairs: number };
	readonly seriesCountByMetricName: Counted;
	readonly labelValueCountByLabelName: Counted;
	readonly seriesCountByLabelValuePair: Counted;
};

/** `120 up`, sorted; equals of the smallest count lack their names: of these the server names any. */
function inOrder(counts: Counted): readonly string[] {
	const known = counts.map(({ name, count = 0, value = count }) => ({ name, value }));
	const least = Math.min(...known.map(({ value }) => value));
	return known.map(({ name, value }) => (value === least ? `${value}` : `${value} ${name}`)).sort();
}

/** What Prometheus itself says to a query, as numbers by label. */
async function asked(promql: string): Promise<number> {
	const answer = await fetch(`${servers.prometheus}/api/v1/query?query=${encodeURIComponent(promql)}`);
	const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
	return Number(data.result[0]?.value[1]);
}

describe('a real Prometheus and Alertmanager', () => {
	test('the alerts are printed, joined from both, with value, threshold and expression', async () => {
		const { body, exitCode } = await printed('alerts', '--since', '2m', ...urls());
		expect(exitCode).toBe(0);
		const [first] = body.alerts;
		expect(first).toMatchObject({
			name: 'LedgerErrors',
			severity: 'critical',
			state: 'firing',
			service: 'ledger',
			route: '/transfer',
			threshold: { operator: '>', value: 0.05 },
			unit: 'ratio',
			runbookUrl: 'https://runbooks.example/ledger',
			labels: { cluster: 'live' },
		});
		expect([...first.from].sort()).toEqual(['alertmanager', 'prometheus']);
		expect(first.value).toBeCloseTo(0.25, 1);
		expect(body.alerts.map(({ name, state }: { name: string; state: string }) => `${name} ${state}`)).toContain(
			'LedgerSlow pending',
		);
	});

	test('the panels agree with what Prometheus answers to PromQL written by hand', async () => {
		const { body, exitCode } = await printed('service', 'ledger', '--since', '2m', ...urls());
		expect(exitCode).toBe(0);
		expect(body.target.convention).toMatch(/OpenTelemetry HTTP/);
		const selector = 'http_server_request_duration_seconds_count{service_name="ledger"';
		const rate = await asked(`sum(rate(${selector}}[1m]))`);
		const errors = (await asked(`sum(rate(${selector},http_response_status_code=~"5.."}[1m]))`)) / rate;
		expect(body.rate.lines[0].newest / rate).toBeCloseTo(1, 1);
		expect(body.errors.lines[0].newest / errors).toBeCloseTo(1, 1);
		const p99 = body.duration.lines.find(({ name }: { name: string }) => name === 'p99');
		expect(p99.newest).toBeGreaterThan(1);
		expect(p99.newest).toBeLessThanOrEqual(2.5);
		expect(body.breakdown.rows.map(({ value }: { value: string }) => value)).toEqual(['/transfer', '/balance']);
	});

	test('with Alertmanager gone the alerts are still there, and the exit code says that they are not whole', async () => {
		const { body, stderr, exitCode } = await printed(
			'alerts',
			'--prometheus-url',
			servers.prometheus,
			'--alertmanager-url',
			'http://127.0.0.1:9',
		);
		expect(exitCode).toBe(4);
		expect(body.alerts.map(({ name }: { name: string }) => name)).toContain('LedgerErrors');
		expect(stderr).toContain('Alertmanager at 127.0.0.1:9');
	});

	test('a server older than a parameter ignores it: what is too much is cut here, and said', async () => {
		const client = createPrometheus(doorTo(servers.prometheus));
		const range = { from: Date.now() - 60_000, to: Date.now() };
		const { value, notes } = await client.series(['{job="basket"}'], range, 4, askingNow());
		expect(value).toHaveLength(4);
		expect(notes).toEqual([{ kind: 'partial', text: 'There are more than these 4 series.' }]);
	});

	test('what its series are made of: as many series of a metric as it has', async () => {
		const client = createPrometheus(doorTo(servers.prometheus));
		const { value } = await client.tsdbStatus(100, askingNow());
		// An old server names the ten largest, whatever is asked.
		const metric = 'http_server_request_duration_seconds_bucket';
		const counted = value.seriesByMetric.find(({ name }) => name === metric)?.count;
		expect(counted).toBe(await asked(`count(${metric})`));
		expect(value.series).toBeGreaterThan(100);
		expect(value.bytesByLabel.length).toBeGreaterThan(5);
	});

	test('the deploy and the restart of the ledger are marked, each at the instant at which its process started', async () => {
		const { body } = await printed('service', 'ledger', '--since', '5m', ...urls());
		const { deployedAt, restartedAt, port } = servers.exporter;
		expect(body.events).toEqual([
			{ kind: 'deploy', at: isoOf(deployedAt), withinSeconds: 0, from: '1.4.0', to: '1.5.0' },
			{ kind: 'restart', at: isoOf(restartedAt), withinSeconds: 0, who: [`127.0.0.1:${port}`] },
		]);
	});

	test('the place of what makes the series many tells what the server tells', async () => {
		const { body, exitCode } = await printed('cardinality', ...urls());
		expect(exitCode).toBe(0);
		const answer = await fetch(`${servers.prometheus}/api/v1/status/tsdb`);
		const { data } = (await answer.json()) as { data: TsdbData };
		expect([body.series, body.labelPairs]).toEqual([data.headStats.numSeries, data.headStats.numLabelPairs]);
		expect(inOrder(body.seriesByMetric)).toEqual(inOrder(data.seriesCountByMetricName));
		expect(inOrder(body.valuesByLabel)).toEqual(inOrder(data.labelValueCountByLabelName));
		expect(inOrder(body.seriesByPair)).toEqual(inOrder(data.seriesCountByLabelValuePair));
	});

	test('the one label without bound is flagged, with a query that proves it', async () => {
		const { body } = await printed('cardinality', ...urls());
		const flagged = body.labels.filter(({ unbounded }: { unbounded: boolean }) => unbounded);
		expect(flagged).toMatchObject([
			{ label: 'session', count: sessions, shape: 'uuid', metric: 'basket_session_items_total' },
		]);
		expect(await asked(flagged[0].query)).toBe(sessions);
	});

	test('what it read for an answer is told, and where a query breaks', async () => {
		const client = createPrometheus(doorTo(servers.prometheus));
		const asking = askingNow();
		await client.query('count({job="basket"})', undefined, asking);
		expect(asking.records[0]?.cost).toMatch(/^\d+ samples read$/);
		const said = await client.query('sum(rate(', undefined, asking).catch(failureLine);
		expect(said).toMatch(/^bad-query at 1:10: Prometheus at .* could not run the query \(400\)/);
	});

	test('on screen: the alert, and with enter its panels', async () => {
		const program = startProgram({ args: ['alerts', '--since', '2m', ...urls()] });
		await program.sees('LedgerErrors');
		await program.sees('25 % > 5 %');
		program.presses('enter');
		await program.sees('alerts › ledger /transfer');
		await program.sees(/RATE\s+\d/);
		await program.sees('limit 5 %');
		program.presses('enter');
		await program.sees('No Loki is configured.');
		program.presses('escape', 'escape');
		await program.sees('LedgerErrors');
		program.presses('q');
		expect(await program.exited).toBe(0);
	});
});

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type PrintedPanel, printedService } from './printed.ts';
import { type Servers, startServers } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

let servers: Servers;
/** Ends before now, so that both who ask see the same samples. */
let window: readonly [from: string, to: string];

beforeAll(async () => {
	servers = await startServers();
	const to = Math.floor(Date.now() / 1000) - 2;
	window = [String(to - 30), String(to)];
}, 200_000);

afterAll(() => servers?.stop());

/** PromQL as an operator would write it, with the same range as the program (`R`). */
type ByHand = {
	readonly convention: RegExp;
	readonly by: string;
	readonly rate: string;
	readonly failed: string;
	/** Of `histogram_quantile`. */
	readonly buckets: string;
	/** What the exporter counts, per second. */
	readonly expected: { readonly rate: number; readonly failed: number };
};

const served = 'service="courier",span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"';

const services: Readonly<Record<string, ByHand>> = {
	ledger: {
		convention: /OpenTelemetry HTTP/,
		by: 'http_route',
		rate: 'sum(rate(http_server_request_duration_seconds_count{service_name="ledger"}[R]))',
		failed:
			'sum(rate(http_server_request_duration_seconds_count{service_name="ledger",http_response_status_code="503"}[R]))',
		buckets: 'sum by (le) (rate(http_server_request_duration_seconds_bucket{service_name="ledger"}[R]))',
		expected: { rate: 36, failed: 4 },
	},
	basket: {
		convention: /client library/,
		by: 'handler',
		rate: 'sum(rate(http_requests_total{service="basket"}[R]))',
		failed: 'sum(rate(http_requests_total{service="basket",code=~"500|502"}[R]))',
		buckets: 'sum by (le) (rate(http_request_duration_seconds_bucket{service="basket"}[R]))',
		expected: { rate: 50, failed: 8 },
	},
	shelf: {
		convention: /gRPC/,
		by: 'grpc_method',
		rate: 'sum(rate(grpc_server_handled_total{job="shelf"}[R]))',
		failed: 'sum(rate(grpc_server_handled_total{job="shelf",grpc_code=~"Internal|Unavailable"}[R]))',
		buckets: 'sum by (le) (rate(grpc_server_handling_seconds_bucket{job="shelf"}[R]))',
		expected: { rate: 61, failed: 4 },
	},
	parcels: {
		convention: /Micrometer/,
		by: 'uri',
		rate: 'sum(rate(http_server_requests_seconds_count{application="parcels"}[R]))',
		failed: 'sum(rate(http_server_requests_seconds_count{application="parcels",outcome="SERVER_ERROR"}[R]))',
		buckets: 'sum by (le) (rate(http_server_requests_seconds_bucket{application="parcels"}[R]))',
		expected: { rate: 33, failed: 6 },
	},
	courier: {
		convention: /span metrics/,
		by: 'span_name',
		rate: `sum(rate(traces_spanmetrics_calls_total{${served}}[R]))`,
		failed: `sum(rate(traces_spanmetrics_calls_total{${served},status_code="STATUS_CODE_ERROR"}[R]))`,
		buckets: `sum by (le) (rate(traces_spanmetrics_latency_bucket{${served}}[R]))`,
		expected: { rate: 26, failed: 7 },
	},
};

type Point = readonly [at: string, value: number];

/** What Prometheus itself says to a range query, in the window and step of a panel. */
async function asked(promql: string, { stepSeconds, averagedOverSeconds }: PrintedPanel): Promise<readonly Point[]> {
	const [start, end] = window;
	const query = promql.replaceAll('[R]', `[${averagedOverSeconds}s]`);
	const parameters = new URLSearchParams({ query, start, end, step: String(stepSeconds) });
	const answer = await fetch(`${servers.prometheus}/api/v1/query_range?${parameters}`);
	const { data } = (await answer.json()) as { data: { result: { values: [number, string][] }[] } };
	return (data.result[0]?.values ?? []).map(([at, value]) => [new Date(at * 1000).toISOString(), Number(value)]);
}

const lineOf = ({ lines }: PrintedPanel, name: string): readonly Point[] =>
	(lines.find(line => line.name === name)?.points ?? []).map(([at, value]) => [
		new Date(at).toISOString(),
		Number(value),
	]);

/** Same instants, and values that differ by no more than the last digits of a float. */
function expectSame(printed: readonly Point[], byHand: readonly Point[]) {
	expect(printed.length).toBeGreaterThan(25);
	expect(printed.map(([at]) => at)).toEqual(byHand.map(([at]) => at));
	const differences = printed.map(([, value], index) => Math.abs(value / (byHand[index]?.[1] ?? Number.NaN) - 1));
	expect(Math.max(...differences)).toBeLessThanOrEqual(1e-9);
}

describe.each(Object.entries(services))('%s', (service, { convention, by, rate, failed, buckets, expected }) => {
	test('its panels are complete, and are those that its exporter counts', async () => {
		const [from, to] = window;
		const printed = await printedService(service, '--from', from, '--to', to, '--prometheus-url', servers.prometheus);
		expect(printed).toMatchObject({ incomplete: [], exitCode: 0 });
		expect(printed.target.convention).toMatch(convention);
		expect(printed.breakdown.by).toBe(by);
		expect(printed.breakdown.rows).toHaveLength(2);
		const newestOf = (panel: PrintedPanel, name: string) => lineOf(panel, name).at(-1)?.[1];
		expect(newestOf(printed.rate, 'requests')).toBeCloseTo(expected.rate, 0);
		expect(newestOf(printed.errors, 'errors')).toBeCloseTo(expected.failed / expected.rate, 2);
	});

	test('rate, error ratio and quantiles are those of PromQL written by hand, point for point', async () => {
		const [from, to] = window;
		const printed = await printedService(service, '--from', from, '--to', to, '--prometheus-url', servers.prometheus);
		expectSame(lineOf(printed.rate, 'requests'), await asked(rate, printed.rate));
		expectSame(lineOf(printed.errors, 'errors'), await asked(`${failed} / ${rate}`, printed.errors));
		for (const quantile of [0.5, 0.95, 0.99]) {
			const line = lineOf(printed.duration, `p${quantile * 100}`);
			expectSame(line, await asked(`histogram_quantile(${quantile}, ${buckets})`, printed.duration));
		}
	});
});

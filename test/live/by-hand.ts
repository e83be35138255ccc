import { expect } from 'vitest';
import { type PrintedPanel, type PrintedService, printedService } from './printed.ts';

/** PromQL as an operator would write it, with `R` for the range of `rate`, and what the exporter counts. */
export type ByHand = {
	readonly convention: RegExp;
	readonly by: string;
	readonly rate: string;
	readonly failed: string;
	/** Of `histogram_quantile`. */
	readonly buckets: string;
	/** Per second. */
	readonly expected: { readonly rate: number; readonly failed: number };
};

const served = 'service="courier",span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"';

/** Every service of the exporter. */
export const servicesByHand: Readonly<Record<string, ByHand>> = {
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

/** A window with two ends, in Unix seconds. */
export type Ends = { readonly from: number; readonly to: number };

type Point = readonly [at: string, value: number];

const pointOf = (at: string | number, value: unknown): Point => [new Date(at).toISOString(), Number(value)];

/** What the server itself says to a range query in the window and step of a panel; the first series. */
async function asked(url: string, promql: string, { from, to }: Ends, panel: PrintedPanel): Promise<readonly Point[]> {
	const query = promql.replaceAll('[R]', `[${panel.averagedOverSeconds}s]`);
	const { stepSeconds: step } = panel;
	// Both ends on the step, as the program's grid has them.
	const [start, end] = [Math.ceil(from / step) * step, Math.floor(to / step) * step];
	const parameters = new URLSearchParams({ query, start: `${start}`, end: `${end}`, step: `${step}` });
	const answer = await fetch(`${url}/api/v1/query_range?${parameters}`);
	const { data } = (await answer.json()) as { data: { result: { values: [number, string][] }[] } };
	return (data.result[0]?.values ?? []).map(([at, value]) => pointOf(at * 1000, value));
}

/** A line of a panel as the program printed it. */
export const lineOf = ({ lines }: PrintedPanel, name: string): readonly Point[] =>
	(lines.find(line => line.name === name)?.points ?? []).map(([at, value]) => pointOf(at, value));

/** Same instants, and values that differ by no more than the last digits of a float. */
function expectSame(printed: readonly Point[], byHand: readonly Point[]): void {
	expect(printed.length).toBeGreaterThan(25);
	expect(printed.map(([at]) => at)).toEqual(byHand.map(([at]) => at));
	const differences = printed.map(([, value], index) => Math.abs(value / (byHand[index]?.[1] ?? Number.NaN) - 1));
	expect(Math.max(...differences)).toBeLessThanOrEqual(1e-9);
}

/** Everything the program knows of a service between two instants. */
export const serviceBetween = (service: string, { from, to }: Ends, url: string): Promise<PrintedService> =>
	printedService(service, '--from', `${from}`, '--to', `${to}`, '--prometheus-url', url);

/** That the printed panels are the very points of the PromQL written by hand. */
export async function expectFiguresByHand(printed: PrintedService, byHand: ByHand, ends: Ends, url: string) {
	const { rate, failed, buckets } = byHand;
	expectSame(lineOf(printed.rate, 'requests'), await asked(url, rate, ends, printed.rate));
	expectSame(lineOf(printed.errors, 'errors'), await asked(url, `${failed} / ${rate}`, ends, printed.errors));
	for (const quantile of [0.5, 0.95, 0.99]) {
		const line = lineOf(printed.duration, `p${quantile * 100}`);
		const question = `histogram_quantile(${quantile}, ${buckets})`;
		expectSame(line, await asked(url, question, ends, printed.duration));
	}
}

/** That the panels are there, of the right convention, and say what the exporter counts. */
export function expectWhole(printed: PrintedService, { convention, by, expected }: ByHand): void {
	expect(printed).toMatchObject({ incomplete: [], exitCode: 0 });
	expect(printed.target.convention).toMatch(convention);
	expect(printed.breakdown.by).toBe(by);
	expect(printed.breakdown.rows).toHaveLength(2);
	const newestOf = (panel: PrintedPanel, name: string) => lineOf(panel, name).at(-1)?.[1];
	expect(newestOf(printed.rate, 'requests')).toBeCloseTo(expected.rate, 0);
	expect(newestOf(printed.errors, 'errors')).toBeCloseTo(expected.failed / expected.rate, 2);
}

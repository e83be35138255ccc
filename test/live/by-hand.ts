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
	/** So many of the buckets' units are a second; 1 when absent. */
	readonly unitsPerSecond?: number;
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
	gate: {
		convention: /Istio/,
		by: 'request_protocol',
		rate: 'sum(rate(istio_requests_total{destination_service_name="gate",reporter="destination"}[R]))',
		failed:
			'sum(rate(istio_requests_total{destination_service_name="gate",reporter="destination",response_flags="UF"}[R]))',
		buckets:
			'sum by (le) (rate(istio_request_duration_milliseconds_bucket{destination_service_name="gate",reporter="destination"}[R]))',
		unitsPerSecond: 1000,
		expected: { rate: 35, failed: 6 },
	},
};

/** A window with two ends, in Unix seconds. */
export type Ends = { readonly from: number; readonly to: number };

type Point = readonly [at: string, value: number];

const pointOf = (at: string | number, value: unknown): Point => [new Date(at).toISOString(), Number(value)];

type Result = { readonly metric: Readonly<Record<string, string>>; readonly values: readonly [number, string][] };

/** What the server itself says to a range query in the window and step of a panel. */
export async function asked(
	url: string,
	promql: string,
	{ from, to }: Ends,
	panel: PrintedPanel,
): Promise<readonly Result[]> {
	const query = promql.replaceAll('[R]', `[${panel.averagedOverSeconds}s]`);
	const { stepSeconds: step } = panel;
	// Both ends on the step, as the program's grid has them.
	const [start, end] = [Math.ceil(from / step) * step, Math.floor(to / step) * step];
	const parameters = new URLSearchParams({ query, start: `${start}`, end: `${end}`, step: `${step}` });
	const answer = await fetch(`${url}/api/v1/query_range?${parameters}`);
	const { data } = (await answer.json()) as { data: { result: readonly Result[] } };
	return data.result;
}

const pointsOf = ([only]: readonly Result[]): readonly Point[] =>
	(only?.values ?? []).map(([at, value]) => pointOf(at * 1000, value));

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
	const { rate, failed, buckets, unitsPerSecond = 1 } = byHand;
	const byServer = async (promql: string, panel: PrintedPanel) => pointsOf(await asked(url, promql, ends, panel));
	expectSame(lineOf(printed.rate, 'requests'), await byServer(rate, printed.rate));
	expectSame(lineOf(printed.errors, 'errors'), await byServer(`${failed} / ${rate}`, printed.errors));
	for (const quantile of [0.5, 0.95, 0.99]) {
		const line = lineOf(printed.duration, `p${quantile * 100}`);
		expectSame(
			line,
			await byServer(`histogram_quantile(${quantile}, ${buckets}) / ${unitsPerSecond}`, printed.duration),
		);
	}
}

/** That the rows of the break-down are those of the PromQL written by hand, grouped by its label, at the window's end. */
export async function expectRowsByHand(printed: PrintedService, byHand: ByHand, { to }: Ends, url: string) {
	const { by, buckets, unitsPerSecond = 1 } = byHand;
	const grouped = (promql: string) => promql.replace('sum(', `sum by (${by}) (`);
	const lastBy = async (promql: string): Promise<ReadonlyMap<string, number>> => {
		const results = await asked(url, promql, { from: to, to }, { ...printed.rate, stepSeconds: 1 });
		return new Map(results.map(({ metric, values }) => [metric[by] ?? '', Number(values[0]?.[1])]));
	};
	const rates = await lastBy(grouped(byHand.rate));
	const failures = await lastBy(grouped(byHand.failed));
	const bucketsBy = buckets.replace('sum by (le)', `sum by (le, ${by})`);
	const p99 = await lastBy(`histogram_quantile(0.99, ${bucketsBy}) / ${unitsPerSecond}`);
	expect(printed.breakdown.rows.map(({ value }) => value).sort()).toEqual([...rates.keys()].sort());
	for (const { value, ratePerSecond, errorRatio, p99Seconds } of printed.breakdown.rows) {
		const rate = rates.get(value) ?? Number.NaN;
		expect(ratePerSecond / rate).toBeCloseTo(1, 9);
		expect(errorRatio).toBeCloseTo((failures.get(value) ?? 0) / rate, 9);
		expect((p99Seconds ?? Number.NaN) / (p99.get(value) ?? Number.NaN)).toBeCloseTo(1, 9);
	}
}

/** That the panels are there, of the right convention, and say what the exporter counts. */
export function expectWhole(printed: PrintedService, { convention, by, expected }: ByHand): void {
	expect(printed.exitCode).toBe(0);
	// Without exemplars traces are looked for where there is no Tempo.
	expect(printed.incomplete.filter(sentence => !sentence.startsWith('No Tempo is configured.'))).toEqual([]);
	expect(printed.target.convention).toMatch(convention);
	expect(printed.breakdown.by).toBe(by);
	expect(printed.breakdown.rows).toHaveLength(2);
	const newestOf = (panel: PrintedPanel, name: string) => lineOf(panel, name).at(-1)?.[1];
	expect(newestOf(printed.rate, 'requests')).toBeCloseTo(expected.rate, 0);
	expect(newestOf(printed.errors, 'errors')).toBeCloseTo(expected.failed / expected.rate, 2);
}

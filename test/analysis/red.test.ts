import { describe, expect, test } from 'vitest';
import { readAlertExpression } from '../../src/analysis/alert-expression.ts';
import { serviceLabels } from '../../src/analysis/label-roles.ts';
import { chooseTarget } from '../../src/analysis/red-match.ts';
import { nearServices, ownSeriesOf, probeSelectors, servicesQuery } from '../../src/analysis/red-probe.ts';
import { breakdownQueries, rateRange, redQueries } from '../../src/analysis/red-queries.ts';
import { createPrometheus } from '../../src/backends/prometheus/client.ts';
import { minute, second } from '../../src/model/time.ts';
import { askingNow, httpOver, replaying } from '../helpers/replay.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

type Row = {
	readonly family: string;
	readonly series: string;
	readonly convention: string;
	readonly rate: string;
	readonly errors: string | undefined;
	/** The p99, or the average. */
	readonly duration: string | undefined;
	readonly routes: string | undefined;
	readonly exemplars: string | undefined;
};

/** Every row: what a server has of the service `till`, and what must be asked. */
const rows: readonly Row[] = [
	{
		family: 'OpenTelemetry HTTP, stable, classic histogram',
		series: `
			http_server_request_duration_seconds_count{service_name="till",http_route="/pay",http_response_status_code="{200,502}"}
			http_server_request_duration_seconds_bucket{service_name="till",http_route="/pay",http_response_status_code="200",le="+Inf"}`,
		convention: 'OpenTelemetry HTTP server',
		rate: 'sum(rate(http_server_request_duration_seconds_count{service_name="till"}[1m]))',
		errors:
			'(sum(rate(http_server_request_duration_seconds_count{service_name="till",http_response_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_request_duration_seconds_count{service_name="till"}[1m]))',
		duration:
			'histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{service_name="till"}[1m])))',
		routes: 'topk(50, sum by (http_route) (rate(http_server_request_duration_seconds_count{service_name="till"}[1m])))',
		exemplars: 'http_server_request_duration_seconds_bucket{service_name="till"}',
	},
	{
		family: 'OpenTelemetry HTTP, stable, native histogram, service only in job',
		series: `
			http_server_request_duration_seconds_count{job="shop/till",http_request_method="GET",error_type="timeout"}
			http_server_request_duration_seconds{job="shop/till",http_request_method="GET"}`,
		convention: 'OpenTelemetry HTTP server',
		rate: 'sum(rate(http_server_request_duration_seconds_count{job="shop/till"}[1m]))',
		errors:
			'(sum(rate(http_server_request_duration_seconds_count{job="shop/till",error_type!=""}[1m])) or vector(0)) / sum(rate(http_server_request_duration_seconds_count{job="shop/till"}[1m]))',
		duration: 'histogram_quantile(0.99, sum(rate(http_server_request_duration_seconds{job="shop/till"}[1m])))',
		routes:
			'topk(50, sum by (http_request_method) (rate(http_server_request_duration_seconds_count{job="shop/till"}[1m])))',
		exemplars: 'http_server_request_duration_seconds{job="shop/till"}',
	},
	{
		family: 'OpenTelemetry HTTP, old, milliseconds',
		series: `
			http_server_duration_milliseconds_count{job="till",http_route="/pay",http_status_code="{200,500}"}
			http_server_duration_milliseconds_bucket{job="till",http_route="/pay",http_status_code="200",le="+Inf"}`,
		convention: 'OpenTelemetry HTTP server (before 1.21)',
		rate: 'sum(rate(http_server_duration_milliseconds_count{job="till"}[1m]))',
		errors:
			'(sum(rate(http_server_duration_milliseconds_count{job="till",http_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_duration_milliseconds_count{job="till"}[1m]))',
		duration:
			'histogram_quantile(0.99, sum by (le) (rate(http_server_duration_milliseconds_bucket{job="till"}[1m]))) / 1000',
		routes: 'topk(50, sum by (http_route) (rate(http_server_duration_milliseconds_count{job="till"}[1m])))',
		exemplars: 'http_server_duration_milliseconds_bucket{job="till"}',
	},
	{
		family: 'client library, a duration without a status',
		series: `
			http_requests_total{app="till",path="/pay",code="{200,500}"}
			http_request_duration_seconds_count{app="till",path="/pay"}
			http_request_duration_seconds_bucket{app="till",path="/pay",le="+Inf"}`,
		convention: 'Prometheus client library, HTTP',
		rate: 'sum(rate(http_requests_total{app="till"}[1m]))',
		errors:
			'(sum(rate(http_requests_total{app="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(http_requests_total{app="till"}[1m]))',
		duration: 'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{app="till"}[1m])))',
		routes: 'topk(50, sum by (path) (rate(http_requests_total{app="till"}[1m])))',
		exemplars: 'http_request_duration_seconds_bucket{app="till"}',
	},
	{
		family: 'client library, status grouped, a summary',
		series: `
			http_requests_total{service="till",handler="/pay",status="{2xx,5xx}"}
			http_request_duration_seconds_count{service="till",handler="/pay"}
			http_request_duration_seconds{service="till",handler="/pay",quantile="{0.5,0.99}"}`,
		convention: 'Prometheus client library, HTTP',
		rate: 'sum(rate(http_requests_total{service="till"}[1m]))',
		errors:
			'(sum(rate(http_requests_total{service="till",status="5xx"}[1m])) or vector(0)) / sum(rate(http_requests_total{service="till"}[1m]))',
		duration: 'max(http_request_duration_seconds{service="till",quantile="0.99"})',
		routes: 'topk(50, sum by (handler) (rate(http_requests_total{service="till"}[1m])))',
		exemplars: undefined,
	},
	{
		family: 'client library, status only on the histogram, milliseconds',
		series: `
			http_requests_total{service="till"}
			http_request_duration_ms_count{service="till",status_code="{200,503}"}
			http_request_duration_ms_bucket{service="till",status_code="200",le="+Inf"}`,
		convention: 'Prometheus client library, HTTP',
		rate: 'sum(rate(http_request_duration_ms_count{service="till"}[1m]))',
		errors:
			'(sum(rate(http_request_duration_ms_count{service="till",status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_request_duration_ms_count{service="till"}[1m]))',
		duration:
			'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_ms_bucket{service="till"}[1m]))) / 1000',
		routes: undefined,
		exemplars: 'http_request_duration_ms_bucket{service="till"}',
	},
	{
		family: 'client library, a counter and nothing else',
		series: 'http_requests_total{service="till"}',
		convention: 'Prometheus client library, HTTP',
		rate: 'sum(rate(http_requests_total{service="till"}[1m]))',
		errors: undefined,
		duration: undefined,
		routes: undefined,
		exemplars: undefined,
	},
	{
		family: 'gRPC in Go, no histogram switched on',
		series: 'grpc_server_handled_total{job="till",grpc_service="Till",grpc_method="Pay",grpc_code="{OK,Internal}"}',
		convention: 'gRPC server',
		rate: 'sum(rate(grpc_server_handled_total{job="till"}[1m]))',
		errors:
			'(sum(rate(grpc_server_handled_total{job="till",grpc_code=~"Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"}[1m])) or vector(0)) / sum(rate(grpc_server_handled_total{job="till"}[1m]))',
		duration: undefined,
		routes: 'topk(50, sum by (grpc_method) (rate(grpc_server_handled_total{job="till"}[1m])))',
		exemplars: undefined,
	},
	{
		family: 'gRPC in Java',
		series: `
			grpc_server_handled_total{app="till",grpc_method="Pay",code="{OK,INTERNAL}"}
			grpc_server_handling_seconds_count{app="till",grpc_method="Pay"}
			grpc_server_handling_seconds_bucket{app="till",grpc_method="Pay",le="+Inf"}`,
		convention: 'gRPC server',
		rate: 'sum(rate(grpc_server_handled_total{app="till"}[1m]))',
		errors:
			'(sum(rate(grpc_server_handled_total{app="till",code=~"UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS"}[1m])) or vector(0)) / sum(rate(grpc_server_handled_total{app="till"}[1m]))',
		duration: 'histogram_quantile(0.99, sum by (le) (rate(grpc_server_handling_seconds_bucket{app="till"}[1m])))',
		routes: 'topk(50, sum by (grpc_method) (rate(grpc_server_handled_total{app="till"}[1m])))',
		exemplars: 'grpc_server_handling_seconds_bucket{app="till"}',
	},
	{
		family: 'Micrometer, percentiles switched off, only the outcome',
		series: 'http_server_requests_seconds_count{application="till",uri="/pay",outcome="{SUCCESS,SERVER_ERROR}"}',
		convention: 'Micrometer HTTP server',
		rate: 'sum(rate(http_server_requests_seconds_count{application="till"}[1m]))',
		errors:
			'(sum(rate(http_server_requests_seconds_count{application="till",outcome="SERVER_ERROR"}[1m])) or vector(0)) / sum(rate(http_server_requests_seconds_count{application="till"}[1m]))',
		duration:
			'sum(rate(http_server_requests_seconds_sum{application="till"}[1m])) / sum(rate(http_server_requests_seconds_count{application="till"}[1m]))',
		routes: 'topk(50, sum by (uri) (rate(http_server_requests_seconds_count{application="till"}[1m])))',
		exemplars: undefined,
	},
	{
		family: 'Micrometer through OTLP: milliseconds, and their mean',
		series: 'http_server_requests_milliseconds_count{service_name="till",uri="/pay",status="{200,500}"}',
		convention: 'Micrometer HTTP server',
		rate: 'sum(rate(http_server_requests_milliseconds_count{service_name="till"}[1m]))',
		errors:
			'(sum(rate(http_server_requests_milliseconds_count{service_name="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_requests_milliseconds_count{service_name="till"}[1m]))',
		duration:
			'(sum(rate(http_server_requests_milliseconds_sum{service_name="till"}[1m])) / sum(rate(http_server_requests_milliseconds_count{service_name="till"}[1m]))) / 1000',
		routes: 'topk(50, sum by (uri) (rate(http_server_requests_milliseconds_count{service_name="till"}[1m])))',
		exemplars: undefined,
	},
	{
		family: "Tempo's span metrics",
		series: `
			traces_spanmetrics_calls_total{service="till",span_name="POST /pay",span_kind="{SPAN_KIND_SERVER,SPAN_KIND_CLIENT}",status_code="STATUS_CODE_UNSET"}
			traces_spanmetrics_latency_count{service="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER"}
			traces_spanmetrics_latency_bucket{service="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",le="+Inf"}`,
		convention: 'Tempo span metrics',
		rate: 'sum(rate(traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))',
		errors:
			'(sum(rate(traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))',
		duration:
			'histogram_quantile(0.99, sum by (le) (rate(traces_spanmetrics_latency_bucket{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m])))',
		routes:
			'topk(50, sum by (span_name) (rate(traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m])))',
		exemplars: 'traces_spanmetrics_latency_bucket{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}',
	},
	{
		family: "the collector's span metrics, only internal spans seen",
		series: `
			traces_span_metrics_calls_total{service_name="till",span_name="pay",span_kind="SPAN_KIND_INTERNAL",status_code="STATUS_CODE_ERROR"}
			traces_span_metrics_duration_milliseconds_bucket{service_name="till",span_name="pay",span_kind="SPAN_KIND_INTERNAL",le="+Inf"}`,
		convention: 'OpenTelemetry collector span metrics, inner work',
		rate: 'sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind="SPAN_KIND_INTERNAL"}[1m]))',
		errors:
			'(sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind="SPAN_KIND_INTERNAL",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind="SPAN_KIND_INTERNAL"}[1m]))',
		duration:
			'histogram_quantile(0.99, sum by (le) (rate(traces_span_metrics_duration_milliseconds_bucket{service_name="till",span_kind="SPAN_KIND_INTERNAL"}[1m]))) / 1000',
		routes:
			'topk(50, sum by (span_name) (rate(traces_span_metrics_calls_total{service_name="till",span_kind="SPAN_KIND_INTERNAL"}[1m])))',
		exemplars: 'traces_span_metrics_duration_milliseconds_bucket{service_name="till",span_kind="SPAN_KIND_INTERNAL"}',
	},
	{
		family: "the old collector's span metrics, in seconds",
		series: `
			calls_total{service_name="till",operation="pay",span_kind="SPAN_KIND_CONSUMER",status_code="STATUS_CODE_OK"}
			calls_total{service_name="till",queue="of somebody else"}
			duration_seconds_bucket{service_name="till",operation="pay",span_kind="SPAN_KIND_CONSUMER",le="+Inf"}`,
		convention: 'OpenTelemetry collector span metrics',
		rate: 'sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))',
		errors:
			'(sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))',
		duration:
			'histogram_quantile(0.99, sum by (le) (rate(duration_seconds_bucket{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m])))',
		routes:
			'topk(50, sum by (operation) (rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m])))',
		exemplars: 'duration_seconds_bucket{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}',
	},
];

const scope = { more: [], over: minute };

describe('a service is described by what exists', () => {
	test.each(rows)('$family', row => {
		const target = chooseTarget({ service: 'till', series: seriesFromText(row.series), own: [] });
		if (target === undefined) throw new Error('no family was found');
		const queries = redQueries(target, scope);
		expect(target.convention).toBe(row.convention);
		expect(queries.rate).toBe(row.rate);
		expect(queries.errors).toBe(row.errors);
		expect(queries.durations.at(-1)?.query).toBe(row.duration);
		expect(queries.exemplars).toBe(row.exemplars);
		const { routeLabel } = target;
		expect(routeLabel === undefined ? undefined : breakdownQueries(target, routeLabel, scope).rate).toBe(row.routes);
	});
});

describe('of several descriptions', () => {
	const both = seriesFromText(`
		http_requests_total{app="till",job="shop",code="200"}
		http_server_duration_milliseconds_count{job="till",http_status_code="200"}
		http_server_request_duration_seconds_count{service_name="till",job="till",http_response_status_code="200"}
		http_server_request_duration_seconds_count{service_name="stock",job="stock",http_response_status_code="200"}
		traces_spanmetrics_calls_total{service="till",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}`);

	test("the service's own stable names win, and the rest is named", () => {
		const target = chooseTarget({ service: 'till', series: both, own: [] });
		expect(target?.selector).toBe('{service_name="till"}');
		expect(target?.reason).toBe(
			'Series of this name have service_name="till". It comes before OpenTelemetry HTTP server (before 1.21) and 2 more: it stands first in the order of trust.',
		);
		expect(target?.others.map(({ rateMetric, selector }) => `${rateMetric}${selector}`)).toEqual([
			'http_server_duration_milliseconds_count{job="till"}',
			'http_requests_total{app="till"}',
			'traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}',
		]);
	});

	test("the family of the alert's own rule wins over all", () => {
		const expression = readAlertExpression(
			'sum by (app) (rate(http_requests_total{code=~"5..",job="shop"}[5m])) / sum by (app) (rate(http_requests_total{job="shop"}[5m])) > 0.1',
		);
		const own = expression === undefined ? [] : ownSeriesOf({ labels: { app: 'till', severity: 'page' } }, expression);
		const target = chooseTarget({ service: 'till', series: both, own });
		expect(target?.selector).toBe('{job="shop",app="till"}');
		expect(target?.reason).toBe("The alert's own expression reads these series.");
		expect(target?.others.map(({ convention }) => convention)).toContain('OpenTelemetry HTTP server');
	});

	test('a rule whose series are gone leaves the choice to the labels', () => {
		const expression = readAlertExpression('sum(rate(http_requests_total{app="old-till"}[5m])) > 1');
		const own = expression === undefined ? [] : ownSeriesOf({ labels: {} }, expression);
		expect(chooseTarget({ service: 'till', series: both, own })?.convention).toBe('OpenTelemetry HTTP server');
	});

	test('names with dots are asked for as they are, quoted', () => {
		const expression = readAlertExpression(
			'sum by ("service.name") (rate({"http.server.request.duration_seconds_count","service.name"="till"}[2m])) > 9',
		);
		const own = expression === undefined ? [] : ownSeriesOf({ labels: { 'service.name': 'till' } }, expression);
		const series = seriesFromText(`
			{"http.server.request.duration_seconds_count","service.name"="till","http.route"="/pay","http.response.status_code"="500"}
			{"http.server.request.duration_seconds_bucket","service.name"="till","http.route"="/pay",le="+Inf"}`);
		const target = chooseTarget({ service: 'till', series, own });
		expect(target && redQueries(target, scope).rate).toBe(
			'sum(rate({"http.server.request.duration_seconds_count","service.name"="till"}[1m]))',
		);
		expect(target?.errorMatcher?.name).toBe('http.response.status_code');
		expect(target?.routeLabel).toBe('http.route');
	});

	test('a label of which the place knows a value is the route', () => {
		const series = seriesFromText('http_requests_total{app="till",path="/p/17",handler="pay",code="200"}');
		expect(chooseTarget({ service: 'till', series, own: [] })?.routeLabel).toBe('path');
		expect(chooseTarget({ service: 'till', route: 'pay', series, own: [] })?.routeLabel).toBe('handler');
	});

	test('nothing known is nothing chosen', () => {
		const series = seriesFromText(`
			up{job="till"}
			prometheus_http_requests_total{job="till",code="200"}
			calls_total{service_name="till",queue="of somebody else"}`);
		expect(chooseTarget({ service: 'till', series, own: [] })).toBeUndefined();
	});
});

test('the recorded series of a service, scraped and pushed at once', async () => {
	const http = httpOver('prometheus', replaying('prometheus-3.5.3/series-edge').dispatcher);
	const range = { from: 1_795_335_069_000, to: 1_795_336_569_000 };
	const { value: series } = await createPrometheus(http).series(['{service_name="edge"}'], range, 2000, askingNow());
	const target = chooseTarget({ service: 'edge', series, own: [] });
	expect(target && redQueries(target, scope)).toEqual({
		rate: 'sum(rate(http_server_request_duration_seconds_count{service_name="edge"}[1m]))',
		errors:
			'(sum(rate(http_server_request_duration_seconds_count{service_name="edge",http_response_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_request_duration_seconds_count{service_name="edge"}[1m]))',
		durations: ['0.5', '0.95', '0.99'].map(quantile => ({
			name: `p${Number(quantile) * 100}`,
			query: `histogram_quantile(${quantile}, sum by (le) (rate(http_server_request_duration_seconds_bucket{service_name="edge"}[1m])))`,
		})),
		exemplars: 'http_server_request_duration_seconds_bucket{service_name="edge"}',
	});
	expect(target?.routeLabel).toBe('http_route');
});

describe('what is asked first', () => {
	test('one selector for each label that may name a service, one bucket of each histogram', () => {
		const selectors = probeSelectors('till.v2', []);
		expect(selectors.slice(0, serviceLabels.length).map(each => /^\{(\w+)/.exec(each)?.[1])).toEqual(serviceLabels);
		expect(selectors[0]).toMatch(
			/^\{service_name="till\.v2",__name__=~"\(http\.server\.request\.duration\.seconds\|.*\)\(\.total\|\.count\|\.bucket\)\?",le=~"\|\\\\\+Inf"\}$/,
		);
		expect(selectors).toContainEqual(expect.stringMatching(/^\{job=~"\(\.\+\/\)\?till\\\\\.v2",/));
		expect(selectors).toContain(
			'{envoy_cluster_name="till.v2",__name__=~"(envoy.cluster.upstream.rq|envoy.cluster.upstream.rq.xx|envoy.cluster.upstream.rq.time)(.total|.count|.bucket)?",le=~"|\\\\+Inf"}',
		);
	});

	test('services that exist, nearest in spelling first', () => {
		expect(servicesQuery).toMatch(
			/^topk\(1000, count by \(__name__, service_name, .*\) \(\{__name__=~"\(http\.server\.request\.duration\.seconds\|/,
		);
		const found = seriesFromText(`
			http_requests_total{app="stock"}
			http_requests_total{app="till-worker"}
			grpc_server_handled_total{job="shop/tall"}
			http_server_request_duration_seconds_count{service_name="till-worker"}
			http_requests_total{instance="10.0.0.1:80"}`);
		expect(nearServices('tlil', found, 3).map(({ value, label, convention }) => [value, label, convention])).toEqual([
			['tall', 'job', 'gRPC server'],
			['stock', 'app', 'Prometheus client library, HTTP'],
			['till-worker', 'app', 'Prometheus client library, HTTP'],
		]);
		expect(nearServices('till', found, 1)[0]?.value).toBe('till-worker');
	});

	test.each<[step: number, own: number | undefined, range: number]>([
		[10 * second, undefined, minute],
		[5 * minute, undefined, 5 * minute],
		[30 * second, 2 * minute, 2 * minute],
		[30 * second, 60 * minute, minute],
	])('a step of %i ms and a rule over %s ms average over %i ms', (step, own, range) => {
		expect(rateRange(step, own)).toBe(range);
	});
});

import { describe, expect, test } from 'vitest';
import { workloadOf } from '../../src/analysis/alert-claims.ts';
import { readAlertExpression } from '../../src/analysis/alert-expression.ts';
import type { AlertFigure } from '../../src/analysis/alert-figure.ts';
import { serviceOfAlert } from '../../src/analysis/alert-service.ts';
import { signalQuestionOf } from '../../src/analysis/alert-signal.ts';
import { ownSeriesOf } from '../../src/analysis/red-probe.ts';
import type { Labels } from '../../src/model/labels.ts';

/** `errors > 0.05`, `p99 duration > 1`; `-` when the rule is about no figure of the panels. */
function figureText(figure: AlertFigure | undefined): string {
	if (figure === undefined) return '-';
	const { kind, threshold } = figure;
	const quantile = kind === 'duration' && figure.quantile !== undefined ? `p${figure.quantile * 100} ` : '';
	return `${quantile}${kind} ${threshold.operator} ${threshold.value}`;
}

type Row = {
	readonly shape: string;
	readonly expression: string;
	readonly labels: Labels;
	/** Service and route; `-` when the alert names none. */
	readonly service: string;
	/** What is charted beside the alert, in its base unit; `-` when nothing is compared with a constant. */
	readonly signal: string;
	readonly figure: string;
	/** Known families in the rule, with what selects the service's series. */
	readonly own: readonly string[];
};

const rows: readonly Row[] = [
	{
		shape: 'a ratio by route',
		expression:
			'sum by (service_name, http_route) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5..",service_name="gate"}[2m])) / sum by (service_name, http_route) (rate(http_server_request_duration_seconds_count{service_name="gate"}[2m])) > 0.05',
		labels: { service_name: 'gate', http_route: '/buy', severity: 'critical' },
		service: 'gate /buy',
		signal: 'ratio > 0.05',
		figure: 'errors > 0.05',
		own: ['otel-http{service_name="gate"}'],
	},
	{
		shape: 'a percentage, written from the other side',
		expression:
			'5 < 100 * sum(rate(http_requests_total{app="till",code=~"5.."}[5m])) / sum(rate(http_requests_total{app="till"}[5m]))',
		labels: { severity: 'page' },
		service: 'till',
		signal: 'ratio > 0.05',
		figure: 'errors > 0.05',
		own: ['client-library{app="till"}'],
	},
	{
		shape: 'availability instead of errors',
		expression:
			'sum by (job) (rate(http_requests_total{code!~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m])) < 0.99',
		labels: { job: 'shop/till' },
		service: 'till',
		signal: 'ratio < 0.99',
		figure: 'errors > 0.01',
		own: ['client-library{job="shop/till"}'],
	},
	{
		shape: 'histogram_quantile',
		expression:
			'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_seconds_bucket{service="till"}[2m]))) > 1',
		labels: { service: 'till' },
		service: 'till',
		signal: 'seconds > 1',
		figure: 'p99 duration > 1',
		own: ['client-library{service="till"}'],
	},
	{
		shape: 'histogram_quantile in milliseconds',
		expression:
			'histogram_quantile(0.95, sum(rate(http_server_duration_milliseconds_bucket{job="stock"}[5m])) by (le)) >= 750',
		labels: {},
		service: 'stock',
		signal: 'seconds >= 0.75',
		figure: 'p95 duration >= 750',
		own: ['otel-http-old{job="stock"}'],
	},
	{
		shape: 'a mean from sum and count',
		expression:
			'rate(http_server_requests_seconds_sum{application="till"}[5m]) / rate(http_server_requests_seconds_count{application="till"}[5m]) > 0.5',
		labels: { application: 'till', uri: '/pay', instance: '10.0.0.7:8080' },
		service: 'till /pay',
		signal: 'seconds > 0.5',
		figure: 'duration > 0.5',
		own: ['micrometer{application="till"}'],
	},
	{
		shape: 'absent',
		expression: 'absent(http_requests_total{service="till"})',
		labels: { service: 'till' },
		service: 'till',
		signal: '-',
		figure: '-',
		own: ['client-library{service="till"}'],
	},
	{
		shape: 'up == 0',
		expression: 'up{job="till"} == 0',
		labels: { job: 'till', instance: '10.0.0.7:8080' },
		service: 'till',
		signal: 'plain == 0',
		figure: '-',
		own: [],
	},
	{
		shape: 'a number of targets down',
		expression: 'count by (job) (up{job="till"} == 0) > 2',
		labels: { job: 'till' },
		service: 'till',
		signal: 'count > 2',
		figure: '-',
		own: [],
	},
	{
		shape: 'share of targets down',
		expression: '100 * (count by (job, service) (up == 0) / count by (job, service) (up)) > 10',
		labels: { job: 'till', service: 'till-metrics' },
		service: 'till-metrics',
		signal: 'ratio > 0.1',
		figure: '-',
		own: [],
	},
	{
		shape: 'joined by and',
		expression:
			'sum(rate(grpc_server_handled_total{grpc_service="Stock",job="stock",grpc_code=~"Internal|Unavailable"}[5m])) / sum(rate(grpc_server_handled_total{job="stock"}[5m])) > 0.02 and on () sum(rate(grpc_server_handled_total{job="stock"}[5m])) > 1',
		labels: {},
		service: 'stock',
		signal: 'ratio > 0.02',
		figure: 'errors > 0.02',
		own: ['grpc{grpc_service="Stock",job="stock"}', 'grpc{job="stock"}'],
	},
	{
		shape: 'burn rate over two windows',
		expression:
			'(slo:sli_error:ratio_rate5m{sloth_id="till-availability"} > (14.4 * 0.001) and slo:sli_error:ratio_rate1h{sloth_id="till-availability"} > (14.4 * 0.001)) or (slo:sli_error:ratio_rate30m > (6 * 0.001))',
		labels: { sloth_service: 'till', sloth_slo: 'availability', sloth_severity: 'page' },
		service: 'till',
		signal: 'ratio > 0.0144',
		figure: 'errors > 0.0144',
		own: [],
	},
	{
		shape: 'predict_linear on an exporter',
		expression: 'predict_linear(node_filesystem_avail_bytes{job="node-exporter"}[6h], 4*3600) < 0',
		labels: { job: 'node-exporter', instance: 'box-7:9100', device: '/dev/sda1' },
		service: 'box-7',
		signal: 'bytes < 0',
		figure: '-',
		own: [],
	},
	{
		shape: 'days until something',
		expression: '(probe_ssl_earliest_cert_expiry{job="blackbox"} - time()) / 86400 < 14',
		labels: { job: 'blackbox', instance: 'https://www.example' },
		service: 'www.example',
		signal: 'seconds < 1209600',
		figure: '-',
		own: [],
	},
	{
		shape: 'work of a processor',
		expression: '100 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m])) * 100 > 90',
		labels: { instance: 'box-7:9100' },
		service: 'box-7',
		signal: 'ratio > 0.9',
		figure: '-',
		own: [],
	},
	{
		shape: 'kube-state-metrics speaks of a pod',
		expression: 'increase(kube_pod_container_status_restarts_total{job="kube-state-metrics"}[15m]) > 3',
		labels: { job: 'kube-state-metrics', namespace: 'shop', pod: 'till-6d4b75cb6d-x7k2p' },
		service: 'till',
		signal: 'count > 3',
		figure: '-',
		own: [],
	},
	{
		shape: 'the target said one thing, the scraper another',
		expression: 'sum by (exported_service) (rate(http_requests_total{status="500"}[5m])) > 2',
		labels: { exported_service: 'till', service: 'ingress-exporter' },
		service: 'till',
		signal: 'per-second > 2',
		figure: '-',
		own: ['client-library{exported_service="till"}'],
	},
	{
		shape: 'quoted UTF-8 names',
		expression:
			'histogram_quantile(0.9, sum by (le, "service.name") (rate({"http.server.request.duration_seconds_bucket","service.name"="gate"}[5m]))) > 0.3',
		labels: { 'service.name': 'gate' },
		service: 'gate',
		signal: 'seconds > 0.3',
		figure: 'p90 duration > 0.3',
		own: ['otel-http{"service.name"="gate"}'],
	},
	{
		shape: 'a rate of requests, too few',
		expression: 'sum by (service) (rate(traces_spanmetrics_calls_total{span_kind="SPAN_KIND_SERVER"}[5m])) < 0.5',
		labels: { service: 'gate' },
		service: 'gate',
		signal: 'per-second < 0.5',
		figure: 'rate < 0.5',
		own: ['tempo-spans{service="gate"}'],
	},
	{
		shape: 'a limit on the right side of and',
		expression: 'http_requests_total{app="till"} and on (app) queue_depth{app="till"} > 100',
		labels: { app: 'till' },
		service: 'till',
		signal: 'plain > 100',
		figure: '-',
		own: ['client-library{app="till"}'],
	},
	{
		shape: 'one route, and a pattern that is a name',
		expression: 'sum(rate(http_requests_total{app=~"till",path="/pay",code="500"}[5m])) > 1',
		labels: { severity: 'page' },
		service: 'till /pay',
		signal: 'per-second > 1',
		figure: '-',
		own: ['client-library{app=~"till"}'],
	},
	{
		shape: 'two series compared',
		expression: 'queue_depth{app="stock"} > on (app) group_left () queue_limit',
		labels: { app: 'stock' },
		service: 'stock',
		signal: '-',
		figure: '-',
		own: [],
	},
	{
		shape: 'a range of values, megabytes',
		expression: '0 < process_resident_memory_bytes{service="stock"} / 1024 / 1024 < 512',
		labels: { service: 'stock' },
		service: 'stock',
		signal: 'bytes < 536870912',
		figure: '-',
		own: [],
	},
	{
		shape: 'not PromQL: a log rule',
		expression: 'sum by (app) (rate({app="till"} |= "panic" [5m])) > 0',
		labels: { app: 'till' },
		service: 'till',
		signal: '-',
		figure: '-',
		own: [],
	},
];

describe('an alert rule, taken apart', () => {
	test.each(rows)('$shape', ({ expression, labels, service, signal, figure, own }) => {
		const read = readAlertExpression(expression);
		const found = serviceOfAlert({ labels, expression });
		expect([found?.service ?? '-', found?.route].filter(Boolean).join(' ')).toBe(service);
		const question = signalQuestionOf(expression);
		expect(
			question === undefined ? '-' : `${question.unit.unit} ${question.threshold.operator} ${question.threshold.value}`,
		).toBe(signal);
		expect(figureText(read?.figure)).toBe(figure);
		const series = read === undefined ? [] : ownSeriesOf({ labels }, read);
		expect(series.map(each => `${each.family.key}${selectorText(each.matchers)}`)).toEqual(own);
	});

	test('without an expression only a label that means nothing else is a route', () => {
		const labels = { service: 'till', endpoint: 'http-metrics', http_route: '/pay' };
		expect(serviceOfAlert({ labels })).toMatchObject({
			service: 'till',
			kind: 'service',
			route: '/pay',
			reason: 'The alert is labelled service="till".',
		});
		expect(serviceOfAlert({ labels: { service: 'till', endpoint: 'http-metrics' } })).not.toHaveProperty('route');
	});

	test.each([
		['till-6d4b75cb6d-x7k2p', 'till'],
		['log-shipper-x7k2p', 'log-shipper'],
		['ledger-db-0', 'ledger-db'],
		['nightly-settle-28391040-x7k2p', 'nightly-settle'],
		['till', 'till'],
		['order-queue', 'order-queue'],
	])('the pod %s is of %s', (pod, workload) => {
		expect(workloadOf(pod)).toBe(workload);
	});
});

const selectorText = (matchers: readonly { name: string; operator: string; value: string }[]): string =>
	`{${matchers.map(({ name, operator, value }) => `${/^\w+$/.test(name) ? name : `"${name}"`}${operator}"${value}"`).join(',')}}`;

import { describe, expect, test } from 'vitest';
import { readAlertExpression } from '../../src/analysis/alert-expression.ts';
import { chooseTarget } from '../../src/analysis/red-match.ts';
import { ownSeriesOf } from '../../src/analysis/red-probe.ts';
import { redQueries } from '../../src/analysis/red-queries.ts';
import { rateRemark } from '../../src/analysis/red-remarks.ts';
import { createPrometheus } from '../../src/backends/prometheus/client.ts';
import type { Labels } from '../../src/model/labels.ts';
import { minute } from '../../src/model/time.ts';
import { askingNow, httpOver, replaying } from '../helpers/replay.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const scope = { more: [], over: minute };

const chosen = (drawing: string) => chooseTarget({ service: 'till', series: seriesFromText(drawing), own: [] });

const ownOf = (promql: string, labels: Labels) => {
	const expression = readAlertExpression(promql);
	return expression === undefined ? [] : ownSeriesOf({ labels }, expression);
};

const complete = (metric: string, labels: string) => `
	${metric}_count{${labels},http_response_status_code="200"}
	${metric}_bucket{${labels},http_response_status_code="200",le="+Inf"}`;

const dup = `
	${complete('http_server_request_duration_seconds', 'service_name="till",job="till"')}
	http_server_request_duration_seconds_count{service_name="stock",job="stock",http_response_status_code="200"}
	http_server_duration_milliseconds_count{job="till",http_status_code="200"}
	http_server_duration_milliseconds_bucket{job="till",http_status_code="200",le="+Inf"}`;

const library = `
	http_requests_total{app="till",job="shop",code="200"}
	http_request_duration_seconds_bucket{app="till",job="shop",le="+Inf"}`;

const spans = `
	traces_spanmetrics_calls_total{service="till",span_kind="{SPAN_KIND_SERVER,SPAN_KIND_CONSUMER,SPAN_KIND_CLIENT,SPAN_KIND_INTERNAL}",status_code="STATUS_CODE_UNSET"}
	traces_spanmetrics_latency_bucket{service="till",span_kind="SPAN_KIND_SERVER",le="+Inf"}`;

const istio = `
	istio_requests_total{reporter="{source,destination}",destination_workload="till",source_workload="edge",response_code="200"}
	istio_request_duration_milliseconds_bucket{reporter="{source,destination}",destination_workload="till",source_workload="edge",response_code="200",le="+Inf"}`;

const client = complete('http_client_request_duration_seconds', 'service_name="till",server_address="bank.example"');

describe('of several descriptions', () => {
	test('stable and old names count the same requests, and are never added', () => {
		const target = chosen(dup);
		expect(target?.selector).toBe('{service_name="till"}');
		expect(target && redQueries(target, scope).rate).toBe(
			'sum(rate(http_server_request_duration_seconds_count{service_name="till"}[1m]))',
		);
		expect(target?.others).toEqual([
			{
				family: 'otel-http-old',
				convention: 'OpenTelemetry HTTP server (before 1.21)',
				rateMetric: 'http_server_duration_milliseconds_count',
				selector: '{job="till"}',
				series: 2,
			},
		]);
	});

	test.each([
		['the first in the order of trust', dup + library + spans, 'otel-http', 'it stands first in the order of trust'],
		[
			'what the service says, before its mesh',
			`http_requests_total{app="till",code="200"}${istio}`,
			'client-library',
			'the service itself counts them',
		],
		[
			'what tells more, when the service says no more than a rate',
			`http_requests_total{app="till"}${istio}`,
			'istio',
			'it tells more of rate, errors and durations',
		],
		[
			'what tells more, of two that the service says',
			`http_requests_total{app="till",code="200"}${spans}`,
			'tempo-spans',
			'it tells more of rate, errors and durations',
		],
		[
			'what was asked of the service, before what it asked',
			`http_requests_total{app="till"}${client}`,
			'client-library',
			'it counts requests asked of the service, that requests the service made',
		],
	])('wins %s', (_, drawing, family, why) => {
		const target = chosen(drawing);
		expect(target?.family).toBe(family);
		expect(target?.reason).toMatch(/^Series of this name have .*\. It comes before .*\.$/);
		expect(target?.reason).toContain(`: ${why}.`);
	});

	test('one alone needs no comparison', () => {
		expect(chosen(library)?.reason).toBe('Series of this name have app="till".');
	});

	test('what only the service asked is better than nothing, and is called by its name', () => {
		const target = chosen(client);
		expect(target?.family).toBe('otel-http-client');
		expect(target && rateRemark(target)).toBe('These are requests the service made, not requests asked of it.');
	});

	test('the operator chooses another by its key, and a key that is not there changes nothing', () => {
		const series = seriesFromText(dup + library + spans);
		const of = (family: string) => chooseTarget({ service: 'till', family, series, own: [] });
		expect(of('client-library')?.reason).toBe('You chose this family of metrics.');
		expect(of('client-library')?.others.map(({ family }) => family)).toEqual([
			'otel-http',
			'otel-http-old',
			'tempo-spans',
			'tempo-spans-client',
			'tempo-spans-inner',
		]);
		expect(of('tempo-spans-client')?.rateMetric).toBe('traces_spanmetrics_calls_total');
		expect(of('kong')?.family).toBe('otel-http');
	});

	test('the same name behind two prefixes is two families', () => {
		const target = chosen(`
			shop_http_requests_total{job="till",status="{200,500}"}
			shop_http_request_duration_seconds_bucket{job="till",path="/",le="+Inf"}
			admin_http_requests_total{job="till",status="{200,500}"}`);
		expect(target?.family).toBe('prefixed:shop');
		expect(target?.duration?.base).toBe('shop_http_request_duration_seconds');
		expect(target?.others.map(({ family }) => family)).toEqual(['prefixed:admin']);
	});
});

describe("requests in a service's own words", () => {
	const own = `
		shop_api_requests_total{job="till",op="pay",result="{success,failure}"}
		shop_api_request_latency_ms_bucket{job="till",op="pay",le="+Inf"}`;

	test.each([
		['a proxy', 'nginx_ingress_controller_requests{exported_service="till",status="200"}', 'ingress-nginx'],
		['requests it made', client, 'otel-http-client'],
		['a library behind a prefix', 'shop_http_requests_total{job="till",status="200"}', 'prefixed:shop'],
	])('come after what is known: %s', (_, known, family) => {
		const target = chosen(`${own}\n${known}`);
		expect(target?.family).toBe(family);
		expect(target?.others.map(each => each.family)).toContain('own-words:shop_api');
		expect(target?.reason).toContain('only looks like one');
	});

	test.each([
		'shop_api_requests_total{job="till"}',
		'shop_inflight_requests{job="till",op="pay"}',
		'shop_failed_requests_total{job="till",op="pay"}',
		'kube_pod_container_resource_requests{container="till",resource="cpu",unit="core"}',
		'prometheus_remote_requests_total{job="till",code="200"}',
		'rest_client_requests_total{job="till",code="200"}',
		'bank_client_requests_total{job="till",code="200"}',
		'go_gc_calls_total{job="till",result="done"}',
	])('are not %s', series => {
		expect(chosen(series)).toBeUndefined();
	});
});

describe("the alert's own rule", () => {
	const series = seriesFromText(dup + library + spans + istio);

	test('wins over all', () => {
		const own = ownOf(
			'sum by (app) (rate(http_requests_total{code=~"5..",job="shop"}[5m])) / sum by (app) (rate(http_requests_total{job="shop"}[5m])) > 0.1',
			{ app: 'till', severity: 'page' },
		);
		const target = chooseTarget({ service: 'till', series, own });
		expect(target?.selector).toBe('{job="shop",app="till"}');
		expect(target?.reason).toBe("The alert's own expression reads these series.");
		expect(target?.others[0]?.family).toBe('otel-http');
	});

	test.each([
		['http_request_duration_seconds_count{app="till",status="502"}', 'http_request_duration_seconds_count'],
		['http_requests_total{app="till",code="500"}', 'http_requests_total'],
		['http_request_duration_seconds_bucket{app="till",le="1"}', 'http_request_duration_seconds_count'],
	])('counts requests by the metric that it reads, of two that tell outcomes: %s', (read, counted) => {
		const twice = seriesFromText(`
			http_requests_total{app="till",path="/",code="200"}
			http_request_duration_seconds_count{app="till",path="{/,/pay}",status="{200,502}"}
			http_request_duration_seconds_bucket{app="till",path="{/,/pay}",status="{200,502}",le="+Inf"}`);
		const own = ownOf(`sum(rate(${read}[5m])) > 1`, {});
		expect(chooseTarget({ service: 'till', series: twice, own })?.rateMetric).toBe(counted);
	});

	test('reads durations that tell no outcome beside a counter that does', () => {
		const own = ownOf('sum(rate(http_request_duration_seconds_bucket{app="till",le="1"}[5m])) > 1', {});
		expect(chooseTarget({ service: 'till', series: seriesFromText(library), own })?.rateMetric).toBe(
			'http_requests_total',
		);
	});

	test.each([
		['instance', '{instance="till-2:9394"}'],
		['namespace, instance', '{namespace="shop",instance="till-2:9394"}'],
		['app, instance', '{app="till"}'],
		['namespace', '{namespace="shop"}'],
	])('grouped by %s, where no other label names a service', (labels, selector) => {
		const own = ownOf(`sum by (${labels}) (rate(http_requests_total{code=~"5.."}[5m])) > 1`, {
			app: 'till',
			namespace: 'shop',
			instance: 'till-2:9394',
		});
		const counted = seriesFromText(
			'http_requests_total{app="till",namespace="shop",instance="till-2:9394",code="500"}',
		);
		expect(chooseTarget({ service: 'till-2', series: counted, own })?.selector).toBe(selector);
	});

	test('leaves the choice to the labels when its series are gone', () => {
		const own = ownOf('sum(rate(http_requests_total{app="old-till"}[5m])) > 1', {});
		expect(chooseTarget({ service: 'till', series, own })?.family).toBe('otel-http');
	});

	test('is shown in the view that it reads itself', () => {
		const at = (reporter: string) =>
			ownOf(`sum by (destination_workload) (rate(istio_requests_total{reporter="${reporter}"}[5m])) > 9`, {
				destination_workload: 'till',
			}).map(({ key, matchers }) => `${key} ${matchers.map(({ name, value }) => `${name}=${value}`).join()}`);
		expect(at('destination')).toEqual(['istio destination_workload=till']);
		const made = ownOf(
			'sum by (service) (rate(traces_spanmetrics_calls_total{span_kind="SPAN_KIND_CLIENT"}[5m])) > 9',
			{
				service: 'till',
			},
		);
		expect(made.map(({ key }) => key)).toEqual(['tempo-spans-client']);
		expect(chooseTarget({ service: 'till', series, own: made })?.selector).toBe(
			'{service="till",span_kind=~"SPAN_KIND_CLIENT|SPAN_KIND_PRODUCER"}',
		);
	});

	test('keeps what names the service, though a view of the family is on the same label', () => {
		const own = ownOf(
			'sum(aws_applicationelb_httpcode_target_5_xx_count_sum{dimension_TargetGroup="targetgroup/till/1",dimension_AvailabilityZone="",region="eu-west-1"}) > 9',
			{},
		);
		expect(own.map(({ key, matchers }) => [key, ...matchers.map(({ name }) => name)])).toEqual([
			['aws-alb', 'dimension_TargetGroup', 'region'],
		]);
	});

	test('of names with dots is asked for as it is, quoted', () => {
		const own = ownOf(
			'sum by ("service.name") (rate({"http.server.request.duration_seconds_count","service.name"="till"}[2m])) > 9',
			{ 'service.name': 'till' },
		);
		const dotted = seriesFromText(`
			{"http.server.request.duration_seconds_count","service.name"="till","http.route"="/pay","http.response.status_code"="500"}
			{"http.server.request.duration_seconds_bucket","service.name"="till","http.route"="/pay",le="+Inf"}`);
		const target = chooseTarget({ service: 'till', series: dotted, own });
		expect(target && redQueries(target, scope).rate).toBe(
			'sum(rate({"http.server.request.duration_seconds_count","service.name"="till"}[1m]))',
		);
		expect(target?.errorMatcher?.name).toBe('http.response.status_code');
		expect(target?.routeLabel).toBe('http.route');
	});
});

describe('one request is counted once', () => {
	test.each([
		['both ends of a call in Istio', istio, 'istio_requests_total{destination_workload="till",reporter="destination"}'],
		[
			'both directions of a proxy of Linkerd',
			'response_total{direction="{inbound,outbound}",deployment="till",classification="success"}',
			'response_total{deployment="till",direction="inbound"}',
		],
		[
			'spans of servers, clients and inner work',
			spans,
			'traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}',
		],
		[
			'every handler that Caddy passes a request through',
			'caddy_http_requests_total{job="till",handler="{subroute,reverse_proxy,encode}"}',
			'caddy_http_requests_total{job="till",handler="reverse_proxy"}',
		],
		[
			'a balancer and each of its zones',
			'aws_applicationelb_request_count_sum{load_balancer="app/till/1",availability_zone="{,eu-west-1a,eu-west-1b}"}',
			'aws_applicationelb_request_count_sum{load_balancer="app/till/1",availability_zone=""}',
		],
	])('%s', (_, drawing, selector) => {
		const target = chosen(drawing);
		expect(target && redQueries(target, scope).rate).toContain(selector);
	});

	test('a part of a histogram does not count requests', () => {
		expect(chosen('kong_latency_count{service="till",type="{request,upstream,kong}"}')).toBeUndefined();
	});

	test('where a proxy passes HTTP and gRPC, the code that all answers have tells', () => {
		const answers = `
			istio_requests_total{reporter="destination",destination_workload="till",response_code="200",grpc_response_status="13"}
			istio_requests_total{reporter="destination",destination_workload="till",response_code="503"}`;
		expect(chosen(answers)?.errorMatcher).toEqual({ name: 'response_code', operator: '=~', value: '5..|0' });
	});

	test('spans that are no answers are offered apart', () => {
		expect(chosen(spans)?.others.map(({ family }) => family)).toEqual(['tempo-spans-client', 'tempo-spans-inner']);
	});
});

describe('labels', () => {
	test('a label of which the place knows a value is the route', () => {
		const series = seriesFromText('http_requests_total{app="till",path="/p/17",handler="pay",code="200"}');
		expect(chooseTarget({ service: 'till', series, own: [] })?.routeLabel).toBe('path');
		expect(chooseTarget({ service: 'till', route: 'pay', series, own: [] })?.routeLabel).toBe('handler');
	});

	test('a caller or a method does not stand in for a route that is looked for', () => {
		const series = seriesFromText(istio);
		expect(chooseTarget({ service: 'till', series, own: [] })?.routeLabel).toBe('source_workload');
		expect(chooseTarget({ service: 'till', route: '/pay', series, own: [] })?.routeLabel).toBeUndefined();
	});

	test('what the series can be broken down by', () => {
		expect(
			chosen('http_requests_total{app="till",path="/",method="GET",pod="till-0",version="7",code="200"}')?.labels,
		).toEqual(['code', 'method', 'path', 'pod', 'version']);
	});

	test('a service of another namespace, and one whose name goes on, are others', () => {
		const target = chosen(`
			traefik_service_requests_total{service="shop-till-80@kubernetes",code="200"}
			traefik_service_requests_total{service="shop-till-worker-80@kubernetes",code="200"}`);
		expect(target?.selector).toBe('{service="shop-till-80@kubernetes"}');
	});

	test('nothing known is nothing chosen', () => {
		expect(
			chosen(`
				up{job="till"}
				alertmanager_http_requests_total{job="till",code="200"}
				rest_client_requests_total{job="till",code="200"}
				request_total{job="till",queue="of somebody else"}
				calls_total{service_name="till",queue="of somebody else"}`),
		).toBeUndefined();
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

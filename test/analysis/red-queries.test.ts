import { describe, expect, test } from 'vitest';
import { chooseTarget } from '../../src/analysis/red-match.ts';
import { breakdownQueries, heatQuery, rateRange, redQueries, statusQuery } from '../../src/analysis/red-queries.ts';
import { durationRemark, rateRemark } from '../../src/analysis/red-remarks.ts';
import type { FoundTarget } from '../../src/analysis/service-target.ts';
import { equals, type Matcher } from '../../src/model/labels.ts';
import { minute, second } from '../../src/model/time.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const over = (...more: readonly Matcher[]) => ({ more, over: minute });

function targetOf(drawing: string): FoundTarget {
	const target = chooseTarget({ service: 'till', series: seriesFromText(drawing), own: [] });
	if (target === undefined) throw new Error('no family was found');
	return target;
}

const grpc = targetOf(`
	grpc_server_handled_total{app="till",grpc_method="Pay",grpc_code="{OK,Internal}"}
	grpc_server_handling_seconds_bucket{app="till",grpc_method="Pay",le="+Inf"}`);

const fastapi = targetOf(`
	http_requests_total{app="till",handler="/pay",status="{2xx,5xx}"}
	http_request_duration_seconds_bucket{app="till",handler="/pay",le="+Inf"}
	http_request_duration_highr_seconds_bucket{app="till",le="+Inf"}`);

const celery = targetOf(`
	celery_task_succeeded_total{queue_name="till",name="pay"}
	celery_task_runtime_bucket{queue_name="till",name="pay",le="+Inf"}`);

const native = targetOf(
	'http_server_request_duration_seconds{job="till",http_route="/",http_response_status_code="200"}',
);

const victoria = targetOf(`
	http_request_duration_seconds_bucket{app="till",path="/",vmrange="{1.000e-02...1.136e-02,1.136e-02...1.292e-02}"}
	http_request_duration_seconds_count{app="till",path="/",code="200"}`);

const summary = targetOf(`
	ruby_http_request_duration_seconds{app="till",quantile="{0.5,0.9,0.99}"}
	ruby_http_request_duration_seconds_count{app="till",status="200"}`);

const balancer = targetOf('aws_applicationelb_request_count_sum{load_balancer="app/till/1"}');

describe('quantiles', () => {
	test('the usual three, or those that are wanted', () => {
		const of = (wanted?: Parameters<typeof redQueries>[2]) =>
			redQueries(grpc, over(), wanted).durations.map(({ name, query }) => `${name} ${query.slice(0, 26)}`);
		expect(of()).toEqual([
			'p50 histogram_quantile(0.5, su',
			'p95 histogram_quantile(0.95, s',
			'p99 histogram_quantile(0.99, s',
		]);
		expect(of(['p90', 'p99.9'])).toEqual(['p90 histogram_quantile(0.9, su', 'p99.9 histogram_quantile(0.999, ']);
	});

	test('of a summary only those that the service made', () => {
		const of = (...wanted: NonNullable<Parameters<typeof redQueries>[2]>) =>
			redQueries(summary, over(), wanted).durations.map(({ name, query }) => `${name} ${query}`);
		const max = (quantile: string) => `max(ruby_http_request_duration_seconds{app="till",quantile="${quantile}"})`;
		expect(of('p50', 'p95', 'p99')).toEqual([`p50 ${max('0.5')}`, `p99 ${max('0.99')}`]);
		expect(of('p95')).toEqual([`p50 ${max('0.5')}`, `p90 ${max('0.9')}`, `p99 ${max('0.99')}`]);
		expect(summary.duration && durationRemark(summary.duration)).toMatch(/is a summary, which cannot be aggregated/);
	});

	test.each([
		['seconds', ''],
		['milliseconds', ' / 1000'],
		['ms', ' / 1000'],
		['microseconds', ' / 1000000'],
		['nanoseconds', ' / 1000000000'],
	])('in %s come out in seconds', (unit, division) => {
		const target = targetOf(`shop_http_request_duration_${unit}_bucket{app="till",code="200",le="+Inf"}
			shop_http_request_duration_${unit}_count{app="till",code="200"}`);
		expect(redQueries(target, over(), ['p99']).durations[0]?.query).toBe(
			`histogram_quantile(0.99, sum by (le) (rate(shop_http_request_duration_${unit}_bucket{app="till"}[1m])))${division}`,
		);
	});
});

describe('a label that the best duration does not have', () => {
	test('is asked of a coarser one', () => {
		const all = 'http_request_duration_highr_seconds_bucket{app="till"}';
		const one = 'http_request_duration_seconds_bucket{app="till",handler="/pay"}';
		expect(redQueries(fastapi, over()).exemplars).toBe(all);
		expect(redQueries(fastapi, over(equals('handler', '/pay'))).exemplars).toBe(one);
		expect(breakdownQueries(fastapi, 'handler', over()).p99).toBe(
			'topk(50, histogram_quantile(0.99, sum by (le, handler) (rate(http_request_duration_seconds_bucket{app="till"}[1m]))))',
		);
	});

	test('has no durations when none has it', () => {
		expect(redQueries(fastapi, over(equals('pod', 'till-0'))).durations).toEqual([]);
		expect(breakdownQueries(fastapi, 'status', over()).p99).toBeUndefined();
	});
});

describe('a break-down, bounded', () => {
	test('by a route', () => {
		expect(breakdownQueries(grpc, 'grpc_method', over())).toEqual({
			rate: 'topk(50, sum by (grpc_method) (rate(grpc_server_handled_total{app="till"}[1m])))',
			errors:
				'topk(50, sum by (grpc_method) (rate(grpc_server_handled_total{app="till",grpc_code=~"Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"}[1m])))',
			p99: 'topk(50, histogram_quantile(0.99, sum by (le, grpc_method) (rate(grpc_server_handling_seconds_bucket{app="till"}[1m]))))',
		});
	});

	test('of what fails apart from what succeeds', () => {
		const [done, failed] = ['succeeded', 'failed'].map(
			end => `sum by (name) (rate(celery_task_${end}_total{queue_name="till"}[1m]))`,
		);
		expect(breakdownQueries(celery, 'name', over())).toMatchObject({
			rate: `topk(50, ${done} + ${failed} or ${done} or ${failed})`,
			errors: `topk(50, ${failed})`,
		});
	});

	test('of a native histogram', () => {
		expect(breakdownQueries(native, 'http_route', over())).toMatchObject({
			rate: 'topk(50, sum by (http_route) (histogram_count(rate(http_server_request_duration_seconds{job="till"}[1m]))))',
			p99: 'topk(50, histogram_quantile(0.99, sum by (http_route) (rate(http_server_request_duration_seconds{job="till"}[1m]))))',
		});
	});

	test('of a gauge, which is never given to rate', () => {
		expect(breakdownQueries(balancer, 'region', over()).rate).toBe(
			'topk(50, sum by (region) (aws_applicationelb_request_count_sum{load_balancer="app/till/1"}))',
		);
		expect(redQueries(balancer, over()).errors).toBeUndefined();
		expect(rateRemark(balancer)).toBe(
			'aws_applicationelb_request_count_sum counts requests per period of the cloud, not per second.',
		);
	});
});

describe('the rate by status', () => {
	test.each([
		[
			'codes make classes',
			'http_requests_total{app="till",code="{200,503}"}',
			`sum by (class) (label_replace(sum by (code) (rate(http_requests_total{app="till"}[1m])), "class", "\${1}xx", "code", "([1-5]).."))`,
		],
		[
			'classes are left as they are',
			'http_requests_total{app="till",status="{2XX,5XX}"}',
			'topk(20, sum by (status) (rate(http_requests_total{app="till"}[1m])))',
		],
		[
			'and so are words',
			'http_requests_total{app="till",status="{success,error}"}',
			'topk(20, sum by (status) (rate(http_requests_total{app="till"}[1m])))',
		],
		[
			'gRPC beside HTTP has classes of its own',
			`
			istio_requests_total{reporter="destination",destination_service_name="till",response_code="200"}
			istio_requests_total{reporter="destination",destination_service_name="till",response_code="200",grpc_response_status="{0,13}"}`,
			`sum by (class) (label_replace(label_replace(sum by (response_code, grpc_response_status) (rate(istio_requests_total{destination_service_name="till",reporter="destination"}[1m])), "class", "\${1}xx", "response_code", "([1-5]).."), "class", "gRPC $1", "grpc_response_status", "(.*[^0].*)"))`,
		],
		['nothing tells', 'http_requests_total{app="till"}', undefined],
	])('%s', (_, drawing, query) => {
		expect(statusQuery(targetOf(drawing), over())).toBe(query);
	});

	test.each([
		['{200,500}', '=~', '5..'],
		['{2xx,5xx}', '=', '5xx'],
		['{2XX,5XX}', '=', '5XX'],
		['{2xx,503}', '=~', '5..'],
		['{2,5}', '=', '5'],
		['{success,error}', '=~', '(?i:.*(error|fail|exception|timeout).*)'],
	])('of %s a failure is %s"%s"', (values, operator, value) => {
		const target = targetOf(`http_requests_total{app="till",status="${values}"}`);
		expect(target.errorMatcher).toEqual({ name: 'status', operator, value });
	});
});

describe('the buckets', () => {
	test.each([
		['classic', grpc, 'sum by (le) (rate(grpc_server_handling_seconds_bucket{app="till"}[1m]))'],
		['of VictoriaMetrics', victoria, 'sum by (vmrange) (rate(http_request_duration_seconds_bucket{app="till"}[1m]))'],
		['of a native histogram', native, 'sum(rate(http_server_request_duration_seconds{job="till"}[1m]))'],
		['of a summary', summary, undefined],
	])('%s', (_, target, query) => {
		expect(heatQuery(target, over())).toBe(query);
	});

	test('within a route', () => {
		expect(heatQuery(grpc, over(equals('grpc_method', 'Pay')))).toBe(
			'sum by (le) (rate(grpc_server_handling_seconds_bucket{app="till",grpc_method="Pay"}[1m]))',
		);
	});
});

test.each<[step: number, own: number | undefined, range: number]>([
	[10 * second, undefined, minute],
	[5 * minute, undefined, 5 * minute],
	[30 * second, 2 * minute, 2 * minute],
	[30 * second, 60 * minute, minute],
])('a step of %i ms and a rule over %s ms average over %i ms', (step, own, range) => {
	expect(rateRange(step, own)).toBe(range);
});

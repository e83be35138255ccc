import { describe, expect, test } from 'vitest';
import { serviceLabels } from '../../src/analysis/label-roles.ts';
import { nearServices, probeSelectors, servicesQuery } from '../../src/analysis/red-probe.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

describe('what is asked first', () => {
	test('one selector for each label that may name a service, one bucket of each histogram', () => {
		const selectors = probeSelectors('till.v2', []);
		expect(selectors.slice(0, serviceLabels.length).map(each => /^\{(\w+)/.exec(each)?.[1])).toEqual(serviceLabels);
		expect(selectors[0]).toMatch(
			/^\{service_name="till\.v2",__name__=~"\(http\.\(server\.\(request\.duration\(\.seconds\)\?\|.*\)\(\.total\|\.count\|\.bucket\)\?",le=~"\|\\\\\+Inf"\}$/,
		);
		expect(selectors).toContainEqual(expect.stringMatching(/^\{job=~"\(\.\+\/\)\?till\\\\\.v2",/));
		expect(selectors).toContain(
			'{envoy_cluster_name="till.v2",__name__=~"(envoy.cluster.upstream.rq(.(xx|time))?)(.total|.count|.bucket)?",le=~"|\\\\+Inf"}',
		);
	});

	test('names that say little only with the labels that say more', () => {
		expect(probeSelectors('till', [])).toContain(
			'{service="till",span_kind!="",__name__=~"((.+[_.:])?(calls|duration(.(milliseconds|seconds))?|latency(.(seconds|milliseconds))?))(.total|.count|.bucket)?",le=~"|\\\\+Inf"}',
		);
	});

	test('services that exist, nearest in spelling first', () => {
		expect(servicesQuery()).toMatch(
			/^topk\(1000, count by \(__name__, service_name, .*\) \(\{__name__=~"\(http\.\(server\./,
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
		const seenByOthers = seriesFromText(`
			istio_requests_total{destination_canonical_service="till",job="istio-proxy"}
			celery_task_succeeded_total{queue_name="tills",job="celery-exporter"}
			promhttp_metric_handler_requests_total{job="edge"}`);
		expect(nearServices('till', seenByOthers, 9)).toEqual([
			{ label: 'destination_canonical_service', value: 'till', convention: 'Istio, requests received' },
			{ label: 'queue_name', value: 'tills', convention: 'Celery tasks' },
		]);
	});
});

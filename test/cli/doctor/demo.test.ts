import { expect, test } from 'vitest';
import { adviceOn } from '../../../src/cli/doctor/advice.ts';
import { backendJson } from '../../../src/cli/doctor/doctor-json.ts';
import { examineAll } from '../../../src/cli/doctor/examine-all.ts';
import { createDemoDispatcher, demoEndpoints } from '../../../src/demo/dispatcher.ts';
import { demoNow } from '../../helpers/demo.ts';
import { emptyWard, printed } from './ward.ts';

const now = () => demoNow;

function demoWard() {
	const endpoints = demoEndpoints.map(({ backend, url }) => [
		backend,
		{ backend, url, origin: 'the demo', authorize: async () => ({}) },
	]);
	return {
		...emptyWard(now),
		endpoints: Object.fromEntries(endpoints),
		options: { now, dispatcher: createDemoDispatcher({ now }) },
	};
}

test('the demo in 80 columns', async () => {
	expect(await printed(demoWard())).toMatchInlineSnapshot(`
		"ok    Prometheus at prometheus.demo: Prometheus 3.5.3; answers in 0 ms; newest
		      sample 2 s old; asks for no credentials; request metrics: Tempo service
		      graph, calls by others (13 services), Tempo span metrics (8 services),
		      Prometheus client library, HTTP (3 services) and 3 more; lacks native
		      histograms
		ok    Alertmanager at alertmanager.demo: Alertmanager 0.33.1; answers in 0 ms;
		      asks for no credentials; alone, no cluster
		ok    Loki at loki.demo: Loki of unknown version; answers in 0 ms; newest line
		      0 s old; asks for no credentials; 8 services by service_name; labels app
		      component container deployment_environment_name job k8s_namespace_name and
		      5 more; newest 300 lines: 60.3 % with a request ID (request_id, req_id,
		      reqId), 67.3 % with a trace ID (trace_id, traceID, span.trace_id); lacks
		      patterns, tail
		ok    Tempo at tempo.demo: Tempo of unknown version; answers in 0 ms; newest
		      trace 0 s old; asks for no credentials; lacks TraceQL metrics

		Would be of help:
		  1. Prometheus at prometheus.demo lacks native histograms: durations are as
		     coarse as their buckets. Let services expose native histograms, and
		     Prometheus scrape them (scrape_native_histograms).
		  2. Loki at loki.demo lacks patterns: patterns are found in the lines that were
		     read. Set pattern_ingester.enabled in Loki.
		  3. Loki at loki.demo lacks tail: new lines are asked for every few seconds.
		     Let the gateway before Loki pass websockets on to /loki/api/v1/tail.
		  4. Tempo at tempo.demo lacks TraceQL metrics: traces are found and not
		     counted. Switch on the local-blocks processor of the metrics generator of
		     Tempo.
		"
	`);
});

test('outside a terminal every backend has one line', async () => {
	const [lines = ''] = (await printed(demoWard(), Number.MAX_SAFE_INTEGER)).split('\n\n');
	expect(lines.split('\n').map(line => line.slice(0, 20))).toEqual([
		'ok    Prometheus at ',
		'ok    Alertmanager a',
		'ok    Loki at loki.d',
		'ok    Tempo at tempo',
	]);
});

test('the demo as JSON', async () => {
	const examined = await examineAll(demoWard(), {});
	expect(JSON.parse(JSON.stringify(examined.map(each => backendJson(each, 5000))))).toMatchInlineSnapshot(`
		[
		  {
		    "admitted": true,
		    "ageSeconds": 2.3,
		    "backend": "prometheus",
		    "complete": true,
		    "credentials": [],
		    "lacks": [
		      "native histograms",
		    ],
		    "newest": "2026-11-22T03:12:41.700Z",
		    "origin": "the demo",
		    "product": "Prometheus",
		    "reachable": true,
		    "requestMetrics": [
		      {
		        "metric": "traces_service_graph_request_total",
		        "name": "Tempo service graph, calls by others",
		        "services": 13,
		      },
		      {
		        "metric": "traces_spanmetrics_calls_total",
		        "name": "Tempo span metrics",
		        "services": 8,
		      },
		      {
		        "metric": "http_requests_total",
		        "name": "Prometheus client library, HTTP",
		        "services": 3,
		      },
		      {
		        "metric": "http_server_requests_seconds_count",
		        "name": "Micrometer HTTP server",
		        "services": 2,
		      },
		      {
		        "metric": "http_server_request_duration_seconds_count",
		        "name": "OpenTelemetry HTTP server",
		        "services": 1,
		      },
		      {
		        "metric": "grpc_server_handled_total",
		        "name": "gRPC server",
		        "services": 1,
		      },
		    ],
		    "roundTripSeconds": 0,
		    "state": "good",
		    "tenants": [],
		    "url": "http://prometheus.demo",
		    "version": "3.5.3",
		  },
		  {
		    "admitted": true,
		    "backend": "alertmanager",
		    "cluster": {
		      "members": 0,
		      "status": "disabled",
		    },
		    "complete": true,
		    "credentials": [],
		    "lacks": [],
		    "origin": "the demo",
		    "product": "Alertmanager",
		    "reachable": true,
		    "roundTripSeconds": 0,
		    "state": "good",
		    "tenants": [],
		    "url": "http://alertmanager.demo",
		    "version": "0.33.1",
		  },
		  {
		    "admitted": true,
		    "ageSeconds": 0.005,
		    "backend": "loki",
		    "complete": true,
		    "credentials": [],
		    "labels": [
		      "app",
		      "component",
		      "container",
		      "deployment_environment_name",
		      "job",
		      "k8s_namespace_name",
		      "k8s_pod_name",
		      "namespace",
		      "pod",
		      "service_name",
		      "service_namespace",
		      "stream",
		    ],
		    "lacks": [
		      "patterns",
		      "tail",
		    ],
		    "newest": "2026-11-22T03:12:43.995Z",
		    "origin": "the demo",
		    "product": "Loki",
		    "reachable": true,
		    "requestIds": [
		      {
		        "name": "request_id",
		        "origin": "line",
		        "share": 0.29333333333333333,
		      },
		      {
		        "name": "req_id",
		        "origin": "line",
		        "share": 0.25333333333333335,
		      },
		      {
		        "name": "reqId",
		        "origin": "line",
		        "share": 0.03,
		      },
		      {
		        "name": "request_id",
		        "origin": "metadata",
		        "share": 0.02666666666666667,
		      },
		    ],
		    "roundTripSeconds": 0,
		    "sampledLines": 300,
		    "services": {
		      "count": 8,
		      "label": "service_name",
		    },
		    "state": "good",
		    "tenants": [],
		    "traceIds": [
		      {
		        "name": "trace_id",
		        "origin": "line",
		        "share": 0.29333333333333333,
		      },
		      {
		        "name": "traceID",
		        "origin": "line",
		        "share": 0.25333333333333335,
		      },
		      {
		        "name": "span.trace_id",
		        "origin": "line",
		        "share": 0.043333333333333335,
		      },
		      {
		        "name": "traceId",
		        "origin": "line",
		        "share": 0.03,
		      },
		      {
		        "name": "trace",
		        "origin": "text",
		        "share": 0.02666666666666667,
		      },
		      {
		        "name": "trace_id",
		        "origin": "metadata",
		        "share": 0.02666666666666667,
		      },
		    ],
		    "url": "http://loki.demo",
		  },
		  {
		    "admitted": true,
		    "ageSeconds": 0.004,
		    "backend": "tempo",
		    "complete": true,
		    "credentials": [],
		    "lacks": [
		      "TraceQL metrics",
		    ],
		    "newest": "2026-11-22T03:12:43.996Z",
		    "origin": "the demo",
		    "product": "Tempo",
		    "reachable": true,
		    "roundTripSeconds": 0,
		    "state": "good",
		    "tenants": [],
		    "url": "http://tempo.demo",
		  },
		]
	`);
	expect(adviceOn(examined, 5000).map(({ severity }) => severity)).toEqual(['hint', 'hint', 'hint', 'hint']);
});

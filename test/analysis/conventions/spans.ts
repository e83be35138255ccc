import type { ConventionRow } from './row.ts';

/** What is derived from spans. */
export const spanRows: readonly ConventionRow[] = [
	{
		row: 'spanmetrics connector, current',
		series: `
			traces_span_metrics_calls_total{service_name="till",span_name="POST /pay",span_kind="{SPAN_KIND_SERVER,SPAN_KIND_CLIENT,SPAN_KIND_INTERNAL}",status_code="{STATUS_CODE_UNSET,STATUS_CODE_ERROR}"}
			traces_span_metrics_duration_milliseconds_bucket{service_name="till",span_name="POST /pay",span_kind="{SPAN_KIND_SERVER,SPAN_KIND_CLIENT}",status_code="STATUS_CODE_UNSET",le="+Inf"}`,
		panels: `
			OpenTelemetry collector span metrics
			rate: sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			errors: (sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traces_span_metrics_duration_milliseconds_bucket{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))) / 1000
			route: span_name
			not chosen: collector-spans-client:traces_span_metrics, collector-spans-inner:traces_span_metrics`,
	},
	{
		row: 'spanmetrics connector, current, exponential histogram in seconds',
		series: `
			traces_span_metrics_calls_total{service_name="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}
			traces_span_metrics_duration_seconds{service_name="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}`,
		panels: `
			OpenTelemetry collector span metrics
			rate: sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			errors: (sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(traces_span_metrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			p99: histogram_quantile(0.99, sum(rate(traces_span_metrics_duration_seconds{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m])))
			route: span_name`,
	},
	{
		row: 'spanmetrics connector, before that',
		series: `
			calls_total{service_name="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}
			calls_total{service_name="till",queue="of somebody else"}
			duration_milliseconds_bucket{service_name="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET",le="+Inf"}`,
		panels: `
			OpenTelemetry collector span metrics
			rate: sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			errors: (sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(duration_milliseconds_bucket{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))) / 1000
			route: span_name`,
	},
	{
		row: 'spanmetrics processor',
		series: `
			calls_total{service_name="till",operation="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}
			latency_bucket{service_name="till",operation="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET",le="+Inf"}`,
		panels: `
			OpenTelemetry collector span metrics
			rate: sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			errors: (sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(latency_bucket{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))) / 1000
			route: operation`,
	},
	{
		row: 'user-set namespace',
		series: `
			span_calls_total{service_name="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}
			span_duration_milliseconds_bucket{service_name="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET",le="+Inf"}`,
		panels: `
			OpenTelemetry collector span metrics
			rate: sum(rate(span_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			errors: (sum(rate(span_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(span_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(span_duration_milliseconds_bucket{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))) / 1000
			route: span_name`,
	},
	{
		row: 'user-set namespace, named as Tempo names its own',
		series: `
			traces_spanmetrics_calls_total{service_name="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}
			traces_spanmetrics_duration_milliseconds_bucket{service_name="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET",le="+Inf"}`,
		panels: `
			OpenTelemetry collector span metrics
			rate: sum(rate(traces_spanmetrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			errors: (sum(rate(traces_spanmetrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(traces_spanmetrics_calls_total{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traces_spanmetrics_duration_milliseconds_bucket{service_name="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))) / 1000
			route: span_name`,
	},
	{
		row: 'Tempo metrics-generator',
		series: `
			traces_spanmetrics_calls_total{service="till",span_name="POST /pay",span_kind="{SPAN_KIND_SERVER,SPAN_KIND_CLIENT,SPAN_KIND_INTERNAL}",status_code="STATUS_CODE_UNSET"}
			traces_spanmetrics_size_total{service="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}
			traces_spanmetrics_latency_bucket{service="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET",le="+Inf"}`,
		panels: `
			Tempo span metrics
			rate: sum(rate(traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			errors: (sum(rate(traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER",status_code="STATUS_CODE_ERROR"}[1m])) or vector(0)) / sum(rate(traces_spanmetrics_calls_total{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traces_spanmetrics_latency_bucket{service="till",span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[1m])))
			route: span_name
			not chosen: tempo-spans-client, tempo-spans-inner`,
	},
	{
		row: 'Tempo service graph',
		series: `
			traces_service_graph_request_total{client="{user,edge}",server="till",connection_type=""}
			traces_service_graph_request_total{client="till",server="ledger",connection_type="database"}
			traces_service_graph_request_failed_total{client="user",server="till",connection_type=""}
			traces_service_graph_request_server_seconds_bucket{client="user",server="till",connection_type="",le="+Inf"}
			traces_service_graph_request_client_seconds_bucket{client="user",server="till",connection_type="",le="+Inf"}`,
		panels: `
			Tempo service graph, calls by others
			rate: sum(rate(traces_service_graph_request_total{server="till"}[1m]))
			errors: (sum(rate(traces_service_graph_request_failed_total{server="till"}[1m])) or vector(0)) / sum(rate(traces_service_graph_request_total{server="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traces_service_graph_request_server_seconds_bucket{server="till"}[1m])))
			route: client
			not chosen: service-graph-client`,
	},
	{
		row: 'Tempo service graph, through a queue',
		series: `
			traces_service_graph_request_total{client="edge",server="till",connection_type="messaging_system"}
			traces_service_graph_request_messaging_system_seconds_bucket{client="edge",server="till",connection_type="messaging_system",le="+Inf"}`,
		panels: `
			Tempo service graph, calls by others
			rate: sum(rate(traces_service_graph_request_total{server="till"}[1m]))
			errors: (sum(rate(traces_service_graph_request_failed_total{server="till"}[1m])) or vector(0)) / sum(rate(traces_service_graph_request_total{server="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traces_service_graph_request_messaging_system_seconds_bucket{server="till"}[1m])))
			route: client`,
	},
	{
		row: 'Tempo service graph, as the caller',
		series: `
			traces_service_graph_request_total{client="till",server="ledger",connection_type="database"}
			traces_service_graph_request_client_seconds_bucket{client="till",server="ledger",connection_type="database",le="+Inf"}`,
		panels: `
			Tempo service graph, calls to others
			rate: sum(rate(traces_service_graph_request_total{client="till"}[1m]))
			errors: (sum(rate(traces_service_graph_request_failed_total{client="till"}[1m])) or vector(0)) / sum(rate(traces_service_graph_request_total{client="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traces_service_graph_request_client_seconds_bucket{client="till"}[1m])))
			route: server`,
	},
];

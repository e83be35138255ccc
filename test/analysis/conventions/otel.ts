import type { ConventionRow } from './row.ts';

/** OpenTelemetry and what speaks its conventions. */
export const otelRows: readonly ConventionRow[] = [
	{
		row: 'OTel HTTP server, stable',
		series: `
			http_server_request_duration_seconds_count{job="shop/till",service_name="till",http_route="/pay",http_request_method="POST",url_scheme="https",http_response_status_code="{200,502}"}
			http_server_request_duration_seconds_bucket{job="shop/till",service_name="till",http_route="/pay",http_request_method="POST",url_scheme="https",http_response_status_code="200",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP server
			rate: sum(rate(http_server_request_duration_seconds_count{service_name="till"}[1m]))
			errors: (sum(rate(http_server_request_duration_seconds_count{service_name="till",http_response_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_request_duration_seconds_count{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{service_name="till"}[1m])))
			route: http_route`,
	},
	{
		row: 'OTel HTTP server, stable, not promoted, native histogram',
		series: `
			http_server_request_duration_seconds{job="shop/till",http_route="/pay",http_request_method="POST",error_type="{,timeout}"}`,
		panels: `
			OpenTelemetry HTTP server
			rate: sum(histogram_count(rate(http_server_request_duration_seconds{job="shop/till"}[1m])))
			errors: (sum(histogram_count(rate(http_server_request_duration_seconds{job="shop/till",error_type!=""}[1m]))) or vector(0)) / sum(histogram_count(rate(http_server_request_duration_seconds{job="shop/till"}[1m])))
			p99: histogram_quantile(0.99, sum(rate(http_server_request_duration_seconds{job="shop/till"}[1m])))
			route: http_route`,
	},
	{
		row: 'OTel HTTP server, stable, names kept in UTF-8',
		series: `
			{"http.server.request.duration_bucket",job="shop/till","http.route"="/pay","http.response.status_code"="{200,500}",le="+Inf"}
			{"http.server.request.duration_count",job="shop/till","http.route"="/pay","http.response.status_code"="{200,500}"}`,
		panels: `
			OpenTelemetry HTTP server
			rate: sum(rate({"http.server.request.duration_count",job="shop/till"}[1m]))
			errors: (sum(rate({"http.server.request.duration_count",job="shop/till","http.response.status_code"=~"5.."}[1m])) or vector(0)) / sum(rate({"http.server.request.duration_count",job="shop/till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate({"http.server.request.duration_bucket",job="shop/till"}[1m])))
			route: http.route`,
	},
	{
		row: 'OTel HTTP server, old',
		series: `
			http_server_duration_milliseconds_count{job="till",http_route="/pay",http_method="POST",http_status_code="{200,500}"}
			http_server_duration_milliseconds_bucket{job="till",http_route="/pay",http_method="POST",http_status_code="200",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP server (before 1.21)
			rate: sum(rate(http_server_duration_milliseconds_count{job="till"}[1m]))
			errors: (sum(rate(http_server_duration_milliseconds_count{job="till",http_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_duration_milliseconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_duration_milliseconds_bucket{job="till"}[1m]))) / 1000
			route: http_route`,
	},
	{
		row: 'OTel HTTP server, old, without the unit',
		series: `
			http_server_duration_count{job="till",http_target="/pay",http_method="POST",http_status_code="{200,500}"}
			http_server_duration_bucket{job="till",http_target="/pay",http_method="POST",http_status_code="200",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP server (before 1.21)
			rate: sum(rate(http_server_duration_count{job="till"}[1m]))
			errors: (sum(rate(http_server_duration_count{job="till",http_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_duration_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_duration_bucket{job="till"}[1m]))) / 1000
			route: http_target`,
	},
	{
		row: 'OTel HTTP server, old, in seconds',
		series: `
			http_server_duration_seconds_count{job="till",http_method="POST",http_status_code="{200,500}"}
			http_server_duration_seconds_bucket{job="till",http_method="POST",http_status_code="200",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP server (before 1.21)
			rate: sum(rate(http_server_duration_seconds_count{job="till"}[1m]))
			errors: (sum(rate(http_server_duration_seconds_count{job="till",http_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_duration_seconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_duration_seconds_bucket{job="till"}[1m])))
			route: http_method`,
	},
	{
		row: 'both at once',
		series: `
			http_server_request_duration_seconds_count{job="till",http_route="/pay",http_response_status_code="200"}
			http_server_request_duration_seconds_bucket{job="till",http_route="/pay",http_response_status_code="200",le="+Inf"}
			http_server_duration_milliseconds_count{job="till",http_route="/pay",http_status_code="200"}
			http_server_duration_milliseconds_bucket{job="till",http_route="/pay",http_status_code="200",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP server
			rate: sum(rate(http_server_request_duration_seconds_count{job="till"}[1m]))
			errors: (sum(rate(http_server_request_duration_seconds_count{job="till",http_response_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_request_duration_seconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{job="till"}[1m])))
			route: http_route
			not chosen: otel-http-old`,
	},
	{
		row: 'OTel HTTP client',
		series: `
			http_client_request_duration_seconds_count{service_name="till",server_address="bank.example",server_port="443",http_request_method="POST",http_response_status_code="{200,429}"}
			http_client_request_duration_seconds_bucket{service_name="till",server_address="bank.example",server_port="443",http_request_method="POST",http_response_status_code="200",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP client
			rate: sum(rate(http_client_request_duration_seconds_count{service_name="till"}[1m]))
			errors: (sum(rate(http_client_request_duration_seconds_count{service_name="till",http_response_status_code=~"[45].."}[1m])) or vector(0)) / sum(rate(http_client_request_duration_seconds_count{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_client_request_duration_seconds_bucket{service_name="till"}[1m])))
			route: server_address`,
	},
	{
		row: 'OTel HTTP client, old',
		series: `
			http_client_duration_milliseconds_count{service_name="till",net_peer_name="bank.example",http_method="POST",http_status_code="200"}
			http_client_duration_milliseconds_bucket{service_name="till",net_peer_name="bank.example",http_method="POST",http_status_code="200",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP client (before 1.21)
			rate: sum(rate(http_client_duration_milliseconds_count{service_name="till"}[1m]))
			errors: (sum(rate(http_client_duration_milliseconds_count{service_name="till",http_status_code=~"[45].."}[1m])) or vector(0)) / sum(rate(http_client_duration_milliseconds_count{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_client_duration_milliseconds_bucket{service_name="till"}[1m]))) / 1000
			route: net_peer_name`,
	},
	{
		row: 'in-flight',
		series: `
			http_server_active_requests{service_name="till",http_request_method="GET"}
			kestrel_queued_requests{service_name="till"}
			kestrel_queued_connections{service_name="till"}
			aspnetcore_rate_limiting_queued_requests{service_name="till"}`,
		panels: `
			no panels
			see: requests in flight
			see: Kestrel connections
			see: ASP.NET Core rate limiter`,
	},
	{
		row: 'OTel RPC server, old',
		series: `
			rpc_server_duration_milliseconds_count{job="till",rpc_system="grpc",rpc_service="shop.Till",rpc_method="Pay",rpc_grpc_status_code="{0,13}"}
			rpc_server_duration_milliseconds_bucket{job="till",rpc_system="grpc",rpc_service="shop.Till",rpc_method="Pay",rpc_grpc_status_code="0",le="+Inf"}`,
		panels: `
			OpenTelemetry RPC server (before 1.38)
			rate: sum(rate(rpc_server_duration_milliseconds_count{job="till"}[1m]))
			errors: (sum(rate(rpc_server_duration_milliseconds_count{job="till",rpc_grpc_status_code=~"2|4|12|13|14|15"}[1m])) or vector(0)) / sum(rate(rpc_server_duration_milliseconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(rpc_server_duration_milliseconds_bucket{job="till"}[1m]))) / 1000
			route: rpc_method`,
	},
	{
		row: 'OTel RPC server, old, from Beyla',
		series: `
			rpc_server_duration_seconds_count{service_name="till",rpc_method="/shop.Till/Pay",rpc_grpc_status_code="0"}
			rpc_server_duration_seconds_bucket{service_name="till",rpc_method="/shop.Till/Pay",rpc_grpc_status_code="0",le="+Inf"}`,
		panels: `
			OpenTelemetry RPC server (before 1.38)
			rate: sum(rate(rpc_server_duration_seconds_count{service_name="till"}[1m]))
			errors: (sum(rate(rpc_server_duration_seconds_count{service_name="till",rpc_grpc_status_code=~"2|4|12|13|14|15"}[1m])) or vector(0)) / sum(rate(rpc_server_duration_seconds_count{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(rpc_server_duration_seconds_bucket{service_name="till"}[1m])))
			route: rpc_method`,
	},
	{
		row: 'OTel RPC server, new',
		series: `
			rpc_server_call_duration_seconds_count{job="till",rpc_system_name="grpc",rpc_method="shop.Till/Pay",rpc_status_code="{OK,INTERNAL}",error_type="{,INTERNAL}"}
			rpc_server_call_duration_seconds_bucket{job="till",rpc_system_name="grpc",rpc_method="shop.Till/Pay",rpc_status_code="OK",le="+Inf"}`,
		panels: `
			OpenTelemetry RPC server
			rate: sum(rate(rpc_server_call_duration_seconds_count{job="till"}[1m]))
			errors: (sum(rate(rpc_server_call_duration_seconds_count{job="till",error_type!=""}[1m])) or vector(0)) / sum(rate(rpc_server_call_duration_seconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(rpc_server_call_duration_seconds_bucket{job="till"}[1m])))
			route: rpc_method`,
	},
	{
		row: 'OTel RPC server, new, earlier draft, no failure seen',
		series: `
			rpc_server_call_duration_seconds_count{job="till",rpc_method="shop.Till/Pay",rpc_response_status_code="OK"}
			rpc_server_call_duration_seconds_bucket{job="till",rpc_method="shop.Till/Pay",rpc_response_status_code="OK",le="+Inf"}`,
		panels: `
			OpenTelemetry RPC server
			rate: sum(rate(rpc_server_call_duration_seconds_count{job="till"}[1m]))
			errors: (sum(rate(rpc_server_call_duration_seconds_count{job="till",rpc_response_status_code=~"Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss|UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS"}[1m])) or vector(0)) / sum(rate(rpc_server_call_duration_seconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(rpc_server_call_duration_seconds_bucket{job="till"}[1m])))
			route: rpc_method`,
	},
	{
		row: 'OTel RPC client',
		series: `
			rpc_client_call_duration_seconds_count{job="till",rpc_method="shop.Bank/Charge",server_address="bank.example",rpc_status_code="{OK,UNAVAILABLE}",error_type="{,UNAVAILABLE}"}
			rpc_client_call_duration_seconds_bucket{job="till",rpc_method="shop.Bank/Charge",server_address="bank.example",rpc_status_code="OK",le="+Inf"}`,
		panels: `
			OpenTelemetry RPC client
			rate: sum(rate(rpc_client_call_duration_seconds_count{job="till"}[1m]))
			errors: (sum(rate(rpc_client_call_duration_seconds_count{job="till",error_type!=""}[1m])) or vector(0)) / sum(rate(rpc_client_call_duration_seconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(rpc_client_call_duration_seconds_bucket{job="till"}[1m])))
			route: rpc_method`,
	},
	{
		row: 'OTel DB client',
		series: `
			db_client_operation_duration_seconds_count{service_name="till",db_system_name="postgresql",db_namespace="shop",db_collection_name="sales",db_operation_name="INSERT",db_response_status_code="{,23505}",error_type="{,23505}"}
			db_client_operation_duration_seconds_bucket{service_name="till",db_system_name="postgresql",db_namespace="shop",db_collection_name="sales",db_operation_name="INSERT",le="+Inf"}`,
		panels: `
			OpenTelemetry database client
			rate: sum(rate(db_client_operation_duration_seconds_count{service_name="till"}[1m]))
			errors: (sum(rate(db_client_operation_duration_seconds_count{service_name="till",error_type!=""}[1m])) or vector(0)) / sum(rate(db_client_operation_duration_seconds_count{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(db_client_operation_duration_seconds_bucket{service_name="till"}[1m])))
			route: db_operation_name`,
	},
	{
		row: 'OTel messaging, consumer',
		series: `
			messaging_client_consumed_messages_total{service_name="till",messaging_system="kafka",messaging_destination_name="sales",messaging_operation_name="poll",error_type="{,timeout}"}
			messaging_process_duration_seconds_count{service_name="till",messaging_system="kafka",messaging_destination_name="sales",messaging_operation_name="process"}
			messaging_process_duration_seconds_bucket{service_name="till",messaging_system="kafka",messaging_destination_name="sales",messaging_operation_name="process",le="+Inf"}`,
		panels: `
			OpenTelemetry messaging, messages processed
			rate: sum(rate(messaging_client_consumed_messages_total{service_name="till"}[1m]))
			errors: (sum(rate(messaging_client_consumed_messages_total{service_name="till",error_type!=""}[1m])) or vector(0)) / sum(rate(messaging_client_consumed_messages_total{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(messaging_process_duration_seconds_bucket{service_name="till"}[1m])))
			route: messaging_destination_name`,
	},
	{
		row: 'OTel messaging, producer',
		series: `
			messaging_client_sent_messages_total{service_name="till",messaging_system="kafka",messaging_destination_name="sales",error_type="{,timeout}"}
			messaging_client_operation_duration_seconds_count{service_name="till",messaging_system="kafka",messaging_destination_name="sales"}
			messaging_client_operation_duration_seconds_bucket{service_name="till",messaging_system="kafka",messaging_destination_name="sales",le="+Inf"}`,
		panels: `
			OpenTelemetry messaging, messages sent
			rate: sum(rate(messaging_client_sent_messages_total{service_name="till"}[1m]))
			errors: (sum(rate(messaging_client_sent_messages_total{service_name="till",error_type!=""}[1m])) or vector(0)) / sum(rate(messaging_client_sent_messages_total{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(messaging_client_operation_duration_seconds_bucket{service_name="till"}[1m])))
			route: messaging_destination_name`,
	},
	{
		row: 'Beyla / OBI eBPF',
		series: `
			http_server_request_duration_seconds_count{service_name="till",service_namespace="shop",k8s_deployment_name="till",k8s_owner_name="till",http_response_status_code="{200,500}"}
			http_server_request_duration_seconds_bucket{service_name="till",service_namespace="shop",k8s_deployment_name="till",k8s_owner_name="till",http_response_status_code="200",le="+Inf"}
			traces_spanmetrics_calls_total{service_name="till",span_kind="SPAN_KIND_SERVER",span_name="POST /pay",status_code="STATUS_CODE_UNSET"}
			messaging_publish_duration_seconds_count{service_name="till",messaging_destination_name="sales"}
			messaging_publish_duration_seconds_bucket{service_name="till",messaging_destination_name="sales",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP server
			rate: sum(rate(http_server_request_duration_seconds_count{service_name="till"}[1m]))
			errors: (sum(rate(http_server_request_duration_seconds_count{service_name="till",http_response_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_request_duration_seconds_count{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{service_name="till"}[1m])))
			not chosen: collector-spans:traces_spanmetrics, otel-producer`,
	},
];

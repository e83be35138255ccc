import type { ConventionRow } from './row.ts';

/** Application libraries. */
export const libraryRows: readonly ConventionRow[] = [
	{
		row: 'plain client-library habit',
		series: `
			http_requests_total{app="till",path="/pay",method="POST",code="{200,500}"}
			http_request_duration_seconds_count{app="till",path="/pay",method="POST"}
			http_request_duration_seconds_bucket{app="till",path="/pay",method="POST",le="+Inf"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(http_requests_total{app="till"}[1m]))
			errors: (sum(rate(http_requests_total{app="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(http_requests_total{app="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{app="till"}[1m])))
			route: path`,
	},
	{
		row: 'plain client-library habit, go-kit and Weave',
		series: `
			request_duration_seconds_count{job="shop/till",method="POST",route="pay",status_code="{200,500}",ws="false"}
			request_duration_seconds_bucket{job="shop/till",method="POST",route="pay",status_code="200",ws="false",le="+Inf"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(request_duration_seconds_count{job="shop/till"}[1m]))
			errors: (sum(rate(request_duration_seconds_count{job="shop/till",status_code=~"5.."}[1m])) or vector(0)) / sum(rate(request_duration_seconds_count{job="shop/till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(request_duration_seconds_bucket{job="shop/till"}[1m])))
			route: route`,
	},
	{
		row: 'plain client-library habit, the histogram of VictoriaMetrics',
		series: `
			http_requests_total{app="till",path="/pay",status="{200,500}"}
			http_request_duration_seconds_count{app="till",path="/pay"}
			http_request_duration_seconds_bucket{app="till",path="/pay",vmrange="{1.000e-02...1.136e-02,1.136e-02...1.292e-02}"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(http_requests_total{app="till"}[1m]))
			errors: (sum(rate(http_requests_total{app="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(http_requests_total{app="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (vmrange) (rate(http_request_duration_seconds_bucket{app="till"}[1m])))
			route: path`,
	},
	{
		row: 'prometheus-fastapi-instrumentator',
		series: `
			http_requests_total{job="till",handler="{/pay,none}",status="{2xx,5xx}",method="POST"}
			http_request_duration_seconds_count{job="till",handler="/pay",method="POST"}
			http_request_duration_seconds_bucket{job="till",handler="/pay",method="POST",le="+Inf"}
			http_request_duration_highr_seconds_count{job="till"}
			http_request_duration_highr_seconds_bucket{job="till",le="+Inf"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(http_requests_total{job="till"}[1m]))
			errors: (sum(rate(http_requests_total{job="till",status="5xx"}[1m])) or vector(0)) / sum(rate(http_requests_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_highr_seconds_bucket{job="till"}[1m])))
			route: handler`,
	},
	{
		row: 'starlette_exporter',
		series: `
			starlette_requests_total{app_name="till",method="POST",path="/pay",status_code="{200,500}"}
			starlette_request_duration_seconds_count{app_name="till",method="POST",path="/pay",status_code="200"}
			starlette_request_duration_seconds_bucket{app_name="till",method="POST",path="/pay",status_code="200",le="+Inf"}`,
		panels: `
			starlette_exporter
			rate: sum(rate(starlette_requests_total{app_name="till"}[1m]))
			errors: (sum(rate(starlette_requests_total{app_name="till",status_code=~"5.."}[1m])) or vector(0)) / sum(rate(starlette_requests_total{app_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(starlette_request_duration_seconds_bucket{app_name="till"}[1m])))
			route: path`,
	},
	{
		row: 'starlette_exporter, another prefix',
		series: `
			fastapi_requests_total{app_name="till",method="POST",path="/pay",status_code="{200,500}"}
			fastapi_request_duration_seconds_bucket{app_name="till",method="POST",path="/pay",status_code="200",le="+Inf"}`,
		panels: `
			starlette_exporter
			rate: sum(rate(fastapi_requests_total{app_name="till"}[1m]))
			errors: (sum(rate(fastapi_requests_total{app_name="till",status_code=~"5.."}[1m])) or vector(0)) / sum(rate(fastapi_requests_total{app_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(fastapi_request_duration_seconds_bucket{app_name="till"}[1m])))
			route: path`,
	},
	{
		row: 'django-prometheus',
		series: `
			django_http_requests_before_middlewares_total{job="till"}
			django_http_requests_total_by_method_total{job="till",method="POST"}
			django_http_responses_total_by_status_total{job="till",status="{200,500}"}
			django_http_responses_total_by_status_view_method_total{job="till",status="{200,500}",view="pay",method="POST"}
			django_http_requests_latency_including_middlewares_seconds_bucket{job="till",le="+Inf"}
			django_http_requests_latency_seconds_by_view_method_bucket{job="till",view="pay",method="POST",le="+Inf"}`,
		panels: `
			django-prometheus
			rate: sum(rate(django_http_responses_total_by_status_view_method_total{job="till"}[1m]))
			errors: (sum(rate(django_http_responses_total_by_status_view_method_total{job="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(django_http_responses_total_by_status_view_method_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(django_http_requests_latency_including_middlewares_seconds_bucket{job="till"}[1m])))
			route: view`,
	},
	{
		row: 'django-prometheus, only the middleware before all others, and exceptions',
		series: `
			django_http_requests_before_middlewares_total{job="till"}
			django_http_exceptions_total_by_type_total{job="till",type="ValueError"}
			django_http_exceptions_total_by_view_total{job="till",view_name="pay"}`,
		panels: `
			django-prometheus
			rate: sum(rate(django_http_requests_before_middlewares_total{job="till"}[1m]))
			errors: (sum(rate(django_http_exceptions_total_by_view_total{job="till"}[1m])) or vector(0)) / sum(rate(django_http_requests_before_middlewares_total{job="till"}[1m]))`,
	},
	{
		row: 'django-prometheus, the database',
		series: `
			django_db_query_duration_seconds_count{job="till",alias="default",vendor="postgresql"}
			django_db_query_duration_seconds_bucket{job="till",alias="default",vendor="postgresql",le="+Inf"}
			django_db_errors_total{job="till",alias="default",vendor="postgresql",type="OperationalError"}`,
		panels: `
			django-prometheus, database queries
			rate: sum(rate(django_db_query_duration_seconds_count{job="till"}[1m]))
			errors: (sum(rate(django_db_errors_total{job="till"}[1m])) or vector(0)) / sum(rate(django_db_query_duration_seconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(django_db_query_duration_seconds_bucket{job="till"}[1m])))
			route: alias`,
	},
	{
		row: 'prometheus_flask_exporter',
		series: `
			flask_http_request_total{app="till",method="POST",status="{200,500}"}
			flask_http_request_duration_seconds_count{app="till",method="POST",path="/pay",status="{200,500}"}
			flask_http_request_duration_seconds_bucket{app="till",method="POST",path="/pay",status="200",le="+Inf"}
			flask_http_request_exceptions_total{app="till",method="POST",status="500"}`,
		panels: `
			prometheus_flask_exporter
			rate: sum(rate(flask_http_request_duration_seconds_count{app="till"}[1m]))
			errors: (sum(rate(flask_http_request_duration_seconds_count{app="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(flask_http_request_duration_seconds_count{app="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(flask_http_request_duration_seconds_bucket{app="till"}[1m])))
			route: path`,
	},
	{
		row: 'prometheus_flask_exporter, prefix removed',
		series: `
			http_request_total{app="till",method="POST",status="{200,500}"}
			http_request_duration_seconds_count{app="till",method="POST",path="/pay",status="{200,500}"}
			http_request_duration_seconds_bucket{app="till",method="POST",path="/pay",status="200",le="+Inf"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(http_request_duration_seconds_count{app="till"}[1m]))
			errors: (sum(rate(http_request_duration_seconds_count{app="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(http_request_duration_seconds_count{app="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{app="till"}[1m])))
			route: path`,
	},
	{
		row: 'express-prom-bundle',
		series: `
			up{app="till"}
			http_request_duration_seconds_count{app="till",status_code="{200,500}"}
			http_request_duration_seconds_bucket{app="till",status_code="200",le="+Inf"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(http_request_duration_seconds_count{app="till"}[1m]))
			errors: (sum(rate(http_request_duration_seconds_count{app="till",status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_request_duration_seconds_count{app="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{app="till"}[1m])))`,
	},
	{
		row: 'prom-client bare',
		series: `
			http_requests_total{service="till"}
			http_request_duration_ms_count{service="till",route="/pay",code="{200,500}"}
			http_request_duration_ms_bucket{service="till",route="/pay",code="200",le="+Inf"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(http_request_duration_ms_count{service="till"}[1m]))
			errors: (sum(rate(http_request_duration_ms_count{service="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(http_request_duration_ms_count{service="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_ms_bucket{service="till"}[1m]))) / 1000
			route: route`,
	},
	{
		row: 'Spring Boot / Micrometer',
		series: `
			http_server_requests_seconds_count{application="till",uri="/pay",method="POST",status="{200,500}",outcome="{SUCCESS,SERVER_ERROR}",exception="none",error="none"}
			http_server_requests_seconds_bucket{application="till",uri="/pay",method="POST",status="200",outcome="SUCCESS",exception="none",error="none",le="+Inf"}
			http_server_requests_seconds_max{application="till",uri="/pay",method="POST",status="200"}`,
		panels: `
			Micrometer HTTP server
			rate: sum(rate(http_server_requests_seconds_count{application="till"}[1m]))
			errors: (sum(rate(http_server_requests_seconds_count{application="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_requests_seconds_count{application="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_requests_seconds_bucket{application="till"}[1m])))
			route: uri`,
	},
	{
		row: 'Spring Boot / Micrometer, no percentile histogram, only the outcome',
		series: `
			http_server_requests_seconds_count{application="till",uri="/pay",outcome="{SUCCESS,SERVER_ERROR}"}
			http_server_requests_seconds_max{application="till",uri="/pay",outcome="SUCCESS"}`,
		panels: `
			Micrometer HTTP server
			rate: sum(rate(http_server_requests_seconds_count{application="till"}[1m]))
			errors: (sum(rate(http_server_requests_seconds_count{application="till",outcome="SERVER_ERROR"}[1m])) or vector(0)) / sum(rate(http_server_requests_seconds_count{application="till"}[1m]))
			average: sum(rate(http_server_requests_seconds_sum{application="till"}[1m])) / sum(rate(http_server_requests_seconds_count{application="till"}[1m]))
			route: uri`,
	},
	{
		row: 'Spring Boot / Micrometer through OTLP',
		series: `
			http_server_requests_milliseconds_count{service_name="till",uri="/pay",method="POST",status="{200,500}"}
			http_server_requests_milliseconds_bucket{service_name="till",uri="/pay",method="POST",status="200",le="+Inf"}`,
		panels: `
			Micrometer HTTP server
			rate: sum(rate(http_server_requests_milliseconds_count{service_name="till"}[1m]))
			errors: (sum(rate(http_server_requests_milliseconds_count{service_name="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_requests_milliseconds_count{service_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_requests_milliseconds_bucket{service_name="till"}[1m]))) / 1000
			route: uri`,
	},
	{
		row: 'Spring Boot / Micrometer, the client',
		series: `
			http_client_requests_seconds_count{application="till",uri="/charge",method="POST",status="{200,404}",client_name="bank.example"}`,
		panels: `
			Micrometer HTTP client
			rate: sum(rate(http_client_requests_seconds_count{application="till"}[1m]))
			errors: (sum(rate(http_client_requests_seconds_count{application="till",status=~"[45].."}[1m])) or vector(0)) / sum(rate(http_client_requests_seconds_count{application="till"}[1m]))
			average: sum(rate(http_client_requests_seconds_sum{application="till"}[1m])) / sum(rate(http_client_requests_seconds_count{application="till"}[1m]))
			route: client_name`,
	},
	{
		row: 'Micrometer others',
		series: `
			tomcat_global_request_seconds_count{application="till",name="http-nio-8080"}
			tomcat_global_error_total{application="till",name="http-nio-8080"}`,
		panels: `
			Tomcat through Micrometer
			rate: sum(rate(tomcat_global_request_seconds_count{application="till"}[1m]))
			errors: (sum(rate(tomcat_global_error_total{application="till"}[1m])) or vector(0)) / sum(rate(tomcat_global_request_seconds_count{application="till"}[1m]))
			average: sum(rate(tomcat_global_request_seconds_sum{application="till"}[1m])) / sum(rate(tomcat_global_request_seconds_count{application="till"}[1m]))
			route: name`,
	},
	{
		row: 'ASP.NET Core ≥8',
		series: `
			http_server_request_duration_seconds_count{job="till",http_route="/pay",http_request_method="POST",http_response_status_code="{200,500}",error_type="{,System.Exception}"}
			http_server_request_duration_seconds_bucket{job="till",http_route="/pay",http_request_method="POST",http_response_status_code="200",le="+Inf"}`,
		panels: `
			OpenTelemetry HTTP server
			rate: sum(rate(http_server_request_duration_seconds_count{job="till"}[1m]))
			errors: (sum(rate(http_server_request_duration_seconds_count{job="till",http_response_status_code=~"5.."}[1m])) or vector(0)) / sum(rate(http_server_request_duration_seconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{job="till"}[1m])))
			route: http_route`,
	},
	{
		row: 'prometheus-net',
		series: `
			http_requests_received_total{job="till",code="{200,500}",method="POST",controller="Pay",action="Post",endpoint="/pay/{id}"}
			http_request_duration_seconds_count{job="till",code="{200,500}",method="POST",controller="Pay",action="Post",endpoint="/pay/{id}"}
			http_request_duration_seconds_bucket{job="till",code="200",method="POST",controller="Pay",action="Post",endpoint="/pay/{id}",le="+Inf"}
			http_requests_in_progress{job="till",method="POST",controller="Pay",action="Post",endpoint="/pay/{id}"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(http_requests_received_total{job="till"}[1m]))
			errors: (sum(rate(http_requests_received_total{job="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(http_requests_received_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{job="till"}[1m])))
			route: endpoint`,
	},
	{
		row: 'prometheus-net and starlette_exporter, in flight alone',
		series: `
			http_requests_in_progress{app="till",method="POST",controller="Pay",action="Post",endpoint="/pay/{id}"}
			starlette_requests_in_progress{app_name="till",method="POST"}`,
		panels: `
			no panels
			see: requests in flight`,
	},
	{
		row: 'Go promhttp handlers',
		series: `
			http_requests_total{job="till",code="{200,500}",method="post",endpoint="http-metrics"}
			promhttp_metric_handler_requests_total{job="till",code="200",endpoint="http-metrics"}
			http_request_duration_seconds_bucket{job="till",handler="pay",method="post",endpoint="http-metrics",le="+Inf"}`,
		panels: `
			Prometheus client library, HTTP
			rate: sum(rate(http_requests_total{job="till"}[1m]))
			errors: (sum(rate(http_requests_total{job="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(http_requests_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{job="till"}[1m])))
			route: method`,
	},
	{
		row: 'go-grpc-middleware',
		series: `
			grpc_server_started_total{job="till",grpc_type="unary",grpc_service="shop.Till",grpc_method="Pay"}
			grpc_server_handled_total{job="till",grpc_type="unary",grpc_service="shop.Till",grpc_method="Pay",grpc_code="{OK,Internal}"}
			grpc_server_handling_seconds_bucket{job="till",grpc_type="unary",grpc_service="shop.Till",grpc_method="Pay",le="+Inf"}`,
		panels: `
			gRPC server
			rate: sum(rate(grpc_server_handled_total{job="till"}[1m]))
			errors: (sum(rate(grpc_server_handled_total{job="till",grpc_code=~"Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"}[1m])) or vector(0)) / sum(rate(grpc_server_handled_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(grpc_server_handling_seconds_bucket{job="till"}[1m])))
			route: grpc_method`,
	},
	{
		row: 'go-grpc-middleware, only what was started',
		series: `
			grpc_server_started_total{job="till",grpc_type="unary",grpc_service="shop.Till",grpc_method="Pay"}
			grpc_client_started_total{job="till",grpc_type="unary",grpc_service="shop.Bank",grpc_method="Charge"}`,
		panels: `
			gRPC server
			rate: sum(rate(grpc_server_started_total{job="till"}[1m]))
			route: grpc_method
			not chosen: grpc-client`,
	},
	{
		row: 'go-grpc-middleware, the histogram not switched on',
		series: `
			grpc_server_handled_total{job="till",grpc_type="unary",grpc_service="shop.Till",grpc_method="Pay",grpc_code="OK"}`,
		panels: `
			gRPC server
			rate: sum(rate(grpc_server_handled_total{job="till"}[1m]))
			errors: (sum(rate(grpc_server_handled_total{job="till",grpc_code=~"Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss|UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS"}[1m])) or vector(0)) / sum(rate(grpc_server_handled_total{job="till"}[1m]))
			route: grpc_method`,
	},
	{
		row: 'go-grpc-middleware, the Java port',
		series: `
			grpc_server_handled_total{job="till",grpc_type="UNARY",grpc_service="shop.Till",grpc_method="Pay",code="{OK,INTERNAL}"}
			grpc_server_handled_latency_seconds_bucket{job="till",grpc_type="UNARY",grpc_service="shop.Till",grpc_method="Pay",le="+Inf"}`,
		panels: `
			gRPC server
			rate: sum(rate(grpc_server_handled_total{job="till"}[1m]))
			errors: (sum(rate(grpc_server_handled_total{job="till",code=~"UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS"}[1m])) or vector(0)) / sum(rate(grpc_server_handled_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(grpc_server_handled_latency_seconds_bucket{job="till"}[1m])))
			route: grpc_method`,
	},
	{
		row: 'go-grpc-middleware, the client twin',
		series: `
			grpc_client_handled_total{job="till",grpc_type="unary",grpc_service="shop.Bank",grpc_method="Charge",grpc_code="{OK,Unavailable}"}
			grpc_client_handling_seconds_bucket{job="till",grpc_type="unary",grpc_service="shop.Bank",grpc_method="Charge",le="+Inf"}`,
		panels: `
			gRPC client
			rate: sum(rate(grpc_client_handled_total{job="till"}[1m]))
			errors: (sum(rate(grpc_client_handled_total{job="till",grpc_code=~"Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss"}[1m])) or vector(0)) / sum(rate(grpc_client_handled_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(grpc_client_handling_seconds_bucket{job="till"}[1m])))
			route: grpc_method`,
	},
	{
		row: 'Rails yabeda-rails',
		series: `
			rails_requests_total{app="till",controller="pay",action="create",method="post",format="json",status="{200,500}"}
			rails_request_duration_seconds_bucket{app="till",controller="pay",action="create",method="post",format="json",status="200",le="+Inf"}
			rails_db_runtime_seconds_bucket{app="till",controller="pay",action="create",le="+Inf"}`,
		panels: `
			Rails through yabeda
			rate: sum(rate(rails_requests_total{app="till"}[1m]))
			errors: (sum(rate(rails_requests_total{app="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(rails_requests_total{app="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(rails_request_duration_seconds_bucket{app="till"}[1m])))
			route: controller`,
	},
	{
		row: 'Rails discourse prometheus_exporter',
		series: `
			ruby_http_requests_total{app="till",controller="pay",action="create",status="{200,500}"}
			ruby_http_request_duration_seconds{app="till",controller="pay",action="create",quantile="{0.5,0.99}"}
			ruby_http_request_duration_seconds_count{app="till",controller="pay",action="create"}
			ruby_http_request_sql_duration_seconds{app="till",controller="pay",action="create",quantile="0.99"}`,
		panels: `
			Rails through prometheus_exporter
			rate: sum(rate(ruby_http_requests_total{app="till"}[1m]))
			errors: (sum(rate(ruby_http_requests_total{app="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(ruby_http_requests_total{app="till"}[1m]))
			p99: max(ruby_http_request_duration_seconds{app="till",quantile="0.99"})
			route: controller`,
	},
	{
		row: 'go-kit and Weave behind the name of the program',
		series: `
			shop_request_duration_seconds_count{job="till",method="POST",route="pay",status_code="{200,500}",ws="false"}
			shop_request_duration_seconds_bucket{job="till",method="POST",route="pay",status_code="200",ws="false",le="+Inf"}
			shop_gc_duration_seconds_count{job="till"}`,
		panels: `
			Request metrics with a prefix
			rate: sum(rate(shop_request_duration_seconds_count{job="till"}[1m]))
			errors: (sum(rate(shop_request_duration_seconds_count{job="till",status_code=~"5.."}[1m])) or vector(0)) / sum(rate(shop_request_duration_seconds_count{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(shop_request_duration_seconds_bucket{job="till"}[1m])))
			route: route`,
	},
	{
		row: 'Elixir PromEx / Phoenix, Laravel, Symfony',
		series: `
			till_prom_ex_phoenix_http_requests_total{job="till",path="/pay",method="POST",status="{200,500}"}
			till_prom_ex_phoenix_http_request_duration_milliseconds_bucket{job="till",path="/pay",method="POST",status="200",le="+Inf"}`,
		panels: `
			Request metrics with a prefix
			rate: sum(rate(till_prom_ex_phoenix_http_requests_total{job="till"}[1m]))
			errors: (sum(rate(till_prom_ex_phoenix_http_requests_total{job="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(till_prom_ex_phoenix_http_requests_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(till_prom_ex_phoenix_http_request_duration_milliseconds_bucket{job="till"}[1m]))) / 1000
			route: path`,
	},
];

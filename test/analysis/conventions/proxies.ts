import type { ConventionRow } from './row.ts';

/** Meshes, proxies, gateways and platforms. */
export const proxyRows: readonly ConventionRow[] = [
	{
		row: 'Istio',
		series: `
			istio_requests_total{reporter="{source,destination}",destination_service_name="till",destination_canonical_service="till",destination_workload="till",destination_service="till.shop.svc.cluster.local",source_workload="edge",source_canonical_service="edge",response_code="{200,503}",response_flags="-"}
			istio_request_duration_milliseconds_bucket{reporter="{source,destination}",destination_service_name="till",destination_canonical_service="till",destination_workload="till",source_workload="edge",source_canonical_service="edge",response_code="200",le="+Inf"}`,
		panels: `
			Istio, requests received
			rate: sum(rate(istio_requests_total{destination_canonical_service="till",reporter="destination"}[1m]))
			errors: (sum(rate(istio_requests_total{destination_canonical_service="till",reporter="destination",response_code=~"5..|0"}[1m])) or vector(0)) / sum(rate(istio_requests_total{destination_canonical_service="till",reporter="destination"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(istio_request_duration_milliseconds_bucket{destination_canonical_service="till",reporter="destination"}[1m]))) / 1000
			route: source_canonical_service`,
	},
	{
		row: 'Istio, named by its app alone',
		series: `
			istio_requests_total{reporter="destination",destination_app="till",destination_version="v2",destination_workload_namespace="shop",response_code="{200,503}",response_flags="-"}`,
		panels: `
			Istio, requests received
			rate: sum(rate(istio_requests_total{destination_app="till",reporter="destination"}[1m]))
			errors: (sum(rate(istio_requests_total{destination_app="till",reporter="destination",response_code=~"5..|0"}[1m])) or vector(0)) / sum(rate(istio_requests_total{destination_app="till",reporter="destination"}[1m]))`,
	},
	{
		row: 'Istio, only the caller has a sidecar',
		series: `
			istio_requests_total{reporter="source",destination_service="till.shop.svc.cluster.local",source_workload="edge",response_code="200"}`,
		panels: `
			Istio, requests received
			rate: sum(rate(istio_requests_total{destination_service="till.shop.svc.cluster.local",reporter="source"}[1m]))
			errors: (sum(rate(istio_requests_total{destination_service="till.shop.svc.cluster.local",reporter="source",response_code=~"5..|0"}[1m])) or vector(0)) / sum(rate(istio_requests_total{destination_service="till.shop.svc.cluster.local",reporter="source"}[1m]))
			route: source_workload`,
	},
	{
		row: 'Istio, ambient',
		series: `
			istio_requests_total{reporter="{waypoint,source}",destination_service_name="till",source_workload="edge",response_code="200"}`,
		panels: `
			Istio, requests received
			rate: sum(rate(istio_requests_total{destination_service_name="till",reporter="waypoint"}[1m]))
			errors: (sum(rate(istio_requests_total{destination_service_name="till",reporter="waypoint",response_code=~"5..|0"}[1m])) or vector(0)) / sum(rate(istio_requests_total{destination_service_name="till",reporter="waypoint"}[1m]))
			route: source_workload`,
	},
	{
		row: 'Istio, gRPC',
		series: `
			istio_requests_total{reporter="destination",destination_service_name="till",source_workload="edge",response_code="200",grpc_response_status="{0,13}"}`,
		panels: `
			Istio, requests received
			rate: sum(rate(istio_requests_total{destination_service_name="till",reporter="destination"}[1m]))
			errors: (sum(rate(istio_requests_total{destination_service_name="till",reporter="destination",grpc_response_status=~"2|4|12|13|14|15"}[1m])) or vector(0)) / sum(rate(istio_requests_total{destination_service_name="till",reporter="destination"}[1m]))
			route: source_workload`,
	},
	{
		row: 'Istio, HTTP and gRPC',
		series: `
			istio_requests_total{reporter="{source,destination}",destination_service_name="till",source_workload="edge",request_protocol="http",response_code="{200,503}"}
			istio_requests_total{reporter="{source,destination}",destination_service_name="till",source_workload="edge",request_protocol="grpc",response_code="200",grpc_response_status="{0,14}"}
			istio_request_duration_milliseconds_bucket{reporter="{source,destination}",destination_service_name="till",source_workload="edge",request_protocol="{http,grpc}",response_code="200",le="+Inf"}`,
		panels: `
			Istio, requests received
			rate: sum(rate(istio_requests_total{destination_service_name="till",reporter="destination"}[1m]))
			errors: (sum(rate(istio_requests_total{destination_service_name="till",reporter="destination",response_code=~"5..|0"}[1m]) or rate(istio_requests_total{destination_service_name="till",reporter="destination",grpc_response_status=~"2|4|12|13|14|15"}[1m])) or vector(0)) / sum(rate(istio_requests_total{destination_service_name="till",reporter="destination"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(istio_request_duration_milliseconds_bucket{destination_service_name="till",reporter="destination"}[1m]))) / 1000
			route: request_protocol`,
	},
	{
		row: 'Istio, as the caller',
		series: `
			istio_requests_total{reporter="{source,destination}",destination_service_name="ledger",destination_workload="ledger",source_workload="till",response_code="200"}`,
		panels: `
			Istio, requests sent
			rate: sum(rate(istio_requests_total{source_workload="till",reporter="source"}[1m]))
			errors: (sum(rate(istio_requests_total{source_workload="till",reporter="source",response_code=~"5..|0"}[1m])) or vector(0)) / sum(rate(istio_requests_total{source_workload="till",reporter="source"}[1m]))
			route: destination_service_name`,
	},
	{
		row: 'Envoy raw, upstream',
		series: `
			envoy_cluster_upstream_rq_total{envoy_cluster_name="till"}
			envoy_cluster_upstream_rq_xx{envoy_cluster_name="till",envoy_response_code_class="{2,5}"}
			envoy_cluster_upstream_rq{envoy_cluster_name="till",envoy_response_code="{200,503}"}
			envoy_cluster_upstream_rq_time_bucket{envoy_cluster_name="till",le="+Inf"}
			envoy_cluster_upstream_rq_time_count{envoy_cluster_name="till"}`,
		panels: `
			Envoy upstream cluster
			rate: sum(rate(envoy_cluster_upstream_rq{envoy_cluster_name="till"}[1m]))
			errors: (sum(rate(envoy_cluster_upstream_rq{envoy_cluster_name="till",envoy_response_code=~"5.."}[1m])) or vector(0)) / sum(rate(envoy_cluster_upstream_rq{envoy_cluster_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(envoy_cluster_upstream_rq_time_bucket{envoy_cluster_name="till"}[1m]))) / 1000`,
	},
	{
		row: 'Envoy raw, upstream, only classes',
		series: `
			envoy_cluster_upstream_rq_total{envoy_cluster_name="till"}
			envoy_cluster_upstream_rq_xx{envoy_cluster_name="till",envoy_response_code_class="{2,5}"}
			envoy_cluster_upstream_rq_time_bucket{envoy_cluster_name="till",le="+Inf"}`,
		panels: `
			Envoy upstream cluster
			rate: sum(rate(envoy_cluster_upstream_rq_xx{envoy_cluster_name="till"}[1m]))
			errors: (sum(rate(envoy_cluster_upstream_rq_xx{envoy_cluster_name="till",envoy_response_code_class="5"}[1m])) or vector(0)) / sum(rate(envoy_cluster_upstream_rq_xx{envoy_cluster_name="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(envoy_cluster_upstream_rq_time_bucket{envoy_cluster_name="till"}[1m]))) / 1000`,
	},
	{
		row: 'Envoy raw, downstream',
		series: `
			envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="till"}
			envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix="till",envoy_response_code_class="{2,5}"}
			envoy_http_downstream_rq_time_bucket{envoy_http_conn_manager_prefix="till",le="+Inf"}`,
		panels: `
			Envoy listener
			rate: sum(rate(envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix="till"}[1m]))
			errors: (sum(rate(envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix="till",envoy_response_code_class="5"}[1m])) or vector(0)) / sum(rate(envoy_http_downstream_rq_xx{envoy_http_conn_manager_prefix="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(envoy_http_downstream_rq_time_bucket{envoy_http_conn_manager_prefix="till"}[1m]))) / 1000`,
	},
	{
		row: 'Linkerd',
		series: `
			request_total{direction="{inbound,outbound}",deployment="till",namespace="shop",authority="till.shop"}
			response_total{direction="{inbound,outbound}",deployment="till",namespace="shop",authority="till.shop",classification="{success,failure}",status_code="200"}
			response_latency_ms_bucket{direction="inbound",deployment="till",namespace="shop",authority="till.shop",status_code="200",le="+Inf"}`,
		panels: `
			Linkerd, requests received
			rate: sum(rate(response_total{deployment="till",direction="inbound"}[1m]))
			errors: (sum(rate(response_total{deployment="till",direction="inbound",classification="failure"}[1m])) or vector(0)) / sum(rate(response_total{deployment="till",direction="inbound"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(response_latency_ms_bucket{deployment="till",direction="inbound"}[1m]))) / 1000
			route: authority
			not chosen: linkerd-client`,
	},
	{
		row: 'Linkerd, only the callers are meshed',
		series: `
			response_total{direction="outbound",deployment="edge",namespace="shop",dst_deployment="till",dst_namespace="shop",classification="success",status_code="200"}
			response_latency_ms_bucket{direction="outbound",deployment="edge",namespace="shop",dst_deployment="till",dst_namespace="shop",status_code="200",le="+Inf"}`,
		panels: `
			Linkerd, requests of its callers
			rate: sum(rate(response_total{dst_deployment="till",direction="outbound"}[1m]))
			errors: (sum(rate(response_total{dst_deployment="till",direction="outbound",classification="failure"}[1m])) or vector(0)) / sum(rate(response_total{dst_deployment="till",direction="outbound"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(response_latency_ms_bucket{dst_deployment="till",direction="outbound"}[1m]))) / 1000
			route: deployment`,
	},
	{
		row: 'Linkerd, only the callers are meshed, by the Kubernetes service',
		series: `
			response_total{direction="outbound",deployment="edge",namespace="shop",dst_service="till",dst_namespace="shop",classification="{success,failure}",status_code="200"}
			response_latency_ms_bucket{direction="outbound",deployment="edge",namespace="shop",dst_service="till",dst_namespace="shop",status_code="200",le="+Inf"}`,
		panels: `
			Linkerd, requests of its callers
			rate: sum(rate(response_total{dst_service="till",direction="outbound"}[1m]))
			errors: (sum(rate(response_total{dst_service="till",direction="outbound",classification="failure"}[1m])) or vector(0)) / sum(rate(response_total{dst_service="till",direction="outbound"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(response_latency_ms_bucket{dst_service="till",direction="outbound"}[1m]))) / 1000
			route: deployment`,
	},
	{
		row: 'Linkerd, the route twins',
		series: `
			route_response_total{direction="inbound",deployment="till",dst="till.shop",rt_route="POST /pay",classification="{success,failure}"}
			route_response_latency_ms_bucket{direction="inbound",deployment="till",dst="till.shop",rt_route="POST /pay",le="+Inf"}`,
		panels: `
			Linkerd, requests received by route
			rate: sum(rate(route_response_total{deployment="till",direction="inbound"}[1m]))
			errors: (sum(rate(route_response_total{deployment="till",direction="inbound",classification="failure"}[1m])) or vector(0)) / sum(rate(route_response_total{deployment="till",direction="inbound"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(route_response_latency_ms_bucket{deployment="till",direction="inbound"}[1m]))) / 1000
			route: rt_route`,
	},
	{
		row: 'ingress-nginx',
		series: `
			nginx_ingress_controller_requests{namespace="ingress",service="ingress-metrics",exported_namespace="shop",exported_service="till",ingress="shop",host="till.example",path="/pay",method="POST",status="{200,503}",canary=""}
			nginx_ingress_controller_request_duration_seconds_bucket{namespace="ingress",service="ingress-metrics",exported_namespace="shop",exported_service="till",ingress="shop",host="till.example",path="/pay",method="POST",status="200",le="+Inf"}
			nginx_ingress_controller_response_duration_seconds_bucket{namespace="ingress",service="ingress-metrics",exported_namespace="shop",exported_service="till",ingress="shop",host="till.example",path="/pay",method="POST",status="200",le="+Inf"}`,
		panels: `
			ingress-nginx
			rate: sum(rate(nginx_ingress_controller_requests{exported_service="till"}[1m]))
			errors: (sum(rate(nginx_ingress_controller_requests{exported_service="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(nginx_ingress_controller_requests{exported_service="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(nginx_ingress_controller_request_duration_seconds_bucket{exported_service="till"}[1m])))
			route: path`,
	},
	{
		row: 'nginx-prometheus-exporter (OSS)',
		series: `
			nginx_http_requests_total{job="till",instance="10.0.0.1:9113"}`,
		panels: `
			nginx
			rate: sum(rate(nginx_http_requests_total{job="till"}[1m]))`,
	},
	{
		row: 'Traefik',
		series: `
			traefik_service_requests_total{code="{200,502}",method="POST",protocol="http",service="shop-till-80@kubernetes"}
			traefik_service_request_duration_seconds_bucket{code="200",method="POST",protocol="http",service="shop-till-80@kubernetes",le="+Inf"}`,
		panels: `
			Traefik service
			rate: sum(rate(traefik_service_requests_total{service="shop-till-80@kubernetes"}[1m]))
			errors: (sum(rate(traefik_service_requests_total{service="shop-till-80@kubernetes",code=~"5.."}[1m])) or vector(0)) / sum(rate(traefik_service_requests_total{service="shop-till-80@kubernetes"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traefik_service_request_duration_seconds_bucket{service="shop-till-80@kubernetes"}[1m])))
			route: method`,
	},
	{
		row: 'Traefik, routers',
		series: `
			traefik_router_requests_total{code="{200,502}",method="POST",protocol="http",router="till@docker",service="web@docker"}
			traefik_router_request_duration_seconds_bucket{code="200",method="POST",protocol="http",router="till@docker",service="web@docker",le="+Inf"}`,
		panels: `
			Traefik router
			rate: sum(rate(traefik_router_requests_total{router="till@docker"}[1m]))
			errors: (sum(rate(traefik_router_requests_total{router="till@docker",code=~"5.."}[1m])) or vector(0)) / sum(rate(traefik_router_requests_total{router="till@docker"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traefik_router_request_duration_seconds_bucket{router="till@docker"}[1m])))
			route: method`,
	},
	{
		row: 'Traefik, entry points',
		series: `
			traefik_entrypoint_requests_total{code="{200,502}",method="POST",protocol="http",entrypoint="till"}
			traefik_entrypoint_request_duration_seconds_bucket{code="200",method="POST",protocol="http",entrypoint="till",le="+Inf"}`,
		panels: `
			Traefik entrypoint
			rate: sum(rate(traefik_entrypoint_requests_total{entrypoint="till"}[1m]))
			errors: (sum(rate(traefik_entrypoint_requests_total{entrypoint="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(traefik_entrypoint_requests_total{entrypoint="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(traefik_entrypoint_request_duration_seconds_bucket{entrypoint="till"}[1m])))
			route: method`,
	},
	{
		row: 'HAProxy built-in',
		series: `
			haproxy_frontend_http_requests_total{proxy="till"}
			haproxy_frontend_http_responses_total{proxy="till",code="{2xx,5xx}"}
			haproxy_backend_http_requests_total{proxy="till"}
			haproxy_backend_http_responses_total{proxy="till",code="{1xx,2xx,5xx,other}"}
			haproxy_backend_response_time_average_seconds{proxy="till"}
			haproxy_backend_total_time_average_seconds{proxy="till"}`,
		panels: `
			HAProxy backend
			rate: sum(rate(haproxy_backend_http_responses_total{proxy="till"}[1m]))
			errors: (sum(rate(haproxy_backend_http_responses_total{proxy="till",code="5xx"}[1m])) or vector(0)) / sum(rate(haproxy_backend_http_responses_total{proxy="till"}[1m]))
			average: max(haproxy_backend_total_time_average_seconds{proxy="till"})
			not chosen: haproxy-frontend`,
	},
	{
		row: 'HAProxy, the old exporter',
		series: `
			haproxy_backend_http_responses_total{backend="till",code="{2xx,5xx}"}`,
		panels: `
			HAProxy backend
			rate: sum(rate(haproxy_backend_http_responses_total{backend="till"}[1m]))
			errors: (sum(rate(haproxy_backend_http_responses_total{backend="till",code="5xx"}[1m])) or vector(0)) / sum(rate(haproxy_backend_http_responses_total{backend="till"}[1m]))`,
	},
	{
		row: 'Kong 3.x',
		series: `
			kong_http_requests_total{service="till",route="pay",code="{200,503}",source="{service,kong}",workspace="default",consumer=""}
			kong_request_latency_ms_bucket{service="till",route="pay",workspace="default",le="+Inf"}
			kong_upstream_latency_ms_bucket{service="till",route="pay",workspace="default",le="+Inf"}
			kong_kong_latency_ms_bucket{service="till",route="pay",workspace="default",le="+Inf"}`,
		panels: `
			Kong
			rate: sum(rate(kong_http_requests_total{service="till"}[1m]))
			errors: (sum(rate(kong_http_requests_total{service="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(kong_http_requests_total{service="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(kong_request_latency_ms_bucket{service="till"}[1m]))) / 1000
			route: route`,
	},
	{
		row: 'Kong 2.x',
		series: `
			kong_http_status{service="till",route="pay",code="{200,503}"}
			kong_latency_count{service="till",route="pay",type="{request,upstream,kong}"}
			kong_latency_bucket{service="till",route="pay",type="{request,upstream,kong}",le="+Inf"}`,
		panels: `
			Kong (before 3)
			rate: sum(rate(kong_http_status{service="till"}[1m]))
			errors: (sum(rate(kong_http_status{service="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(kong_http_status{service="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(kong_latency_bucket{service="till",type="request"}[1m]))) / 1000
			route: route`,
	},
	{
		row: 'Caddy',
		series: `
			caddy_http_requests_total{server="srv0",handler="{subroute,reverse_proxy}",host="till"}
			caddy_http_request_duration_seconds_count{server="srv0",handler="{subroute,reverse_proxy}",code="{200,502}",method="POST",host="till"}
			caddy_http_request_duration_seconds_bucket{server="srv0",handler="{subroute,reverse_proxy}",code="200",method="POST",host="till",le="+Inf"}`,
		panels: `
			Caddy
			rate: sum(rate(caddy_http_request_duration_seconds_count{host="till",handler="reverse_proxy"}[1m]))
			errors: (sum(rate(caddy_http_request_duration_seconds_count{host="till",handler="reverse_proxy",code=~"5.."}[1m])) or vector(0)) / sum(rate(caddy_http_request_duration_seconds_count{host="till",handler="reverse_proxy"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(caddy_http_request_duration_seconds_bucket{host="till",handler="reverse_proxy"}[1m])))
			route: method`,
	},
	{
		row: 'Caddy, no histogram',
		series: `
			caddy_http_requests_total{server="srv0",handler="reverse_proxy",host="till"}
			caddy_http_request_errors_total{server="srv0",handler="reverse_proxy",host="till"}`,
		panels: `
			Caddy
			rate: sum(rate(caddy_http_requests_total{host="till",handler="reverse_proxy"}[1m]))
			errors: (sum(rate(caddy_http_request_errors_total{host="till",handler="reverse_proxy"}[1m])) or vector(0)) / sum(rate(caddy_http_requests_total{host="till",handler="reverse_proxy"}[1m]))`,
	},
	{
		row: 'Caddy, only the time to the first byte',
		series: `
			caddy_http_response_duration_seconds_count{server="srv0",handler="reverse_proxy",code="{200,502}",method="POST",host="till"}
			caddy_http_response_duration_seconds_bucket{server="srv0",handler="reverse_proxy",code="200",method="POST",host="till",le="+Inf"}`,
		panels: `
			Caddy
			rate: sum(rate(caddy_http_response_duration_seconds_count{host="till",handler="reverse_proxy"}[1m]))
			errors: (sum(rate(caddy_http_response_duration_seconds_count{host="till",handler="reverse_proxy",code=~"5.."}[1m])) or vector(0)) / sum(rate(caddy_http_response_duration_seconds_count{host="till",handler="reverse_proxy"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(caddy_http_response_duration_seconds_bucket{host="till",handler="reverse_proxy"}[1m])))
			route: method`,
	},
	{
		row: 'Envoy raw, what waits and what is healthy alone',
		series: `
			envoy_cluster_upstream_rq_pending_active{envoy_cluster_name="till"}
			envoy_cluster_upstream_rq_pending_overflow{envoy_cluster_name="till"}
			envoy_cluster_membership_healthy{envoy_cluster_name="till"}`,
		panels: `
			no panels
			see: Envoy upstream requests
			see: Envoy upstream hosts`,
	},
	{
		row: 'HAProxy, the queue alone',
		series: `
			haproxy_backend_current_queue{proxy="till"}
			haproxy_backend_current_sessions{proxy="till"}
			haproxy_backend_queue_time_average_seconds{proxy="till"}`,
		panels: `
			no panels
			see: HAProxy backend`,
	},
	{
		row: 'Traefik, its servers alone',
		series: `
			traefik_service_server_up{service="shop-till-80@kubernetes",url="http://10.0.0.3:80"}
			traefik_open_connections{entrypoint="web"}`,
		panels: `
			no panels
			see: Traefik servers`,
	},
];

import { describePlaces, type PlaceRow } from '../helpers/alert-places.ts';

/** Rules over what services, meshes and proxies tell of requests. */
const requests: readonly PlaceRow[] = [
	{
		rule: 'OTel HTTP: share of failed requests, by route',
		expression:
			'sum by (service_name, http_route) (rate(http_server_request_duration_seconds_count{service_name="till",http_response_status_code=~"5.."}[5m])) / sum by (service_name, http_route) (rate(http_server_request_duration_seconds_count{service_name="till"}[5m])) > 0.02',
		labels: 'service_name=till http_route=/pay severity=critical',
		place: 'service till /pay',
		reason: `The alert's expression selects service_name="till".`,
		limit: 'ratio > 0.02',
		series: '{service_name="till",http_route="/pay"}',
	},
	{
		rule: 'OTel HTTP in its own spelling, a percentage',
		expression:
			'100 * sum by ("service.name") (rate({"http.server.request.duration_count","error.type"!=""}[5m])) / sum by ("service.name") (rate({"http.server.request.duration_count"}[5m])) > 2',
		labels: 'service.name=gate severity=page',
		place: 'service gate',
		reason: 'The alert is labelled service.name="gate".',
		limit: 'ratio > 0.02',
		series: '{"service.name"="gate"}',
	},
	{
		rule: 'OTel HTTP: version and namespace joined from target_info',
		expression:
			'sum by (job, instance) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[5m])) * on (job, instance) group_left (service_version, k8s_namespace_name) target_info > 1',
		labels: 'job=shop/till instance=4f1c service_version=2.1.0 k8s_namespace_name=shop',
		place: 'service till · namespace=shop instance=4f1c',
		reason: 'The alert is labelled job="shop/till".',
		limit: 'per-second > 1',
		series: '{job="shop/till",instance="4f1c"}',
	},
	{
		rule: "metrics of a company's own, whose label for services is svc",
		expression: 'sum by (svc, op) (rate(acme_api_requests_total{result="failure"}[5m])) > 1',
		labels: 'svc=till op=debit severity=p1',
		place: 'service till',
		reason: 'The alert is labelled svc="till".',
		limit: 'per-second > 1',
		series: '{svc="till",op="debit"}',
	},
	{
		rule: 'info() of Prometheus 3',
		expression:
			'info(sum by (job, instance) (rate(http_server_request_duration_seconds_count[5m])), {k8s_deployment_name=~".+"}) < 0.1',
		labels: 'job=web instance=4f1c k8s_deployment_name=gate',
		place: 'workload gate · instance=4f1c',
		reason: 'The alert is labelled k8s_deployment_name="gate", which its rule takes from target_info.',
		limit: 'plain < 0.1',
		series: '{job="web",instance="4f1c"}',
	},
	{
		rule: "gRPC: codes that are the server's fault",
		expression:
			'sum by (grpc_service, grpc_method) (rate(grpc_server_handled_total{job="stock",grpc_code=~"Unknown|Internal|Unavailable|DataLoss"}[5m])) / sum by (grpc_service, grpc_method) (rate(grpc_server_handled_total{job="stock"}[5m])) >= 0.01',
		labels: 'grpc_service=shop.Stock grpc_method=Reserve severity=warning',
		place: 'service stock Reserve',
		reason: `The alert's expression selects job="stock".`,
		limit: 'ratio >= 0.01',
		series: '{job="stock",grpc_service="shop.Stock",grpc_method="Reserve"}',
	},
	{
		rule: 'old OTel RPC: codes by number',
		expression:
			'sum by (service_name) (rate(rpc_server_duration_milliseconds_count{rpc_grpc_status_code=~"2|4|12|13|14|15"}[5m])) / sum by (service_name) (rate(rpc_server_duration_milliseconds_count[5m])) > 0.05',
		labels: 'service_name=stock',
		place: 'service stock',
		reason: 'The alert is labelled service_name="stock".',
		limit: 'ratio > 0.05',
		series: '{service_name="stock"}',
	},
	{
		rule: 'Micrometer: mean duration of each path',
		expression:
			'rate(http_server_requests_seconds_sum{application="till"}[5m]) / rate(http_server_requests_seconds_count{application="till"}[5m]) > 0.5',
		labels: 'application=till uri=/pay method=POST instance=10.0.0.7:8080 job=kubernetes-pods',
		place: 'service till /pay · instance=10.0.0.7:8080',
		reason: `The alert's expression selects application="till".`,
		limit: 'seconds > 0.5',
		series: '{application="till",uri="/pay",instance="10.0.0.7:8080",job="kubernetes-pods"}',
	},
	{
		rule: 'Micrometer: outcome by application',
		expression: 'sum by (application) (increase(http_server_requests_seconds_count{outcome="SERVER_ERROR"}[10m])) > 10',
		labels: 'application=till',
		place: 'service till',
		reason: 'The alert is labelled application="till".',
		limit: 'count > 10',
		series: '{application="till"}',
	},
	{
		rule: 'span metrics of the collector, by operation',
		expression:
			'histogram_quantile(0.95, sum by (le, service_name, span_name) (rate(traces_span_metrics_duration_milliseconds_bucket{span_kind="SPAN_KIND_SERVER"}[5m]))) > 800',
		labels: 'service_name=till span_name="POST /pay" job=otel-collector',
		place: 'service till POST /pay',
		reason: 'The alert is labelled service_name="till", and job otel-collector only measures.',
		limit: 'seconds > 0.8',
		series: '{span_kind="SPAN_KIND_SERVER",service_name="till",span_name="POST /pay"}',
	},
	{
		rule: 'span metrics of Tempo',
		expression:
			'sum by (service) (rate(traces_spanmetrics_calls_total{status_code="STATUS_CODE_ERROR"}[5m])) / sum by (service) (rate(traces_spanmetrics_calls_total[5m])) > 0.05',
		labels: 'service=stock',
		place: 'service stock',
		reason: 'The alert is labelled service="stock".',
		limit: 'ratio > 0.05',
		series: '{service="stock"}',
	},
	{
		rule: 'service graph: calls between two services fail',
		expression:
			'sum by (client, server) (rate(traces_service_graph_request_failed_total[5m])) / sum by (client, server) (rate(traces_service_graph_request_total[5m])) > 0.1',
		labels: 'client=gate server=till',
		place: 'service till',
		reason: 'The alert is labelled server="till".',
		limit: 'ratio > 0.1',
		series: '{client="gate",server="till"}',
	},
	{
		rule: 'Istio: failed requests where they arrived',
		expression:
			'sum by (destination_canonical_service, destination_workload_namespace) (rate(istio_requests_total{reporter="destination",response_code=~"5.*"}[2m])) / sum by (destination_canonical_service, destination_workload_namespace) (rate(istio_requests_total{reporter="destination"}[2m])) * 100 > 5',
		labels: 'destination_canonical_service=till destination_workload_namespace=shop',
		place: 'service till · namespace=shop',
		reason: 'The alert is labelled destination_canonical_service="till".',
		limit: 'ratio > 0.05',
		series: '{reporter="destination",destination_canonical_service="till",destination_workload_namespace="shop"}',
	},
	{
		rule: 'Istio: one destination by its full name',
		expression:
			'histogram_quantile(0.99, sum by (le) (rate(istio_request_duration_milliseconds_bucket{reporter="source",destination_service="till.shop.svc.cluster.local"}[1m]))) > 1000',
		labels: 'severity=page',
		place: 'service till',
		reason: `The alert's expression selects destination_service="till.shop.svc.cluster.local".`,
		limit: 'seconds > 1',
		series: '{reporter="source",destination_service="till.shop.svc.cluster.local"}',
	},
	{
		rule: 'Linkerd: success rate',
		expression:
			'sum by (deployment, namespace) (rate(response_total{direction="inbound",classification="success"}[5m])) / sum by (deployment, namespace) (rate(response_total{direction="inbound"}[5m])) < 0.98',
		labels: 'deployment=till namespace=shop job=linkerd-proxy',
		place: 'workload till · namespace=shop',
		reason: 'The alert is labelled deployment="till".',
		limit: 'ratio < 0.98',
		series: '{direction="inbound",deployment="till",namespace="shop"}',
	},
	{
		rule: 'Linkerd: what another service answers',
		expression:
			'sum by (deployment, dst_deployment) (rate(response_total{direction="outbound",classification="failure"}[5m])) > 1',
		labels: 'deployment=gate dst_deployment=till',
		place: 'workload till',
		reason: 'The alert is labelled dst_deployment="till".',
		limit: 'per-second > 1',
		series: '{direction="outbound",deployment="gate",dst_deployment="till"}',
	},
	{
		rule: "ingress-nginx, labels of the target pushed aside by the scraper's",
		expression:
			'sum by (exported_namespace, exported_service, ingress) (rate(nginx_ingress_controller_requests{status=~"5.."}[1m])) / sum by (exported_namespace, exported_service, ingress) (rate(nginx_ingress_controller_requests[1m])) * 100 > 5',
		labels: 'exported_namespace=shop exported_service=till ingress=shop-web',
		place: 'service till · namespace=shop',
		reason: 'The alert is labelled exported_service="till".',
		limit: 'ratio > 0.05',
		series: '{exported_namespace="shop",exported_service="till",ingress="shop-web"}',
	},
	{
		rule: 'ingress-nginx: certificate of a host',
		expression: '(nginx_ingress_controller_ssl_expire_time_seconds{host!="_"} - time()) / 86400 < 10',
		labels:
			'host=shop.example job=ingress-nginx-controller-metrics service=ingress-nginx-controller-metrics namespace=ingress instance=10.0.0.4:10254',
		place: 'instance shop.example',
		reason: 'The alert is labelled host="shop.example".',
		limit: 'seconds < 864000',
		series:
			'{host="shop.example",job="ingress-nginx-controller-metrics",service="ingress-nginx-controller-metrics",namespace="ingress",instance="10.0.0.4:10254"}',
	},
	{
		rule: 'Traefik: a service at its provider',
		expression:
			'sum by (service) (rate(traefik_service_requests_total{code=~"5.*"}[3m])) / sum by (service) (rate(traefik_service_requests_total[3m])) * 100 > 5',
		labels: 'service=shop-till-80@kubernetes',
		place: 'service shop-till',
		reason: 'The alert is labelled service="shop-till-80@kubernetes".',
		limit: 'ratio > 0.05',
		series: '{service="shop-till-80@kubernetes"}',
	},
	{
		rule: 'Traefik itself',
		expression: 'traefik_config_last_reload_success == 0',
		labels: 'job=traefik instance=10.0.0.4:9100',
		place: 'service traefik · instance=10.0.0.4:9100',
		reason: 'The alert is labelled job="traefik".',
		limit: 'plain == 0',
		series: '{job="traefik",instance="10.0.0.4:9100"}',
	},
	{
		rule: 'HAProxy: a backend',
		expression:
			'sum by (proxy) (rate(haproxy_backend_http_responses_total{code="5xx"}[1m])) / sum by (proxy) (rate(haproxy_backend_http_responses_total[1m])) > 0.05',
		labels: 'proxy=till-backend',
		place: 'service till-backend',
		reason: 'The alert is labelled proxy="till-backend".',
		limit: 'ratio > 0.05',
		series: '{proxy="till-backend"}',
	},
	{
		rule: 'Kong: milliseconds of a service',
		expression: 'histogram_quantile(0.95, sum by (le, service) (rate(kong_request_latency_ms_bucket[5m]))) > 1000',
		labels: 'service=till',
		place: 'service till',
		reason: 'The alert is labelled service="till".',
		limit: 'seconds > 1',
		series: '{service="till"}',
	},
	{
		rule: 'Envoy: requests wait for a cluster',
		expression: 'rate(envoy_cluster_upstream_rq_pending_overflow[5m]) > 0',
		labels:
			'envoy_cluster_name=outbound|8080||till.shop.svc.cluster.local job=envoy-stats pod=gate-6d4b75cb6d-x7k2p namespace=shop',
		place: 'service till',
		reason: 'The alert is labelled envoy_cluster_name="outbound|8080||till.shop.svc.cluster.local".',
		limit: 'plain > 0',
		series:
			'{envoy_cluster_name="outbound|8080||till.shop.svc.cluster.local",job="envoy-stats",pod="gate-6d4b75cb6d-x7k2p",namespace="shop"}',
	},
	{
		rule: 'JVM heap in percent',
		expression:
			'sum by (job, instance) (jvm_memory_used_bytes{area="heap"}) / sum by (job, instance) (jvm_memory_max_bytes{area="heap"}) * 100 > 80',
		labels: 'job=shop/till instance=10.0.0.7:8080',
		place: 'service till · instance=10.0.0.7:8080',
		reason: 'The alert is labelled job="shop/till".',
		limit: 'ratio > 0.8',
		series: '{area="heap",job="shop/till",instance="10.0.0.7:8080"}',
	},
	{
		rule: 'threads wait for a connection',
		expression: 'hikaricp_connections_pending > 0',
		labels: 'application=till pool=ledger-pool instance=10.0.0.7:8080 job=apps',
		place: 'service till · instance=10.0.0.7:8080',
		reason: 'The alert is labelled application="till".',
		limit: 'plain > 0',
		series: '{application="till",pool="ledger-pool",instance="10.0.0.7:8080",job="apps"}',
	},
	{
		rule: 'an exporter that is a service of its own',
		expression: 'sum by (job) (rate(http_requests_total{code=~"5.."}[5m])) > 1',
		labels: 'job=invoice-exporter',
		place: 'service invoice-exporter',
		reason: 'The alert is labelled job="invoice-exporter".',
		limit: 'per-second > 1',
		series: '{job="invoice-exporter"}',
	},
];

describePlaces('alerts about requests', requests);

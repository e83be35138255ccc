/** What servers and proxies say of requests without counting them, and the scrape; see `drawnCases`. */
export const requestsTable = `
# in flight, by OpenTelemetry, and the queues of Kestrel
http_server_active_requests{$S,http_request_method="GET"}
kestrel_queued_requests{$S}
kestrel_active_connections{$S}
kestrel_queued_connections{$S}
kestrel_rejected_connections_total{$S}
aspnetcore_rate_limiting_active_request_leases{$S,aspnetcore_rate_limiting_policy="fixed"}
aspnetcore_rate_limiting_queued_requests{$S,aspnetcore_rate_limiting_policy="fixed"}
=>
requests-in-flight utilization in count: sum by (instance) (http_server_active_requests{$S})
requests-in-flight saturation in count: sum by (instance) (kestrel_queued_requests{$S})
kestrel-connections utilization in count: sum by (instance) (kestrel_active_connections{$S})
kestrel-connections saturation in count: sum by (instance) (kestrel_queued_connections{$S})
kestrel-connections errors in per-second: sum by (instance) (rate(kestrel_rejected_connections_total{$S}[5m]))
rate-limiter utilization in count: sum by (aspnetcore_rate_limiting_policy, instance) (aspnetcore_rate_limiting_active_request_leases{$S})
rate-limiter saturation in count: sum by (aspnetcore_rate_limiting_policy, instance) (aspnetcore_rate_limiting_queued_requests{$S})

# in flight, by starlette_exporter
starlette_requests_in_progress{$S,app_name="pier",method="GET"}
=>
requests-in-flight utilization in count: sum by (instance) (starlette_requests_in_progress{$S})

# in flight, by prometheus-net
http_requests_in_progress{$S,method="GET",controller="Tide"}
=>
requests-in-flight utilization in count: sum by (instance) (http_requests_in_progress{$S})

# Rails through prometheus_exporter
ruby_http_request_queue_duration_seconds{$S,controller="tides",action="show",quantile="{0.99,0.5}"}
=>
ruby-request-queue saturation in seconds: max by (instance) (ruby_http_request_queue_duration_seconds{$S,quantile="0.99"})

# Envoy, by the cluster's own label
envoy_cluster_upstream_rq_pending_active{job="envoy",envoy_cluster_name="pier"}
envoy_cluster_upstream_rq_pending_overflow{job="envoy",envoy_cluster_name="pier"}
envoy_cluster_upstream_cx_overflow{job="envoy",envoy_cluster_name="pier"}
envoy_cluster_membership_healthy{job="envoy",envoy_cluster_name="{pier,quay}"}
envoy_cluster_membership_total{job="envoy",envoy_cluster_name="pier"}
=>
envoy-requests saturation in count: sum by (envoy_cluster_name) (envoy_cluster_upstream_rq_pending_active{envoy_cluster_name="pier"})
envoy-requests errors in per-second: sum by (envoy_cluster_name) (rate(envoy_cluster_upstream_rq_pending_overflow{envoy_cluster_name="pier"}[5m]))
envoy-hosts utilization in count: max by (envoy_cluster_name) (envoy_cluster_membership_healthy{envoy_cluster_name="pier"})
  soft members: max by (envoy_cluster_name) (envoy_cluster_membership_total{envoy_cluster_name="pier"})
envoy-hosts errors in per-second: sum by (envoy_cluster_name) (rate(envoy_cluster_upstream_cx_overflow{envoy_cluster_name="pier"}[5m]))

# HAProxy
haproxy_backend_current_queue{job="haproxy",instance="edge:8404",proxy="pier"}
haproxy_backend_current_sessions{job="haproxy",instance="edge:8404",proxy="pier"}
haproxy_backend_limit_sessions{job="haproxy",instance="edge:8404",proxy="pier"}
haproxy_backend_queue_time_average_seconds{job="haproxy",instance="edge:8404",proxy="pier"}
=>
haproxy-backend utilization in count: sum by (proxy, instance) (haproxy_backend_current_sessions{proxy="pier"})
  limit: sum by (proxy, instance) (haproxy_backend_limit_sessions{proxy="pier"})
haproxy-backend saturation in count: sum by (proxy, instance) (haproxy_backend_current_queue{proxy="pier"})

# HAProxy, only how long requests wait
haproxy_backend_queue_time_average_seconds{instance="edge:8404",proxy="pier"}
=>
haproxy-backend saturation in seconds: max by (proxy, instance) (haproxy_backend_queue_time_average_seconds{proxy="pier"})

# HAProxy, the old exporter
haproxy_backend_current_queue{instance="edge:9101",backend="pier"}
=>
haproxy-backend saturation in count: sum by (backend, instance) (haproxy_backend_current_queue{backend="pier"})

# Traefik
traefik_service_server_up{job="traefik",service="{harbour-pier-80@kubernetes,harbour-quay-80@kubernetes}",url="http://10.0.0.3:80"}
traefik_open_connections{job="traefik",instance="edge:8080",entrypoint="pier"}
=>
traefik-servers errors in count: 1 - min by (service, url) (traefik_service_server_up{service=~"pier|(.+-)?pier(-([0-9]+|https?|web|grpc|[0-9a-f]{20}))?@.+"})
traefik-connections utilization in count: sum by (entrypoint, instance) (traefik_open_connections{entrypoint="pier"})

# Traefik, whose service the scraper took for its own
traefik_service_server_up{service="traefik",exported_service="harbour-pier-80@kubernetes",url="http://10.0.0.3:80"}
=>
traefik-servers errors in count: 1 - min by (exported_service, service, url) (traefik_service_server_up{exported_service=~"pier|(.+-)?pier(-([0-9]+|https?|web|grpc|[0-9a-f]{20}))?@.+"})

# Kubernetes API server
apiserver_request_terminations_total{$S,component="apiserver",code="429"}
=>
apiserver-terminations errors in per-second: sum by (component, instance) (rate(apiserver_request_terminations_total{$S}[5m]))

# Cilium Hubble
hubble_flows_processed_total{destination_workload="pier",verdict="{FORWARDED,DROPPED}"}
hubble_drop_total{destination_workload="pier",reason="POLICY_DENIED"}
=>
hubble-flows utilization in per-second: sum by (destination_workload) (rate(hubble_flows_processed_total{destination_workload="pier"}[5m]))
hubble-flows errors in per-second: sum by (destination_workload) (rate(hubble_drop_total{destination_workload="pier"}[5m]))

# Cilium Hubble, with namespaces
hubble_drop_total{destination="harbour/pier",reason="POLICY_DENIED"}
=>
hubble-flows errors in per-second: sum by (destination) (rate(hubble_drop_total{destination=~"(.+/)?pier"}[5m]))

# Prometheus itself
up{job="pier",instance="pier:80"}
scrape_duration_seconds{job="pier",instance="pier:80"}
=>
scrape utilization in seconds: max by (job, instance) (scrape_duration_seconds{job="pier"})
scrape errors in count: 1 - min by (job, instance) (up{job="pier"})
`;

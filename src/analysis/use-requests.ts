import { plainly } from './red-family.ts';
import { most, notUp, of, perSecond, sum, type UseFigure, type UseResource } from './use-resource.ts';

const process = ['namespace', 'pod', 'instance'];
const never = Number.POSITIVE_INFINITY;

const inFlight = (metric: string): UseFigure => ({
	name: 'in flight',
	unit: 'count',
	query: sum(metric),
	worry: never,
});
const queued = (metric: string): UseFigure => ({ name: 'queued', unit: 'count', query: sum(metric) });
const rateOf = (name: string, metric: string, worry?: number): UseFigure => ({
	name,
	unit: 'per-second',
	query: perSecond(metric),
	...(worry === undefined ? {} : { worry }),
});

/**
 * What servers and proxies say of requests without counting them: how many are in flight, how many wait, and what was
 * turned away. They are gauges of an instant, so that none is given to `rate`.
 */
export const requestResources: readonly UseResource[] = [
	{
		// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/; starlette_exporter; prometheus-net. Kestrel's
		// queue: https://learn.microsoft.com/dotnet/core/diagnostics/built-in-metrics-aspnetcore.
		key: 'requests-in-flight',
		name: 'requests in flight',
		group: 'requests',
		by: process,
		utilization: [
			inFlight('http_server_active_requests'),
			inFlight('starlette_requests_in_progress'),
			inFlight('http_requests_in_progress'),
		],
		saturation: [queued('kestrel_queued_requests')],
	},
	{
		key: 'kestrel-connections',
		name: 'Kestrel connections',
		group: 'requests',
		by: process,
		utilization: [{ name: 'open', unit: 'count', query: sum('kestrel_active_connections'), worry: never }],
		saturation: [queued('kestrel_queued_connections')],
		errors: [rateOf('rejected', 'kestrel_rejected_connections_total')],
	},
	{
		key: 'rate-limiter',
		name: 'ASP.NET Core rate limiter',
		group: 'requests',
		by: ['aspnetcore_rate_limiting_policy', ...process],
		utilization: [
			{ name: 'leases', unit: 'count', query: sum('aspnetcore_rate_limiting_active_request_leases'), worry: never },
		],
		saturation: [queued('aspnetcore_rate_limiting_queued_requests')],
	},
	{
		// https://github.com/discourse/prometheus_exporter: how long requests waited for a worker of Ruby.
		key: 'ruby-request-queue',
		name: 'Rails request queue',
		group: 'requests',
		by: process,
		saturation: [
			{
				name: 'p99 wait',
				unit: 'seconds',
				query: most('ruby_http_request_queue_duration_seconds', 'quantile="0.99"'),
				worry: 0.1,
			},
		],
	},
	{
		// https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats
		key: 'envoy-requests',
		name: 'Envoy upstream requests',
		group: 'requests',
		by: ['envoy_cluster_name', ...process],
		services: plainly('envoy_cluster_name'),
		saturation: [{ name: 'pending', unit: 'count', query: sum('envoy_cluster_upstream_rq_pending_active') }],
		errors: [rateOf('overflows', 'envoy_cluster_upstream_rq_pending_overflow')],
	},
	{
		key: 'envoy-hosts',
		name: 'Envoy upstream hosts',
		group: 'requests',
		by: ['envoy_cluster_name', ...process],
		services: plainly('envoy_cluster_name'),
		utilization: [
			{
				name: 'healthy',
				unit: 'count',
				query: most('envoy_cluster_membership_healthy'),
				limits: [{ of: 'members', query: most('envoy_cluster_membership_total'), soft: true }],
			},
		],
		errors: [rateOf('connection overflows', 'envoy_cluster_upstream_cx_overflow')],
	},
	{
		// https://docs.haproxy.org/3.0/configuration.html; the old exporter has `backend` for `proxy`.
		key: 'haproxy-backend',
		name: 'HAProxy backend',
		group: 'requests',
		by: ['proxy', 'backend', 'instance'],
		services: plainly('proxy', 'backend'),
		utilization: [
			{
				name: 'sessions',
				unit: 'count',
				query: sum('haproxy_backend_current_sessions'),
				limits: [{ of: 'limit', query: sum('haproxy_backend_limit_sessions') }],
			},
		],
		saturation: [
			queued('haproxy_backend_current_queue'),
			{
				name: 'mean wait',
				unit: 'seconds',
				query: most('haproxy_backend_queue_time_average_seconds'),
				worry: 0.1,
			},
		],
	},
	{
		// https://doc.traefik.io/traefik/observability/metrics/overview/
		key: 'traefik-servers',
		name: 'Traefik servers',
		group: 'requests',
		by: ['exported_service', 'service', 'url'],
		services: ['exported_service', 'service'].map(label => ({ label, form: 'provider' })),
		errors: [{ name: 'down', unit: 'count', query: notUp('traefik_service_server_up') }],
	},
	{
		key: 'traefik-connections',
		name: 'Traefik connections',
		group: 'requests',
		by: ['entrypoint', 'instance'],
		services: plainly('entrypoint'),
		utilization: [{ name: 'open', unit: 'count', query: sum('traefik_open_connections'), worry: never }],
	},
	{
		// https://kubernetes.io/docs/reference/instrumentation/metrics/: requests that the server gave up to save itself.
		key: 'apiserver-terminations',
		name: 'API server self-defence',
		group: 'requests',
		by: ['component', 'instance'],
		errors: [rateOf('given up', 'apiserver_request_terminations_total')],
	},
	{
		// https://docs.cilium.io/en/stable/observability/metrics/: below HTTP.
		key: 'hubble-flows',
		name: 'Cilium flows',
		group: 'requests',
		by: ['destination_workload', 'destination_app', 'destination'],
		services: [...plainly('destination_workload', 'destination_app'), { label: 'destination', form: 'namespaced' }],
		utilization: [rateOf('flows', 'hubble_flows_processed_total', never)],
		errors: [rateOf('dropped', 'hubble_drop_total')],
	},
	{
		// Prometheus' own word of each target: https://prometheus.io/docs/concepts/jobs_instances/.
		key: 'scrape',
		name: 'scrape by Prometheus',
		group: 'scrape',
		by: ['job', 'instance'],
		utilization: [
			{ name: 'took', unit: 'seconds', query: `max by ($by) (${of('scrape_duration_seconds')})`, worry: never },
		],
		errors: [{ name: 'down', unit: 'count', query: notUp('up') }],
	},
];

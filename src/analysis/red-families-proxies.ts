import { equals, type Matcher } from '../model/labels.ts';
import { type FamilyStatus, milliseconds, plainly, type RedFamily, seconds } from './red-family.ts';

/** Gateways and proxies before a service, and platforms that are services themselves. */

const byCode: readonly FamilyStatus[] = [{ label: 'code', scheme: 'http' }];

/** Watches and tunnels of the API server last as long as their user likes. */
const bounded: Matcher = { name: 'verb', operator: '!~', value: 'WATCH|CONNECT' };

/**
 * https://docs.haproxy.org/3.0/configuration.html (exporter): no histogram; each average is over the last 1024
 * requests. The old exporter has `backend` and `frontend` for `proxy`.
 */
const haproxy = (end: 'backend' | 'frontend'): RedFamily => ({
	key: `haproxy-${end}`,
	name: `HAProxy ${end}`,
	side: 'served',
	counters: [`haproxy_${end}_http_responses`, `haproxy_${end}_http_requests`],
	durations: (end === 'backend' ? ['total', 'response'] : []).map(part => ({
		...seconds(`haproxy_backend_${part}_time_average_seconds`),
		gauge: 'average',
	})),
	statuses: byCode,
	services: plainly('proxy', end),
});

/** https://doc.traefik.io/traefik/observability/metrics/overview/; a name is followed by `@` and who configured it. */
const traefik = (part: 'service' | 'router' | 'entrypoint'): RedFamily => ({
	key: `traefik-${part}`,
	name: `Traefik ${part}`,
	side: 'served',
	counters: [`traefik_${part}_requests`],
	durations: [seconds(`traefik_${part}_request_duration_seconds`)],
	statuses: byCode,
	routes: ['method', 'protocol'],
	services:
		part === 'entrypoint'
			? plainly('entrypoint')
			: [part, `exported_${part}`].map(label => ({ label, form: 'provider' })),
});

export const proxyFamilies: readonly RedFamily[] = [
	{
		// https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/; the whole request before what upstream took.
		key: 'ingress-nginx',
		name: 'ingress-nginx',
		side: 'served',
		counters: ['nginx_ingress_controller_requests'],
		durations: [
			seconds('nginx_ingress_controller_request_duration_seconds'),
			seconds('nginx_ingress_controller_response_duration_seconds'),
		],
		statuses: [{ label: 'status', scheme: 'http' }],
		routes: ['path', 'host', 'method'],
		services: plainly('exported_service', 'service', 'ingress', 'host'),
	},
	traefik('service'),
	traefik('router'),
	traefik('entrypoint'),
	haproxy('backend'),
	haproxy('frontend'),
	{
		// https://docs.konghq.com/hub/kong-inc/prometheus/, version 3.
		key: 'kong',
		name: 'Kong',
		side: 'served',
		counters: ['kong_http_requests'],
		durations: [milliseconds('kong_request_latency_ms'), milliseconds('kong_upstream_latency_ms')],
		statuses: byCode,
		routes: ['route'],
		services: plainly('exported_service', 'service'),
	},
	{
		key: 'kong-old',
		name: 'Kong (before 3)',
		side: 'served',
		counters: ['kong_http_status'],
		durations: [{ ...milliseconds('kong_latency'), only: [equals('type', 'request')] }],
		statuses: byCode,
		routes: ['route'],
		services: plainly('exported_service', 'service'),
	},
	{
		// What a cluster of endpoints was asked, counted by each Envoy before it
		// (https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats).
		key: 'envoy-upstream',
		name: 'Envoy upstream cluster',
		side: 'served',
		counters: ['envoy_cluster_upstream_rq', 'envoy_cluster_upstream_rq_xx'],
		durations: [milliseconds('envoy_cluster_upstream_rq_time')],
		statuses: [
			{ label: 'envoy_response_code', scheme: 'http' },
			{ label: 'envoy_response_code_class', scheme: 'http' },
		],
		services: plainly('envoy_cluster_name'),
	},
	{
		key: 'envoy-downstream',
		name: 'Envoy listener',
		side: 'served',
		counters: ['envoy_http_downstream_rq', 'envoy_http_downstream_rq_xx'],
		durations: [milliseconds('envoy_http_downstream_rq_time')],
		statuses: [{ label: 'envoy_response_code_class', scheme: 'http' }],
		services: plainly('envoy_http_conn_manager_prefix'),
	},
	{
		// https://caddyserver.com/docs/metrics; every handler in a route counts the request, so that one of them must
		// speak for all (caddyserver/caddy#4644). Only the histogram has the code.
		key: 'caddy',
		name: 'Caddy',
		side: 'served',
		counters: ['caddy_http_requests'],
		durations: [seconds('caddy_http_request_duration_seconds'), seconds('caddy_http_response_duration_seconds')],
		statuses: byCode,
		failures: { metrics: ['caddy_http_request_errors'], counted: 'within' },
		routes: ['host', 'method'],
		services: plainly('host', 'server'),
		views: [[equals('handler', 'reverse_proxy')], [equals('handler', 'subroute')]],
	},
	{
		// https://github.com/nginx/nginx-prometheus-exporter: how many, and nothing else.
		key: 'nginx',
		name: 'nginx',
		side: 'served',
		counters: ['nginx_http_requests'],
	},
	{
		// https://kubernetes.io/docs/reference/instrumentation/metrics/; `sli` leaves out what webhooks took.
		key: 'apiserver',
		name: 'Kubernetes API server',
		side: 'served',
		counters: ['apiserver_request'],
		durations: [
			{ ...seconds('apiserver_request_sli_duration_seconds'), only: [bounded] },
			{ ...seconds('apiserver_request_duration_seconds'), only: [bounded] },
		],
		statuses: byCode,
		routes: ['resource', 'verb'],
	},
	{
		// What people and dashboards ask of Prometheus itself; its scrapes are not among them.
		key: 'prometheus',
		name: 'Prometheus, HTTP',
		side: 'served',
		counters: ['prometheus_http_requests'],
		durations: [seconds('prometheus_http_request_duration_seconds')],
		statuses: byCode,
		routes: ['handler'],
	},
	{
		// https://coredns.io/plugins/metrics/
		key: 'coredns',
		name: 'CoreDNS',
		side: 'served',
		counters: ['coredns_dns_responses', 'coredns_dns_requests'],
		durations: [seconds('coredns_dns_request_duration_seconds')],
		statuses: [{ label: 'rcode', failed: 'SERVFAIL' }],
		routes: ['zone', 'server', 'type'],
	},
];

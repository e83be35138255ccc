import { equals } from '../model/labels.ts';
import { milliseconds, plainly, type RedFamily } from './red-family.ts';

/**
 * Service meshes. Both ends of a call report it, so that each family has one view: at the end that was asked, and only
 * where that end is not in the mesh, at the end that asked.
 */

/** https://istio.io/latest/docs/reference/config/metrics/; a broken connection has code 0. */
const istio = {
	counters: ['istio_requests'],
	durations: [milliseconds('istio_request_duration_milliseconds')],
	statuses: [
		{ label: 'grpc_response_status', scheme: 'grpc', ofSome: true },
		{ label: 'response_code', scheme: 'http-or-broken' },
	],
} as const;

/** https://linkerd.io/2/reference/proxy-metrics/; the latency is that of the first byte. */
const linkerd = {
	counters: ['response', 'request'],
	durations: [milliseconds('response_latency_ms')],
	statuses: [{ label: 'classification', failed: 'failure' }],
	needs: [['direction']],
	onlyInView: true,
} as const;

/** https://docs.cilium.io/en/stable/observability/metrics/; who and whom only where context options name them. */
const hubble = {
	counters: ['hubble_http_requests', 'hubble_http_responses'],
	durations: [{ base: 'hubble_http_request_duration_seconds', unit: 'seconds' }],
	statuses: [{ label: 'status', scheme: 'http' }],
} as const;

export const meshServerFamilies: readonly RedFamily[] = [
	{
		...istio,
		key: 'istio',
		name: 'Istio, requests received',
		side: 'served',
		routes: ['request_operation', 'request_protocol', 'source_canonical_service', 'source_workload'],
		services: [
			...plainly(
				'destination_canonical_service',
				'destination_service_name',
				'destination_workload',
				'destination_app',
			),
			{ label: 'destination_service', form: 'qualified' },
		],
		views: ['destination', 'waypoint', 'source'].map(end => [equals('reporter', end)]),
		onlyInView: true,
	},
	{
		...linkerd,
		key: 'linkerd',
		name: 'Linkerd, requests received',
		side: 'served',
		routes: ['rt_route', 'authority'],
		views: [[equals('direction', 'inbound')]],
	},
	{
		...linkerd,
		key: 'linkerd-callers',
		name: 'Linkerd, requests of its callers',
		side: 'served',
		routes: ['rt_route', 'deployment'],
		services: [...plainly('dst_deployment'), { label: 'dst_service', form: 'qualified' }],
		needs: [['direction'], ['dst_deployment', 'dst_service']],
		views: [[equals('direction', 'outbound')]],
	},
	{
		// Per-route twins of the proxies of the service itself, where service profiles are in use.
		key: 'linkerd-routes',
		name: 'Linkerd, requests received by route',
		side: 'served',
		counters: ['route_response', 'route_request'],
		durations: [milliseconds('route_response_latency_ms')],
		statuses: [{ label: 'classification', failed: 'failure' }],
		routes: ['rt_route', 'dst'],
		needs: [['direction']],
		views: [[equals('direction', 'inbound')]],
		onlyInView: true,
	},
	{
		...hubble,
		key: 'hubble',
		name: 'Cilium Hubble, requests received',
		side: 'served',
		routes: ['method', 'source_workload', 'source'],
		services: [...plainly('destination_workload', 'destination_app'), { label: 'destination', form: 'namespaced' }],
		views: [[equals('reporter', 'server')], [equals('reporter', 'client')]],
	},
];

export const meshClientFamilies: readonly RedFamily[] = [
	{
		...istio,
		key: 'istio-client',
		name: 'Istio, requests sent',
		side: 'made',
		routes: ['destination_canonical_service', 'destination_service_name', 'destination_workload'],
		services: plainly('source_canonical_service', 'source_workload', 'source_app'),
		views: ['source', 'destination'].map(end => [equals('reporter', end)]),
		onlyInView: true,
	},
	{
		...linkerd,
		key: 'linkerd-client',
		name: 'Linkerd, requests sent',
		side: 'made',
		routes: ['dst_deployment', 'dst_service', 'authority'],
		views: [[equals('direction', 'outbound')]],
	},
	{
		...hubble,
		key: 'hubble-client',
		name: 'Cilium Hubble, requests sent',
		side: 'made',
		routes: ['destination_workload', 'destination', 'method'],
		services: [...plainly('source_workload', 'source_app'), { label: 'source', form: 'namespaced' }],
		views: [[equals('reporter', 'client')], [equals('reporter', 'server')]],
	},
];

/**
 * What labels are for, by name. Dots are written as underscores, so that `service.name` of a server that keeps
 * OpenTelemetry's own names plays the part of `service_name`.
 */
export const plainName = (name: string): string => name.replaceAll('.', '_');

/** Labels that name a service, most telling first. `exported_x` is what a target said before the scraper took `x`. */
export const serviceLabels = [
	'service_name',
	'exported_service',
	'service',
	'app_kubernetes_io_name',
	'app',
	'application',
	'svc',
	'k8s_deployment_name',
	'deployment',
	'workload',
	'exported_job',
	'job',
	'container',
	'app_name',
	'component',
] as const;

/** Labels by which a service's own requests are told apart. */
export const routeLabels = [
	'http_route',
	'route',
	'handler',
	'path',
	'uri',
	'endpoint',
	'view',
	'action',
	'url',
	'http_target',
	'grpc_method',
	'rpc_method',
	'span_name',
	'operation',
] as const;

/** Labels that say how a request ended, most telling first. */
export const statusLabels = [
	'http_response_status_code',
	'http_status_code',
	'status_code',
	'response_code',
	'code',
	'status',
	'http_status',
	'grpc_code',
	'rpc_grpc_status_code',
	'rpc_status_code',
	'grpc_response_status',
	'grpc_status_code',
	'envoy_response_code_class',
	'classification',
	'rcode',
	'outcome',
	'result',
	'error_type',
] as const;

/** Labels that say in which of several like places a service runs. */
export const placeLabels = [
	'namespace',
	'exported_namespace',
	'kubernetes_namespace',
	'k8s_namespace_name',
	'service_namespace',
	'cluster',
	'k8s_cluster_name',
	'env',
	'environment',
	'deployment_environment',
	'deployment_environment_name',
	'region',
] as const;

export const isServiceLabel = (name: string): boolean => has(serviceLabels, name);
export const isRouteLabel = (name: string): boolean => has(routeLabels, name);
export const isStatusLabel = (name: string): boolean => has(statusLabels, name);
export const isPlaceLabel = (name: string): boolean => has(placeLabels, name);

const has = (names: readonly string[], name: string): boolean => names.includes(plainName(name));

/** The service in a label's value: OpenTelemetry writes its namespace before it in `job`. */
export const serviceIn = (label: string, value: string): string =>
	label.endsWith('job') ? (value.split('/').at(-1) ?? value) : value;

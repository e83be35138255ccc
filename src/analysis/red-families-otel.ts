import { type FamilyStatus, milliseconds, oldDurations, type RedFamily, seconds } from './red-family.ts';

/**
 * OpenTelemetry's semantic conventions, the stable names before the old ones: with
 * `OTEL_SEMCONV_STABILITY_OPT_IN=http/dup` both exist and count the same requests. Beyla and ASP.NET Core speak them
 * too. A server that adds no unit to names (`NoTranslation`) has the bare ones.
 */

const failedByType: FamilyStatus = { label: 'error_type', scheme: 'present' };

export const otelServerFamilies: readonly RedFamily[] = [
	{
		// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
		key: 'otel-http',
		name: 'OpenTelemetry HTTP server',
		side: 'served',
		durations: [seconds('http_server_request_duration_seconds'), seconds('http_server_request_duration')],
		statuses: [{ label: 'http_response_status_code', scheme: 'http' }, failedByType],
		routes: ['http_route', 'http_request_method'],
	},
	{
		// Before semantic conventions 1.21.
		key: 'otel-http-old',
		name: 'OpenTelemetry HTTP server (before 1.21)',
		side: 'served',
		durations: oldDurations('http_server_duration'),
		statuses: [{ label: 'http_status_code', scheme: 'http' }],
		routes: ['http_route', 'http_target', 'http_method'],
	},
	{
		// https://opentelemetry.io/docs/specs/semconv/rpc/rpc-metrics/; `error_type` is there only for server faults.
		key: 'otel-rpc',
		name: 'OpenTelemetry RPC server',
		side: 'served',
		durations: [seconds('rpc_server_call_duration_seconds'), seconds('rpc_server_call_duration')],
		statuses: [failedByType, ...grpcStatuses('rpc_status_code', 'rpc_response_status_code')],
		routes: ['rpc_method', 'rpc_system_name'],
	},
	{
		// Before semantic conventions 1.38: milliseconds, and Beyla seconds.
		key: 'otel-rpc-old',
		name: 'OpenTelemetry RPC server (before 1.38)',
		side: 'served',
		durations: oldDurations('rpc_server_duration'),
		statuses: grpcStatuses('rpc_grpc_status_code'),
		routes: ['rpc_method', 'rpc_service', 'rpc_system'],
	},
	{
		// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/
		key: 'otel-consumer',
		name: 'OpenTelemetry messaging, messages processed',
		side: 'served',
		counters: ['messaging_client_consumed_messages'],
		durations: [seconds('messaging_process_duration_seconds'), seconds('messaging_process_duration')],
		statuses: [failedByType],
		routes: ['messaging_destination_name', 'messaging_operation_name', 'messaging_system'],
	},
];

export const otelClientFamilies: readonly RedFamily[] = [
	{
		key: 'otel-http-client',
		name: 'OpenTelemetry HTTP client',
		side: 'made',
		durations: [seconds('http_client_request_duration_seconds'), seconds('http_client_request_duration')],
		statuses: [{ label: 'http_response_status_code', scheme: 'http-client' }, failedByType],
		routes: ['server_address', 'http_request_method'],
	},
	{
		key: 'otel-http-client-old',
		name: 'OpenTelemetry HTTP client (before 1.21)',
		side: 'made',
		durations: oldDurations('http_client_duration'),
		statuses: [{ label: 'http_status_code', scheme: 'http-client' }],
		routes: ['net_peer_name', 'http_method'],
	},
	{
		key: 'otel-rpc-client',
		name: 'OpenTelemetry RPC client',
		side: 'made',
		durations: [seconds('rpc_client_call_duration_seconds'), ...oldDurations('rpc_client_duration')],
		statuses: [failedByType, ...grpcStatuses('rpc_status_code', 'rpc_response_status_code', 'rpc_grpc_status_code')],
		routes: ['rpc_method', 'rpc_service', 'server_address'],
	},
	{
		// https://opentelemetry.io/docs/specs/semconv/database/database-metrics/
		key: 'otel-db',
		name: 'OpenTelemetry database client',
		side: 'made',
		durations: [seconds('db_client_operation_duration_seconds'), seconds('db_client_operation_duration')],
		statuses: [failedByType],
		routes: ['db_operation_name', 'db_collection_name', 'db_namespace', 'db_system_name'],
	},
	{
		// `messaging_publish_duration` is Beyla's.
		key: 'otel-producer',
		name: 'OpenTelemetry messaging, messages sent',
		side: 'made',
		counters: ['messaging_client_sent_messages'],
		durations: [
			seconds('messaging_client_operation_duration_seconds'),
			seconds('messaging_publish_duration_seconds'),
			milliseconds('messaging_publish_duration_milliseconds'),
		],
		statuses: [failedByType],
		routes: ['messaging_destination_name', 'messaging_operation_name', 'messaging_system'],
	},
];

function grpcStatuses(...labels: readonly string[]): readonly FamilyStatus[] {
	return labels.map(label => ({ label, scheme: 'grpc' }));
}

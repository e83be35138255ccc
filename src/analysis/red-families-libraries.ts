import { type FamilyStatus, milliseconds, plainly, type RedFamily, seconds } from './red-family.ts';

/** What application frameworks and client libraries count of themselves. */

const httpStatuses: readonly FamilyStatus[] = ['status', 'code', 'status_code', 'http_status', 'response_code'].map(
	label => ({ label, scheme: 'http' }),
);

const httpRoutes = [
	'route',
	'path',
	'handler',
	'endpoint',
	'uri',
	'view',
	'controller',
	'action',
	'url',
	'page',
	'method',
	'verb',
];

const grpcStatuses: readonly FamilyStatus[] = [
	{ label: 'grpc_code', scheme: 'grpc' },
	{ label: 'code', scheme: 'grpc' },
];

export const libraryServerFamilies: readonly RedFamily[] = [
	{
		// https://docs.spring.io/spring-boot/reference/actuator/metrics.html; Quarkus and Micronaut alike; milliseconds
		// through the OTLP registry. Without percentile histograms there is only the average.
		key: 'micrometer',
		name: 'Micrometer HTTP server',
		side: 'served',
		durations: [seconds('http_server_requests_seconds'), milliseconds('http_server_requests_milliseconds')],
		statuses: [
			{ label: 'status', scheme: 'http' },
			{ label: 'outcome', failed: 'SERVER_ERROR' },
		],
		routes: ['uri', 'method'],
	},
	{
		// The habit of Prometheus client libraries; there is no specification. `highr` is of
		// prometheus-fastapi-instrumentator: fine buckets without labels, beside coarse ones with labels.
		// `http_requests_received_total` is prometheus-net's, `http_request_total` prometheus_flask_exporter's.
		key: 'client-library',
		name: 'Prometheus client library, HTTP',
		side: 'served',
		counters: ['http_requests', 'http_requests_received', 'http_request'],
		durations: [
			seconds('http_request_duration_highr_seconds'),
			seconds('http_request_duration_seconds'),
			milliseconds('http_request_duration_milliseconds'),
			milliseconds('http_request_duration_ms'),
			seconds('request_duration_seconds'),
		],
		statuses: httpStatuses,
		routes: httpRoutes,
	},
	{
		// https://github.com/grpc-ecosystem/go-grpc-middleware; the histogram is opt-in. Its Java port has `code`.
		key: 'grpc',
		name: 'gRPC server',
		side: 'served',
		counters: ['grpc_server_handled', 'grpc_server_started'],
		durations: [seconds('grpc_server_handling_seconds'), seconds('grpc_server_handled_latency_seconds')],
		statuses: grpcStatuses,
		routes: ['grpc_method', 'grpc_service', 'method'],
	},
	{
		// https://github.com/korfuri/django-prometheus; the client library adds a second `_total`. Each counter has its
		// own labels and counts all requests; the latency of everything is finer than that by view.
		key: 'django',
		name: 'django-prometheus',
		side: 'served',
		counters: [
			'django_http_responses_total_by_status_view_method',
			'django_http_responses_total_by_status',
			'django_http_requests_total_by_method',
			'django_http_requests_before_middlewares',
		],
		durations: [
			seconds('django_http_requests_latency_including_middlewares_seconds'),
			seconds('django_http_requests_latency_seconds_by_view_method'),
		],
		statuses: [{ label: 'status', scheme: 'http' }],
		failures: {
			metrics: ['django_http_exceptions_total_by_view', 'django_http_exceptions_total_by_type'],
			counted: 'within',
		},
		routes: ['view', 'method'],
	},
	{
		// https://github.com/rycus86/prometheus_flask_exporter; only the histogram has the path.
		key: 'flask',
		name: 'prometheus_flask_exporter',
		side: 'served',
		counters: ['flask_http_request'],
		durations: [seconds('flask_http_request_duration_seconds')],
		statuses: [{ label: 'status', scheme: 'http' }],
		routes: ['path', 'url_rule', 'endpoint', 'method'],
	},
	{
		// https://github.com/stephenhillier/starlette_exporter; the prefix is configurable, the labels are not.
		key: 'starlette',
		name: 'starlette_exporter',
		side: 'served',
		counters: ['requests'],
		durations: [seconds('request_duration_seconds')],
		statuses: [{ label: 'status_code', scheme: 'http' }],
		routes: ['path', 'method'],
		services: plainly('app_name'),
		needs: [['app_name'], ['path'], ['method']],
		prefixes: ['starlette_', 'fastapi_'],
	},
	{
		// https://github.com/yabeda-rb/yabeda-rails
		key: 'yabeda-rails',
		name: 'Rails through yabeda',
		side: 'served',
		counters: ['rails_requests'],
		durations: [seconds('rails_request_duration_seconds'), seconds('rails_request_duration')],
		statuses: [{ label: 'status', scheme: 'http' }],
		routes: ['controller', 'action', 'method'],
	},
	{
		// https://github.com/discourse/prometheus_exporter; durations are a summary.
		key: 'ruby-exporter',
		name: 'Rails through prometheus_exporter',
		side: 'served',
		counters: ['ruby_http_requests'],
		durations: [seconds('ruby_http_request_duration_seconds')],
		statuses: [{ label: 'status', scheme: 'http' }],
		routes: ['controller', 'action', 'method'],
	},
	{
		// Micrometer's Tomcat binder: averages, and failures apart.
		key: 'tomcat',
		name: 'Tomcat through Micrometer',
		side: 'served',
		durations: [seconds('tomcat_global_request_seconds')],
		failures: { metrics: ['tomcat_global_error'], counted: 'within' },
		routes: ['name'],
	},
];

export const libraryClientFamilies: readonly RedFamily[] = [
	{
		key: 'micrometer-client',
		name: 'Micrometer HTTP client',
		side: 'made',
		durations: [seconds('http_client_requests_seconds'), milliseconds('http_client_requests_milliseconds')],
		statuses: [
			{ label: 'status', scheme: 'http-client' },
			{ label: 'outcome', failed: 'SERVER_ERROR|CLIENT_ERROR' },
		],
		routes: ['client_name', 'clientName', 'uri', 'method'],
	},
	{
		key: 'grpc-client',
		name: 'gRPC client',
		side: 'made',
		counters: ['grpc_client_handled', 'grpc_client_started'],
		durations: [seconds('grpc_client_handling_seconds')],
		statuses: grpcStatuses,
		routes: ['grpc_method', 'grpc_service', 'method'],
	},
	{
		// django-prometheus, with its own database engine.
		key: 'django-db',
		name: 'django-prometheus, database queries',
		side: 'made',
		durations: [seconds('django_db_query_duration_seconds')],
		failures: { metrics: ['django_db_errors'], counted: 'within' },
		routes: ['alias', 'vendor'],
	},
];

const stems = ['http_request_duration', 'http_request_latency', 'http_server_request_duration', 'request_duration'];

/**
 * Names that only look like one of these: the habit of the client libraries behind a prefix of the user's own (Phoenix
 * through PromEx, Laravel, Symfony, Loki, Mimir). A label must say that requests are told apart.
 */
export const guessedFamilies: readonly RedFamily[] = [
	{
		key: 'prefixed',
		name: 'Request metrics with a prefix',
		side: 'served',
		counters: ['http_requests', 'http_request'],
		durations: stems.flatMap(stem => [
			seconds(`${stem}_seconds`),
			milliseconds(`${stem}_milliseconds`),
			milliseconds(`${stem}_ms`),
			{ base: `${stem}_microseconds`, unit: 'microseconds' },
			{ base: `${stem}_nanoseconds`, unit: 'nanoseconds' },
		]),
		statuses: httpStatuses,
		routes: httpRoutes,
		needs: [[...httpStatuses.map(({ label }) => label), ...httpRoutes]],
		prefixes: [],
		guess: true,
	},
];

/**
 * Counters whose names only end in what requests are called, in a company's own words. They are charted where nothing
 * better known describes a service, and only where a label tells how requests ended or tells them apart.
 */
export const shapedFamilies: readonly RedFamily[] = [
	{
		key: 'own-words',
		name: "Requests in the service's own words",
		side: 'served',
		counters: ['requests', 'request', 'calls'],
		durations: ['request_duration', 'request_latency', 'call_duration', 'call_latency'].flatMap(stem => [
			seconds(`${stem}_seconds`),
			milliseconds(`${stem}_milliseconds`),
			milliseconds(`${stem}_ms`),
		]),
		statuses: [...httpStatuses, { label: 'outcome', scheme: 'http' }, { label: 'result', scheme: 'http' }],
		routes: [...httpRoutes, 'op', 'operation'],
		needs: [[...httpStatuses.map(({ label }) => label), 'outcome', 'result', ...httpRoutes, 'op', 'operation']],
		prefixes: [],
		guess: true,
		shaped: true,
	},
];

/** Prefixes of programs that count what is not asked of them, or that they are scraped. */
export const foreignPrefix =
	/^(prometheus|promhttp|alertmanager|go|jvm|process|etcd|kubelet|scheduler|workqueue|net_conntrack|otelcol|(.*_)?client)_/;

/** Ends of prefixes that make something else of requests: some of them, or those of a moment; and inner work. */
export const partPrefix =
	/(?:^|_)(?:in_?flight|active|pending|current|concurrent|open|queued|waiting|resource|max|limit|slow|failed|errors?|rejected|dropped|retried|cached|gc|scrape|compact\w*|reconcile|sync|wal|fsync|tls|dns|rule)_$/;

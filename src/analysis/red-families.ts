import { type Matcher, matches } from '../model/labels.ts';
import { plainName } from './label-roles.ts';

/** How a status label spells failure; `errorMatcherOf` makes the matcher from it and the values that were seen. */
export type StatusScheme =
	/** `500`, or grouped: `5xx`. */
	| 'http'
	/** `Internal`, `INTERNAL` or `13`; only the codes that are the server's fault. */
	| 'grpc'
	/** `STATUS_CODE_ERROR`. */
	| 'span'
	/** `SERVER_ERROR`. */
	| 'outcome'
	/** Empty or absent unless something failed. */
	| 'present';

/**
 * One convention by which services tell of their requests. A row is all that is known of it: the probe, the matching
 * and the queries read these rows, so that another convention is another row.
 */
export type RedFamily = {
	readonly key: string;
	/** For the operator: `OpenTelemetry HTTP server`. */
	readonly name: string;
	/** Counters that may give the rate, the best first. */
	readonly rates: readonly string[];
	/** Histograms or summaries without `_bucket`, `_count`, `_sum`, the best first. */
	readonly durations: readonly { readonly base: string; readonly unit: 'seconds' | 'milliseconds' }[];
	readonly statuses: readonly { readonly label: string; readonly scheme: StatusScheme }[];
	readonly routes: readonly string[];
	/** One view of a request where several are counted; applied when the series have the label. */
	readonly perspective?: Matcher;
	/** Labels without which a series of this name is something else. */
	readonly needs?: readonly string[];
};

const seconds = (base: string) => ({ base, unit: 'seconds' }) as const;
const milliseconds = (base: string) => ({ base, unit: 'milliseconds' }) as const;

/** Spans in which the service itself was asked; others are its own work or its own questions. */
const served: Matcher = matches('span_kind', 'SPAN_KIND_SERVER|SPAN_KIND_CONSUMER');
const spanStatus = [{ label: 'status_code', scheme: 'span' }] as const;

/**
 * The conventions, the most exact first: what a service says of itself before what was derived from its spans, the
 * stable names before the old ones, which may exist at the same time and then count the same requests.
 */
export const redFamilies: readonly RedFamily[] = [
	{
		// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
		key: 'otel-http',
		name: 'OpenTelemetry HTTP server',
		rates: ['http_server_request_duration_seconds_count'],
		durations: [seconds('http_server_request_duration_seconds')],
		statuses: [
			{ label: 'http_response_status_code', scheme: 'http' },
			{ label: 'error_type', scheme: 'present' },
		],
		routes: ['http_route', 'http_request_method'],
	},
	{
		// Before semantic conventions 1.21; the unit is in the name only where the exporter adds it.
		key: 'otel-http-old',
		name: 'OpenTelemetry HTTP server (before 1.21)',
		rates: [
			'http_server_duration_milliseconds_count',
			'http_server_duration_seconds_count',
			'http_server_duration_count',
		],
		durations: [
			milliseconds('http_server_duration_milliseconds'),
			seconds('http_server_duration_seconds'),
			milliseconds('http_server_duration'),
		],
		statuses: [{ label: 'http_status_code', scheme: 'http' }],
		routes: ['http_route', 'http_target', 'http_method'],
	},
	{
		// https://docs.spring.io/spring-boot/reference/actuator/metrics.html; milliseconds through its OTLP registry.
		key: 'micrometer',
		name: 'Micrometer HTTP server',
		rates: ['http_server_requests_seconds_count', 'http_server_requests_milliseconds_count'],
		durations: [seconds('http_server_requests_seconds'), milliseconds('http_server_requests_milliseconds')],
		statuses: [
			{ label: 'status', scheme: 'http' },
			{ label: 'outcome', scheme: 'outcome' },
		],
		routes: ['uri', 'method'],
	},
	{
		// The habit of Prometheus client libraries; there is no specification.
		key: 'client-library',
		name: 'Prometheus client library, HTTP',
		rates: [
			'http_requests_total',
			'http_requests_received_total',
			'http_request_duration_seconds_count',
			'http_request_duration_milliseconds_count',
			'http_request_duration_ms_count',
			'request_duration_seconds_count',
		],
		durations: [
			seconds('http_request_duration_seconds'),
			milliseconds('http_request_duration_milliseconds'),
			milliseconds('http_request_duration_ms'),
			seconds('request_duration_seconds'),
		],
		statuses: ['status', 'code', 'status_code', 'http_status'].map(label => ({ label, scheme: 'http' as const })),
		routes: ['route', 'path', 'handler', 'endpoint', 'uri', 'view', 'action', 'url', 'method'],
	},
	{
		// https://github.com/grpc-ecosystem/go-grpc-middleware; its Java port has `code`.
		key: 'grpc',
		name: 'gRPC server',
		rates: ['grpc_server_handled_total'],
		durations: [seconds('grpc_server_handling_seconds'), seconds('grpc_server_handled_latency_seconds')],
		statuses: [
			{ label: 'grpc_code', scheme: 'grpc' },
			{ label: 'code', scheme: 'grpc' },
		],
		routes: ['grpc_method', 'grpc_service', 'method'],
	},
	{
		// https://grafana.com/docs/tempo/latest/metrics-from-traces/span-metrics/; seconds, though the name is silent.
		key: 'tempo-spans',
		name: 'Tempo span metrics',
		rates: ['traces_spanmetrics_calls_total'],
		durations: [seconds('traces_spanmetrics_latency'), milliseconds('traces_spanmetrics_duration_milliseconds')],
		statuses: spanStatus,
		routes: ['span_name'],
		perspective: served,
	},
	{
		// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
		key: 'collector-spans',
		name: 'OpenTelemetry collector span metrics',
		rates: ['traces_span_metrics_calls_total', 'calls_total'],
		durations: [
			milliseconds('traces_span_metrics_duration_milliseconds'),
			seconds('traces_span_metrics_duration_seconds'),
			milliseconds('duration_milliseconds'),
			seconds('duration_seconds'),
			milliseconds('latency'),
		],
		statuses: spanStatus,
		routes: ['span_name', 'operation'],
		perspective: served,
		needs: ['span_kind'],
	},
];

/** The histogram, summary or counter that a series belongs to: the name without what an exposition adds. */
export const stemOf = (metric: string): string => metric.replace(/[_.](?:bucket|count|sum|total)$/, '');

/** The family a metric's name belongs to, in underscores or in OpenTelemetry's own dots. */
export const familyOfMetric = (metric: string): RedFamily | undefined => familyByStem.get(stemOf(plainName(metric)));

const stemsOf = (family: RedFamily): readonly string[] => [
	...new Set([...family.rates.map(stemOf), ...family.durations.map(({ base }) => base)]),
];

const familyByStem: ReadonlyMap<string, RedFamily> = new Map(
	redFamilies.flatMap(family => stemsOf(family).map(stem => [stem, family] as const)),
);

/** A pattern for the names of all series that describe requests. The sums are left out: they tell nothing new. */
export const redNamePattern: string = `(${[...familyByStem.keys()].join('|')})(_total|_count|_bucket)?`;

/** A pattern for the names of all counters of requests. */
export const rateNamePattern: string = [...new Set(redFamilies.flatMap(({ rates }) => rates))].join('|');

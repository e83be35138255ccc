import { equals, type Matcher, matches } from '../model/labels.ts';
import { type FamilyDuration, milliseconds, plainly, type RedFamily, seconds } from './red-family.ts';

/**
 * What is counted from spans. A trace has spans of servers, of clients and of a service's inner work; only the first
 * are requests asked of it, so that each of the three is a family of its own and they are never added.
 */

const failedSpan = [{ label: 'status_code', failed: 'STATUS_CODE_ERROR' }] as const;

type SpanView = Pick<RedFamily, 'side' | 'views' | 'onlyInView'> & { readonly suffix: string; readonly words: string };

const ofKind = (side: RedFamily['side'], kinds: string, suffix: string, words: string): SpanView => ({
	side,
	views: [[kindMatcher(kinds)]],
	onlyInView: true,
	suffix,
	words,
});

const kindMatcher = (kinds: string): Matcher =>
	kinds.includes('|') ? matches('span_kind', kinds) : equals('span_kind', kinds);

const served = ofKind('served', 'SPAN_KIND_SERVER|SPAN_KIND_CONSUMER', '', '');
const made = ofKind('made', 'SPAN_KIND_CLIENT|SPAN_KIND_PRODUCER', '-client', ', calls to others');
const inner = ofKind('inner', 'SPAN_KIND_INTERNAL', '-inner', ', inner work');

/** Its `service` is what the others call `service_name`. */
const tempoSpans = ({ suffix, words, ...view }: SpanView): RedFamily => ({
	// https://grafana.com/docs/tempo/latest/metrics-from-traces/span-metrics/; seconds, though the name is silent.
	key: `tempo-spans${suffix}`,
	name: `Tempo span metrics${words}`,
	counters: ['traces_spanmetrics_calls'],
	durations: [seconds('traces_spanmetrics_latency')],
	statuses: failedSpan,
	routes: ['span_name', 'span_kind'],
	needs: [['service', 'exported_service']],
	...view,
});

/** `latency` is of the processor that came before the connector; without a unit both mean milliseconds. */
const connectorDurations: readonly FamilyDuration[] = [
	milliseconds('duration_milliseconds'),
	seconds('duration_seconds'),
	milliseconds('duration'),
	milliseconds('latency'),
	seconds('latency_seconds'),
	milliseconds('latency_milliseconds'),
];

const collectorSpans = ({ suffix, words, ...view }: SpanView): RedFamily => ({
	// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
	// The prefix is whatever `namespace` says: `traces_span_metrics_` by default, formerly none.
	key: `collector-spans${suffix}`,
	name: `OpenTelemetry collector span metrics${words}`,
	counters: ['calls'],
	durations: connectorDurations,
	statuses: failedSpan,
	routes: ['span_name', 'operation', 'span_kind'],
	needs: [['span_kind'], ['span_name', 'operation'], ['service_name', 'exported_service_name']],
	prefixes: ['traces_span_metrics_', 'traces_spanmetrics_', ''],
	...view,
});

export const spanServerFamilies: readonly RedFamily[] = [tempoSpans(served), collectorSpans(served)];

export const spanClientFamilies: readonly RedFamily[] = [
	tempoSpans(made),
	collectorSpans(made),
	tempoSpans(inner),
	collectorSpans(inner),
];

/**
 * https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/: one series for each edge, so that a
 * service is a server on some and a client on others. Failures have a counter of their own.
 */
const serviceGraph = {
	counters: ['traces_service_graph_request'],
	failures: { metrics: ['traces_service_graph_request_failed'], counted: 'within' },
} as const;

const graphServer = seconds('traces_service_graph_request_server_seconds');
const graphClient = seconds('traces_service_graph_request_client_seconds');
const graphQueue = seconds('traces_service_graph_request_messaging_system_seconds');

export const serviceGraphFamilies: readonly RedFamily[] = [
	{
		...serviceGraph,
		key: 'service-graph',
		name: 'Tempo service graph, calls by others',
		side: 'served',
		durations: [graphServer, graphClient, graphQueue],
		routes: ['client', 'connection_type'],
		services: plainly('server'),
		needs: [['server'], ['client']],
	},
	{
		...serviceGraph,
		key: 'service-graph-client',
		name: 'Tempo service graph, calls to others',
		side: 'made',
		durations: [graphClient, graphServer, graphQueue],
		routes: ['server', 'connection_type'],
		services: plainly('client'),
		needs: [['server'], ['client']],
	},
];

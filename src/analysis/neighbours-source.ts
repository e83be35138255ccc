import { equals, type Labels, type Matcher, matches } from '../model/labels.ts';
import { errorMatcherOf } from './error-matcher.ts';
import { promSelector } from './promql-build.ts';
import type { StatusScheme } from './red-family.ts';

/** Callers ask the service, callees are asked by it. */
export type CallDirection = 'callers' | 'callees';

/** A counter of calls, or of those that failed. */
export type CallCounter = { readonly metric: string; readonly matchers: readonly Matcher[] };

/** A histogram of how long calls took, by its name without `_bucket`. */
export type CallHistogram = CallCounter & {
	readonly flavour: 'classic' | 'native';
	readonly unit: 'seconds' | 'milliseconds';
};

/** How one source tells of the calls in one direction. */
export type CallView = {
	/** The label that names the neighbour. */
	readonly nameLabel: string;
	/** What that name is: a service, a host that was asked, or no more than the name of the span that asked. */
	readonly names: 'service' | 'address' | 'operation';
	/** `nameLabel`, and the labels that tell what kind of neighbour it is. */
	readonly by: readonly string[];
	readonly rate: CallCounter;
	readonly failed: CallCounter;
	/** Calls that failed by another label; one that both mark is counted once. */
	readonly alsoFailed?: CallCounter;
	/** Measured by who is asked. */
	readonly server?: CallHistogram;
	/** Measured by who asks, network and queues included. */
	readonly client?: CallHistogram;
	/** How many neighbours the source knows. */
	readonly seen: number;
};

/** Who tells of a service's neighbours. */
export type CallSource = {
	/** For the operator: `service graph`. */
	readonly name: string;
	/** What this source cannot tell, in a sentence. */
	readonly remark?: string;
	readonly callers?: CallView;
	readonly callees?: CallView;
};

type SourceReader = {
	readonly name: string;
	/** What it is known by, for who must set it up. */
	readonly sign: string;
	/** Selectors that find every series in which it tells of the service. */
	readonly probes: (service: string) => readonly string[];
	/** Which of these series tell what; `undefined` when none does. */
	readonly read: (service: string, series: readonly Labels[]) => CallSource | undefined;
};

/** One bucket of a histogram is enough to know that it is one. */
const oneBucket: Matcher = matches('le', '|\\+Inf');

const probe = (names: readonly string[], more: readonly Matcher[]): string =>
	promSelector(undefined, [matches('__name__', names.join('|')), oneBucket, ...more]);

const nameOf = (labels: Labels): string => labels.__name__ ?? '';

const distinct = (series: readonly Labels[], label: string): number =>
	new Set(series.map(labels => labels[label] ?? '')).size;

/** The labels of these that any series has. */
const present = (series: readonly Labels[], names: readonly string[]): readonly string[] =>
	names.filter(name => series.some(labels => (labels[name] ?? '') !== ''));

/** The first of these histograms that was seen. */
function histogramIn(
	series: readonly Labels[],
	histograms: readonly { readonly base: string; readonly unit: CallHistogram['unit'] }[],
	matchers: readonly Matcher[],
): CallHistogram | undefined {
	const names = new Set(series.map(nameOf));
	for (const { base, unit } of histograms) {
		if (names.has(`${base}_bucket`)) return { metric: base, matchers, flavour: 'classic', unit };
		if (names.has(base)) return { metric: base, matchers, flavour: 'native', unit };
	}
	return undefined;
}

/**
 * Tempo's metrics generator and OpenTelemetry's service graph connector: both ends of each call, from pairs of spans.
 * https://grafana.com/docs/tempo/latest/metrics-from-traces/service_graphs/
 */
const serviceGraph: SourceReader = {
	name: 'service graph',
	sign: 'traces_service_graph_request_total',
	probes: service => ['server', 'client'].map(end => probe(graphNames, [equals(end, service)])),
	read: (service, series) => {
		const known = series.filter(labels => graphNames.includes(nameOf(labels)));
		const callers = graphView(known, 'server', 'client', service);
		const callees = graphView(known, 'client', 'server', service);
		if (callers === undefined && callees === undefined) return undefined;
		return { name: 'service graph', ...(callers && { callers }), ...(callees && { callees }) };
	},
};

const graph = 'traces_service_graph_request';
const graphNames = [
	`${graph}_total`,
	`${graph}_failed_total`,
	...['server', 'client'].flatMap(end => [`${graph}_${end}_seconds`, `${graph}_${end}_seconds_bucket`]),
];

function graphView(known: readonly Labels[], own: string, other: string, service: string): CallView | undefined {
	const series = known.filter(labels => labels[own] === service);
	const counted = series.filter(labels => nameOf(labels) === `${graph}_total`);
	if (counted.length === 0) return undefined;
	const matchers = [equals(own, service)];
	const server = histogramIn(series, [{ base: `${graph}_server_seconds`, unit: 'seconds' }], matchers);
	const client = histogramIn(series, [{ base: `${graph}_client_seconds`, unit: 'seconds' }], matchers);
	return {
		nameLabel: other,
		names: 'service',
		by: [other, ...present(counted, ['connection_type'])],
		rate: { metric: `${graph}_total`, matchers },
		failed: { metric: `${graph}_failed_total`, matchers },
		...(server && { server }),
		...(client && { client }),
		seen: distinct(counted, other),
	};
}

/** Labels by which the asking span names whom it asks (OpenTelemetry semantic conventions, the old ones last). */
const peerLabels = ['peer_service', 'server_address', 'messaging_destination_name', 'net_peer_name', 'db_name'];
const kindLabels = ['span_kind', 'db_system_name', 'db_system'];
const asking: Matcher = matches('span_kind', 'SPAN_KIND_CLIENT|SPAN_KIND_PRODUCER');

/** A counter of spans, and the histogram beside it. */
type SpanFamily = {
	readonly calls: string;
	readonly durations: readonly { readonly base: string; readonly unit: CallHistogram['unit'] }[];
};

/** Tempo's metrics generator, then the OpenTelemetry collector's connector: its names of today, then the older ones. */
const spanFamilies: readonly SpanFamily[] = [
	{ calls: 'traces_spanmetrics_calls_total', durations: [{ base: 'traces_spanmetrics_latency', unit: 'seconds' }] },
	{
		calls: 'traces_span_metrics_calls_total',
		durations: [
			{ base: 'traces_span_metrics_duration_milliseconds', unit: 'milliseconds' },
			{ base: 'traces_span_metrics_duration_seconds', unit: 'seconds' },
		],
	},
	{
		calls: 'calls_total',
		durations: [
			{ base: 'duration_milliseconds', unit: 'milliseconds' },
			{ base: 'duration_seconds', unit: 'seconds' },
			{ base: 'latency', unit: 'milliseconds' },
		],
	},
];
const spanServiceLabels = ['service', 'service_name'];
const spanNames = spanFamilies.flatMap(({ calls, durations }) => [
	calls,
	...durations.flatMap(({ base }) => [base, `${base}_bucket`]),
]);

/** Span metrics tell of whom a service asks, in the spans it asks with. */
const spanMetrics: SourceReader = {
	name: 'span metrics',
	sign: 'traces_spanmetrics_calls_total of client spans',
	probes: service => spanServiceLabels.map(label => probe(spanNames, [equals(label, service), asking])),
	read: (service, series) => {
		for (const family of spanFamilies) {
			for (const label of spanServiceLabels) {
				const own = series.filter(
					labels => labels[label] === service && /CLIENT|PRODUCER/.test(labels.span_kind ?? ''),
				);
				const callees = spanView(family, own, [equals(label, service), asking]);
				if (callees === undefined) continue;
				const remark = 'Span metrics tell whom a service asks, and not who asks it.';
				return { name: 'span metrics', remark, callees };
			}
		}
		return undefined;
	},
};

function spanView(family: SpanFamily, series: readonly Labels[], matchers: readonly Matcher[]): CallView | undefined {
	const metric = family.calls;
	const counted = series.filter(labels => nameOf(labels) === metric);
	if (counted.length === 0) return undefined;
	const [peer] = present(counted, peerLabels);
	const nameLabel = peer ?? present(counted, ['span_name', 'operation'])[0] ?? 'span_name';
	const client = histogramIn(series, family.durations, matchers);
	return {
		nameLabel,
		names: peer === undefined ? 'operation' : peer === 'peer_service' ? 'service' : 'address',
		by: [nameLabel, ...present(counted, kindLabels)],
		rate: { metric, matchers },
		failed: { metric, matchers: [...matchers, equals('status_code', 'STATUS_CODE_ERROR')] },
		...(client && { client }),
		seen: distinct(counted, nameLabel),
	};
}

const istioNames = ['istio_requests_total', 'istio_request_duration_milliseconds_bucket'];
const grpcStatus = 'grpc_response_status';
const istioLabels = ['canonical_service', 'workload'];

/** Istio counts each request at both ends (`reporter`). https://istio.io/latest/docs/reference/config/metrics/ */
const istio: SourceReader = {
	name: 'Istio',
	sign: 'istio_requests_total',
	probes: service =>
		istioLabels.flatMap(label =>
			['destination', 'source'].map(end => probe(istioNames, [equals(`${end}_${label}`, service)])),
		),
	read: (service, series) => {
		const known = series.filter(labels => istioNames.includes(nameOf(labels)));
		for (const label of istioLabels) {
			const callers = istioView(known, [`destination_${label}`, `source_${label}`], service);
			const callees = istioView(known, [`source_${label}`, `destination_${label}`], service);
			if (callers === undefined && callees === undefined) continue;
			return { name: 'Istio', ...(callers && { callers }), ...(callees && { callees }) };
		}
		return undefined;
	},
};

/** Who reports a call; the end at which the service itself stands sees all of its calls. */
function istioView(
	known: readonly Labels[],
	[own, other]: readonly [string, string],
	service: string,
): CallView | undefined {
	const series = known.filter(labels => labels[own] === service);
	const reporters = new Set(series.map(({ reporter }) => reporter));
	const order = own.startsWith('destination')
		? ['destination', 'waypoint', 'source']
		: ['source', 'waypoint', 'destination'];
	const reporter = order.find(name => reporters.has(name));
	if (reporter === undefined) return undefined;
	const matchersOf = (name: string): readonly Matcher[] => [equals(own, service), equals('reporter', name)];
	const failedBy = (label: string, scheme: StatusScheme): CallCounter => {
		const seen = new Set(series.map(labels => labels[label] ?? ''));
		return { metric: 'istio_requests_total', matchers: [...matchersOf(reporter), errorMatcherOf(label, scheme, seen)] };
	};
	const durations = [{ base: 'istio_request_duration_milliseconds', unit: 'milliseconds' as const }];
	const histogramOf = (name: string | undefined) =>
		name === undefined ? undefined : histogramIn(series, durations, matchersOf(name));
	const server = histogramOf(['destination', 'waypoint'].find(name => reporters.has(name)));
	const client = histogramOf(['source'].find(name => reporters.has(name)));
	return {
		nameLabel: other,
		names: 'service',
		by: [other],
		rate: { metric: 'istio_requests_total', matchers: matchersOf(reporter) },
		failed: failedBy('response_code', 'http-or-broken'),
		// Over HTTP a gRPC call that failed has code 200.
		...(present(series, [grpcStatus]).length > 0 && { alsoFailed: failedBy(grpcStatus, 'grpc') }),
		...(server && { server }),
		...(client && { client }),
		seen: distinct(series, other),
	};
}

const linkerdNames = ['response_total', 'response_latency_ms_bucket'];
const outbound = equals('direction', 'outbound');

/** Linkerd knows both ends at the asking one only. https://linkerd.io/2/reference/proxy-metrics/ */
const linkerd: SourceReader = {
	name: 'Linkerd',
	sign: 'response_total',
	probes: service =>
		['dst_deployment', 'deployment'].map(label => probe(linkerdNames, [equals(label, service), outbound])),
	read: (service, series) => {
		const known = series.filter(
			labels => linkerdNames.includes(nameOf(labels)) && labels.direction === 'outbound' && labels.dst_deployment,
		);
		const callers = linkerdView(known, ['dst_deployment', 'deployment'], service);
		const callees = linkerdView(known, ['deployment', 'dst_deployment'], service);
		if (callers === undefined && callees === undefined) return undefined;
		const remark = 'Linkerd measures calls where they are made, to the first byte of the answer.';
		return { name: 'Linkerd', remark, ...(callers && { callers }), ...(callees && { callees }) };
	},
};

function linkerdView(
	known: readonly Labels[],
	[own, other]: readonly [string, string],
	service: string,
): CallView | undefined {
	const series = known.filter(labels => labels[own] === service);
	if (series.length === 0) return undefined;
	const matchers = [equals(own, service), outbound];
	const client = histogramIn(series, [{ base: 'response_latency_ms', unit: 'milliseconds' }], matchers);
	return {
		nameLabel: other,
		names: 'service',
		by: [other],
		rate: { metric: 'response_total', matchers },
		failed: { metric: 'response_total', matchers: [...matchers, equals('classification', 'failure')] },
		...(client && { client }),
		seen: distinct(series, other),
	};
}

/** The most telling first: both ends and the kind of call, one end, the mesh. */
const readers: readonly SourceReader[] = [serviceGraph, spanMetrics, istio, linkerd];

/** Selectors that together find every series in which a service's neighbours are told of. */
export const neighbourSelectors = (service: string): readonly string[] =>
	readers.flatMap(({ probes }) => probes(service));

/** Who tells of the service's neighbours, of those whose series were found. */
export function callSourceOf(service: string, series: readonly Labels[]): CallSource | undefined {
	for (const { read } of readers) {
		const source = read(service, series);
		if (source !== undefined) return source;
	}
	return undefined;
}

/** What was looked for, for the operator who finds none of it: `service graph (traces_service_graph_request_total)`. */
export const callSourcesSought: readonly string[] = readers.map(({ name, sign }) => `${name} (${sign})`);

import { createServer } from 'node:http';

/*
 * An exporter of six services, each of another convention, and of the calls between them, whose counters are known:
 * every kind of request comes at an even rate and takes one of the same few times.
 */

/** Requests of one kind; rates are per second. */
type Traffic = { readonly labels: string; readonly rate: number; readonly took: readonly Share[] };

/** So much of the traffic took so many seconds. */
type Share = readonly [share: number, seconds: number];

/** What a service exposes: counters, and histograms with their bounds. */
type Exposition = {
	readonly counters?: Readonly<Record<string, readonly Traffic[]>>;
	readonly histograms?: Readonly<Record<string, readonly Traffic[]>>;
};

const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** No quantile that is asked for falls on the edge of a bucket, where the order of a sum decides. */
const quick: readonly Share[] = [
	[0.7, 0.08],
	[0.27, 0.3],
	[0.03, 1.5],
];
const slow: readonly Share[] = [[1, 2]];

const of = (rate: number, labels: string, took: readonly Share[] = quick): Traffic => ({ labels, rate, took });

/** OpenTelemetry HTTP, stable. */
const ledger: Exposition = {
	histograms: {
		http_server_request_duration_seconds: [
			of(
				12,
				'service_name="ledger",http_route="/transfer",http_request_method="POST",http_response_status_code="200"',
				[[1, 0.2]],
			),
			of(
				4,
				'service_name="ledger",http_route="/transfer",http_request_method="POST",http_response_status_code="503"',
				slow,
			),
			of(20, 'service_name="ledger",http_route="/balance",http_request_method="POST",http_response_status_code="200"', [
				[1, 0.2],
			]),
		],
	},
};

/** As many baskets have been filled. */
export const sessions = 24;

/** A Prometheus client library: the counter tells outcomes, the histogram does not. */
const basket: Exposition = {
	counters: {
		http_requests_total: [
			of(30, 'service="basket",handler="/items",code="200"'),
			of(2, 'service="basket",handler="/items",code="404"'),
			of(3, 'service="basket",handler="/items",code="500"'),
			of(10, 'service="basket",handler="/pay",code="200"'),
			of(5, 'service="basket",handler="/pay",code="502"'),
		],
		// A label without bound.
		basket_session_items_total: Array.from({ length: sessions }, (_, index) =>
			of(1, `service="basket",session="6f1d0c52-3b7e-4a90-8c1d-${String(index).padStart(12, '0')}"`),
		),
	},
	histograms: {
		http_request_duration_seconds: [
			of(35, 'service="basket",handler="/items"'),
			of(15, 'service="basket",handler="/pay"', slow),
		],
	},
};

/** gRPC: only the job names the service. */
const grpc = 'grpc_type="unary",grpc_service="shelf.v1.Shelf"';
const shelf: Exposition = {
	counters: {
		grpc_server_handled_total: [
			of(40, `${grpc},grpc_method="Reserve",grpc_code="OK"`),
			of(6, `${grpc},grpc_method="Reserve",grpc_code="NotFound"`),
			of(3, `${grpc},grpc_method="Reserve",grpc_code="Internal"`),
			of(11, `${grpc},grpc_method="Count",grpc_code="OK"`),
			of(1, `${grpc},grpc_method="Count",grpc_code="Unavailable"`),
		],
	},
	histograms: {
		grpc_server_handling_seconds: [
			of(49, `${grpc},grpc_method="Reserve"`),
			of(12, `${grpc},grpc_method="Count"`, slow),
		],
	},
};

/** Micrometer. */
const parcels: Exposition = {
	histograms: {
		http_server_requests_seconds: [
			of(
				18,
				'application="parcels",method="GET",uri="/parcels/{id}",status="200",outcome="SUCCESS",exception="None",error="none"',
			),
			of(
				6,
				'application="parcels",method="GET",uri="/parcels/{id}",status="500",outcome="SERVER_ERROR",exception="LockTimeout",error="LockTimeout"',
				slow,
			),
			of(
				9,
				'application="parcels",method="POST",uri="/labels",status="201",outcome="SUCCESS",exception="None",error="none"',
			),
		],
	},
};

/** Span metrics: what the service asked of others is counted beside what it was asked. */
const courier = (kind: string, name: string, status: string): string =>
	`service="courier",span_name="${name}",span_kind="SPAN_KIND_${kind}",status_code="STATUS_CODE_${status}"`;
const courierSpans: readonly Traffic[] = [
	of(14, courier('SERVER', 'POST /route', 'UNSET')),
	of(7, courier('SERVER', 'POST /route', 'ERROR'), slow),
	of(5, courier('CONSUMER', 'parcel.ready process', 'UNSET')),
	of(60, courier('CLIENT', 'SELECT stops', 'UNSET'), [[1, 0.02]]),
	of(8, courier('CLIENT', 'GET /map', 'ERROR'), slow),
];

/** Calls as a service graph knows them: of some both ends send spans, of others one. */
const call = (client: string, server: string, connection = ''): string =>
	`client="${client}",server="${server}",connection_type="${connection}"`;
const calls: readonly Traffic[] = [
	of(20, call('parcels', 'basket')),
	of(30, call('user', 'basket', 'virtual_node')),
	of(16, call('basket', 'ledger'), slow),
	of(50, call('basket', 'stock', 'database')),
	of(7, call('kiosk', 'parcels')),
];
const graph: Exposition = {
	counters: {
		traces_service_graph_request_total: calls,
		traces_service_graph_request_failed_total: [of(2, call('parcels', 'basket')), of(4, call('basket', 'ledger'))],
	},
	histograms: {
		traces_service_graph_request_server_seconds: calls,
		traces_service_graph_request_client_seconds: calls.map(each => ({
			...each,
			took: each.took.map(([share, seconds]): Share => [share, seconds + 0.2]),
		})),
	},
};

/** Istio: both ends count what comes over HTTP and over gRPC, whose failures are no failures of HTTP. */
const gate = (more: string, rate: number): readonly Traffic[] =>
	['source', 'destination'].map(end =>
		of(rate, `reporter="${end}",destination_service_name="gate",source_workload="edge",${more}`),
	);
const gateRequests: readonly Traffic[] = [
	...gate('request_protocol="http",response_code="200",response_flags="-"', 17),
	...gate('request_protocol="http",response_code="503",response_flags="UF"', 2),
	...gate('request_protocol="http",response_code="0",response_flags="UF"', 1),
	...gate('request_protocol="grpc",response_code="200",grpc_response_status="0",response_flags="-"', 8),
	...gate('request_protocol="grpc",response_code="200",grpc_response_status="5",response_flags="-"', 4),
	...gate('request_protocol="grpc",response_code="200",grpc_response_status="14",response_flags="UF"', 3),
];

/** By service; each is scraped under a job of its name. */
export const exported: Readonly<Record<string, Exposition>> = {
	ledger,
	basket,
	shelf,
	parcels,
	courier: {
		counters: { traces_spanmetrics_calls_total: courierSpans },
		histograms: { traces_spanmetrics_latency: courierSpans },
	},
	gate: {
		counters: { istio_requests_total: gateRequests },
		histograms: { istio_request_duration_milliseconds: gateRequests },
	},
	graph,
};

/** The text of one scrape, as if requests had come for so many seconds. `at` is written behind every sample. */
export function expositionOf(service: string, seconds: number, at?: number): string {
	const stamp = at === undefined ? '' : ` ${at}`;
	const { counters = {}, histograms = {} } = exported[service] ?? {};
	const lines = [
		...Object.entries(counters).flatMap(([name, traffic]) => [
			`# TYPE ${name} counter`,
			...traffic.map(({ labels, rate }) => `${name}{${labels}} ${Math.floor(seconds * rate)}${stamp}`),
		]),
		...Object.entries(histograms).flatMap(([name, traffic]) => [
			`# TYPE ${name} histogram`,
			...traffic.flatMap(each => histogramLines(name, each, seconds).map(line => line + stamp)),
		]),
	];
	return `${lines.join('\n')}\n`;
}

function histogramLines(name: string, { labels, rate, took }: Traffic, seconds: number): readonly string[] {
	const counted = took.map(([share, length]) => ({ count: Math.floor(seconds * rate * share), length }));
	const countBelow = (bound: number) =>
		sumOf(counted.filter(({ length }) => length <= bound).map(({ count }) => count));
	return [
		...bounds.map(bound => `${name}_bucket{${labels},le="${bound}"} ${countBelow(bound)}`),
		`${name}_bucket{${labels},le="+Inf"} ${countBelow(Infinity)}`,
		`${name}_sum{${labels}} ${sumOf(counted.map(({ count, length }) => count * length))}`,
		`${name}_count{${labels}} ${countBelow(Infinity)}`,
	];
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** What happens to the ledger while it is scraped, in seconds after the exporter started. */
const deployAfter = 25;
const restartAfter = 45;
const hour = 3600;

/** Which version of the ledger runs so many seconds after `began` (Unix seconds), and since when. */
function lifeLines(began: number, seconds: number): string {
	const version = seconds < deployAfter ? '1.4.0' : '1.5.0';
	const started = seconds < deployAfter ? -hour : seconds < restartAfter ? deployAfter : restartAfter;
	return [
		'# TYPE ledger_build_info gauge',
		`ledger_build_info{version="${version}"} 1`,
		'# TYPE process_start_time_seconds gauge',
		`process_start_time_seconds ${began + started}`,
		'',
	].join('\n');
}

export type Exporter = {
	readonly port: number;
	/** When the ledger was deployed, and when it started once more; Unix seconds. */
	readonly deployedAt: number;
	readonly restartedAt: number;
	readonly stop: () => void;
};

/** The same as OpenMetrics, in which each failed request that took its time is remembered with a trace of its own. */
function withExemplars(text: string, seconds: number): string {
	const trace = Math.floor(seconds).toString(16).padStart(32, '7');
	const line = /^(\w+_bucket\{.*status_code="503".*,le="2\.5"\} \d+)$/gm;
	return `${text.replaceAll(line, `$1 # {trace_id="${trace}"} 2`)}# EOF\n`;
}

/**
 * Serves `/ledger`, `/basket` and so on, counting since it started; the ledger's histograms have exemplars, and it is
 * deployed and restarted meanwhile.
 */
export async function startExporter(): Promise<Exporter> {
	const startedAt = performance.now();
	const began = Math.floor(Date.now() / 1000);
	const server = createServer(({ url = '/' }, response) => {
		const seconds = (performance.now() - startedAt) / 1000;
		const text = expositionOf(url.slice(1), seconds);
		if (url === '/ledger') {
			response.setHeader('Content-Type', 'application/openmetrics-text; version=1.0.0');
			response.end(withExemplars(text + lifeLines(began, seconds), seconds));
		} else response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(text);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The exporter has no port.');
	return {
		port: address.port,
		deployedAt: began + deployAfter,
		restartedAt: began + restartAfter,
		stop: () => void server.close(),
	};
}

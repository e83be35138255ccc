import { describe, expect, test } from 'vitest';
import { type Neighbour, neighboursOf } from '../../src/analysis/neighbours.ts';
import { neighbourQueries } from '../../src/analysis/neighbours-queries.ts';
import {
	type CallDirection,
	type CallView,
	callSourceOf,
	callSourcesSought,
	neighbourSelectors,
} from '../../src/analysis/neighbours-source.ts';
import { showSecrets } from '../../src/analysis/redact-evidence.ts';
import type { Labels } from '../../src/model/labels.ts';
import { minute } from '../../src/model/time.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const graph = 'traces_service_graph_request';
const drawnGraph = `
	${graph}_total{client="pier",server="{ferry,buoy}"}
	${graph}_total{client="pier",server="sql",connection_type="database"}
	${graph}_total{client="user",server="pier",connection_type="virtual_node"}
	${graph}_failed_total{client="pier",server="ferry"}
	${graph}_server_seconds_bucket{client="pier",server="{ferry,buoy,sql}",le="+Inf"}
	${graph}_client_seconds_bucket{client="pier",server="{ferry,buoy,sql}",le="+Inf"}
	${graph}_server_seconds_bucket{client="user",server="pier",le="+Inf"}`;
const tempoSpans = `
	traces_spanmetrics_calls_total{service="pier",span_kind="SPAN_KIND_CLIENT",span_name="{GET,POST}",status_code="STATUS_CODE_UNSET"}
	traces_spanmetrics_latency_bucket{service="pier",span_kind="SPAN_KIND_CLIENT",span_name="GET",le="+Inf"}`;
const collectorSpans = `
	traces_span_metrics_calls_total{service_name="pier",span_kind="SPAN_KIND_CLIENT",server_address="{ferry,10.0.0.7}"}
	traces_span_metrics_calls_total{service_name="pier",span_kind="SPAN_KIND_CLIENT",server_address="db",db_system_name="sql"}
	traces_span_metrics_duration_milliseconds{service_name="pier",span_kind="SPAN_KIND_CLIENT",server_address="ferry"}`;
const drawnIstio = `
	istio_requests_total{reporter="{source,destination}",source_workload="kiosk",destination_workload="pier"}
	istio_requests_total{reporter="source",source_workload="pier",destination_workload="{ferry,buoy}"}
	istio_request_duration_milliseconds_bucket{reporter="{source,destination}",source_workload="kiosk",destination_workload="pier",le="+Inf"}`;
const drawnLinkerd = `
	response_total{direction="outbound",deployment="pier",dst_deployment="ferry"}
	response_total{direction="outbound",deployment="pier"}
	response_latency_ms_bucket{direction="outbound",deployment="pier",dst_deployment="ferry",le="+Inf"}`;

const sourceOf = (...texts: readonly string[]) => callSourceOf('pier', texts.flatMap(seriesFromText));

describe('who tells of the neighbours', () => {
	test.each([
		['service graph', [drawnGraph, tempoSpans, drawnIstio, drawnLinkerd], [1, 3]],
		['span metrics', [drawnLinkerd, drawnIstio, tempoSpans], [undefined, 2]],
		['span metrics', [collectorSpans], [undefined, 3]],
		['Istio', [drawnLinkerd, drawnIstio], [1, 2]],
		['Linkerd', [drawnLinkerd], [undefined, 1]],
		[undefined, [`http_requests_total{service="pier"}`], [undefined, undefined]],
		[undefined, [`${graph}_total{client="kiosk",server="ferry"}`], [undefined, undefined]],
		[
			undefined,
			[`traces_spanmetrics_calls_total{service="pier",span_kind="SPAN_KIND_SERVER"}`],
			[undefined, undefined],
		],
	] as const)('%s', (name, texts, seen) => {
		const source = sourceOf(...texts);
		expect(source?.name).toBe(name);
		expect([source?.callers?.seen, source?.callees?.seen]).toEqual(seen);
	});

	test('is asked by one selector for each label that can name the service', () => {
		const selectors = neighbourSelectors('pier');
		expect(selectors).toHaveLength(10);
		expect(selectors.every(selector => selector.includes('="pier"') && selector.includes('le=~"|\\\\+Inf"'))).toBe(
			true,
		);
		expect(callSourcesSought.join(', ')).toBe(
			'service graph (traces_service_graph_request_total), span metrics (traces_spanmetrics_calls_total of client spans), Istio (istio_requests_total), Linkerd (response_total)',
		);
	});
});

describe('what is asked', () => {
	const queriesOf = (direction: CallDirection, ...texts: readonly string[]) => {
		const view = sourceOf(...texts)?.[direction];
		return view === undefined ? undefined : neighbourQueries(view, 5 * minute);
	};

	test('of a service graph, both ends', () => {
		expect(queriesOf('callees', drawnGraph)).toEqual({
			rate: `topk(50, sum by (server, connection_type) (rate(${graph}_total{client="pier"}[5m])))`,
			failed: `topk(50, sum by (server, connection_type) (rate(${graph}_failed_total{client="pier"}[5m])))`,
			server: `topk(50, histogram_quantile(0.99, sum by (le, server, connection_type) (rate(${graph}_server_seconds_bucket{client="pier"}[5m]))))`,
			client: `topk(50, histogram_quantile(0.99, sum by (le, server, connection_type) (rate(${graph}_client_seconds_bucket{client="pier"}[5m]))))`,
		});
		expect(queriesOf('callers', drawnGraph)?.rate).toBe(
			`topk(50, sum by (client, connection_type) (rate(${graph}_total{server="pier"}[5m])))`,
		);
	});

	test('of span metrics, by the peer if a label names it, else by the name of the span; native histograms have no le', () => {
		const asking = 'service="pier",span_kind=~"SPAN_KIND_CLIENT|SPAN_KIND_PRODUCER"';
		expect(queriesOf('callees', tempoSpans)).toEqual({
			rate: `topk(50, sum by (span_name, span_kind) (rate(traces_spanmetrics_calls_total{${asking}}[5m])))`,
			failed: `topk(50, sum by (span_name, span_kind) (rate(traces_spanmetrics_calls_total{${asking},status_code="STATUS_CODE_ERROR"}[5m])))`,
			client: `topk(50, histogram_quantile(0.99, sum by (le, span_name, span_kind) (rate(traces_spanmetrics_latency_bucket{${asking}}[5m]))))`,
		});
		expect(queriesOf('callees', collectorSpans)?.client).toBe(
			'topk(50, histogram_quantile(0.99, sum by (server_address, span_kind, db_system_name) (rate(traces_span_metrics_duration_milliseconds{service_name="pier",span_kind=~"SPAN_KIND_CLIENT|SPAN_KIND_PRODUCER"}[5m]))) / 1000)',
		);
	});

	test('of Istio, at one end only: that of the service for the counts, each for its own durations', () => {
		expect(queriesOf('callers', drawnIstio)).toMatchObject({
			rate: 'topk(50, sum by (source_workload) (rate(istio_requests_total{destination_workload="pier",reporter="destination"}[5m])))',
			failed: expect.stringContaining('reporter="destination",response_code=~"5..|0"'),
			server: expect.stringContaining(
				'milliseconds_bucket{destination_workload="pier",reporter="destination"}[5m]))) / 1000',
			),
			client: expect.stringContaining(
				'milliseconds_bucket{destination_workload="pier",reporter="source"}[5m]))) / 1000',
			),
		});
		expect(queriesOf('callees', drawnIstio)?.rate).toContain('{source_workload="pier",reporter="source"}');
	});

	test('of Istio over gRPC, its codes too, and a call that both codes mark is one', () => {
		const grpc = `
			istio_requests_total{reporter="source",source_workload="pier",destination_workload="ferry",response_code="{200,503,0}"}
			istio_requests_total{reporter="source",source_workload="pier",destination_workload="buoy",response_code="200",grpc_response_status="{0,14}"}`;
		const failing = (matcher: string) =>
			`rate(istio_requests_total{source_workload="pier",reporter="source",${matcher}}[5m])`;
		expect(queriesOf('callees', grpc)?.failed).toBe(
			`topk(50, sum by (destination_workload) (${failing('response_code=~"5..|0"')} or ${failing('grpc_response_status=~"2|4|12|13|14|15"')}))`,
		);
	});

	test('of Linkerd, where the calls are made', () => {
		expect(queriesOf('callees', drawnLinkerd)).toEqual({
			rate: 'topk(50, sum by (dst_deployment) (rate(response_total{deployment="pier",direction="outbound"}[5m])))',
			failed: expect.stringContaining('classification="failure"'),
			client: expect.stringContaining(
				'response_latency_ms_bucket{deployment="pier",direction="outbound"}[5m]))) / 1000',
			),
		});
	});
});

describe('the rows', () => {
	const view = (change: Partial<CallView> = {}): CallView => ({
		nameLabel: 'server',
		names: 'service',
		by: ['server'],
		rate: { metric: 'calls', matchers: [] },
		failed: { metric: 'failed', matchers: [] },
		seen: 3,
		...change,
	});
	const sample = (labels: Labels, value: number) => ({ labels, at: 0, value });
	const of = (values: Readonly<Record<string, number>>, more: Labels = {}) =>
		Object.entries(values).map(([server, value]) => sample({ server, ...more }, value));
	const one = (rows: readonly Neighbour[]): Partial<Neighbour> => rows[0] ?? {};

	test.each([
		[false, '[redacted github token]'],
		[true, `ghp_${'a1'.repeat(18)}`],
	])('named without a secret, unless secrets are shown: %j', (isShown, name) => {
		showSecrets(isShown);
		const samples = { rate: of({ [`ghp_${'a1'.repeat(18)}`]: 1 }), failed: [] };
		expect(one(neighboursOf('callees', view(), samples)).name).toBe(name);
		showSecrets(false);
	});

	test('most failures first, then the busiest, then by name', () => {
		const rows = neighboursOf('callees', view(), {
			rate: of({ buoy: 9, ferry: 2, dock: 4, crane: 4 }),
			failed: of({ ferry: 0.5 }),
		});
		expect(rows.map(({ name }) => name)).toEqual(['ferry', 'buoy', 'crane', 'dock']);
		expect(rows[0]).toMatchObject({ failures: 0.5, errors: 0.25, server: Number.NaN, service: 'ferry' });
		expect(rows[1]).toMatchObject({ failures: 0, errors: 0 });
	});

	test('who fails and is not among the busiest is not hidden; who is not among the failing of a cut list is not cleared', () => {
		const failed = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 1]));
		const rows = neighboursOf('callees', view(), { rate: of({ busy: 9 }), failed: of(failed) });
		expect(rows).toHaveLength(51);
		expect(rows[0]).toMatchObject({ name: 'f0', rate: Number.NaN, failures: 1, errors: Number.NaN });
		expect(rows.at(-1)).toMatchObject({ name: 'busy', failures: Number.NaN, errors: Number.NaN });
	});

	test('the gap is what the caller waited beyond what the callee took', () => {
		const samples = { rate: of({ ferry: 1 }), failed: [], server: of({ ferry: 0.2 }), client: of({ ferry: 1.5 }) };
		expect(one(neighboursOf('callees', view(), samples)).gap).toBeCloseTo(1.3);
	});

	test.each([
		[
			'database',
			'callees',
			{ connection_type: 'database' },
			{ server: Number.NaN, client: 1.5, gap: Number.NaN },
			undefined,
		],
		[
			'virtual',
			'callers',
			{ connection_type: 'virtual_node' },
			{ server: 0.2, client: Number.NaN, gap: Number.NaN },
			undefined,
		],
		[
			'virtual',
			'callees',
			{ connection_type: 'virtual_node' },
			{ server: Number.NaN, client: 1.5, gap: Number.NaN },
			undefined,
		],
		[
			'messaging',
			'callees',
			{ connection_type: 'messaging_system' },
			{ server: 0.2, client: 1.5, gap: Number.NaN },
			'ferry',
		],
	] as const)(
		'of a %s among the %s only the end that sends spans is believed',
		(kind, direction, labels, ends, service) => {
			const samples = {
				rate: of({ ferry: 1 }, labels),
				failed: [],
				server: of({ ferry: 0.2 }, labels),
				client: of({ ferry: 1.5 }, labels),
			};
			const row = one(neighboursOf(direction, view(), samples));
			expect(row).toMatchObject({ kind, ...ends });
			expect(row.service).toBe(service);
		},
	);

	test.each([
		['address', 'ferry.harbour.svc.cluster.local:8080', {}, 'address', 'ferry'],
		['address', 'acquirer.example:443', {}, 'address', 'acquirer.example'],
		['address', 'db.example', { db_system: 'sql' }, 'database', undefined],
		['address', 'bookings', { span_kind: 'SPAN_KIND_PRODUCER' }, 'messaging', undefined],
		['operation', 'GET /tides', {}, 'operation', undefined],
		['service', 'PassthroughCluster', {}, 'virtual', undefined],
		['address', '', {}, 'address', undefined],
	] as const)('a name that is an %s: %s', (names, name, labels, kind, service) => {
		const row = one(neighboursOf('callees', view({ names }), { rate: of({ [name]: 1 }, labels), failed: [] }));
		expect(row).toMatchObject({ name, kind });
		expect(row.service).toBe(service);
	});

	test('a neighbour that two kinds of span tell of is one row, with the worse p99', () => {
		const twice = (value: number) => [
			sample({ server: 'ferry', span_kind: 'SPAN_KIND_CLIENT' }, value),
			sample({ server: 'ferry', span_kind: 'SPAN_KIND_INTERNAL' }, value * 2),
		];
		const rows = neighboursOf('callees', view(), { rate: twice(1), failed: twice(0.3), client: twice(5) });
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({ rate: 3, errors: 0.3, client: 10 });
	});

	test('a secret in a name is not shown', () => {
		const name = 'https://clerk:hunter2secret@ledger.example';
		const row = one(neighboursOf('callees', view({ names: 'address' }), { rate: of({ [name]: 1 }), failed: [] }));
		expect(row.name).not.toContain('hunter2secret');
	});
});

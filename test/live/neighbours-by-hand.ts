import { expect } from 'vitest';
import type { Ends } from './by-hand.ts';
import { printed } from './printed.ts';

/** PromQL for the neighbours of a service in one direction, by the label that names them. */
type NeighboursByHand = {
	readonly service: string;
	readonly direction: 'callers' | 'callees';
	readonly source: string;
	/** By name; of some calls only one end is measured. */
	readonly neighbours: Readonly<Record<string, { readonly kind: string; readonly measuredBy: readonly Measured[] }>>;
	readonly by: string;
	readonly rate: string;
	readonly failed: string;
	/** Of `histogram_quantile`; absent where nobody measures there. */
	readonly server?: string;
	readonly client?: string;
};

type Measured = 'server' | 'client';

const graph = 'traces_service_graph_request';
const both: readonly Measured[] = ['server', 'client'];
const asking = 'service="courier",span_kind=~"SPAN_KIND_(CLIENT|PRODUCER)"';

export const neighboursByHand: readonly NeighboursByHand[] = [
	{
		service: 'basket',
		direction: 'callers',
		source: 'service graph',
		neighbours: {
			parcels: { kind: 'service', measuredBy: both },
			user: { kind: 'virtual', measuredBy: ['server'] },
		},
		by: 'client',
		rate: `sum by (client) (rate(${graph}_total{server="basket"}[5m]))`,
		failed: `sum by (client) (rate(${graph}_failed_total{server="basket"}[5m]))`,
		server: `sum by (le, client) (rate(${graph}_server_seconds_bucket{server="basket"}[5m]))`,
		client: `sum by (le, client) (rate(${graph}_client_seconds_bucket{server="basket"}[5m]))`,
	},
	{
		service: 'basket',
		direction: 'callees',
		source: 'service graph',
		neighbours: {
			ledger: { kind: 'service', measuredBy: both },
			stock: { kind: 'database', measuredBy: ['client'] },
		},
		by: 'server',
		rate: `sum by (server) (rate(${graph}_total{client="basket"}[5m]))`,
		failed: `sum by (server) (rate(${graph}_failed_total{client="basket"}[5m]))`,
		server: `sum by (le, server) (rate(${graph}_server_seconds_bucket{client="basket"}[5m]))`,
		client: `sum by (le, server) (rate(${graph}_client_seconds_bucket{client="basket"}[5m]))`,
	},
	{
		service: 'courier',
		direction: 'callees',
		source: 'span metrics',
		neighbours: {
			'SELECT stops': { kind: 'operation', measuredBy: ['client'] },
			'GET /map': { kind: 'operation', measuredBy: ['client'] },
		},
		by: 'span_name',
		rate: `sum by (span_name) (rate(traces_spanmetrics_calls_total{${asking}}[5m]))`,
		failed: `sum by (span_name) (rate(traces_spanmetrics_calls_total{${asking},status_code="STATUS_CODE_ERROR"}[5m]))`,
		client: `sum by (le, span_name) (rate(traces_spanmetrics_latency_bucket{${asking}}[5m]))`,
	},
];

type Row = {
	readonly name: string;
	readonly kind: string;
	readonly ratePerSecond: number;
	readonly failuresPerSecond: number;
	readonly errorRatio: number;
	readonly serverP99Seconds: number | null;
	readonly clientP99Seconds: number | null;
};

/** That the printed neighbours are those, with the figures of the PromQL written by hand at the end of the window. */
export async function expectNeighboursByHand(byHand: NeighboursByHand, { from, to }: Ends, url: string): Promise<void> {
	const { service, direction, source, neighbours, by } = byHand;
	const window = ['--from', `${from}`, '--to', `${to}`, '--prometheus-url', url];
	const { body } = await printed('service', service, '--view', 'neighbours', ...window);
	expect(body.neighbours).toMatchObject({ source, at: new Date(to * 1000).toISOString(), averagedOverSeconds: 300 });
	const rows: readonly Row[] = body.neighbours[direction].rows;
	expect(Object.fromEntries(rows.map(({ name, kind }) => [name, kind]))).toEqual(
		Object.fromEntries(Object.entries(neighbours).map(([name, { kind }]) => [name, kind])),
	);
	const [rates, failures] = await Promise.all([byHand.rate, byHand.failed].map(query => askedBy(by, query, to, url)));
	const quantiles = { server: await p99By(byHand.server), client: await p99By(byHand.client) };
	for (const { name, ratePerSecond, failuresPerSecond, errorRatio, ...row } of rows) {
		const rate = rates?.get(name) ?? Number.NaN;
		const failed = failures?.get(name) ?? 0;
		expect(ratePerSecond / rate).toBeCloseTo(1, 9);
		expect(failuresPerSecond).toBeCloseTo(failed, 9);
		expect(errorRatio).toBeCloseTo(failed / rate, 9);
		const measured = neighbours[name]?.measuredBy ?? [];
		const p99 = (end: Measured) =>
			measured.includes(end) ? expect.closeTo(quantiles[end]?.get(name) ?? NaN, 9) : null;
		expect(row).toMatchObject({ serverP99Seconds: p99('server'), clientP99Seconds: p99('client') });
	}

	async function p99By(buckets: string | undefined) {
		return buckets === undefined ? undefined : askedBy(by, `histogram_quantile(0.99, ${buckets})`, to, url);
	}
}

/** What the server itself says at an instant, by a label. */
async function askedBy(label: string, query: string, time: number, url: string): Promise<ReadonlyMap<string, number>> {
	const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query, time: `${time}` })}`);
	const { data } = (await answer.json()) as { data: { result: readonly Result[] } };
	return new Map(data.result.map(({ metric, value: [, value] }) => [metric[label] ?? '', Number(value)]));
}

type Result = { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] };

import { type Call, type Connection, callsOf } from '../calls.ts';
import type { Story } from '../story.ts';
import { bucketOf, leOf, spanBounds } from './buckets.ts';
import { fedSeries } from './counters.ts';
import type { Shelf, StoredSeries } from './series.ts';
import { createTally, type Page } from './tally.ts';

type Edge = Pick<Call, 'client' | 'server' | 'connection'>;

const edge = (client: string, server: string, connection: Connection = ''): Edge => ({ client, server, connection });

/** Who calls whom, in the order of the cast. */
const edges: readonly Edge[] = [
	edge('user', 'concierge', 'virtual_node'),
	edge('concierge', 'redis', 'database'),
	edge('concierge', 'timetable'),
	edge('concierge', 'fares'),
	edge('concierge', 'berths'),
	edge('concierge', 'till'),
	edge('concierge', 'herald', 'messaging_system'),
	edge('timetable', 'redis', 'database'),
	edge('timetable', 'postgresql', 'database'),
	edge('timetable', 'trackside'),
	edge('trackside', 'influxdb', 'database'),
	edge('fares', 'redis', 'database'),
	edge('fares', 'postgresql', 'database'),
	edge('berths', 'postgresql', 'database'),
	edge('berths', 'manifest'),
	edge('manifest', 'postgresql', 'database'),
	edge('till', 'postgresql', 'database'),
	edge('till', 'acquirer.example', 'virtual_node'),
	edge('herald', 'postgresql', 'database'),
	edge('herald', 'relay.example', 'virtual_node'),
];

const edgeKey = ({ client, server }: Pick<Edge, 'client' | 'server'>): string => `${client} ${server}`;

const buckets = spanBounds.length + 1;

/**
 * The numbers of one edge, side by side. Buckets count what fell into them and not below; the series add them up.
 *
 *     failed | client seconds | client buckets, +Inf last | server seconds | server buckets, +Inf last
 */
const offsets = { failed: 0, client: 1, server: 2 + buckets, width: 3 + 2 * buckets } as const;

const places: ReadonlyMap<string, number> = new Map(edges.map((each, index) => [edgeKey(each), index * offsets.width]));

const pageName = 'service graph';

const page: Page = {
	width: edges.length * offsets.width,
	count: (outline, rowAt, counts) => {
		for (const call of callsOf(outline)) {
			const row = rowAt(call.ended);
			if (row === undefined) continue;
			const place = places.get(edgeKey(call));
			if (place === undefined) throw new Error(`no edge leads from ${call.client} to ${call.server}`);
			if (call.failed) add(counts, row + place + offsets.failed, 1);
			observe(counts, row + place + offsets.client, call.clientTook / 1e9);
			observe(counts, row + place + offsets.server, call.serverTook / 1e9);
		}
	},
};

const add = (counts: Float64Array, at: number, amount: number): void => {
	counts[at] = (counts[at] ?? 0) + amount;
};

const observe = (counts: Float64Array, at: number, seconds: number): void => {
	add(counts, at, seconds);
	add(counts, at + 1 + bucketOf(spanBounds, seconds), 1);
};

/**
 * What Tempo's metrics generator makes of pairs of spans, with the buckets of its span metrics. It is counted on a page
 * of its own when it is first asked for: it needs the spans of every request, which cost more than the rest.
 */
export const serviceGraphShelf = (story: Story): Shelf => ({
	prefixes: ['traces_service_graph_'],
	series: () => {
		const tally = createTally(story, { [pageName]: page });
		return edges.flatMap(({ client, server, connection }, index) => {
			const place = index * offsets.width;
			const labels = { client, server, ...(connection === '' ? {} : { connection_type: connection }) };
			const counter = (name: string, from: number, to: number, le?: string): StoredSeries =>
				fedSeries(story, tally, {
					labels: { ...labels, __name__: `traces_service_graph_request_${name}`, ...(le === undefined ? {} : { le }) },
					fed: [{ feed: { page: pageName, from: place + from, to: place + to }, formerly: 0 }],
				});
			const histogram = (name: string, from: number): readonly StoredSeries[] => [
				...Array.from({ length: buckets }, (_, bucket) =>
					counter(`${name}_bucket`, from + 1, from + 1 + bucket, leOf(spanBounds, bucket)),
				),
				counter(`${name}_count`, from + 1, from + buckets),
				counter(`${name}_sum`, from, from),
			];
			return [
				counter('total', offsets.client + 1, offsets.client + buckets),
				counter('failed_total', offsets.failed, offsets.failed),
				...histogram('client_seconds', offsets.client),
				...histogram('server_seconds', offsets.server),
			];
		});
	},
});

import { describe, expect, it } from 'vitest';
import { callsOf } from '../../../src/demo/calls.ts';
import { createIncident, type DemoRequest } from '../../../src/demo/incident.ts';
import { lastScrape, scrapeTime } from '../../../src/demo/prometheus/scrape.ts';
import { storyStorage } from '../../../src/demo/prometheus/storage.ts';
import { longestRequest } from '../../../src/demo/story.ts';
import { equals } from '../../../src/model/labels.ts';
import { minute } from '../../../src/model/time.ts';
import type { Span } from '../../../src/model/trace.ts';
import { morning } from '../asked.ts';

const incident = createIncident({ now: morning });
const storage = storyStorage(incident.story, () => morning);

const selected = (name: string, client: string, server: string) =>
	storage.select([
		equals('__name__', `traces_service_graph_request_${name}`),
		equals('client', client),
		equals('server', server),
	]);

/** Seconds between the ends of a span. */
const tookOf = ({ start, end }: Span): number => Number(end - start) / 1e9;

/** By hand, from the spans of whole traces: pairs of a client or producer span and what answered it. */
const pairsOf = ({ spans }: DemoRequest) =>
	spans
		.filter(({ kind }) => kind === 'client' || kind === 'producer')
		.map(asked => ({
			asked,
			answered: spans.find(({ kind, parentId }) => parentId === asked.id && (kind === 'server' || kind === 'consumer')),
		}));

describe('the calls of a request', () => {
	const requests = [...incident.requestsIn({ from: morning - minute / 4, to: morning })];

	it('are the pairs of its spans, and the one that came from outside', () => {
		for (const request of requests) {
			const told = callsOf(request.outline).map(({ client, server, failed }) => [client, server, failed].join());
			const [root] = request.spans;
			const seen = pairsOf(request).map(({ asked, answered }) => {
				const server = answered?.service ?? asked.attributes['db.system.name'] ?? asked.attributes['server.address'];
				return [asked.service, server, asked.status === 'error' || answered?.status === 'error'].join();
			});
			expect(told.toSorted()).toEqual([...seen, ['user', root?.service, root?.status === 'error'].join()].toSorted());
		}
		expect(requests.length).toBeGreaterThan(200);
	});
});

describe('the service graph', () => {
	const last = lastScrape(morning);
	const [from, to] = [scrapeTime(last - 12), scrapeTime(last)];
	const pairs = [...incident.requestsIn({ from: from - longestRequest, to })].flatMap(pairsOf);
	const between = (client: string, server: string) =>
		pairs.filter(({ asked, answered }) => {
			const ended = Math.max(Number(asked.end), Number(answered?.end ?? 0n)) / 1e6;
			const name = answered?.service ?? asked.attributes['db.system.name'] ?? asked.attributes['server.address'];
			return asked.service === client && name === server && ended > from && ended <= to;
		});
	/** Growth of a counter over a minute of scrapes. */
	const grown = (name: string, client: string, server: string): number => {
		const [series] = selected(name, client, server);
		const values = series?.samples(from - 1, to, 'differences').values ?? [];
		return (values.at(-1) ?? Number.NaN) - (values[0] ?? Number.NaN);
	};

	it.each([
		['berths', 'manifest'],
		['concierge', 'berths'],
		['concierge', 'herald'],
		['manifest', 'postgresql'],
		['till', 'acquirer.example'],
	])('counts what %s asked %s, and what of it failed', (client, server) => {
		const seen = between(client, server);
		expect(grown('total', client, server)).toBe(seen.length);
		const failed = seen.filter(({ asked, answered }) => asked.status === 'error' || answered?.status === 'error');
		expect(grown('failed_total', client, server)).toBe(failed.length);
	});

	it('adds up the seconds at both ends, of which the asking one is the shorter when it gives up', () => {
		const seen = between('berths', 'manifest');
		const sum = (side: 'asked' | 'answered') =>
			seen.reduce((all, pair) => all + (pair[side] === undefined ? 0 : tookOf(pair[side])), 0);
		expect(grown('client_seconds_sum', 'berths', 'manifest')).toBeCloseTo(sum('asked'), 3);
		expect(grown('server_seconds_sum', 'berths', 'manifest')).toBeCloseTo(sum('answered'), 3);
		expect(sum('answered')).toBeGreaterThan(sum('asked'));
	});

	it.each([
		['user', 'concierge', 'virtual_node'],
		['concierge', 'herald', 'messaging_system'],
		['fares', 'redis', 'database'],
		['berths', 'manifest', undefined],
	])('%s to %s is of the type %s', (client, server, type) => {
		const [found] = selected('total', client, server);
		expect(found?.labels.connection_type).toBe(type);
	});
});

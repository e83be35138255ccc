import { expect, test } from 'vitest';
import { createIncident, type Incident } from '../../src/demo/incident.ts';
import { lokiRoutes } from '../../src/demo/loki/routes.ts';
import { createAlerting } from '../../src/demo/prometheus/alerting.ts';
import { prometheusRoutes } from '../../src/demo/prometheus/routes.ts';
import { storyStorage } from '../../src/demo/prometheus/storage.ts';
import type { DemoRoute } from '../../src/demo/route.ts';
import { tempoRoutes } from '../../src/demo/tempo/routes.ts';
import { hour, minute } from '../../src/model/time.ts';
import { nanoseconds, now } from './served.ts';

/** An incident that counts how many of its requests are told. */
const countingIncident = (): { readonly incident: Incident; readonly told: () => number } => {
	let told = 0;
	const incident = createIncident({ now });
	const { story } = incident;
	const outlineOf: typeof story.outlineOf = turn => {
		told++;
		return story.outlineOf(turn);
	};
	function* requestsIn(range: Parameters<Incident['requestsIn']>[0]): ReturnType<Incident['requestsIn']> {
		for (const request of incident.requestsIn(range)) {
			told++;
			yield request;
		}
	}
	return { incident: { ...incident, story: { ...story, outlineOf }, requestsIn }, told: () => told };
};

const clock = () => now;
const servers: Readonly<Record<string, (incident: Incident) => DemoRoute>> = {
	loki: incident => lokiRoutes(incident, clock),
	prometheus: ({ story }) =>
		prometheusRoutes({ story, alerting: createAlerting(story, storyStorage(story, clock), clock), now: clock }),
	tempo: incident => tempoRoutes(incident, clock),
};

const lastQuarter = nanoseconds(now - 15 * minute, now);
const lastHour = nanoseconds(now - hour, now);
const inSeconds = (length: number) => ({ start: (now - length) / 1000, end: now / 1000 });
const wholeSeconds = { start: Math.floor((now - hour) / 1000), end: Math.floor(now / 1000) };
const everyMinute = (logs: string) => `sum by (detected_level) (count_over_time(${logs} [1m]))`;

/** Ten milliseconds tell about a thousand requests. */
const mostInPiece = 250;

test.each([
	['loki', '/loki/api/v1/query_range', { ...lastQuarter, query: '{app="concierge"} |= "is said nowhere"' }],
	['loki', '/loki/api/v1/query_range', { ...lastQuarter, query: '{app="concierge"} | json | status >= 500' }],
	['loki', '/loki/api/v1/query_range', { ...lastQuarter, query: '{service_name="till"}', limit: 5000 }],
	['loki', '/loki/api/v1/query_range', { ...lastQuarter, query: everyMinute('{service_name=~".+"}'), step: 60 }],
	['loki', '/loki/api/v1/query_range', { ...lastQuarter, query: everyMinute('{app="concierge"} |= "late"'), step: 60 }],
	['loki', '/loki/api/v1/index/stats', { ...lastHour, query: '{service_name=~".+"}' }],
	['loki', '/loki/api/v1/index/volume', { ...lastHour, query: '{service_name=~".+"}' }],
	[
		'prometheus',
		'/api/v1/query_range',
		{ ...inSeconds(hour), step: 60, query: 'rate(http_server_request_duration_seconds_count[1m])' },
	],
	[
		'prometheus',
		'/api/v1/query_range',
		{ ...inSeconds(4 * minute), step: 60, query: 'rate(traces_service_graph_request_total[1m])' },
	],
	[
		'prometheus',
		'/api/v1/query_exemplars',
		{ ...inSeconds(hour), query: 'http_server_request_duration_seconds_bucket' },
	],
	['tempo', '/api/search', { ...wholeSeconds, q: '{name="is called nowhere"}' }],
	['tempo', '/api/v2/search/tags', wholeSeconds],
])('%s %s %o is answered in pieces that keep no key waiting', (server, path, parameters) => {
	const { incident, told } = countingIncident();
	const named = Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]);
	const route = servers[server]?.(incident);
	const work = route?.({ method: 'GET', path, parameters: new URLSearchParams(named), headers: {}, body: '' });
	if (work === undefined || 'status' in work) throw new Error('answered at once');
	const perPiece: number[] = [];
	for (let done: boolean | undefined = false; done !== true; ) {
		const before = told();
		done = work.next().done;
		perPiece.push(told() - before);
	}
	expect(Math.max(...perPiece)).toBeLessThanOrEqual(mostInPiece);
	expect(told()).toBeGreaterThan(mostInPiece);
});

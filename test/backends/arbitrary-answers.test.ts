import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSources } from '../../src/cli/sources.ts';
import { createDemoServers, demoEndpoints } from '../../src/demo/dispatcher.ts';
import { type DemoServers, InMemoryDispatcher } from '../../src/demo/in-memory-dispatcher.ts';
import type { DemoReply } from '../../src/demo/route.ts';
import type { Asking, Sources } from '../../src/investigation/ports.ts';
import { FailureError } from '../../src/model/failure.ts';
import { hour, minute, toNanoseconds } from '../../src/model/time.ts';
import { demoNow } from '../helpers/demo.ts';
import { replyOf } from '../helpers/demo-reply.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** What no server should say, in the place of what one does. */
const strange = fc.oneof(
	fc.constantFrom<Json>(null, true, 0, -1, 1e308, 1e-320, '', 'NaN', '-Inf', '9'.repeat(400), [], {}, [[]], [null]),
	fc.constantFrom<Json>({ __proto__: null, toString: 1 }, 'x'.repeat(5000), ['1', 2, { a: [] }], '\u0000\u001b[2J'),
	fc.jsonValue({ maxDepth: 3 }).map(value => value as Json),
);

/** Where an answer is changed, as a share of all its places, and to what; without a value the place is left out. */
const changes = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.option(strange) }), {
	minLength: 1,
	maxLength: 3,
});
type Changes = readonly { readonly at: number; readonly to: Json | null }[];

/** The holders and names of all that an answer is made of. */
function placesIn(value: Json, found: { readonly holder: object; readonly name: string }[] = []) {
	if (typeof value !== 'object' || value === null) return found;
	for (const [name, inner] of Object.entries(value)) {
		found.push({ holder: value, name });
		placesIn(inner, found);
	}
	return found;
}

function changed(body: string, all: Changes): string {
	const root = { answer: JSON.parse(body) as Json };
	for (const { at, to } of all) {
		const places = placesIn(root);
		const place = places[Math.min(places.length - 1, Math.floor(at * places.length))];
		if (place === undefined) continue;
		if (to === null) Reflect.deleteProperty(place.holder, place.name);
		else Reflect.set(place.holder, place.name, structuredClone(to));
	}
	return JSON.stringify(root.answer ?? null);
}

const demo = createDemoServers({ now: () => demoNow });
const known = new Map<string, DemoReply | undefined>();

/** The demo's reply, which is worked out once. */
const demoReply: (...asked: Parameters<DemoServers>) => DemoReply | undefined = (origin, request) => {
	const key = JSON.stringify([origin, request.path, String(request.parameters)]);
	if (!known.has(key)) {
		const answer = demo(origin, request);
		known.set(key, answer && replyOf(answer));
	}
	return known.get(key);
};

const range = { from: demoNow - 10 * minute, to: demoNow };
const grid = { ...range, step: minute };
const asking: Asking = { signal: new AbortController().signal, record: () => {} };
const service = '{service_name="manifest"}';

/** Every question that a backend can be asked, but for those that change something or never end. */
const questions: Readonly<Record<string, (sources: Sources) => Promise<unknown> | undefined>> = {
	rules: ({ metrics }) => metrics.rules(asking),
	query: ({ metrics }) => metrics.query('up', demoNow, asking),
	queryRange: ({ metrics }) => metrics.queryRange('up', grid, asking),
	queryHistograms: ({ metrics }) => metrics.queryHistograms('up', grid, asking),
	series: ({ metrics }) => metrics.series(['up'], range, 50, asking),
	labelNames: ({ metrics }) => metrics.labelNames(['up'], range, asking),
	labelValues: ({ metrics }) => metrics.labelValues('job', ['up'], range, 50, asking),
	tsdbStatus: ({ metrics }) => metrics.tsdbStatus(10, asking),
	exemplars: ({ metrics }) => metrics.exemplars('http_server_request_duration_seconds_bucket', range, asking),
	alerts: ({ alerts }) => alerts.alerts(asking),
	silences: ({ alerts }) => alerts.silences(asking),
	cluster: ({ alerts }) => alerts.cluster?.(asking),
	logs: ({ logs }) => logs.logs({ logql: service, range: nanoseconds, limit: 20, direction: 'backward' }, asking),
	countRange: ({ logs }) => logs.countRange(`sum(count_over_time(${service}[1m]))`, grid, asking),
	'labelNames of logs': ({ logs }) => logs.labelNames(range, asking),
	'labelValues of logs': ({ logs }) => logs.labelValues('service_name', undefined, range, asking),
	'series of logs': ({ logs }) => logs.series([service], range, asking),
	patterns: ({ logs }) => logs.patterns(service, range, asking),
	stats: ({ logs }) => logs.stats(service, range, asking),
	search: ({ traces }) => traces.search('{ status = error }', range, 10, asking),
	attributeNames: ({ traces }) => traces.attributeNames?.(range, 20, asking),
	attributeValues: ({ traces }) =>
		traces.attributeValues?.({ attribute: { scope: 'resource', name: 'service.name' }, range, limit: 10 }, asking),
};
const nanoseconds = { from: toNanoseconds(demoNow - hour), to: toNanoseconds(demoNow) };

/** The clients over the demo's servers, whose answers can be changed. */
function clients(change: (body: string) => string): Sources {
	const servers: DemoServers = (origin, request) => {
		const reply = demoReply(origin, request);
		if (reply === undefined) return undefined;
		const isJson = reply.status === 200 && reply.contentType?.includes('json') === true;
		return isJson ? { ...reply, body: change(reply.body) } : reply;
	};
	const endpoints = Object.fromEntries(
		demoEndpoints.map(endpoint => [endpoint.backend, { ...endpoint, origin: 'the demo', authorize: async () => ({}) }]),
	);
	return createSources(endpoints, { now: () => demoNow, dispatcher: new InMemoryDispatcher(servers) });
}

/** What came of a question: nothing but an answer, or a failure that says who and what next. */
async function outcomeOf(question: Promise<unknown> | undefined): Promise<string> {
	try {
		await question;
		return 'answered';
	} catch (error) {
		if (error instanceof FailureError && error.failure.kind !== 'internal') return 'failed';
		return String(error instanceof Error ? error.stack : error);
	}
}

describe.each(Object.entries(questions))('%s', (_, ask) => {
	test('is answered or fails, whatever the server says in JSON', async () => {
		const bodies: string[] = [];
		const recording = clients(body => {
			bodies.push(body);
			return body;
		});
		expect(await outcomeOf(ask(recording))).toBe('answered');
		await fc.assert(
			fc.asyncProperty(changes, async all => {
				expect(['answered', 'failed']).toContain(await outcomeOf(ask(clients(body => changed(body, all)))));
			}),
			{ numRuns: 25 },
		);
		await fc.assert(
			fc.asyncProperty(strange, async answer => {
				expect(['answered', 'failed']).toContain(await outcomeOf(ask(clients(() => JSON.stringify(answer)))));
			}),
			{ numRuns: 15 },
		);
	});
});

test('a trace is read or fails, whatever the server says in JSON', async () => {
	const found = await clients(body => body).traces.search('{ status = error }', range, 1, asking);
	const id = found.value[0]?.id ?? '';
	expect((await clients(body => body).traces.trace(id, undefined, asking)).value?.spans.length).toBeGreaterThan(3);
	await fc.assert(
		fc.asyncProperty(changes, async all => {
			const { traces } = clients(body => changed(body, all));
			expect(['answered', 'failed']).toContain(await outcomeOf(traces.trace(id, undefined, asking)));
		}),
		{ numRuns: 60 },
	);
});

import { describe, expect, test } from 'vitest';
import { createTempo } from '../../../src/backends/tempo/client.ts';
import { createIncident } from '../../../src/demo/incident.ts';
import { tempoRoutes } from '../../../src/demo/tempo/routes.ts';
import { hour, minute, second, toMilliseconds } from '../../../src/model/time.ts';
import { askingNow } from '../../helpers/replay.ts';
import { recording } from '../recordings.ts';
import { ask, httpTo, incident, now, shapeOf } from '../served.ts';

const route = tempoRoutes(incident, () => now);
const hourInSeconds = { start: Math.floor((now - hour) / second), end: Math.floor(now / second) };
const failed = [...incident.requestsIn({ from: now - 5 * minute, to: now - minute })].find(
	({ status }) => status === 504,
);
if (failed === undefined) throw new Error('nothing fails');

/** Values are data: which of them a span has is its own business. */
const withoutTypes = (paths: readonly string[]): readonly string[] =>
	paths.filter(path => !/Value(?:: \w+)?$/.test(path) && !path.includes('.links'));

describe('the shapes of the demo’s Tempo are those of Tempo 3', () => {
	test.each([
		['trace-v2', `/api/v2/traces/${failed.traceId}`, {}],
		['trace-v1', `/api/traces/${failed.traceId}`, {}],
		['trace-v2-missing', '/api/v2/traces/deadbeefdeadbeefdeadbeefdeadbeef', {}],
		['search-errors', '/api/search', { q: '{status=error && resource.service.name="berths"}', ...hourInSeconds }],
		['search-slow', '/api/search', { q: '{duration>1s}', ...hourInSeconds }],
		['search-ok', '/api/search', { q: '{name="POST /bookings" && status!=error}', limit: 2, ...hourInSeconds }],
		['search-none', '/api/search', { q: '{rootName="nope"}', ...hourInSeconds }],
		['tags', '/api/v2/search/tags', {}],
		['tag-values', '/api/v2/search/tag/resource.service.name/values', {}],
		['buildinfo', '/api/status/buildinfo', {}],
	])('%s', (name, path, parameters) => {
		const { status, contentType, json } = recording('tempo-3.0.3', name).response;
		const reply = ask(route, path, parameters);
		expect([reply.status, reply.contentType]).toEqual([status, contentType]);
		const stats = ['serviceStats'];
		expect(withoutTypes(shapeOf(JSON.parse(reply.body), stats))).toEqual(withoutTypes(shapeOf(json, stats)));
	});

	test.each(['echo', 'trace-bad-id', 'error-traceql', 'error-times'])('%s, word for word', name => {
		const { request, response } = recording('tempo-3.0.3', name);
		const reply = ask(route, request.path, request.query as Record<string, string>);
		expect(reply).toEqual({ status: response.status, contentType: response.contentType, body: response.text });
	});

	test('a trace that is missing is 404 without a body in v1', () => {
		const { path } = recording('tempo-3.0.3', 'trace-v1-missing').request;
		expect(ask(route, path)).toEqual({ status: 404, contentType: undefined, body: '' });
	});

	test.each([
		['/api/search', { limit: 0 }, 'invalid limit'],
		['/api/search', { q: '{}', tags: 'a=b' }, "can't specify tags and q in the same query"],
		['/api/search', { q: '{}', spss: 101 }, 'spans per span set exceeds 100. received 101'],
		['/api/search', { q: '{}', start: now, end: now + 1 }, 'invalid start'],
		['/api/search', { q: '{}', start: 1, end: 1_000_000 }, 'exceeds 168h0m0s'],
		[`/api/v2/traces/${'a'.repeat(33)}`, {}, "trace IDs can't be larger than 128 bits"],
	])('%s %o is refused', (path, parameters, words) => {
		const reply = ask(route, path, parameters);
		expect([reply.status, reply.contentType]).toEqual([400, 'text/plain; charset=utf-8']);
		expect(reply.body).toContain(words);
	});
});

const search = (parameters: Record<string, string | number>, of = route) =>
	JSON.parse(ask(of, '/api/search', { ...hourInSeconds, ...parameters }).body).traces;

describe('searching', () => {
	test('gives the newest first, twenty unless told otherwise', () => {
		const starts = search({ q: '{status=error}' }).map(
			(found: { startTimeUnixNano: string }) => found.startTimeUnixNano,
		);
		expect(starts).toHaveLength(20);
		expect(starts).toEqual(starts.toSorted().reverse());
	});

	test('that finds nothing in so many traces says that it has not looked at all', () => {
		const reply = ask(route, '/api/search', { q: '{span.nobody.has.it="x"}', ...hourInSeconds });
		const { traces, metrics } = JSON.parse(reply.body);
		expect([traces, metrics.completedJobs, metrics.totalJobs]).toEqual([[], 1, 3]);
	});

	test('leaves the leading zeros of an ID out', () => {
		const [request] = [...incident.requestsIn({ from: now - hour, to: now - hour + 30 * second })].filter(
			({ traceId }) => traceId.startsWith('0'),
		);
		const [found] = search({ q: `{trace:id="${request?.traceId}"}` });
		expect(found.traceID).toBe(request?.traceId.replace(/^0+/, ''));
	});

	test('the old parameters say the same as TraceQL', () => {
		const old = search({ tags: 'service.name=concierge http.response.status_code=504', minDuration: '1s' });
		const q = '{.service.name="concierge" && .http.response.status_code=504 && duration>=1s}';
		const ids = (traces: { traceID: string }[]) => traces.map(({ traceID }) => traceID);
		expect(ids(old)).toEqual(ids(search({ q })));
		expect(old).toHaveLength(20);
	});

	test('what has not ended has not arrived', () => {
		const end = failed.spans.find(({ parentId }) => parentId === undefined)?.end ?? 0n;
		const early = tempoRoutes(incident, () => toMilliseconds(end) - 1);
		const [found] = search({ q: `{trace:id="${failed.traceId}"}`, end: Math.ceil(now / second) }, early);
		expect(found.rootServiceName).toBe('<root span not yet received>');
		expect(found).not.toHaveProperty('rootTraceName');
	});
});

describe('completing', () => {
	const values = (tag: string, parameters: Record<string, string | number> = {}): readonly { value: string }[] =>
		JSON.parse(ask(route, `/api/v2/search/tag/${tag}/values`, { ...hourInSeconds, ...parameters }).body).tagValues;
	const words = (tag: string, parameters?: Record<string, string | number>) =>
		values(tag, parameters).map(({ value }) => value);

	test('tells the values of the spans that a filter selects', () => {
		const all = words('name');
		const some = words('name', { q: '{ resource.service.name = "berths" }' });
		expect(all).toContain('POST /bookings');
		expect(some.length).toBeGreaterThan(0);
		expect(some.length).toBeLessThan(all.length);
		expect(all).toEqual(expect.arrayContaining([...some]));
		expect(words('name', { q: 'no filter' })).toEqual(all);
	});

	test('tells no more than are wanted', () => {
		expect(values('resource.service.name', { limit: 3 })).toHaveLength(3);
		expect(values('name', { limit: 2 })).toHaveLength(2);
	});

	test('knows the words of intrinsics, and none of those without', () => {
		expect(values('status')).toContainEqual({ type: 'keyword', value: 'error' });
		expect(values('rootServiceName')).toEqual([{ type: 'string', value: 'concierge' }]);
		expect(values('duration')).toEqual([]);
	});
});

describe('the real client', () => {
	const tempo = createTempo(httpTo('tempo', route));

	test('gets every span of a trace as it happened, near its time and anywhere', async () => {
		const hint = { from: now - 10 * minute, to: now };
		const { value, notes } = await tempo.trace(failed.traceId, hint, askingNow());
		const byId = (spans: readonly { readonly id: string }[] = []) => [...spans].sort((a, b) => (a.id < b.id ? -1 : 1));
		expect(byId(value?.spans)).toEqual(byId(failed.spans));
		expect(notes).toEqual([]);
		const elsewhere = { from: now - 48 * hour, to: now - 47 * hour };
		expect((await tempo.trace(failed.traceId.toUpperCase(), elsewhere, askingNow())).value?.spans).toHaveLength(
			failed.spans.length,
		);
		expect((await tempo.trace('deadbeefdeadbeefdeadbeefdeadbeef', hint, askingNow())).value).toBeUndefined();
	});

	test('searches', async () => {
		const range = { from: now - hour, to: now };
		const { value } = await tempo.search(
			'{ resource.service.name = "berths" && status = error }',
			range,
			5,
			askingNow(),
		);
		expect(value).toHaveLength(5);
		for (const summary of value) {
			expect(summary).toMatchObject({ rootService: 'concierge', rootName: 'POST /bookings', matched: 2 });
			expect(incident.requestOfTrace(summary.id)?.status).toBe(504);
		}
	});
});

test('the real client tells attributes and their values', async () => {
	const tempo = createTempo(httpTo('tempo', route));
	const range = { from: now - hour, to: now };
	const names = (await tempo.attributeNames(range, 100, askingNow())).value;
	expect(names).toContainEqual({ scope: 'span', name: 'http.response.status_code' });
	expect(names).toContainEqual({ scope: 'intrinsic', name: 'rootName' });
	const attribute = { scope: 'span', name: 'http.response.status_code' } as const;
	const { value } = await tempo.attributeValues({ attribute, range, limit: 100 }, askingNow());
	expect(value).toContainEqual({ text: '504', isQuoted: false });
});

test('the same seed and instants tell the same traces', () => {
	const other = tempoRoutes(createIncident({ now }), () => now);
	const path = `/api/v2/traces/${failed.traceId}`;
	expect(ask(other, path).body).toBe(ask(route, path).body);
});

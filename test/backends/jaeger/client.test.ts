import { describe, expect, expectTypeOf, test } from 'vitest';
import { createJaeger } from '../../../src/backends/jaeger/client.ts';
import type { TracesSource } from '../../../src/investigation/ports.ts';
import { askingNow, failureLine, type Reply } from '../../helpers/replay.ts';
import { jaegerError, jaegerOver, lines, portTrace, traceId, unknownPath, v3Error, webPage } from './wire.ts';

const envelope = (data: unknown, errors: unknown = null): Reply => ({
	status: 200,
	contentType: 'application/json',
	json: { data, total: 0, limit: 0, offset: 0, errors },
});

const otlpSpan = (id: string, of: string, name: string, startMs: number, tookMs: number, parent?: string) => ({
	traceId: of,
	spanId: id,
	...(parent === undefined ? {} : { parentSpanId: parent }),
	name,
	kind: 2,
	startTimeUnixNano: `${1_795_336_000_000 + startMs}000001`,
	endTimeUnixNano: `${1_795_336_000_000 + startMs + tookMs}000001`,
	status: { code: name === 'fails' ? 2 : 0 },
});
const resource = (service: string, ...spans: readonly unknown[]) => ({
	resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
	scopeSpans: [{ spans }],
});
const result = (...resourceSpans: readonly unknown[]) => ({ result: { resourceSpans } });

test('the client is what the investigations ask for', () => {
	expectTypeOf(createJaeger).returns.toExtend<TracesSource>();
});

describe('a trace by its ID', () => {
	test('API v3: OTLP with nanoseconds, clocks as they were sent, no window', async () => {
		const { jaeger, asked } = jaegerOver(() => ({
			status: 200,
			json: result(resource('harbour', otlpSpan('00000000000000a1', traceId, 'GET', 0, 5))),
		}));
		const { value, notes } = await jaeger.trace('7BE1A95E4F0C3D21', { from: 1, to: 2 }, askingNow());
		expect([value?.id, value?.spans[0]?.start, value && lines(value), notes]).toEqual([
			traceId,
			1_795_336_000_000_000_001n,
			['harbour GET server 5000000 ns'],
			[],
		]);
		expect(asked.map(({ path, parameters }) => `${path}?${parameters}`)).toEqual([
			`/api/v3/traces/${traceId}?raw_traces=true`,
		]);
	});

	test('a gateway that streams several results', async () => {
		const text = [
			result(resource('harbour', otlpSpan('00000000000000a1', traceId, 'brace } in "text" {', 0, 5))),
			result(resource('berths', otlpSpan('00000000000000a2', traceId, 'GET', 1, 2, '00000000000000a1'))),
		]
			.map(each => JSON.stringify(each))
			.join('\n');
		const { jaeger } = jaegerOver(() => ({ status: 200, contentType: 'application/json', text }));
		const { value } = await jaeger.trace(traceId, undefined, askingNow());
		expect(value && lines(value)).toEqual([
			'harbour brace } in "text" { server 5000000 ns',
			'berths GET server 2000000 ns < 00000000000000a1',
		]);
	});

	test.each([
		['a version with a guard', unknownPath],
		['a version that gives its pages for any path', webPage],
	])('the older API where there is no v3: %s', async (_, absent) => {
		const { jaeger, asked } = jaegerOver(({ path }) => (path.startsWith('/api/v3/') ? absent : envelope([portTrace])));
		const { value, notes } = await jaeger.trace(traceId, undefined, askingNow());
		expect(value && lines(value)).toEqual([
			'harbour GET /berths server 42500000 ns ! ',
			'berths lookup client 39000000 ns < 7be1a95e4f0c3d21 ! deadline',
			'berths settle unspecified 0 ns < 00000000000000a1 ! ledger closed',
			'unknown service stray unspecified 5000000 ns < 000000000000dead',
		]);
		expect(notes.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
			'info: Jaeger warns: clock skew adjustment disabled; not applying calculated delta of 3ms.',
		]);
		expect(asked.map(({ path, parameters }) => `${path}?${parameters}`)).toEqual([
			`/api/v3/traces/${traceId}?raw_traces=true`,
			`/api/traces/${traceId}?raw=true`,
		]);
	});

	test('tags, logs, references and processes of the older API', async () => {
		const { jaeger } = jaegerOver(({ path }) => (path.startsWith('/api/v3/') ? unknownPath : envelope([portTrace])));
		const { value } = await jaeger.trace(traceId, undefined, askingNow());
		const [root, lookup, settle] = value?.spans ?? [];
		expect(root?.resource).toEqual({ hostname: 'quay-1', 'service.name': 'harbour' });
		expect(root?.attributes).toEqual({ 'http.status_code': 503, error: true });
		expect(root?.events).toEqual([
			{
				name: 'exception',
				at: 1_795_336_000_040_000_000n,
				attributes: { 'exception.type': 'Timeout', 'exception.message': 'no berth in 40 ms' },
			},
			{ name: 'log', at: 1_795_336_000_001_000_000n, attributes: { size: '9007199254740993' } },
		]);
		expect(lookup?.attributes).toEqual({
			payload: 'AAEC',
			ratio: 0.25,
			'jaeger.warnings': ['clock skew adjustment disabled; not applying calculated delta of 3ms'],
		});
		expect(lookup?.start).toBe(1_795_336_000_001_250_000n);
		expect(settle?.attributes).toEqual({ error: 'ledger closed', 'opentracing.ref_type': 'follows_from' });
		expect(settle?.links).toEqual([
			{
				traceId: '0000000000000000000000000000001f',
				spanId: '000000000000002f',
				attributes: { 'opentracing.ref_type': 'follows_from' },
			},
		]);
	});

	test.each([
		['v3', v3Error(404, 'No traces found'), unknownPath],
		['v3 of an old gateway', v3Error(500, 'trace not found'), unknownPath],
		['the older API', unknownPath, jaegerError(404, 'trace not found')],
		['the older API without data', unknownPath, envelope([])],
		['v3 without spans', { status: 200, json: result() }, unknownPath],
	])('one that %s does not have is no failure and no illness', async (_, v3, v1) => {
		const { jaeger } = jaegerOver(({ path }) => (path.startsWith('/api/v3/') ? v3 : v1));
		const asking = askingNow();
		expect(await jaeger.trace(traceId, undefined, asking)).toEqual({ value: undefined, notes: [] });
		expect(asking.records.every(({ outcome, absent }) => (outcome === 404) === (absent === true))).toBe(true);
	});

	test('an ID in decimal is asked for as such, then as hex', async () => {
		const { jaeger, asked } = jaegerOver(() => v3Error(404, 'trace not found'));
		await jaeger.trace('8926602158943255841', undefined, askingNow());
		expect(asked.map(({ path }) => path)).toEqual([
			'/api/v3/traces/00000000000000007be1a95e4f0c3d21',
			'/api/v3/traces/00000000000008926602158943255841',
		]);
	});

	test('data and problems together are a part', async () => {
		const partly = envelope([portTrace], [{ code: 500, msg: 'archive storage is away.' }]);
		const { jaeger } = jaegerOver(({ path }) => (path.startsWith('/api/v3/') ? unknownPath : partly));
		const { notes } = await jaeger.trace(traceId, undefined, askingNow());
		expect(notes[0]).toEqual({ kind: 'partial', text: 'Jaeger gives only a part: archive storage is away.' });
	});

	test.each([
		[
			'both APIs are missing',
			unknownPath,
			'not-found: Jaeger at backend.example:9090 does not know /api/traces/00000000000000007be1a95e4f0c3d21 (404).',
		],
		['pages only', webPage, 'not-json: Jaeger at backend.example:9090 answered a web page instead of JSON'],
		[
			'storage fails',
			v3Error(501, 'storage is away'),
			'server: Jaeger at backend.example:9090 failed (501). It said: storage is away.',
		],
		[
			'a tenant is wanted',
			{ status: 401, text: 'missing tenant header' },
			'unauthorized: Jaeger at backend.example:9090 wants to know the tenant (401). It said: missing tenant header. Save a profile that names it: profile add, with --tenant (sent as x-tenant).',
		],
		[
			'other JSON',
			{ status: 200, json: { hello: 1 } },
			'wrong-shape: Jaeger at backend.example:9090 answered JSON that is not what the API of Jaeger says: result is missing.',
		],
		[
			'spans that are none',
			{ status: 200, json: result(resource('x', { spanId: 7 }, 'no')) },
			'wrong-shape: None of the 2 spans that Jaeger answered is what OTLP says.',
		],
	])('%s', async (_, reply: Reply, words) => {
		const { jaeger } = jaegerOver(() => reply);
		expect(await jaeger.trace(traceId, undefined, askingNow()).catch(failureLine)).toContain(words);
	});

	test('what is no ID is not asked for', async () => {
		const { jaeger, asked } = jaegerOver(() => unknownPath);
		expect(await jaeger.trace('../services', undefined, askingNow()).catch(failureLine)).toBe(
			'bad-query: ../services is not a trace ID. A trace ID has up to 32 hexadecimal digits, not all of them zero.',
		);
		expect(asked).toEqual([]);
	});
});

describe('a search', () => {
	const range = { from: 1_795_335_000_000, to: 1_795_336_600_000 };

	test('of a service by the older API, times in microseconds', async () => {
		const { jaeger, asked } = jaegerOver(() => envelope([portTrace]));
		const traceql =
			'{ resource.service.name = "harbour" && name = "GET /berths" && duration > 20ms && status = error }';
		const { value, notes } = await jaeger.search(traceql, range, 20, askingNow());
		expect([value, notes]).toEqual([
			[
				{
					id: traceId,
					rootService: 'harbour',
					rootName: 'GET /berths',
					start: 1_795_336_000_000_000_000n,
					duration: 42_500_000n,
					matched: 1,
					services: [
						{ name: 'berths', spans: 2, errors: 2 },
						{ name: 'harbour', spans: 1, errors: 1 },
						{ name: 'unknown service', spans: 1, errors: 0 },
					],
				},
			],
			[],
		]);
		expect(asked.map(({ path }) => path)).toEqual(['/api/traces']);
		expect(Object.fromEntries(asked[0]?.parameters ?? [])).toEqual({
			service: 'harbour',
			operation: 'GET /berths',
			start: '1795335000000000',
			end: '1795336600000000',
			minDuration: '20000us',
			tags: '{"error":"true"}',
			limit: '20',
			raw: 'true',
		});
	});

	test('by v3 where the older one is gone: traces come merged, none is a 404', async () => {
		const second = '000000000000000000000000000000ff';
		const found = result(
			resource(
				'harbour',
				otlpSpan('00000000000000a1', traceId, 'GET', 0, 5),
				otlpSpan('00000000000000b1', second, 'fails', 9, 2),
			),
			resource('berths', otlpSpan('00000000000000a2', traceId, 'GET', 1, 2, '00000000000000a1')),
		);
		const { jaeger, asked } = jaegerOver(({ path, parameters }) =>
			path !== '/api/v3/traces'
				? unknownPath
				: parameters.get('query.service_name') === 'harbour'
					? { status: 200, json: found }
					: v3Error(404, 'No traces found'),
		);
		const { value, notes } = await jaeger.search('{ .service.name = "harbour" && span.a = 1 }', range, 2, askingNow());
		expect(value.map(({ id, rootName, services }) => [id, rootName, services])).toEqual([
			[second, 'fails', [{ name: 'harbour', spans: 1, errors: 1 }]],
			[
				traceId,
				'GET',
				[
					{ name: 'berths', spans: 1, errors: 0 },
					{ name: 'harbour', spans: 1, errors: 0 },
				],
			],
		]);
		expect(notes).toEqual([{ kind: 'partial', text: 'Not all traces, nor the slowest: Jaeger stopped at 2.' }]);
		expect(Object.fromEntries(asked[1]?.parameters ?? [])).toEqual({
			'query.service_name': 'harbour',
			'query.start_time_min': '2026-11-22T08:10:00.000Z',
			'query.start_time_max': '2026-11-22T08:36:40.000Z',
			'query.attributes': '{"a":"1"}',
			'query.num_traces': '2',
			'query.raw_traces': 'true',
		});
		expect(await jaeger.search('{ .service.name = "nobody" }', range, 2, askingNow())).toEqual({
			value: [],
			notes: [],
		});
	});

	test('in which something failed is told to be a part', async () => {
		const { jaeger } = jaegerOver(() => envelope([portTrace], [{ code: 500, msg: 'one shard is away' }]));
		const { value, notes } = await jaeger.search('{ .service.name = "harbour" }', range, 20, askingNow());
		expect([value.length, notes]).toEqual([
			1,
			[{ kind: 'partial', text: 'Jaeger gives only a part: one shard is away.' }],
		]);
	});

	test('without a service asks the first ten, and says how many there are', async () => {
		const names = Array.from({ length: 12 }, (_, at) => `s${at}`);
		const { jaeger, asked } = jaegerOver(({ path }) =>
			path === '/api/v3/services' ? { status: 200, json: { services: names } } : envelope([portTrace]),
		);
		const { value, notes } = await jaeger.search('{}', range, 20, askingNow());
		expect([value.length, asked.length]).toEqual([1, 11]);
		expect(notes).toEqual([
			{ kind: 'partial', text: 'Jaeger searches one service at a time: 10 of 12 were searched. Name one.' },
		]);
	});

	test('that Jaeger cannot do is refused before it is asked', async () => {
		const { jaeger, asked } = jaegerOver(() => envelope([]));
		expect(await jaeger.search('{ name =~ "G.*" }', range, 20, askingNow()).catch(failureLine)).toBe(
			'bad-query: Jaeger cannot search by name =~ "G.*". It knows one pair of braces with a service, a name, durations and attributes that equal a value, joined by &&.',
		);
		expect(asked).toEqual([]);
	});

	test('a failure in the envelope is told in its words', async () => {
		const { jaeger } = jaegerOver(() => jaegerError(400, "parameter 'service' is required"));
		expect(await jaeger.search('{ .service.name = "a" }', range, 20, askingNow()).catch(failureLine)).toBe(
			"bad-query: Jaeger at backend.example:9090 did not accept the question (400). It said: parameter 'service' is required. Check that the URL in --jaeger-url is that of Jaeger.",
		);
	});
});

describe('what can be asked for', () => {
	const range = { from: 0, to: 1 };
	const service = { scope: 'resource', name: 'service.name' } as const;
	const operation = { scope: 'intrinsic', name: 'name' } as const;

	test.each([
		[
			'v3',
			{
				'/api/v3/services': { services: ['b', 'a'] },
				'/api/v3/operations': { operations: [{ name: 'y' }, { name: 'x' }, { name: 'y' }] },
			},
		],
		[
			'the older API',
			{ '/api/services': { data: ['b', 'a'] }, '/api/services/a%2Fb/operations': { data: ['y', 'x'] } },
		],
	])('services and operations by %s', async (_, answers: Readonly<Record<string, unknown>>) => {
		const { jaeger } = jaegerOver(({ path }) =>
			answers[path] === undefined ? unknownPath : { status: 200, json: answers[path] },
		);
		const values = async (attribute: typeof service | typeof operation, filter?: string) => {
			const question = { attribute, range, limit: 5, ...(filter === undefined ? {} : { filter }) };
			return (await jaeger.attributeValues(question, askingNow())).value.map(({ text }) => text);
		};
		expect((await jaeger.attributeNames()).value).toEqual([service, operation]);
		expect(await values(service)).toEqual(['a', 'b']);
		expect(await values(operation, '{ resource.service.name = "a/b" }')).toEqual(['x', 'y']);
		expect(await values(operation)).toEqual([]);
	});
});

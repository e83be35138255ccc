import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { createTempo } from '../../../src/backends/tempo/client.ts';
import type { TracesSource } from '../../../src/investigation/ports.ts';
import { FailureError } from '../../../src/model/failure.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import type { Trace } from '../../../src/model/trace.ts';
import {
	type Asked,
	answering,
	askingNow,
	httpOver,
	type Reply,
	recordingOf,
	recordingsIn,
} from '../../helpers/replay.ts';

const folder = 'tempo-3.0.3';
const range: TimeRange = { from: 1_795_335_969_000, to: 1_795_336_569_000 };
const failedId = '0834d448d30437653612c52739ba8fec';
const missingId = 'deadbeefdeadbeefdeadbeefdeadbeef';

const tempoOver = (answer: (asked: Asked) => Reply) => {
	const { dispatcher, asked } = answering(answer);
	return { tempo: createTempo(httpOver('tempo', dispatcher)), asked };
};

const replyOf = (name: string): Reply => recordingOf(`${folder}/${name}`).response;

/** Recordings by the version of the API that is asked. */
const traces = (v2: Reply, v1: Reply = { status: 404, text: '404 page not found' }) =>
	tempoOver(({ path }) => (path.startsWith('/api/v2/') ? v2 : v1));

/** A tree of `service name kind length`, orphans marked with `?`; `!` for a failed span. */
const drawn = ({ spans }: Trace): readonly string[] => {
	const known = new Set(spans.map(({ id }) => id));
	const under = (parentId: string | undefined, indent: string): readonly string[] =>
		spans
			.filter(span => span.parentId === parentId)
			.toSorted((a, b) => Number(a.start - b.start))
			.flatMap(span => [
				`${indent}${span.service} ${span.name} ${span.kind} ${(span.end - span.start) / 1000n}µs${span.status === 'error' ? ` ! ${span.statusMessage}` : ''}`,
				...under(span.id, `${indent}  `),
			]);
	const orphans = new Set(
		spans.flatMap(({ parentId }) => (parentId !== undefined && !known.has(parentId) ? [parentId] : [])),
	);
	return [...under(undefined, ''), ...[...orphans].flatMap(id => under(id, '? '))];
};

const failureIn = async (promise: Promise<unknown>) => {
	const thrown = await promise.then(
		() => undefined,
		error => error,
	);
	if (thrown instanceof FailureError) return thrown.failure;
	throw new Error('it did not fail');
};

test('the client is what the investigations ask for', () => {
	expectTypeOf(createTempo).returns.toExtend<TracesSource>();
});

const failedTrace = [
	'edge POST /checkout server 2056626µs ! HTTP 502',
	'  edge login.Login/Verify client 7456µs',
	'    auth login.Login/Verify server 6656µs',
	'  edge POST client 2047670µs ! HTTP 502',
	'    basket POST /basket server 2047170µs ! billing: 503',
	'      basket SELECT basket client 20327µs',
	'      basket POST client 24843µs',
	'        catalog POST /reserve server 23843µs',
	'      basket POST client 2001000µs ! HTTP 503',
	'        billing POST /charge server 2000500µs ! pool timeout after 2000ms',
	'          billing pool.acquire internal 2000000µs ! pool timeout after 2000ms',
];

const slowTrace = [
	'gateway POST /checkout server 1341419µs',
	'  gateway auth.Auth/Verify client 14505µs',
	'    auth auth.Auth/Verify server 13705µs',
	'  gateway POST client 1325414µs',
	'    orders POST /orders server 1324914µs',
	'      orders SELECT orders client 17634µs',
	'      orders POST client 15369µs',
	'        stock POST /reserve server 14369µs',
	'      orders POST client 1285491µs',
	'        payments POST /charge server 1284991µs',
	'          payments pool.acquire internal 1206317µs',
	'          payments INSERT ledger client 7651µs',
	'          payments POST api.stripe.com client 70523µs',
	'      orders INSERT order_log client 4420µs',
	'      mailer enqueue receipt producer 1000µs',
];

const brokenTrace = [
	'edge root internal 100000µs',
	'  basket skewed child internal 50000µs',
	'? billing orphan internal 40000µs',
	'?   billing zero length internal 0µs',
	'?   billing outlives its parent internal 360000µs',
];

describe('recorded traces', () => {
	test.each([
		['trace-v2', failedId, failedTrace],
		['trace-v2-slow', '00109c1019a725778b29aa99dc893ecb', slowTrace],
		['trace-v2-broken', 'bad00000000000000000000000000001', brokenTrace],
	])('%s', async (name, id, expected) => {
		const { tempo, asked } = traces(replyOf(name));
		const { value, notes } = await tempo.trace(id, undefined, askingNow());
		expect([value?.id, value && drawn(value), notes]).toEqual([id, expected, []]);
		expect(asked.map(({ path, parameters }) => `${path}?${parameters}`)).toEqual([`/api/v2/traces/${id}?`]);
	});

	test('attributes, events, links and resources', async () => {
		const { value: failed } = await traces(replyOf('trace-v2')).tempo.trace(failedId, undefined, askingNow());
		const root = failed?.spans.find(({ parentId }) => parentId === undefined);
		expect([root?.id, root?.attributes['enduser.id'], root?.resource['k8s.pod.name']]).toEqual([
			'e99061428cf5a8b6',
			4309,
			'edge-6f7c9-7x',
		]);
		const [thrown] = failed?.spans.flatMap(({ events }) => events) ?? [];
		expect([thrown?.name, thrown?.at, Object.keys(thrown?.attributes ?? {}).toSorted()]).toEqual([
			'exception',
			1_795_336_331_542_000_000n,
			['exception.message', 'exception.stacktrace', 'exception.type'],
		]);
		const { value: broken } = await traces(replyOf('trace-v2-broken')).tempo.trace(missingId, undefined, askingNow());
		expect(broken?.spans.flatMap(({ links }) => links)).toEqual([
			{ traceId: 'b1600000000000000000000000000001', spanId: 'aaaaaaaaaaaaaaa9', attributes: { why: 'follows' } },
		]);
	});

	test('a server without API v2 gives the same trace by v1', async () => {
		const { tempo, asked } = traces({ status: 404, text: '404 page not found\n' }, replyOf('trace-v1'));
		const { value } = await tempo.trace(failedId, range, askingNow());
		expect(value && drawn(value)).toEqual(failedTrace);
		expect(asked.map(({ path }) => path)).toEqual([`/api/v2/traces/${failedId}`, `/api/traces/${failedId}`]);
	});

	test('a trace that v2 does not have is looked for round the hint, then everywhere', async () => {
		const { tempo, asked } = traces(replyOf('trace-v2-missing'));
		expect(await tempo.trace(` ${missingId.toUpperCase()} `, range, askingNow())).toEqual({
			value: undefined,
			notes: [],
		});
		expect(asked.map(({ path, parameters }) => `${path}?${parameters}`)).toEqual([
			`/api/v2/traces/${missingId}?start=1795332369&end=1795340169`,
			`/api/v2/traces/${missingId}?`,
		]);
	});

	test('a trace that v1 does not have is missing too', async () => {
		const { tempo } = traces({ status: 404, text: '' }, replyOf('trace-v1-missing'));
		const asking = askingNow();
		expect((await tempo.trace(missingId, undefined, asking)).value).toBeUndefined();
		expect(asking.records.map(({ outcome, absent }) => [outcome, absent])).toEqual([
			[404, true],
			[404, true],
		]);
	});

	test('a path that nobody knows is not a missing trace', async () => {
		const { tempo } = traces({ status: 404, text: '404 page not found\n' });
		const asking = askingNow();
		expect(await failureIn(tempo.trace(missingId, undefined, asking))).toMatchObject({
			kind: 'not-found',
			words: '404 page not found',
		});
		expect(asking.records.map(({ outcome, absent }) => [outcome, absent])).toEqual([
			[404, undefined],
			[404, undefined],
		]);
	});

	test('what is no trace ID is not asked for; the server would refuse it', async () => {
		const { tempo, asked } = traces(replyOf('trace-bad-id'));
		expect(await failureIn(tempo.trace('nothex', undefined, askingNow()))).toMatchObject({
			kind: 'bad-query',
			what: 'nothex is not a trace ID.',
		});
		expect(asked).toEqual([]);
		expect(await failureIn(tempo.trace('abc', undefined, askingNow()))).toMatchObject({
			kind: 'bad-query',
			status: 400,
			words: "trace IDs can only contain hex characters: invalid character 'n' at position 1",
		});
	});
});

/** A trace of one batch. */
const traceReply = (spans: readonly object[], more: object = {}): Reply => ({
	status: 200,
	json: { trace: { resourceSpans: [{ scopeSpans: [{ spans }] }] }, ...more },
});

const root = { spanId: 'aaaaaaaaaaaaaaa1', startTimeUnixNano: '1', endTimeUnixNano: '9' };
const child = { ...root, spanId: 'aaaaaaaaaaaaaaa2', parentSpanId: root.spanId };

describe('traces in part', () => {
	test('a trace in which a named parent is missing is looked for everywhere', async () => {
		const grandchild = { ...root, spanId: 'aaaaaaaaaaaaaaa3', parentSpanId: child.spanId };
		const { tempo, asked } = tempoOver(({ parameters }) =>
			traceReply(parameters.has('start') ? [root, grandchild] : [root, child, grandchild]),
		);
		const { value, notes } = await tempo.trace('abc', range, askingNow());
		expect([value?.spans.length, notes, asked.length]).toEqual([3, [], 2]);
	});

	test('a whole trace is not asked for again', async () => {
		const { tempo, asked } = tempoOver(() => traceReply([root, child]));
		expect((await tempo.trace('abc', range, askingNow())).value?.spans.length).toBe(2);
		expect(asked.length).toBe(1);
	});

	test('a trace without its root is looked for everywhere', async () => {
		const { tempo, asked } = tempoOver(({ parameters }) =>
			traceReply(parameters.has('start') ? [child] : [child, root]),
		);
		const { value, notes } = await tempo.trace('abc', range, askingNow());
		expect([value?.spans.length, notes, asked.length]).toEqual([2, [], 2]);
	});

	test('what was found stays when looking everywhere fails', async () => {
		const { tempo } = tempoOver(({ parameters }) =>
			parameters.has('start') ? traceReply([child]) : { status: 400, text: 'trace range too long' },
		);
		const { value, notes } = await tempo.trace('abc', range, askingNow());
		expect([value?.spans.length, notes]).toEqual([
			1,
			[
				{
					kind: 'partial',
					text: 'Spans are missing from this window, and looking everywhere failed: Tempo at backend.example:9090 did not accept the question (400).',
				},
			],
		]);
	});

	test('a trace that never had a root is given as it is', async () => {
		const { tempo } = tempoOver(() => traceReply([child]));
		expect((await tempo.trace('abc', range, askingNow())).value?.spans).toHaveLength(1);
	});

	test('Tempo says that it gives a part only', async () => {
		const { tempo } = tempoOver(() => traceReply([root], { status: 'PARTIAL', message: 'trace exceeds max size' }));
		expect((await tempo.trace('abc', undefined, askingNow())).notes).toEqual([
			{ kind: 'partial', text: 'Tempo gives only a part of this trace: trace exceeds max size' },
		]);
	});

	const tooLarge = { status: 422, text: 'trace exceeds max size (max bytes: 5000000)' };

	test.each([
		['v1', traces({ status: 404 }, tooLarge)],
		['v2, as long as it gave none in part,', traces(tooLarge)],
	])('API %s refuses a trace that is too large', async (_, { tempo }) => {
		expect(await failureIn(tempo.trace('abc', undefined, askingNow()))).toMatchObject({
			kind: 'too-large',
			status: 422,
			words: 'trace exceeds max size (max bytes: 5000000)',
		});
	});

	/** A body of half a megabyte and more, from this many spans of one service. */
	const long = {
		count: 3000,
		note: 'a berth is held for as long as the tide allows, and not an hour longer'.repeat(3),
	};
	const longSpans = Array.from({ length: long.count }, (_, index) => ({
		...root,
		spanId: (index + 1).toString(16).padStart(16, '0'),
		attributes: [{ key: 'note', value: { stringValue: long.note } }],
	}));
	const service = { attributes: [{ key: 'service.name', value: { stringValue: 'edge' } }] };

	test.each([
		['one batch', { trace: { resourceSpans: [{ resource: service, scopeSpans: [{ spans: longSpans }] }] } }],
		[
			'keys the other way round',
			{ trace: { resourceSpans: [{ scopeSpans: [{ spans: longSpans }], resource: service }] } },
		],
		[
			'a batch for each span',
			{ trace: { resourceSpans: longSpans.map(span => ({ resource: service, scopeSpans: [{ spans: [span] }] })) } },
		],
		[
			'as before OTLP 0.15',
			{ trace: { resourceSpans: [{ instrumentationLibrarySpans: [{ spans: longSpans }], resource: service }] } },
		],
	])('a long answer is read whole, and told how far: %s', async (_, json) => {
		for (const [text, version] of [
			[JSON.stringify(json), 'v2'],
			[JSON.stringify({ batches: json.trace.resourceSpans }, undefined, 1), 'v1'],
		] as const) {
			const { tempo } =
				version === 'v2'
					? traces({ status: 200, text })
					: traces({ status: 404, text: '404 page not found' }, { status: 200, text });
			const told: { readonly items: number; readonly share: number }[] = [];
			const { value, notes } = await tempo.trace('abc', undefined, {
				...askingNow(),
				progress: read => told.push(read),
			});
			expect(notes).toEqual([]);
			expect(value?.spans.map(({ id }) => id)).toEqual(longSpans.map(({ spanId }) => spanId));
			expect(new Set(value?.spans.map(span => span.service))).toEqual(new Set(['edge']));
			expect(value?.spans.at(-1)?.attributes).toEqual({ note: long.note });
			for (const { items, share } of told) {
				expect(items).toBeLessThanOrEqual(long.count);
				expect(share).toBeLessThanOrEqual(1);
			}
		}
	});

	test.each([
		[
			'breaks off',
			(text: string) => text.slice(0, -100),
			'Tempo at backend.example:9090 answered JSON that breaks off or is damaged (200).',
		],
		[
			'has a batch that is none',
			(text: string) => text.replace('"resource":{', '"resource":7,"more":{'),
			'Tempo at backend.example:9090 answered JSON that is not what the API of Tempo says: trace.resourceSpans[0].resource should be of type object.',
		],
		[
			'has no list of batches',
			(text: string) => text.replace('"resourceSpans":[', '"resourceSpans":7,"more":['),
			'Tempo at backend.example:9090 answered JSON that is not what the API of Tempo says: trace.resourceSpans should be of type array.',
		],
	])('a long answer that %s fails as a short one does', async (_, broken, what) => {
		for (const spans of [longSpans, longSpans.slice(0, 2)]) {
			const text = broken(
				JSON.stringify({ trace: { resourceSpans: [{ resource: service, scopeSpans: [{ spans }] }] } }),
			);
			expect((await failureIn(traces({ status: 200, text }).tempo.trace('abc', undefined, askingNow()))).what).toBe(
				what,
			);
		}
	});

	test('spans that nobody can read are not an empty trace', async () => {
		const { tempo } = tempoOver(() => traceReply([{ id: 'x' }]));
		expect((await failureIn(tempo.trace('abc', undefined, askingNow()))).kind).toBe('wrong-shape');
	});
});

describe('recorded searches', () => {
	test.each([
		[
			'search-errors',
			5,
			'1.1 MB read',
			[
				'0834d448d30437653612c52739ba8fec edge POST /checkout 1795336329485874000 2056000000 2 auth:1/0 basket:4/2 billing:2/2 catalog:1/0 edge:3/2',
				'018c6ab7390cbfae358a1b4e13eb25b9 edge POST /checkout 1795336326448575000 2064000000 2 auth:1/0 basket:4/2 billing:2/2 catalog:1/0 edge:3/2',
				'06afb9529dcac703c68db3546a48df1d edge POST /checkout 1795336291174643000 2053000000 2 auth:1/0 basket:4/2 billing:2/2 catalog:1/0 edge:3/2',
				'13003861ff5f3e801bc296c2d9bfa072 edge POST /checkout 1795336283460275000 2049000000 2 auth:1/0 basket:4/2 billing:2/2 catalog:1/0 edge:3/2',
				'03a19fb44dff3fb774cdc714fa31dcde edge POST /checkout 1795336278145576000 2057000000 2 auth:1/0 basket:4/2 billing:2/2 catalog:1/0 edge:3/2',
			],
			['Not all traces, nor the slowest: Tempo stopped at 5.'],
		],
		[
			'search-ok',
			2,
			'70.1 kB read',
			[
				'00109c1019a725778b29aa99dc893ecb gateway POST /checkout 1795335821068460000 1341000000 1 auth:1/0 gateway:3/0 mailer:1/0 orders:5/0 payments:4/0 stock:1/0',
				'02f7fe54c860123e77263084c380fa7e gateway POST /checkout 1795335807179668000 1860000000 1 auth:1/0 gateway:3/0 mailer:1/0 orders:5/0 payments:4/0 stock:1/0',
			],
			['Not all traces, nor the slowest: Tempo stopped at 2.'],
		],
		['search-none', 20, '435.3 kB read', [], []],
	])('%s', async (name, limit, cost, rows, notes) => {
		const { tempo, asked } = tempoOver(() => replyOf(name));
		const asking = askingNow();
		const given = await tempo.search('{ status = error }', range, limit, asking);
		expect(
			given.value.map(({ id, rootService, rootName, start, duration, matched, services }) =>
				[
					...[id, rootService, rootName, start, duration, matched],
					...services.map(service => `${service.name}:${service.spans}/${service.errors}`),
				].join(' '),
			),
		).toEqual(rows);
		expect(given.notes.map(({ text }) => text)).toEqual(notes);
		expect(asking.records.map(record => [record.query, record.cost])).toEqual([['{ status = error }', cost]]);
		expect(asked.map(({ path, parameters }) => [path, Object.fromEntries(parameters)])).toEqual([
			[
				'/api/search',
				{ q: '{ status = error }', start: '1795335969', end: '1795336569', limit: String(limit), spss: '1' },
			],
		]);
	});

	test('search-slow: more spans matched than were sent', async () => {
		const { tempo } = tempoOver(() => replyOf('search-slow'));
		const { value } = await tempo.search('{duration>1s}', range, 20, askingNow());
		expect(value.map(({ matched }) => matched)).toEqual([6, 6, 6, 6, 6]);
		expect(value.map(({ start }) => start)).toEqual(value.map(({ start }) => start).toSorted((a, b) => Number(b - a)));
	});

	test('what is left out of a row counts as nothing', async () => {
		const { tempo } = tempoOver(() => ({ status: 200, json: { traces: [{ traceID: 'ABC' }] } }));
		expect((await tempo.search('{}', range, 20, askingNow())).value).toEqual([
			{
				id: '00000000000000000000000000000abc',
				rootService: '',
				rootName: '',
				start: 0n,
				duration: 0n,
				matched: 0,
				services: [],
			},
		]);
	});

	test('a search that was not finished says so', async () => {
		const { tempo } = tempoOver(() => ({ status: 200, json: { metrics: { completedJobs: 1, totalJobs: 3 } } }));
		expect(await tempo.search('{}', range, 20, askingNow())).toEqual({
			value: [],
			notes: [{ kind: 'partial', text: 'Tempo did not finish a search: it did 1 of 3 jobs.' }],
		});
	});

	test('a window without length is one second long', async () => {
		const { tempo, asked } = tempoOver(() => replyOf('search-none'));
		await tempo.search('{}', { from: 5000, to: 5000 }, 20, askingNow());
		expect([asked[0]?.parameters.get('start'), asked[0]?.parameters.get('end')]).toEqual(['5', '6']);
	});

	test.each([
		[
			'error-traceql',
			'invalid TraceQL query: parse error at line 1, col 9: syntax error: unexpected $end',
			{ line: 1, column: 9 },
		],
		['error-times', 'http parameter start must be before end. received start=1795336569 end=1795335969', undefined],
	])('%s', async (name, words, position) => {
		const { tempo } = tempoOver(() => replyOf(name));
		const failure = await failureIn(tempo.search('{status=', range, 20, askingNow()));
		expect([failure.kind, failure.status, failure.words, failure.position]).toEqual([
			'bad-query',
			400,
			words,
			position,
		]);
	});
});

describe('TraceQL metrics', () => {
	test('are answered by a Tempo that counts spans', async () => {
		const { tempo, asked } = tempoOver(() => replyOf('metrics-range'));
		expect((await tempo.countsSpans(range, askingNow())).value).toBe(true);
		expect(asked[0]?.path).toBe('/api/metrics/query_range');
	});

	test.each([
		[404, '404 page not found'],
		[500, 'error finding generators in Querier.queryRangeRecent: empty ring'],
		[400, 'compiling query: parse error'],
	])('%i is a Tempo without them', async (status, text) => {
		const { tempo } = tempoOver(() => ({ status, contentType: 'text/plain', text }));
		expect((await tempo.countsSpans(range, askingNow())).value).toBe(false);
	});

	test('a refusal says nothing of them', async () => {
		const { tempo } = tempoOver(() => ({ status: 401, contentType: 'text/plain', text: 'no org id' }));
		expect((await failureIn(tempo.countsSpans(range, askingNow()))).kind).toBe('unauthorized');
	});
});

describe('other answers', () => {
	test.each(['tags', 'tag-values', 'metrics-range'])('%s holds no trace and no row of a search', async name => {
		const { tempo } = tempoOver(() => replyOf(name));
		expect((await tempo.trace('abc', undefined, askingNow())).value).toBeUndefined();
		expect((await tempo.search('{}', range, 20, askingNow())).value).toEqual([]);
	});

	test('echo is no JSON', async () => {
		const { tempo } = tempoOver(() => replyOf('echo'));
		expect((await failureIn(tempo.search('{}', range, 20, askingNow()))).kind).toBe('not-json');
	});

	// 'buildinfo' is read where servers are greeted: test/backends/identity/greetings.test.ts.
	test('every recording was looked at', () => {
		const source = readFileSync(new URL(import.meta.url), 'utf8');
		expect(recordingsIn(folder).filter(name => !source.includes(`'${name}'`))).toEqual([]);
	});
});

describe('what can be asked for', () => {
	const old = (replies: Readonly<Record<string, unknown>>) =>
		tempoOver(({ path }) => {
			const json = replies[path];
			return json === undefined ? { status: 404, text: '404 page not found' } : { status: 200, json };
		});

	test('attributes by scope', async () => {
		const { tempo, asked } = tempoOver(() => replyOf('tags'));
		const { value, notes } = await tempo.attributeNames(range, 1000, askingNow());
		expect(value).toContainEqual({ scope: 'span', name: 'http.route' });
		expect(value).toContainEqual({ scope: 'intrinsic', name: 'traceDuration' });
		expect(notes).toEqual([]);
		expect(Object.fromEntries(asked[0]?.parameters ?? [])).toEqual({
			start: '1795335969',
			end: '1795336569',
			limit: '1000',
		});
		expect(
			(await tempo.attributeNames(range, 2, askingNow())).value.filter(({ scope }) => scope === 'span'),
		).toHaveLength(2);
	});

	test('values as TraceQL writes them', async () => {
		const { tempo, asked } = tempoOver(() => replyOf('tag-values'));
		const attribute = { scope: 'resource', name: 'service.name' } as const;
		const { value, notes } = await tempo.attributeValues({ attribute, filter: '{}', range, limit: 3 }, askingNow());
		expect(value).toEqual(['billing', 'payments', 'gateway'].map(text => ({ text, isQuoted: true })));
		expect(notes).toEqual([{ kind: 'partial', text: 'Only 3 values are told; there may be more.' }]);
		expect([asked[0]?.path, asked[0]?.parameters.get('q')]).toEqual([
			'/api/v2/search/tag/resource.service.name/values',
			'{}',
		]);
		const typed = tempoOver(() => ({
			status: 200,
			json: { tagValues: [{ type: 'int', value: '500' }, { type: 'keyword', value: 'error' }, { value: 'x' }, {}] },
		}));
		expect((await typed.tempo.attributeValues({ attribute, range, limit: 9 }, askingNow())).value).toEqual([
			{ text: '500', isQuoted: false },
			{ text: 'error', isQuoted: false },
			{ text: 'x', isQuoted: true },
			{ text: '', isQuoted: true },
		]);
	});

	test('on a server before 2.1 without scopes and types, which is said', async () => {
		const { tempo } = old({
			'/api/search/tags': { tagNames: ['http.route', 'k8s.pod.name'] },
			'/api/search/tag/http.route/values': { tagValues: ['/pay', '500'] },
		});
		const names = await tempo.attributeNames(range, 1000, askingNow());
		expect(names.value).toEqual([
			{ scope: 'span', name: 'http.route' },
			{ scope: 'resource', name: 'k8s.pod.name' },
		]);
		expect(names.notes.map(({ text }) => text).join()).toContain('before 2.2');
		const attribute = { scope: 'span', name: 'http.route' } as const;
		expect((await tempo.attributeValues({ attribute, range, limit: 9 }, askingNow())).value).toEqual([
			{ text: '/pay', isQuoted: true },
			{ text: '500', isQuoted: false },
		]);
	});

	test('a server that fails is not asked in the old way', async () => {
		const { tempo, asked } = tempoOver(() => ({ status: 400, text: 'no' }));
		expect((await failureIn(tempo.attributeNames(range, 9, askingNow()))).kind).toBe('bad-query');
		expect(asked).toHaveLength(1);
	});
});

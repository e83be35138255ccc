import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { createLoki } from '../../../src/backends/loki/client.ts';
import { queryAnswer } from '../../../src/backends/loki/schema.ts';
import type { LogsSource } from '../../../src/investigation/ports.ts';
import { FailureError } from '../../../src/model/failure.ts';
import type { LogEntry } from '../../../src/model/log-entry.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import {
	type Asked,
	answering,
	askingNow,
	httpOver,
	type Reply,
	recordingOf,
	recordingsIn,
	replaying,
} from '../../helpers/replay.ts';

const folder = 'loki-3.4.6';
const range: TimeRange = { from: 1_795_335_969_000, to: 1_795_336_569_000 };
const instants = { from: 1_795_335_969_000_000_000n, to: 1_795_336_569_000_000_000n };
const grid = { ...range, step: 60_000 };

const lokiOver = (dispatcher: Parameters<typeof httpOver>[1]) => createLoki(httpOver('loki', dispatcher));

const replayed = (name: string) => {
	const { dispatcher, asked } = replaying(`${folder}/${name}`);
	return { loki: lokiOver(dispatcher), asked, asking: askingNow() };
};

const question = (logql = '{app="edge"}', limit = 100) =>
	({ logql, range: instants, limit, direction: 'backward' }) as const;

/** `09.902557000 {app=edge …} +{detected_level=info} ~{…} line` with long lines cut. */
const drawn = ({ at, labels, metadata, parsed, line }: LogEntry): string =>
	[
		(at % 60_000_000_000n)
			.toString()
			.padStart(11, '0')
			.replace(/(\d{9})$/, '.$1'),
		set('', labels),
		set('+', metadata),
		...(Object.keys(parsed).length > 0 ? [set('~', parsed)] : []),
		line.length > 60 ? `${line.slice(0, 60)}… (${line.length})` : line,
	].join(' ');

const set = (mark: string, labels: Readonly<Record<string, string>>): string =>
	`${mark}{${Object.entries(labels)
		.map(([name, value]) => `${name}=${value}`)
		.join(' ')}}`;

const failureIn = async (promise: Promise<unknown>) => {
	const thrown = await promise.then(
		() => undefined,
		error => error,
	);
	if (thrown instanceof FailureError) return thrown.failure;
	throw new Error('it did not fail');
};

test('the client is what the investigations ask for', () => {
	expectTypeOf(createLoki).returns.toExtend<LogsSource>();
});

describe('recorded log lines', () => {
	const edge = 'app=edge namespace=shop pod=edge-6f7c9-3 service_name=edge';
	const catalog = '{app=catalog namespace=shop pod=catalog-6f7c9-5x service_name=catalog} +{detected_level=unknown}';
	const request =
		'duration_ms=2062.4 level=error method=POST msg=request failed reason=pool timeout request_id=fce7d6e3-840a-4580-a790-ba51025f8a36 route=/checkout status=502 trace_id=9bcdedabe0c31432e7a50b0f1dcf4222 ts=2026-11-22T08:35:33.444Z user_id=1289';

	test.each([
		[
			'streams-raw',
			40,
			'1.9 MB read, 5214 lines',
			`03.046238000 {${edge}} +{detected_level=info} {"ts":"2026-11-22T08:36:03.046Z","level":"info","msg":"reque… (295)`,
		],
		[
			'streams-json-categorized',
			20,
			'1.9 MB read, 5214 lines',
			`33.444971000 {${edge}} +{detected_level=error} ~{client_ip=10.0.39.7 client_ua=quay-app/3 ${request}} {"ts":"2026-11-22T08:35:33.444Z","level":"error","msg":"requ… (325)`,
		],
		[
			'streams-logfmt',
			20,
			'127.8 kB read, 498 lines',
			'33.444471000 {container=billing job=billing namespace=money service_name=billing} +{detected_level=error} ~{amount=152.35 err=pool timeout after 2000ms in_use=10 level=error msg=charge failed pool=accounts-db req_id=fce7d6e3-840a-4580-a790-ba51025f8a36 traceID=9bcdedabe0c31432e7a50b0f1dcf4222 ts=2026-11-22T08:35:33.444Z user_id=1289 version=2.5.0 waiting=24} ts=2026-11-22T08:35:33.444Z level=error msg="charge failed" … (255)',
		],
		[
			'streams-structured-metadata',
			20,
			'145.2 kB read, 1502 lines',
			'59.877639000 {deployment_environment=prod service_name=basket service_namespace=shop} +{detected_level=info order_total=124.43 request_id=24cdf26d-4555-4f8a-a5f7-1f350135db9d scope_name=basket severity_number=9 severity_text=INFO span_id=90632058f39817a7 trace_id=15f31e50d7e84912aeecb9bf635695cf} order placed for user 3513',
		],
		[
			'streams-catalog-text',
			20,
			'27.2 kB read, 164 lines',
			`02.535412000 ${catalog} 2026-11-22 08:35:02.535  WARN [catalog,450e6741b5d717a7524aa… (158)`,
		],
		[
			'streams-parse-error',
			3,
			'27.2 kB read, 164 lines',
			`04.264078000 ${catalog} ~{__error__=JSONParserErr __error_details__=Value looks like object, but can't find closing '}' symbol} 2026-11-22 08:36:04.264  WARN [catalog,27bd7791cc5e120e61c2a… (158)`,
		],
		[
			'streams-hostile',
			18,
			'3.7 MB read, 10416 lines',
			'16.333000000 {app=edge namespace=shop pod=edge-6f7c9-1 service_name=edge} +{detected_level=warn} {"ts":"2026-11-22T08:29:16.333Z","level":"warn","msg":"ua \\u… (126)',
		],
		['streams-login-pino', 0, '0 B read, 0 lines', undefined],
		['empty', 0, '0 B read, 0 lines', undefined],
		// Asked for without categories, as a Loki before 3.0 answers: everything stands in the stream's labels.
		[
			'streams-json',
			20,
			'1.9 MB read, 5214 lines',
			`33.444971000 {app=edge client_ip=10.0.39.7 client_ua=quay-app/3 detected_level=error duration_ms=2062.4 level=error method=POST msg=request failed namespace=shop pod=edge-6f7c9-3 reason=pool timeout request_id=fce7d6e3-840a-4580-a790-ba51025f8a36 route=/checkout service_name=edge status=502 trace_id=9bcdedabe0c31432e7a50b0f1dcf4222 ts=2026-11-22T08:35:33.444Z user_id=1289} +{} {"ts":"2026-11-22T08:35:33.444Z","level":"error","msg":"requ… (325)`,
		],
		[
			'streams-structured-metadata-plain',
			5,
			'145.2 kB read, 1502 lines',
			'06.968230000 {deployment_environment=prod detected_level=error order_total=132.21 request_id=476396fc-c1bd-476a-a492-09ea76c0ff40 scope_name=basket service_name=basket service_namespace=shop severity_number=17 severity_text=ERROR span_id=36ee5afbbc7f4c4b trace_id=55fdf7fca0f077c797e2fd914bffa9f3} +{} order failed: billing answered 503 for cart of user 4613',
		],
	])('%s: %d lines, %s', async (name, count, cost, first) => {
		const { loki, asking } = replayed(name);
		const { value, notes } = await loki.logs(question(), asking);
		const times = value.entries.map(({ at }) => at);
		expect(value.entries.slice(0, 1).map(drawn)).toEqual(first === undefined ? [] : [first]);
		expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
		expect({ count: times.length, more: value.more, notes }).toEqual({ count, more: false, notes: [] });
		expect(asking.records.map(record => record.cost)).toEqual([cost]);
	});

	test('nothing of a hostile line is lost on the way', async () => {
		const { loki, asking } = replayed('streams-hostile');
		const { value } = await loki.logs(question(), asking);
		const lines = value.entries.map(({ line }) => line);
		expect(lines).toContain('');
		expect(lines.some(line => line.includes('\u001b]52;c;'))).toBe(true);
		expect(lines.some(line => line.includes('支付失败：连接池超时 💥'))).toBe(true);
		expect(Math.max(...lines.map(line => line.length))).toBe(65629);
	});

	test('what is asked for them', async () => {
		const { loki, asked, asking } = replayed('streams-raw');
		await loki.logs(question('{app="edge"}', 40), asking);
		expect(asked.map(({ method, path, parameters }) => [method, path, Object.fromEntries(parameters)])).toEqual([
			[
				'GET',
				'/loki/api/v1/query_range',
				{
					query: '{app="edge"}',
					start: '1795335969000000000',
					end: '1795336569000000000',
					limit: '40',
					direction: 'backward',
				},
			],
		]);
		expect(asked[0]?.headers).toMatchObject({ 'x-loki-response-encoding-flags': 'categorize-labels' });
		expect(asking.records[0]?.query).toBe('{app="edge"}');
	});
});

describe('recorded figures', () => {
	test('lines per level over time', async () => {
		const { loki, asked, asking } = replayed('volume-matrix');
		const { value } = await loki.countRange('sum by (detected_level) (…)', grid, asking);
		expect(
			value.map(({ labels, times, values }) => [labels.detected_level, times.length, times[0], values.slice(0, 3)]),
		).toEqual([
			['error', 12, 1_795_335_960_000, [66, 62, 80]],
			['info', 12, 1_795_335_960_000, [301, 278, 287]],
			['unknown', 12, 1_795_335_960_000, [36, 45, 52]],
			['warn', 12, 1_795_335_960_000, [97, 72, 74]],
		]);
		expect(asked[0]?.parameters.get('step')).toBe('60');
	});

	test.each([
		[
			'instant-vector',
			[
				['{app=auth}', 182],
				['{app=catalog}', 78],
				['{app=edge}', 1784],
			],
		],
		[
			'index-volume',
			[
				['{namespace=shop}', 1_102_339],
				['{namespace=money}', 191_952],
			],
		],
	])('%s: a vector is read as series of one point', async (name, expected) => {
		const { response } = recordingOf(`${folder}/${name}`);
		const { dispatcher } = answering(() => response);
		const { value } = await lokiOver(dispatcher).countRange('sum by (app) (…)', grid, askingNow());
		expect(value.map(({ labels, values }) => [set('', labels), values[0]])).toEqual(expected);
		expect(new Set(value.flatMap(({ times }) => times))).toEqual(new Set([1_795_336_569_000]));
	});

	test('the index says what a selector would read', async () => {
		const { loki, asked, asking } = replayed('index-stats');
		const { value } = await loki.stats('{namespace="shop"}', range, asking);
		expect(value).toEqual({ streams: 0, chunks: 0, bytes: 0, entries: 0 });
		expect(asked[0]?.parameters.get('query')).toBe('{namespace="shop"}');
	});
});

test('a server without an index to ask says nothing, and is well', async () => {
	const { dispatcher } = answering(() => ({ status: 404, contentType: 'text/plain', text: '404 page not found\n' }));
	const asking = askingNow();
	expect((await lokiOver(dispatcher).stats('{namespace="shop"}', range, asking)).value).toBeUndefined();
	expect(asking.records).toMatchObject([{ outcome: 404, absent: true }]);
});

describe('recorded labels', () => {
	test('names, values and streams', async () => {
		const { loki: labels } = replayed('labels');
		expect((await labels.labelNames(range, askingNow())).value.join(' ')).toBe(
			'app container deployment_environment job namespace pod service_name service_namespace',
		);
		const { loki: tenant } = replayed('tenant-labels');
		expect((await tenant.labelNames(range, askingNow())).value).toEqual(['app', 'service_name']);
		const { loki: values } = replayed('label-values');
		expect((await values.labelValues('service_name', undefined, range, askingNow())).value).toEqual([
			'auth',
			'basket',
			'billing',
			'catalog',
			'edge',
		]);
		const { loki: none } = replayed('label-values-none');
		expect((await none.labelValues('nope', '{app="edge"}', range, askingNow())).value).toEqual([]);
		const { loki: series, asked } = replayed('series');
		const streams = await series.series(['{namespace="shop"}', '{app="x"}'], range, askingNow());
		expect(streams.value.map(({ pod }) => pod)).toEqual([
			'edge-6f7c9-3',
			'edge-6f7c9-1',
			'catalog-6f7c9-5x',
			'auth-6f7c9-4x',
			'edge-6f7c9-2',
		]);
		expect(asked[0]?.parameters.getAll('match[]')).toEqual(['{namespace="shop"}', '{app="x"}']);
	});

	test('the name of a label is one part of the path', async () => {
		const { dispatcher, asked } = answering(() => ({ status: 200, json: { status: 'success' } }));
		await lokiOver(dispatcher).labelValues('a/b', '{app="edge"}', range, askingNow());
		expect(asked[0]?.path).toBe('/loki/api/v1/label/a%2Fb/values');
		expect(asked[0]?.parameters.get('query')).toBe('{app="edge"}');
	});
});

describe('recorded refusals', () => {
	test.each([
		[
			'error-parse',
			'bad-query',
			'parse error at line 1, col 12: syntax error: unexpected $end, expecting } or ,',
			{ line: 1, column: 12 },
		],
		[
			'error-tail-parse',
			'bad-query',
			'parse error at line 1, col 12: syntax error: unexpected $end, expecting } or ,',
			{ line: 1, column: 12 },
		],
		[
			'error-range',
			'too-large',
			'the query time range exceeds the limit (query length: 19200h0m0s, limit: 30d1h)',
			undefined,
		],
		[
			'error-no-matcher',
			'bad-query',
			expect.stringMatching(/^parse error : queries require at least one regexp/),
			undefined,
		],
		['error-instant-log', 'bad-query', expect.stringMatching(/^log queries are not supported/), undefined],
		['error-multi-tenant-disabled', 'server', 'multiple org IDs present', undefined],
		['error-no-tenant', 'unauthorized', 'no org id', undefined],
	])('%s', async (name, kind, words, position) => {
		const { response } = recordingOf(`${folder}/${name}`);
		const { dispatcher } = answering(() => response);
		const failure = await failureIn(lokiOver(dispatcher).logs(question(), askingNow()));
		expect([failure.kind, failure.backend, failure.status, failure.words, failure.position]).toEqual([
			kind,
			'loki',
			response.status,
			words,
			position,
		]);
	});

	test('a limit above the server’s own is lowered to it, and remembered', async () => {
		const { response } = recordingOf(`${folder}/error-limit`);
		const refusal = { ...response, text: response.text?.replace('5000', '7') ?? '' };
		const line = (at: bigint): readonly [string, string] => [at.toString(), `line ${at}`];
		const lines = Array.from({ length: 20 }, (_, at) => line(instants.from + BigInt(at)));
		const { dispatcher, asked } = answering(asking => fakeLoki(lines, 7, refusal)(asking));
		const loki = lokiOver(dispatcher);
		const first = await loki.logs(question('{app="edge"}', 100), askingNow());
		expect([first.value.entries.length, first.value.more]).toEqual([20, false]);
		const again = await loki.logs(question('{app="edge"}', 3), askingNow());
		expect([again.value.entries.length, again.value.more]).toEqual([3, true]);
		expect(asked.map(({ parameters }) => parameters.get('limit'))).toEqual(['100', '7', '7', '7', '7', '3']);
	});
});

/** Loki with one stream: the newest lines before `end`, never more than `most` at once. */
const fakeLoki =
	(lines: readonly (readonly [string, string])[], most: number, refusal: Reply) =>
	({ parameters }: Asked): Reply => {
		const limit = Number(parameters.get('limit'));
		if (limit > most) return refusal;
		const [start, end] = [BigInt(parameters.get('start') ?? 0), BigInt(parameters.get('end') ?? 0)];
		const inside = lines.filter(([at]) => BigInt(at) >= start && BigInt(at) < end);
		const values = inside.toReversed().slice(0, limit);
		return { status: 200, json: { data: { resultType: 'streams', result: [{ stream: { app: 'edge' }, values }] } } };
	};

describe('answers that are not what was asked for', () => {
	const recordedElsewhere = ['detected-fields', 'detected-labels', 'patterns', 'index-stats', 'labels', 'tail'];

	test.each(recordedElsewhere)('%s in place of log lines', async name => {
		const { response } = recordingOf(`${folder}/${name}`);
		const { dispatcher } = answering(() => ({ ...response, status: 200 }));
		const failure = await failureIn(lokiOver(dispatcher).logs(question(), askingNow()));
		expect(failure.kind).toBe('wrong-shape');
	});

	test('every frame of the tail has the shape of streams', () => {
		const { frames } = recordingOf(`${folder}/tail`).response as { frames?: readonly { json: { streams: unknown } }[] };
		const lines = (frames ?? []).map(({ json }) =>
			queryAnswer.safeParse({ data: { resultType: 'streams', result: json.streams } }),
		);
		expect(lines.map(({ success }) => success)).toEqual([true, true, true, true, true]);
	});

	test('figures in place of lines, and the other way round', async () => {
		const { loki: figures } = replayed('volume-matrix');
		expect(await failureIn(figures.logs(question(), askingNow()))).toMatchObject({
			kind: 'bad-query',
			what: 'This LogQL gives numbers, not log lines.',
		});
		const { loki: lines } = replayed('streams-raw');
		expect(await failureIn(lines.countRange('{app="edge"}', grid, askingNow()))).toMatchObject({
			kind: 'bad-query',
			what: 'This LogQL gives log lines, not a series of numbers.',
		});
	});

	test('warnings become notes, once', async () => {
		const warnings = [
			'maximum number of series reached',
			'Query was executed using the next-generation Loki query engine.',
		];
		const { dispatcher } = answering(() => ({
			status: 200,
			json: { status: 'success', warnings, data: { resultType: 'streams', result: null } },
		}));
		const { notes } = await lokiOver(dispatcher).logs(question(), askingNow());
		expect(notes).toEqual([
			{ kind: 'warning', text: 'Loki warns: maximum number of series reached' },
			{ kind: 'info', text: 'Loki says: Query was executed using the next-generation Loki query engine.' },
		]);
	});

	test('a long question travels as a form', async () => {
		const { dispatcher, asked } = answering(() => ({
			status: 200,
			json: { data: { resultType: 'streams', result: [] } },
		}));
		const logql = `{app="edge"} |= "${'x'.repeat(5000)}"`;
		await lokiOver(dispatcher).logs(question(logql), askingNow());
		expect(asked.map(({ method, parameters }) => [method, parameters.get('query')])).toEqual([['POST', logql]]);
	});
});

// 'buildinfo' is read where servers are greeted: test/backends/identity/greetings.test.ts.
test('every recording was looked at', () => {
	const source = readFileSync(new URL(import.meta.url), 'utf8');
	expect(recordingsIn(folder).filter(name => !source.includes(`'${name}'`) && !source.includes(`/${name}\``))).toEqual(
		[],
	);
});

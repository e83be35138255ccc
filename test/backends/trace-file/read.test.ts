import { describe, expect, test } from 'vitest';
import { namelessId, tracesSteps } from '../../../src/backends/trace-file/read.ts';
import { finished } from '../../../src/model/steps.ts';
import { recordingOf } from '../../helpers/replay.ts';
import { lines, portTrace, traceId, zipkinSpans } from '../jaeger/wire.ts';

const otlp = (...spans: readonly object[]) => ({
	resourceSpans: [
		{
			resource: { attributes: [{ key: 'service.name', value: { stringValue: 'berths' } }] },
			scopeSpans: [{ spans }],
		},
	],
});
const span = (of: string | undefined, id: string, name: string) => ({
	...(of === undefined ? {} : { traceId: of }),
	spanId: id.padStart(16, '0'),
	name,
	startTimeUnixNano: '1795336000000000000',
	endTimeUnixNano: '1795336000005000000',
});

const readTraces = (text: string) => finished(tracesSteps(text));

const read = (text: string) => {
	const traces = readTraces(text);
	return 'why' in traces ? traces : { ...traces, all: traces.outlines.map(({ id }) => finished(traces.steps(id))) };
};
const drawn = (text: string) => {
	const traces = read(text);
	if ('why' in traces) return traces.why;
	return traces.all.map(each => [each?.trace.id, each && lines(each.trace)]);
};

const id = '00000000000000007be1a95e4f0c3d21';
const jaegerLines = [
	'harbour GET /berths server 42500000 ns ! ',
	'berths lookup client 39000000 ns < 7be1a95e4f0c3d21 ! deadline',
	'berths settle unspecified 0 ns < 00000000000000a1 ! ledger closed',
	'unknown service stray unspecified 5000000 ns < 000000000000dead',
];
const zipkinLines = [
	'harbour get /berths client 9000000 ns ! no berth',
	'berths get /berths server 5000000 ns < 00000000000000a1:client',
	'berths look internal 0 ns < 00000000000000a1',
];

describe('whoever wrote the file', () => {
	test.each<[string, unknown, readonly string[]]>([
		['OTLP', otlp(span(traceId, 'a', 'GET')), ['berths GET unspecified 5000000 ns']],
		['Jaeger, API v3', { result: otlp(span(traceId, 'a', 'GET')) }, ['berths GET unspecified 5000000 ns']],
		['Jaeger', { data: [portTrace] }, jaegerLines],
		['one trace of Jaeger alone', portTrace, jaegerLines],
	])('%s', (_, json, expected) => {
		expect(drawn(JSON.stringify(json))).toEqual([[id, expected]]);
		expect(drawn(`\uFEFF${JSON.stringify(json, undefined, 2)}\n`)).toEqual([[id, expected]]);
	});

	test.each([
		['a list', zipkinSpans],
		['a list of lists', [zipkinSpans]],
	])('Zipkin, %s', (_, json) => {
		const found = read(JSON.stringify(json));
		const trace = 'why' in found ? undefined : found.all[0]?.trace;
		expect(trace && [...lines(trace)].sort()).toEqual([...zipkinLines].sort());
		const client = trace?.spans.find(({ kind }) => kind === 'client');
		expect(client?.attributes).toEqual({
			'http.path': '/berths',
			error: 'no berth',
			'peer.service': 'berths',
			'network.peer.address': '192.0.2.8',
			'network.peer.port': 8080,
		});
		expect(client?.resource).toEqual({ 'service.name': 'harbour', 'host.ip': '192.0.2.7' });
		expect(client?.events).toEqual([{ name: 'ws', at: 1_795_336_000_001_000_000n, attributes: {} }]);
	});

	test.each(['trace-v2', 'trace-v1', 'trace-v2-broken', 'trace-v2-slow'])('Tempo: %s', name => {
		const found = read(JSON.stringify(recordingOf(`tempo-3.0.3/${name}`).response.json));
		expect('why' in found ? found.why : found.outlines.map(({ spans }) => spans)).toEqual([
			'why' in found ? '' : (found.all[0]?.trace.spans.length ?? 0),
		]);
		expect(/^[0-9a-f]{32}$/.test('why' in found ? '' : (found.outlines[0]?.id ?? ''))).toBe(true);
	});

	test('what Tempo says of a part is kept', () => {
		const text = JSON.stringify({ trace: otlp(span(traceId, 'a', 'GET')), status: 'PARTIAL', message: 'too large' });
		const found = readTraces(text);
		expect('why' in found ? found.why : found.notes).toEqual([
			{ kind: 'partial', text: 'Tempo gives only a part of this trace: too large' },
		]);
	});
});

test('one object a line: spans of a trace are put together, the largest comes first', () => {
	const other = 'f'.repeat(32);
	const text = [
		otlp(span(other, 'a', 'small')),
		otlp(span(traceId, 'b', 'one'), span(traceId, 'c', 'two')),
		otlp(span(traceId, 'd', 'three')),
	]
		.map(each => JSON.stringify(each))
		.join('\n');
	const found = read(text);
	expect('why' in found ? found.why : found.outlines).toEqual([
		{ id, spans: 3 },
		{ id: other, spans: 1 },
	]);
});

test('spans that name no trace are found under zeros', () => {
	expect(drawn(JSON.stringify(otlp(span(undefined, 'a', 'GET'))))).toEqual([
		[namelessId, ['berths GET unspecified 5000000 ns']],
	]);
});

test('whole lines of a file that breaks off are read, and that is told', () => {
	const whole = JSON.stringify(otlp(span(traceId, 'a', 'GET')));
	const found = readTraces(`${whole}\n${whole.slice(0, 40)}`);
	expect('why' in found ? found.why : found.notes).toEqual([
		{ kind: 'partial', text: '1 of the 2 parts of it hold no trace or are damaged.' },
	]);
});

test.each([
	['', 'is empty'],
	[' \n', 'is empty'],
	['no trace at all', 'is no JSON'],
	['\x1f\x8b\b\0', 'is no JSON'],
	['{"resourceSpans":[{', 'is JSON that breaks off or is damaged'],
	['{}', 'is JSON without a trace in it'],
	['[]', 'is JSON without a trace in it'],
	['[[[[[[[[[[]]]]]]]]]]', 'is JSON without a trace in it'],
	['null', 'is JSON without a trace in it'],
	['{"resourceSpans":[]}', 'is JSON without a trace in it'],
	['{"resourceSpans":"no"}', 'is JSON without a trace in it'],
	['{"data":[{"service":"a"}]}', 'is JSON without a trace in it'],
	['{"resourceMetrics":[]}\n{"resourceMetrics":[]}', 'holds metrics and no trace'],
	['{"resourceLogs":[]}', 'holds logs and no trace'],
	[
		'{"kind":"trace","address":"trace ab","spans":[]}',
		'was printed with -o json, which cannot be read again; -o otlp can',
	],
])('%j is none', (text, why) => {
	expect(readTraces(text)).toEqual({ why });
});

test('an integer that is written bare and is too large for a number keeps all its digits', () => {
	const json = JSON.stringify(
		otlp({ ...span(traceId, 'a', 'GET'), attributes: [{ key: 'seat', value: { intValue: 7 } }] }),
	);
	const traces = read(json.replace('7}', '9223372036854775807}'));
	expect('all' in traces && traces.all[0]?.trace.spans[0]?.attributes).toEqual({ seat: '9223372036854775807' });
});

test.each([
	[1, '1 span came twice and is shown once.'],
	[2, '2 spans came twice and are shown once.'],
])('%i that came twice are counted', (count, text) => {
	const once = otlp(span(traceId, 'a', 'GET'), span(traceId, 'b', 'look'), span(traceId, 'c', 'settle'));
	const again = otlp(...[span(traceId, 'b', 'look'), span(traceId, 'c', 'settle')].slice(0, count));
	const found = read(`${JSON.stringify(once)}\n${JSON.stringify(again)}`);
	const [trace] = 'why' in found ? [] : found.all;
	expect([trace?.trace.spans.length, trace?.notes]).toEqual([3, [{ kind: 'warning', text }]]);
});

test('spans that share all but their name are two, and neither is said to have come twice', () => {
	const found = read(JSON.stringify(otlp(span(traceId, 'a', 'GET'), span(traceId, 'a', 'look'))));
	const [trace] = 'why' in found ? [] : found.all;
	expect(trace?.trace.spans.map(({ name }) => name)).toEqual(['GET', 'look']);
	expect(trace?.notes.map(({ text }) => text)).toEqual(['1 span shared an ID with another and was told apart.']);
});

test('callers and callees that share an ID, and spans that cannot be read, came once', () => {
	const [client, server] = [3, 2].map(kind => ({ ...span(traceId, 'a', 'GET'), kind }));
	const found = read(JSON.stringify(otlp(client ?? {}, server ?? {}, { traceId }, { traceId })));
	const notes = 'why' in found ? [] : (found.all[0]?.notes ?? []);
	expect(notes.filter(({ text }) => text.includes('came twice'))).toEqual([]);
});

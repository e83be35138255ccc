import { describe, expect, test } from 'vitest';
import { investigateLogs } from '../../src/investigation/logs.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import type { TracesSource } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import { lastOf, lastValueOf } from '../../src/model/loadable.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { fixed, minute, toMilliseconds } from '../../src/model/time.ts';
import type { Attributes, Trace } from '../../src/model/trace.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';
import { epoch, spanId, traceFromText } from '../helpers/trace-from-text.ts';

const began = toMilliseconds(epoch);
const id = '0af7651916cd43dd8448eb211c80319c';
const request = '7f3c2a10-1111-4222-8333-444455556666';
const till = { service_name: 'till' };

/** The second span is of till, and begins 100 ms after the first, for 2 s. */
const drawn = traceFromText(`
	edge POST /pay :${'='.repeat(300)}
	  till pay     :          ${'='.repeat(200)}
`);

const carrying = (attributes: Attributes, number = 0): Trace => ({
	id,
	spans: drawn.spans.map((span, index) => (index === number ? { ...span, attributes } : span)),
});

const place: LogsPlace = {
	kind: 'logs',
	trace: id,
	span: spanId('2'),
	window: fixed(began - 5 * minute, began + 5 * minute),
};

async function climbed(entries: readonly LogEntry[], trace: TracesSource['trace'], at: LogsPlace = place) {
	const { source } = logStore(entries);
	const sources = { ...logsOnly(source), traces: { ...logsOnly(source).traces, trace } };
	let last: LogsFindings = noLogsFindings;
	const publish = (findings: LogsFindings) => {
		last = findings;
	};
	await investigateLogs(at, { sources, now: () => began + 20 * minute }, noLogsFindings, publish, asking);
	const rungs = lastValueOf(last.ladder) ?? [];
	return {
		words: rungs.map(({ key, found }) => `${key ?? '-'} ${found}`),
		to: (key: string) => rungs.find(rung => rung.key === key)?.to,
		notes: lastOf(last.ladder)?.notes,
		lines: lastValueOf(last.records)?.records.length,
	};
}

const given =
	(trace: Trace): TracesSource['trace'] =>
	async () =>
		answer(trace);

test('what was tried is told for each question, also where it found nothing', async () => {
	const { words } = await climbed([], given(carrying({ 'request.id': request })));
	expect(words).toEqual([
		'- 0 lines in 1h40m',
		'- 0 lines with the ID spelt in 8 other ways',
		'- 0 lines of the whole trace',
		'- 0 lines by request ID 7f3c…6666',
		'- no stream of till in 7s, whatever their IDs',
	]);
});

test('lines that know only the request are found by its ID, and the key leads to them', async () => {
	const entries = [lineAt(began + 50, till, `paid request_id=${request}`)];
	const { words, to } = await climbed(entries, given(carrying({ 'http.request.header.x-request-id': [request] })));
	expect(words).toContain('r 1 line by request ID 7f3c…6666');
	expect(to('r')).toEqual({ kind: 'logs', trace: id, request, window: place.window });
	expect((await climbed(entries, given(drawn), to('r'))).lines).toBe(1);
});

test('lines that know nothing are found beside the span: of its service, while it lasted', async () => {
	const entries = [
		lineAt(began - 1800, till, 'before'),
		lineAt(began + 1000, till, 'meanwhile'),
		lineAt(began + 9000, till, 'long after'),
	];
	const { words, to } = await climbed(entries, given(carrying({})));
	expect(words).toContain('b 2 lines of till in 7s, whatever their IDs');
	expect(to('b')).toEqual({ kind: 'logs', service: 'till', window: fixed(began - 2000, began + 5000) });
});

describe('the request ID', () => {
	test.each([
		['of the span itself before that of another', carrying({ 'request.id': request }, 1), true],
		['of another span', carrying({ 'request.id': request }, 0), true],
		['is no counter of one process', carrying({ 'request.id': 'req-7' }), false],
		['is no other number', carrying({ 'thread.id': 12 }), false],
	])('%s', async (_, trace, isTried) => {
		const { words } = await climbed([], given(trace));
		expect(words.some(text => text.includes('by request ID'))).toBe(isTried);
	});

	test('is not looked for where the place names one', async () => {
		const { words } = await climbed([], given(carrying({ 'request.id': request })), {
			...place,
			request: 'other-0001',
		});
		expect(words.some(text => text.includes('by request ID'))).toBe(false);
	});
});

test('what another span of the trace has said is no line of this one, in a wider window neither', async () => {
	const entries = [lineAt(began + 7 * minute, till, `x trace_id=${id} span_id=${spanId('77')}`)];
	const { words } = await climbed(entries, given(drawn));
	expect(words[0]).toBe('- 0 lines in 1h40m');
});

test.each([
	['fails', async () => Promise.reject(new Error('down'))],
	['does not have the trace', async () => answer(undefined)],
])('a store of traces that %s leaves the rest of the ladder', async (_, trace) => {
	const { words, notes } = await climbed([], trace);
	expect(words).toEqual([
		'- 0 lines in 1h40m',
		'- 0 lines with the ID spelt in 8 other ways',
		'- 0 lines of the whole trace',
	]);
	expect(notes).toEqual([]);
});

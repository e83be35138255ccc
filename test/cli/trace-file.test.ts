import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Reading, traceFileAt, traceFileIn } from '../../src/cli/trace-file.ts';
import { fixed, live, minute } from '../../src/model/time.ts';
import { askingNow } from '../helpers/replay.ts';
import { emptyFolder } from './folder.ts';

const now = Date.UTC(2026, 10, 22, 9);
const began = Date.UTC(2026, 10, 22, 8, 26, 40);
const id = '00000000000000007be1a95e4f0c3d21';
const other = 'f'.repeat(32);

const span = (of: string, spanId: string, name: string, took: number) => ({
	traceId: of,
	spanId: spanId.padStart(16, '0'),
	name,
	startTimeUnixNano: `${began}000000`,
	endTimeUnixNano: `${began + took}000000`,
	status: { code: name === 'fails' ? 2 : 0 },
	attributes: [{ key: 'berth', value: { intValue: '7' } }],
});
const twoTraces = JSON.stringify({
	resourceSpans: [
		{
			resource: { attributes: [{ key: 'service.name', value: { stringValue: 'berths' } }] },
			scopeSpans: [{ spans: [span(other, 'c', 'fails', 20), span(id, 'a', 'GET', 5), span(id, 'b', 'look', 2000)] }],
		},
	],
});

const openTraceFile = async (path: string, words: readonly string[], reading?: Reading) =>
	traceFileAt(path, words, () => now).open(reading);

function saved(text: string | Buffer): string {
	const path = join(emptyFolder(), 'saved.json');
	writeFileSync(path, text);
	return path;
}

test.each([
	[['trace', './slow.json'], undefined, './slow.json'],
	[['trace', 'slow.jsonl', '--span', 'a'], undefined, 'slow.jsonl'],
	[['trace', '-'], undefined, '-'],
	[['trace', '/dev/fd/63'], undefined, '/dev/fd/63'],
	[['trace', '7f3c'], undefined, undefined],
	[['trace', 'W47/95gDgQPSabYzgT/HAA=='], undefined, undefined],
	[['trace', 'projects/p/traces/5b8efff798038103d269b633813fc700'], undefined, undefined],
	[['trace', 'nonsense'], undefined, undefined],
	[['trace'], undefined, undefined],
	[['logs', './slow.json'], undefined, undefined],
	[['traces'], 'slow.json', 'slow.json'],
	[['trace', '7f3c'], 'slow.json', 'slow.json'],
])('%j with --file %s names the file %s', (words, option, path) => {
	expect(traceFileIn(words, option)).toBe(path);
});

describe('a file', () => {
	const window = fixed(began - 5 * minute, began + 2000 + 5 * minute);

	test('of several traces opens the largest at its own time, and says so', async () => {
		const path = saved(twoTraces);
		const { address, source } = await openTraceFile(path, ['trace', path, '--span', 'b']);
		expect(address).toEqual({ kind: 'trace', id, span: 'b', window });
		const { value, notes } = await source.trace(id, undefined, askingNow());
		expect([value?.spans.length, notes]).toEqual([
			2,
			[{ kind: 'warning', text: `${path} holds 2 traces: this is the largest, with 2 spans.` }],
		]);
	});

	test('with an end that cannot be opens at the time of the others', async () => {
		const path = saved(twoTraces.replaceAll(`${began + 2000}000000`, String(2n ** 64n - 1n)));
		const { address } = await openTraceFile(path, ['trace', path]);
		expect(address.window).toEqual(fixed(began - 5 * minute, began + 5 + 5 * minute));
	});

	test.each([
		[['trace', other.toUpperCase()], other],
		[['trace', '7be1a95e4f0c3d21'], id],
		[['trace'], id],
		[['trace', '--span=a'], id],
		[[], id],
	])('and %j opens %s', async (words, wanted) => {
		expect((await openTraceFile(saved(twoTraces), words)).address).toMatchObject({ kind: 'trace', id: wanted });
	});

	test('a window that is named stays', async () => {
		const path = saved(twoTraces);
		const { address } = await openTraceFile(path, ['trace', path, '--since', '2h']);
		expect(address.window).toEqual(live(120 * minute));
	});

	test('answers other places of it too, and searches', async () => {
		const { address, source } = await openTraceFile(saved(twoTraces), ['traces', '--service', 'berths']);
		expect(address).toMatchObject({ kind: 'traces', service: 'berths' });
		const found = async (traceql: string, limit = 9) =>
			(await source.search(traceql, { from: 0, to: 1 }, limit, askingNow())).value.map(row => row.id);
		expect(await found('{}')).toEqual([id, other]);
		expect(await found('{ status = error }')).toEqual([other]);
		expect(await found('{ name = "look" && duration > 1s && span.berth = 7 }')).toEqual([id]);
		expect(await found('{ resource.service.name = "edge" }')).toEqual([]);
		expect(await found('{}', 1)).toHaveLength(1);
		await expect(found('{ name =~ "l.*" }')).rejects.toMatchObject({ failure: { kind: 'bad-query' } });
		expect((await source.trace('ab', undefined, askingNow())).value).toBeUndefined();
	});

	test.each<[string, string | Buffer | undefined, readonly string[], string]>([
		['that is not there', undefined, ['trace'], 'cannot be read (ENOENT). Check the path.'],
		[
			'that is none',
			'{}',
			['trace'],
			'is JSON without a trace in it. OTLP JSON, answers of Tempo and Jaeger, and Zipkin JSON can be read.',
		],
		['without the trace', twoTraces, ['trace', 'ab'], `holds no trace ab. It has ${id}, ${other}.`],
		[
			'that is too large',
			Buffer.alloc(64 * 2 ** 20 + 1, 32),
			['trace'],
			'has more than 64 MiB. Take one trace out of it.',
		],
	])('%s is refused in a sentence', async (_, content, words, told) => {
		const path = content === undefined ? join(emptyFolder(), 'none.json') : saved(content);
		await expect(openTraceFile(path, words)).rejects.toMatchObject({ message: `${path} ${told}` });
	});
});

test.each([
	['is not there', 'none.json', 'cannot be read (ENOENT). Check the path.'],
	['is a folder', '.', 'cannot be read (EISDIR). Check the path.'],
])('a file that %s is told before anything is read', (_, name, told) => {
	const path = join(emptyFolder(), name);
	expect(() => traceFileAt(path, ['trace', path], () => now)).toThrow(`${path} ${told}`);
});

test('words that are no address are told before anything is read', () => {
	const path = saved(twoTraces);
	expect(() => traceFileAt(path, ['trace', path, '--since', 'soon'], () => now)).toThrow(
		'--since soon is not a length of time.',
	);
});

test('a trace of which no span can be read is none', async () => {
	const path = saved(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: id }] }] }] }));
	await expect(openTraceFile(path, ['trace'])).rejects.toThrow(`No span of trace ${id} in ${path} can be read.`);
});

describe('a long file', () => {
	const many = JSON.stringify({
		resourceSpans: [
			{ scopeSpans: [{ spans: Array.from({ length: 12_000 }, (_, at) => span(id, String(at), 'GET', 5)) }] },
		],
	});
	/** A clock by which every step is a slice of its own. */
	const ticking = () => {
		let at = now;
		return () => (at += 10);
	};

	test('tells how far it is read, parsed and understood', async () => {
		const heard: string[] = [];
		const reading = { tell: (words: string) => heard.push(words), signal: new AbortController().signal };
		await traceFileAt(saved(many), ['trace'], ticking()).open(reading);
		const distinct = [...new Set(heard)];
		expect(distinct.filter(words => /^(reading|parsing) saved\.json/.test(words))).toEqual([
			'reading saved.json',
			...[0, 1, 2].map(each => `reading saved.json ${each} of 3 MB`),
			...[0, 1, 2].map(each => `parsing saved.json ${each} of 3 MB`),
		]);
		expect(distinct.at(-1)).toBe('reading 12000 spans');
	});

	test.each(['reading', 'parsing', 'reading 12000'])('is given up while %s', async stage => {
		const given = new AbortController();
		const tell = (words: string) => words.startsWith(stage) && given.abort();
		const opened = traceFileAt(saved(many), ['trace'], ticking()).open({ tell, signal: given.signal });
		await expect(opened).rejects.toMatchObject({ name: 'AbortError' });
	});
});

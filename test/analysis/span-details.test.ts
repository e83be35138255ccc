import { expect, test } from 'vitest';
import { spanDetailsOf, spanText } from '../../src/analysis/span-details.ts';
import { flawSentences, formatAttribute, inWords, skewWords } from '../../src/analysis/span-words.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import type { Span } from '../../src/model/trace.ts';
import { spanId, traceFromText } from '../helpers/trace-from-text.ts';

/** The details of one span that is drawn and then given more. */
function detailsOf(text: string, more: Partial<Span>) {
	const trace = traceFromText(text);
	const spans = trace.spans.map((span, index) => (index === trace.spans.length - 1 ? { ...span, ...more } : span));
	const reading = traceReadingOf({ ...trace, spans });
	const node = reading.tree.nodes.find(({ span }) => span.id === spans.at(-1)?.id);
	if (node === undefined) throw new Error('nothing drawn');
	return { reading, node, sections: spanDetailsOf(reading, node) };
}

const drawing = 'gateway POST {server} :==========\n  orders query {client} : ====!';

test('details tell what, how long, why, with what and where, in this order', () => {
	const { sections } = detailsOf(drawing, {
		statusMessage: 'timeout',
		attributes: {
			'server.address': 'ledger-db',
			'db.system': 'postgresql',
			'http.route': '/x',
			zone: ['a', 'b'],
			'rpc.method': 'Verify',
		},
		resource: { 'service.name': 'orders' },
		events: [
			{
				name: 'exception',
				at: 1_795_317_060_040_000_000n,
				attributes: { 'exception.stacktrace': 'a\n  at b', 'exception.type': 'Timeout', more: 1 },
			},
		],
		links: [{ traceId: 'feed', spanId: 'beef', attributes: {} }],
	});
	expect(sections.map(({ title, rows }) => [title, ...rows.map(({ name, value }) => `${name}: ${value}`)])).toEqual([
		[
			'orders query',
			'status: error: timeout',
			'took: 40 ms',
			'self: 40 ms',
			'calls: postgresql ledger-db',
			'on path: 40 ms, 40 % of the trace',
			'started: 03:11:00.010 UTC, 10 ms after the root',
			'kind: client: waits for an answer',
			`span: ${spanId('2')}`,
		],
		['event exception at 40 ms, 30 ms into the span', 'type: Timeout', 'stacktrace: a\n  at b', 'more: 1'],
		['http', 'http.route: /x'],
		['database', 'db.system: postgresql'],
		['rpc', 'rpc.method: Verify'],
		['network', 'server.address: ledger-db'],
		['attributes', 'zone: ["a","b"]'],
		['links', '1: trace feed span beef'],
		['resource', 'service.name: orders'],
	]);
});

test('a link tells where it leads as far as this trace knows, and a broken one that it is', () => {
	const { reading, sections } = detailsOf('shop send {producer} :=\nmail handle {consumer} :   ==', {
		links: [
			{ traceId: '73c80000000000000000000000000001', spanId: spanId('1'), attributes: { order: 1 } },
			{ traceId: '73c80000000000000000000000000001', spanId: spanId('7'), attributes: {} },
			{ traceId: '0'.repeat(32), spanId: spanId('1'), attributes: {} },
			{ traceId: 'feed', spanId: spanId('1'), attributes: {} },
		],
	});
	const { id } = reading;
	expect(sections.find(({ title }) => title === 'links')?.rows.map(({ value }) => value)).toEqual([
		`trace ${id} span ${spanId('1')}: shop send of this trace, over 20 ms before this began\norder: 1`,
		`trace ${id} span ${spanId('7')}: a broken link, nobody sent this span of this very trace`,
		`trace ${'0'.repeat(32)} span ${spanId('1')}: a broken link, it names no trace`,
		`trace feed span ${spanId('1')}`,
	]);
	expect(sections[0]?.rows.find(({ name }) => name === 'queue')?.value).toBe('20 ms from sending to handling');
});

test('a skewed span says so, and a failed one without a message takes its exception', () => {
	const { sections } = detailsOf('gateway POST :   =====\n  orders query :=====!', {
		events: [
			{ name: 'exception', at: 0n, attributes: { 'exception.type': 'Refused', 'exception.message': 'no route' } },
		],
	});
	const rows = new Map(sections[0]?.rows.map(({ name, value }) => [name, value]));
	expect(rows.get('status')).toBe('error: Refused: no route');
	expect(rows.get('clock')).toBe('clock skew: 30 ms before its parent');
	expect(rows.get('started')).toBe('03:11:00.000 UTC, 30 ms before the root');
	expect(rows.get('on path')).toBe('20 ms, 40 % of the trace');
});

test('a statement is told clause by clause without its literals, and values bound to it are not told', () => {
	const { sections } = detailsOf(drawing, {
		attributes: {
			'db.system.name': 'postgresql',
			'db.query.text': "SELECT id, coach, number FROM berths WHERE holder = 'Ada' AND train = 401",
			'db.query.parameter.0': 'Ada',
		},
	});
	const database = sections.find(({ title }) => title === 'database')?.rows.map(({ value }) => value);
	expect(database).toEqual([
		'postgresql',
		'SELECT id, coach, number\nFROM berths\nWHERE holder = ? AND train = ?',
		'?',
	]);
});

test('of a stack the cause and the own code come first', () => {
	const stack = 'E: x\n  at f (node:net:1:1)\n  at hold (/srv/hold.js:4:1)\n  [cause]: Refused: no route';
	const { sections } = detailsOf(drawing, {
		events: [{ name: 'exception', at: 0n, attributes: { 'exception.stacktrace': stack } }],
	});
	expect(sections.find(({ title }) => title.startsWith('event'))?.rows).toEqual([
		{ name: 'cause', value: 'Refused: no route' },
		{ name: 'own code', value: 'at hold (/srv/hold.js:4:1)' },
		{ name: 'stacktrace', value: stack },
	]);
});

/** The rows of one section of the details of the span that is drawn in this line. */
function rowsIn(text: string, title: string, line = 0): readonly string[] {
	const reading = traceReadingOf(traceFromText(text));
	const node = reading.tree.nodes[line];
	const section = node && spanDetailsOf(reading, node).find(each => each.title === title);
	return section?.rows.map(({ name, value }) => `${name}: ${value}`) ?? [];
}

test('the way to the answering span, what is waited for and the place among the errors are in the summary', () => {
	const text = `gateway POST {client} :==========!
	  orders POST {server} : =======!`;
	expect(rowsIn(text, 'gateway POST')).toEqual(
		expect.arrayContaining([
			'error: 2 of 2 in the order of causes',
			'network: 30 ms: 10 ms on the way there, 20 ms back',
		]),
	);
	expect(rowsIn('orders pool.acquire :==', 'orders pool.acquire')).toContain('self: 20 ms, waiting for a connection');
});

test('where the time went: of the root what is remarkable in the trace, of other spans their own gaps and repeats', () => {
	const calls = Array.from({ length: 5 }, (_, index) => `\n\t    s q {client} :${' '.repeat(index * 2)}==`).join('');
	const text = `r root :${'='.repeat(20)}
	  s hold :${'='.repeat(20)}!${calls}`;
	const gap = 'gap: 100 ms after s q: nothing recorded in s hold';
	const repeats = 'repeats: N+1: 5 × s q, one after the other, 100 ms';
	const title = 'where the time went';
	expect(rowsIn(text, title)).toEqual(['errors: The one error: s hold', repeats, gap]);
	expect(rowsIn(text, title, 1)).toEqual([repeats, gap]);
	expect(rowsIn(text, title, 2)).toEqual([]);
});

test('a span as text can be pasted', () => {
	const { reading, node } = detailsOf(drawing, { statusMessage: 'timeout' });
	expect(spanText(reading, node).split('\n').slice(0, 4)).toEqual([
		`trace ${reading.id} span ${spanId('2')}`,
		'orders query',
		'  status: error: timeout',
		'  took: 40 ms',
	]);
});

test.each([
	[{ kind: 'skewed', by: 3e6 }, 'clock skew: 3 ms past its parent'],
	[{ kind: 'outlives', by: 3e9 }, 'went on 3 s after its parent ended'],
	[{ kind: 'after', by: 3e3 }, 'began 3 µs after its parent ended'],
	[{ kind: 'backwards', by: 5e6 }, 'ends 5 ms before it starts'],
] as const)('%o in words', (mark, words) => {
	expect(skewWords(mark)).toBe(words);
});

test.each([
	['GET /berths', 'GET /berths'],
	['SELECT\n  seat', 'SELECT seat'],
	['x'.repeat(160), 'x'.repeat(160)],
	['x'.repeat(161), `${'x'.repeat(159)}…`],
	['x'.repeat(1_000_000), `${'x'.repeat(159)}…`],
	[`${' '.repeat(2000)}x`, '…'],
	[`${'x'.repeat(158)}🚂🚂`, `${'x'.repeat(158)}…`],
])('a name in a sentence is cut where it is long', (name, words) => {
	expect(inWords(name)).toBe(words);
});

test('what is wrong with a trace is said in sentences, one span or many', () => {
	expect(flawSentences({ duplicates: 0, orphans: 0, cycles: 0, backwards: 0, implausible: 0 })).toEqual([]);
	expect(flawSentences({ duplicates: 1, orphans: 2, cycles: 1, backwards: 3, implausible: 2 })).toEqual([
		'2 spans have a parent that is missing',
		'1 span was its own ancestor; cut there',
		'3 spans end before they start',
		'2 spans have times that cannot be; drawn as long as what hangs below them',
		'1 span came twice',
	]);
});

test.each([
	['text', 'text'],
	[3, '3'],
	[null, 'null'],
	[{ a: [1, true] }, '{"a":[1,true]}'],
	[Number.NaN, 'NaN'],
	[[Number.NaN, Number.NEGATIVE_INFINITY], '["NaN","-Infinity"]'],
	['', '(empty)'],
	[[], '[]'],
	[true, 'true'],
])('the attribute %o is written', (value, text) => {
	expect(formatAttribute(value)).toBe(text);
});

test('a list or an object that is long is written in lines', () => {
	expect(
		formatAttribute({ zones: ['eu-west-1', 'eu-west-2'], rack: { name: 'seventeen', shelf: 4 } }).split('\n'),
	).toEqual([
		'{',
		'  "zones": [',
		'    "eu-west-1",',
		'    "eu-west-2"',
		'  ],',
		'  "rack": {',
		'    "name": "seventeen",',
		'    "shelf": 4',
		'  }',
		'}',
	]);
});

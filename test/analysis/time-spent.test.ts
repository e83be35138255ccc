import { expect, test } from 'vitest';
import { spanDetailsOf } from '../../src/analysis/span-details.ts';
import { rulerTicksOf } from '../../src/analysis/time-ruler.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const slow = `
	gateway POST /checkout {server}   :====================!
	  gateway POST {client}           : ==================!
	    orders POST /orders {server}  : ==================!
	      orders SELECT {client}      : =
	      orders SELECT {client}      :  =
	      orders pool.acquire         :   ===============!`;

test('the sentence names the operation that took most of the critical path', () => {
	expect(traceReadingOf(traceFromText(slow)).spent.sentence).toBe(
		'75 % of 200 ms is orders pool.acquire, waiting for a connection (on the critical path)',
	);
});

test.each([
	['a database', { 'db.system.name': 'postgresql', 'db.namespace': 'berths' }, 'calling postgresql berths'],
	['a host beyond the trace', { 'server.address': 'api.stripe.example' }, 'calling external api.stripe.example'],
	['a lock that its statement takes', { 'db.query.text': 'SELECT 1 FOR UPDATE' }, 'likely a row lock'],
])('the sentence tells of %s', (_, attributes, words) => {
	const trace = traceFromText(
		'till POST {server} :==========\n  till call {client} : =======\n  till call {client} :  |',
	);
	const spans = trace.spans.map((span, index) => (index === 1 ? { ...span, attributes } : span));
	const { spent } = traceReadingOf({ ...trace, spans });
	expect(spent.sentence).toBe(`70 % of 100 ms is till call, ${words} (2 spans, on the critical path)`);
	expect(spent.shortSentence).toBe(`70 % of 100 ms is till call, ${words}`);
});

test('of self time it is told how much of it is recorded under another root', () => {
	const text = `s root :==========
	  s a :==
	t lost {parent=9} :   ====
	t late {parent=9} :         =====`;
	const reading = traceReadingOf(traceFromText(text));
	expect(reading.spent.sentence).toBe(
		'80 % of 100 ms is self time of s root (on the critical path, 50 ms of it recorded under another root)',
	);
	expect(reading.spent.shortSentence).toBe('80 % of 100 ms is self time of s root');
	const selves = reading.tree.nodes.map(node =>
		spanDetailsOf(reading, node)[0]?.rows.flatMap(({ name, value }) => (name === 'self' ? [value] : [])),
	);
	expect(selves).toEqual([['80 ms, 50 ms of it recorded under another root'], ['20 ms'], [], ['40 ms'], ['50 ms']]);
});

test('where no operation took much the sentence tells of the service whose operations took it', () => {
	const steps = Array.from({ length: 20 }, (_, at) => `\n  db step-${at} :${' '.repeat(at)}=`);
	const { spent } = traceReadingOf(traceFromText(`till POST :${'='.repeat(21)}${steps.join('')}`));
	expect(spent.sentence).toBe(
		'95.2 % of 210 ms is self time of db, spread over 20 operations (20 spans, on the critical path)',
	);
	expect(spent.shortSentence).toBe('95.2 % of 210 ms is self time of db, spread over 20 operations');
	expect(spent.said?.name).toBe('db');
	expect(spent.byOperation[0]?.operation).toBe('POST');
});

test('several spans of one operation are counted together', () => {
	const { spent } = traceReadingOf(traceFromText('s root :====\n  s q : =\n  s q :  ='));
	expect(spent.byOperation.map(({ operation, self, critical, count }) => [operation, self, critical, count])).toEqual([
		['root', 2e7, 2e7, 1],
		['q', 2e7, 2e7, 2],
	]);
	expect(spent.byService).toEqual([{ service: 's', self: 4e7, critical: 4e7, count: 3, errors: 0 }]);
});

test.each([
	['a s {parent=9} :=\na t {parent=9} :      =', '71.4 % of 70 ms is not covered by any span'],
	['a s :|', 'No span of this trace has a length'],
	['', 'This trace has no spans'],
])('the sentence when there is little to say', (text, sentence) => {
	expect(traceReadingOf(traceFromText(text)).spent.sentence).toBe(sentence);
});

test.each([
	['the deepest error with the most time on the critical path', slow, 'pool.acquire'],
	['the slowest when nothing failed', 's root :=====\n  s a :====', 'a'],
	[
		'the slowest of many short calls that took most together',
		's root :===========\n  s q : =\n  s q :   =\n  s q :     =\n  s q :       =\n  s q :        =\n  s q :          =',
		'q',
	],
	['an error that took no time before a slow span that did not fail', 's root :=====\n  s a :====\n  s b :    |!', 'b'],
	['what a failed span had waited for', 's PUT :==========!\n  t SELECT : =========', 'SELECT'],
	['the failed span when what is below it took only a part of it', 's PUT :==========!\n  t SELECT : =====', 'PUT'],
])('the culprit is %s', (_, text, name) => {
	expect(traceReadingOf(traceFromText(text)).culprit?.span.name).toBe(name);
});

test.each([
	[2.07e9, 80, '0 500 ms 1 s 1.5 s'],
	[1, 80, '0'],
	[800, 80, '0 0.2 µs 0.4 µs 0.6 µs'],
	[90e9, 80, '0 15 s 30 s 45 s 1 m 00 s 1 m 15 s'],
])('ticks of %d ns over %d columns', (length, columns, labels) => {
	expect(
		rulerTicksOf(length, columns)
			.map(({ label }) => label)
			.join(' '),
	).toBe(labels);
});

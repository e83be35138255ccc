import { expect, test } from 'vitest';
import { type SpanNode, traceTreeOf } from '../../src/analysis/trace-tree.ts';
import type { Span, Trace } from '../../src/model/trace.ts';
import { spanId, traceFromText } from '../helpers/trace-from-text.ts';

const outline = (trace: Trace): readonly string[] =>
	traceTreeOf(trace).nodes.map(({ depth, span }) => `${'  '.repeat(depth)}${span.name}`);

const spanOf = (trace: Trace, index: number): Span => {
	const span = trace.spans[index];
	if (span === undefined) throw new Error(`No span ${index}`);
	return span;
};

test('children come by their start, longer ones first', () => {
	const trace = traceFromText(`
		a root    :==========
		  a late  :     ==
		  a short : =
		  a long  : ===
		    a in  :  =`);
	expect(outline(trace)).toEqual(['root', '  long', '    in', '  short', '  late']);
});

test('orphans hang below a made-up parent that is as long as they are', () => {
	const trace = traceFromText(`
		a root                :==========
		b one {parent=99}     :  ==
		b two {parent=99}     :      ===
		c other {parent=98}   :   =`);
	const tree = traceTreeOf(trace);
	expect(outline(trace)).toEqual(['root', 'missing parent', '  one', '  two', 'missing parent', '  other']);
	expect(tree.roots.map(({ missing, start, end }) => [missing, start / 1e7, end / 1e7])).toEqual([
		[false, 0, 10],
		[true, 2, 9],
		[true, 3, 4],
	]);
	expect(tree.flaws.orphans).toBe(3);
	expect(tree.main?.span.name).toBe('root');
});

test('a trace without a root takes the longest of what there is as its main part', () => {
	const tree = traceTreeOf(traceFromText('b one {parent=99} :==\nb two {parent=98} : =====\n'));
	expect(tree.main?.children.map(({ span }) => span.name)).toEqual(['two']);
});

test('a cycle is cut at its earliest span, and a span that names itself is a root', () => {
	const trace = traceFromText(`
		a second {id=2 parent=1} :  ===
		a first {id=1 parent=2}  : =====
		a third {id=3 parent=2}  :   =
		a self {id=4 parent=4}   :      =`);
	expect(outline(trace)).toEqual(['first', '  second', '    third', 'self']);
	expect(traceTreeOf(trace).flaws.cycles).toBe(2);
});

test('a span that came twice is kept once', () => {
	const trace = traceFromText('a root :===\n  a child : =');
	const twice = { ...trace, spans: [...trace.spans, spanOf(trace, 1)] };
	expect(outline(twice)).toEqual(['root', '  child']);
	expect(traceTreeOf(twice).flaws.duplicates).toBe(1);
});

test('different spans with one ID are all kept, and children go to the first', () => {
	const trace = traceFromText(`
		a root                     :==========
		  a call {id=7}            : ========
		  b other {id=7 parent=1}  :  ======
		b query {parent=7}         :   ==`);
	expect(outline(trace)).toEqual(['root', '  call', '    query', '  other']);
	expect(traceTreeOf(trace).nodes.map(({ key }) => key)).toEqual([
		spanId('1'),
		spanId('7'),
		spanId('4'),
		`${spanId('7')}#2`,
	]);
});

test('a span that ends before it starts has no length', () => {
	const trace = traceFromText('a root :===');
	const root = spanOf(trace, 0);
	const tree = traceTreeOf({ ...trace, spans: [{ ...root, end: root.start - 5n }] });
	expect(tree.nodes.map(({ start, end }) => end - start)).toEqual([0]);
	expect(tree.flaws.backwards).toBe(1);
});

test('an empty trace has an empty tree', () => {
	const tree = traceTreeOf({ id: 'a', spans: [] });
	expect(tree).toMatchObject({ nodes: [], roots: [], main: undefined });
});

test('a chain deeper than the stack is built', () => {
	const [first] = traceFromText('a root :===').spans;
	if (first === undefined) throw new Error('nothing drawn');
	const spans = Array.from({ length: 20_000 }, (_, depth): Span => {
		const { parentId: _none, ...bare } = first;
		return depth === 0 ? { ...bare, id: '0' } : { ...bare, id: String(depth), parentId: String(depth - 1) };
	});
	const last: SpanNode | undefined = traceTreeOf({ id: 'a', spans: spans.toReversed() }).nodes.at(-1);
	expect(last?.depth).toBe(19_999);
});

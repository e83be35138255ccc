import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calleeOf } from '../../src/analysis/callee.ts';
import { errorOrderOf } from '../../src/analysis/error-order.ts';
import { retryWaitsOf } from '../../src/analysis/retry-waits.ts';
import { spanDetailsOf } from '../../src/analysis/span-details.ts';
import { hopsOf } from '../../src/analysis/span-hops.ts';
import { gapWords, toldGapsOf } from '../../src/analysis/told-gaps.ts';
import { gapsOf } from '../../src/analysis/trace-gaps.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { traceRemarksOf } from '../../src/analysis/trace-remarks.ts';
import type { SpanNode } from '../../src/analysis/trace-tree.ts';
import { anyTrace } from '../helpers/any-trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

function gapsIn(text: string): readonly string[] {
	const reading = traceReadingOf(traceFromText(text));
	return toldGapsOf(reading, reading.sections).map(gapWords);
}

test.each([
	['a span alone has none', 's root :=====', []],
	[
		'before, between and after children, the largest first',
		's root :===========\n  s a :  ==\n  s b :         =',
		[
			'50 ms before s b: nothing recorded in s root',
			'20 ms before s a: nothing recorded in s root',
			'10 ms after s b: nothing recorded in s root',
		],
	],
	[
		'what a child covers is no gap, though nobody waited for it to its end',
		's root :==========\n  s a : ===\n  s b :   =======',
		['10 ms before s a: nothing recorded in s root'],
	],
	[
		'a child without length parts a gap in two',
		's root :==========\n  s a :      |',
		['60 ms before s a: nothing recorded in s root', '40 ms after s a: nothing recorded in s root'],
	],
	['what a child covers that nobody waited for is no gap', 's root :=====\n  s a : =\n  s b :=====', []],
	[
		'the time of a leaf is its own',
		's root :=======\n  s a :=======\n    s b :  =====',
		['20 ms before s b: nothing recorded in s a'],
	],
	[
		'the way to the answering span is no gap',
		's root :==========\n  s call {client} :==========\n    t answer {server} :   =====',
		[],
	],
	['children outside their parent part nothing in it', 's root :   ====\n  t early :==\n  s late :        ==', []],
	['a made-up parent is told by itself', 's a {parent=9} :==\ns b {parent=9} :     ==', []],
])('gaps: %s', (_, text, expected) => {
	expect(gapsIn(text)).toEqual(expected);
});

const tries = `till charge {server}  :====================
	  rates GET {client}    : =!
	  rates GET {client}    :    =!
	  rates GET {client}    :            =`;

test.each([
	[
		'what hangs below a missing parent is recorded',
		`s root               :====================
		   s a               :=
		   s b               :                   =
		 t PUT {parent=9}    :    ====
		   t deeper          :     =`,
		[
			'110 ms before s b: nothing recorded in s root',
			'40 ms of s root: recorded under another root, by t PUT',
			'30 ms before t PUT: nothing recorded in s root',
		],
	],
	[
		'what overlaps there is told once, by its longest',
		`s root               :==========
		   s a               :=
		 t x {parent=9}      : ===
		 t y {parent=9}      :  =====
		 t z {parent=8}      :    ======`,
		['90 ms of s root: recorded under another root, by t z'],
	],
	[
		'another root, too',
		's root :==========\n  s a :=\nu other :   ====',
		[
			'40 ms of s root: recorded under another root, by u other',
			'30 ms after u other: nothing recorded in s root',
			'20 ms before u other: nothing recorded in s root',
		],
	],
	[
		'between the tries of one call its caller waits',
		tries,
		[
			'70 ms waiting between tries of rates GET in till charge',
			'70 ms after rates GET: nothing recorded in till charge',
			'20 ms waiting between tries of rates GET in till charge',
			'10 ms before rates GET: nothing recorded in till charge',
		],
	],
	[
		'a span whose clock is off may belong into it',
		`s root                :          ==========
		   t PUT {server}     :====
		   s a                :                  ==`,
		['80 ms before s a: nothing recorded in s root, unless t PUT belongs there: the clocks disagree'],
	],
])('what is known of a gap: %s', (_, text, expected) => {
	expect(gapsIn(text)).toEqual(expected);
});

test('the waits between tries are told for what they are: in the sentence, and of the self time', () => {
	const reading = traceReadingOf(traceFromText(tries));
	expect(reading.spent.sentence).toBe(
		'85 % of 200 ms is till charge, waiting between tries of rates GET (on the critical path)',
	);
	const [charge] = reading.tree.nodes;
	const [summary] = charge === undefined ? [] : spanDetailsOf(reading, charge);
	expect(summary?.rows.find(({ name }) => name === 'self')?.value).toBe(
		'170 ms, 90 ms of it waiting between tries of rates GET',
	);
});

test('thousands of calls under one parent, each of them tried again, are no work without end', () => {
	const [root, one] = traceFromText('s root {server} :====\n  s x {client} :=!').spans;
	if (root === undefined || one === undefined) throw new Error('nothing drawn');
	const count = 30_000;
	const spans = Array.from({ length: count }, (_, at) => {
		// The three tries of each call lie a third of the whole apart.
		const start = root.start + BigInt(at) * 10n;
		return {
			...one,
			id: `x${at}`,
			name: `call ${String.fromCodePoint(0x4e00 + (at % (count / 3)))}`,
			start,
			end: start + 5n,
		};
	});
	const reading = traceReadingOf({ id: 'a', spans: [{ ...root, end: root.start + BigInt(10 * count) }, ...spans] });
	expect(reading.runs.runs).toHaveLength(count / 3);
	const waits = retryWaitsOf(reading.runs).get(reading.tree.nodes[0] ?? fail()) ?? [];
	expect(waits.map(({ sum }) => sum).every(sum => Math.abs(sum - (count * 10) / 3) <= 10)).toBe(true);
});

const fail = (): never => {
	throw new Error('nothing drawn');
};

test('in whatever trace, the parts of gaps are as long as the gaps, and none overlaps another', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const reading = traceReadingOf(trace);
			const sum = (gaps: readonly { readonly from: number; readonly to: number }[]) =>
				gaps.reduce((all, { from, to }) => all + to - from, 0);
			const parts = toldGapsOf(reading, reading.sections);
			expect(sum(parts)).toBe(sum(gapsOf(reading.sections)));
			const inOrder = parts.toSorted((a, b) => a.from - b.from);
			for (const [at, { from, to }] of inOrder.entries()) {
				expect(to).toBeGreaterThan(from);
				expect(from).toBeGreaterThanOrEqual(inOrder[at - 1]?.to ?? from);
			}
		}),
	);
});

test('in whatever trace, a gap is a part of the critical path of its span that no child covers', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const { path, sections, criticalTimes } = traceReadingOf(trace);
			const sums = new Map<SpanNode, number>();
			for (const { node, from, to, before, after } of gapsOf(sections)) {
				expect(to).toBeGreaterThan(from);
				expect(path.some(each => each.node === node && each.from <= from && each.to >= to)).toBe(true);
				expect(node.children.some(({ start, end }) => start < to && end > from && end > start)).toBe(false);
				expect(before ?? after).toBeDefined();
				sums.set(node, (sums.get(node) ?? 0) + to - from);
			}
			for (const [node, sum] of sums) expect(sum).toBeLessThanOrEqual(criticalTimes[node.index] ?? 0);
		}),
	);
});

test('hops, callees, errors in order and remarks are found in whatever trace', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const reading = traceReadingOf(trace);
			const errors = errorOrderOf(reading.tree);
			expect(errors).toHaveLength(reading.errors);
			expect(new Set(errors).size).toBe(errors.length);
			for (const { outside = 0 } of hopsOf(reading.tree)) expect(outside).toBeGreaterThanOrEqual(0);
			for (const node of reading.tree.nodes) calleeOf(reading.tree, node);
			for (const { key } of traceRemarksOf(reading)) expect(reading.tree.byKey.has(key)).toBe(true);
			const [first] = reading.tree.nodes;
			if (first !== undefined) expect(spanDetailsOf(reading, first).length).toBeGreaterThan(0);
		}),
	);
});

test('asked for the long ones, gaps and hops are those of all that are long, in the same order', () => {
	fc.assert(
		fc.property(anyTrace, fc.nat({ max: 5 }), (trace, at) => {
			const { sections, tree } = traceReadingOf(trace);
			const gaps = gapsOf(sections);
			const some = gaps[at % Math.max(1, gaps.length)] ?? { from: 0, to: at };
			const least = some.to - some.from;
			expect(gapsOf(sections, least)).toEqual(gaps.filter(({ from, to }) => to - from >= least));
			expect(hopsOf(tree, least)).toEqual(hopsOf(tree).filter(({ outside = least }) => outside >= least));
		}),
	);
});

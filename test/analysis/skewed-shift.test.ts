import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skewMarkOf } from '../../src/analysis/clock-skew.ts';
import { skewedShift } from '../../src/analysis/skewed-shift.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { anyTrace } from '../helpers/any-trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

/** Name and interval of each node after the shift, and by how much it was moved. */
function shiftedOf(text: string): readonly string[] {
	const { tree, moved, shifted } = skewedShift(traceTreeOf(traceFromText(text, 1n)));
	return tree.nodes.map(node => {
		const by = moved[node.index] ?? 0;
		const mark = by === 0 ? '' : ` ${by > 0 ? '+' : ''}${by}`;
		return `${node.span.name} ${node.start}–${node.end}${mark}${shifted.includes(node) ? ' by itself' : ''}`;
	});
}

test.each([
	['what fits stays', 'a p :=====\n  b c : ===', ['p 0–5', 'c 1–4']],
	['a child that begins before its cause', 'a p :  =====\n  b c :===', ['p 0–5', 'c 0–3 +2 by itself']],
	['a child that ends late and would fit', 'a p :=====\n  b c :   ====', ['p 0–5', 'c 1–5 -2 by itself']],
	[
		'what hangs below it goes along, whatever its service',
		'a p :   =====\n  b c :====\n    b d : =\n    c e :  =',
		['p 0–5', 'c 0–4 +3 by itself', 'd 1–2 +3', 'e 2–3 +3'],
	],
	[
		'what fits as it is keeps its own time',
		'a p :   ==========\n  b c :======\n    b d : ==\n    a e :       =',
		['p 0–10', 'c 0–6 +3 by itself', 'd 1–3 +3', 'e 4–5 by itself'],
	],
	['work that goes on is not moved', 'a p :=====\n  a c :   =====', ['p 0–5', 'c 3–8']],
	[
		'orphans have nobody to be moved into',
		'a p :  ===\nb c {parent=9} :==',
		['p 0–3', 'missing parent -2–0', 'c -2–0'],
	],
])('%s', (_, text, expected) => {
	expect(shiftedOf(text)).toEqual(expected);
});

test('siblings come in the order of their new start', () => {
	expect(shiftedOf('a p :  ======\n  a b : ====\n  a c :  =\n  b d :===')).toEqual([
		'p 0–6',
		'b 0–4 +1 by itself',
		'd 0–3 +2 by itself',
		'c 0–1',
	]);
});

test('afterwards nothing is skewed; every node is there under its key and its parent, as long as it was', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const tree = traceTreeOf(trace);
			const before = structuredClone(tree);
			const { tree: after, moved, shifted } = skewedShift(tree);
			expect(tree).toEqual(before);
			expect(after.nodes.length).toBe(tree.nodes.length);
			for (const node of after.nodes) {
				const sent = tree.byKey.get(node.key);
				expect(skewMarkOf(node)?.kind).not.toBe('skewed');
				expect(node.parent?.key).toBe(sent?.parent?.key);
				expect(node.end - node.start).toBe((sent?.end ?? 0) - (sent?.start ?? 0));
				expect(node.start - (sent?.start ?? 0)).toBe(moved[node.index]);
			}
			const isSkewed = tree.nodes.some(node => skewMarkOf(node)?.kind === 'skewed');
			if (!isSkewed) expect(shifted).toEqual([]);
		}),
	);
});

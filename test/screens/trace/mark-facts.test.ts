import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldedTraceOf } from '../../../src/analysis/folded-trace.ts';
import { spanMatchesOf } from '../../../src/analysis/span-search.ts';
import { traceReadingOf } from '../../../src/analysis/trace-reading.ts';
import { markFactsOf, spanFactsOf } from '../../../src/screens/trace/mark-facts.ts';
import { anyTrace } from '../../helpers/any-trace.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';

test('a mark tells of its spans what they tell one by one, however the trace is folded', () => {
	fc.assert(
		fc.property(anyTrace, fc.constantFrom('folded', 'open', undefined), fc.nat(), (trace, all, some) => {
			const reading = traceReadingOf(trace);
			const folded = foldedTraceOf(reading, { all, toggled: [] });
			const laidOut = folded.tree.nodes.filter((_, index) => ((some >> (index % 30)) & 1) === 1);
			const nodes = laidOut.map(folded.spanOf);
			const alone = nodes.map(node => spanFactsOf(node, folded));
			const facts = markFactsOf(nodes, folded);
			const matches = spanMatchesOf(reading.tree, 'query');
			expect(facts.count).toBe(alone.reduce((sum, { count }) => sum + count, 0));
			expect(facts.failed).toBe(alone.some(({ failed }) => failed));
			expect(facts.isFound(matches)).toBe(alone.some(({ isFound }) => isFound(matches)));
			for (const node of folded.tree.nodes) expect(facts.holds(node)).toBe(laidOut.includes(node));
			expect(markFactsOf(nodes, folded)).toBe(facts);
		}),
	);
});

test('of a folded run all its spans count, and each may have failed or be found', () => {
	const reads = ['SELECT item', 'SELECT item', 'SELECT item!'].map((read, at) => {
		const name = read.replace('!', '');
		return `  orders ${name} {client} :${' '.repeat(at * 3 + 1)}==${read.endsWith('!') ? '!' : ''}`;
	});
	const reading = traceReadingOf(traceFromText(`orders GET :==============\n${reads.join('\n')}\n  orders mail :  =`));
	const folded = foldedTraceOf(reading, { all: 'folded', toggled: [] });
	const laidOut = folded.tree.nodes.slice(1);
	expect(laidOut).toHaveLength(2);
	const facts = markFactsOf(laidOut.map(folded.spanOf), folded);
	expect(facts.count).toBe(4);
	expect(facts.failed).toBe(true);
	expect(facts.isFound(spanMatchesOf(reading.tree, 'item'))).toBe(true);
	expect(facts.isFound(spanMatchesOf(reading.tree, 'GET'))).toBe(false);
	expect(folded.tree.nodes.map(facts.holds)).toEqual([false, true, true]);
});

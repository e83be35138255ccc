import { expect, test } from 'vitest';
import { errorOrderOf, errorPlaceOf } from '../../src/analysis/error-order.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const orderIn = (text: string) => errorOrderOf(traceTreeOf(traceFromText(text))).map(({ span }) => span.name);

test.each([
	['none', 's a :==', []],
	['the callee before the caller', 's a :======!\n  t b : ====!\n    t c : ==!', ['c', 'b', 'a']],
	['the deeper one of those that end together', 's a :====!\n  t b :====!\n    t c :====!', ['c', 'b', 'a']],
	['of siblings the one that failed first', 's a :========!\n  s b :     ==!\n  s c : ==!', ['c', 'b', 'a']],
	['what failed after its parent comes after it', 's a :===!\n  s mail :     ==!', ['a', 'mail']],
	[
		'a clock that is ahead does not turn cause and effect round',
		's a :======!\n  t b :    ====!\n    t c :     ==!',
		['c', 'b', 'a'],
	],
	['a clock that is behind neither', 's a :   ======!\n  t b :===!\n  s c :    =!', ['c', 'b', 'a']],
	['of equals the first', 's a :===\n  s b :=!\n  s c :=!', ['b', 'c']],
])('errors in causal order: %s', (_, text, names) => {
	expect(orderIn(text)).toEqual(names);
});

test('a failed span has its place among the errors', () => {
	const tree = traceTreeOf(traceFromText('s a :======!\n  t b : ====!\n  t c : =='));
	expect(tree.nodes.map(node => errorPlaceOf(tree, node))).toEqual(['2 of 2', '1 of 2', undefined]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedTimesOf } from '../../src/analysis/shared-time.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { anyTrace } from '../helpers/any-trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

/** `root 4  a 6`, in columns of the drawing. */
function partsOf(text: string): string {
	const tree = traceTreeOf(traceFromText(text, 1n));
	const shared = sharedTimesOf(tree);
	return tree.nodes.map(({ span, index }) => `${span.name} ${shared[index]}`).join('  ');
}

test.each([
	['a span alone has all of it', 's root :=====', 'root 5'],
	['what is called is at work, and not who waits', 's root :=====\n  s a : ===', 'root 2  a 3'],
	[
		'two at once have half of it each',
		's root :==============\n  s a :  ==========\n  s b :  ====\n  s c :      ====',
		'root 4  a 6  b 2  c 2',
	],
	[
		'a fan-out takes as long as its longest',
		's root :======\n  s a :======\n  s b :======\n  s c :===',
		'root 0  a 2.5  b 2.5  c 1',
	],
	[
		'a span is at work again while its child goes on beside it',
		's root :====\n  s a :==\n    s b :====',
		'root 1  a 0  b 3',
	],
	['what goes on after the root has no part in its time', 's root :====\n  s a :  ======', 'root 2  a 2'],
	['nor what began before it', 's root :  ====\n  s a :====', 'root 2  a 2'],
	[
		'a span whose parent is missing shares the time in which it ran',
		's root :====\ns a {parent=9} :==',
		'root 3  missing parent 0  a 1',
	],
	['a trace without length has none to share', 's root :|', 'root 0'],
])('%s', (_, text, parts) => {
	expect(partsOf(text)).toBe(parts);
});

test('whatever the trace: no part is negative, and all of them are the time of the root', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const tree = traceTreeOf(trace);
			const shared = sharedTimesOf(tree);
			expect(Math.min(0, ...shared)).toBe(0);
			const { main } = tree;
			if (main === undefined || main.missing) return;
			const sum = shared.reduce((all, part) => all + part, 0);
			expect(sum).toBeCloseTo(main.end - main.start, 3);
		}),
	);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skewMarkOf } from '../../src/analysis/clock-skew.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { anyTrace } from '../helpers/any-trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

test.each([
	['inside', 'a p :  =====\n  b c :   ===', undefined],
	['ends with its parent', 'a p :  =====\n  b c :   ====', undefined],
	['another service starts before its cause', 'a p :  =====\n  b c : ===', { kind: 'skewed', by: -1 }],
	['another service ends late and would fit', 'a p :  =====\n  b c :     ===', { kind: 'skewed', by: 1 }],
	[
		'another service is longer than the call: the caller gave up',
		'a p :  ===\n  b c :  =====',
		{ kind: 'outlives', by: 2 },
	],
	['same service goes on: work that nobody waits for', 'a p :  =====\n  a c :     ===', { kind: 'outlives', by: 1 }],
	['same service begins later', 'a p :  =====\n  a c :         ===', { kind: 'after', by: 2 }],
	[
		'client and server of one service are two processes',
		'a p {client} :  =====\n  a c {server} :     ===',
		{ kind: 'skewed', by: 1 },
	],
	['a message is consumed later', 'a p {producer} :  =====\n  b c {consumer} :         ===', { kind: 'after', by: 2 }],
	[
		'what only follows from its parent may run later',
		'a p :  =====\n  b c {follows} :         ===',
		{ kind: 'after', by: 2 },
	],
	['orphans have nobody to disagree with', 'b c {parent=9} : ===', undefined],
])('%s', (_, text, expected) => {
	const node = traceTreeOf(traceFromText(text, 1n)).nodes.find(({ span }) => span.name === 'c');
	expect(node && skewMarkOf(node)).toEqual(expected);
});

test('in whatever trace, backwards is what ends before it starts, by that much', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			for (const node of traceTreeOf(trace).nodes) {
				const { start, end } = node.span;
				const mark = skewMarkOf(node);
				expect(mark?.kind === 'backwards' ? mark.by : 0).toBe(end < start ? Number(start - end) : 0);
			}
		}),
	);
});

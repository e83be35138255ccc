import { expect, test } from 'vitest';
import { criticalPathOf } from '../../src/analysis/critical-path.ts';
import { gapsOf, gapWords } from '../../src/analysis/trace-gaps.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const gapsIn = (text: string) => gapsOf(criticalPathOf(traceTreeOf(traceFromText(text)))).map(gapWords);

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

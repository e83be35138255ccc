import { expect, test } from 'vitest';
import { criticalPathOf } from '../../src/analysis/critical-path.ts';
import { selfTimesOf } from '../../src/analysis/self-time.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

/** The path as `name from–to`, in columns of the drawing. */
const pathOf = (text: string): string =>
	criticalPathOf(traceTreeOf(traceFromText(text, 1n)))
		.map(({ node, from, to }) => `${node.span.name} ${from}–${to}`)
		.join('  ');

test.each([
	['a span alone', 's root :=====', 'root 0–5'],
	['one child', 's root :==========\n  s a : =====', 'root 0–1  a 1–6  root 6–10'],
	[
		'children one after the other',
		's root :==========\n  s a : ===\n  s b :     ====',
		'root 0–1  a 1–4  root 4–5  b 5–9  root 9–10',
	],
	['children that touch leave no gap between them', 's root :======\n  s a :===\n  s b :   ===', 'a 0–3  b 3–6'],
	[
		'the one that finishes last was waited for, also when another began with it',
		's root :==========\n  s a : ======\n  s b : ========',
		'root 0–1  b 1–9  root 9–10',
	],
	[
		'one that was still running when the last finisher began was not waited for',
		's root :==========\n  s a : ====\n  s b :   =======',
		'root 0–3  b 3–10',
	],
	[
		'the path goes down into children of children',
		's root :==========\n  s a : ========\n    s b :  ====\n    s c :       ==',
		'root 0–1  a 1–2  b 2–6  a 6–7  c 7–9  root 9–10',
	],
	['a child that outlives its parent is cut to it', 's root :======\n  s a :   ========', 'root 0–3  a 3–6'],
	[
		'a child that starts before its parent is cut to it',
		's pre :=========\n  s root :   ===\n    s a : ====',
		'pre 0–3  a 3–5  root 5–6  pre 6–9',
	],
	['a child that begins after its parent has no part in it', 's root :====\n  s a :      ===', 'root 0–4'],
	['a child without length has no part in it', 's root :====\n  s a :  |', 'root 0–4'],
	['orphans have no part in it', 's root :====\ns a {parent=9} : =========', 'root 0–4'],
])('critical path: %s', (_, text, expected) => {
	expect(pathOf(text)).toBe(expected);
});

test.each([
	['alone', 's root :=====', [5]],
	['children apart', 's root :==========\n  s a : ==\n  s b :     ===', [5, 2, 3]],
	['children that overlap count once', 's root :==========\n  s a : =====\n  s b :   ======', [2, 5, 6]],
	['a child inside a sibling', 's root :==========\n  s a : ======\n  s b :   ==', [4, 6, 2]],
	['a child that is longer than its parent', 's root :  ===\n  s a :=======', [0, 7]],
	['a child that outlives its parent', 's root :=====\n  s a :   ======', [3, 6]],
	['a made-up parent has none', 's a {parent=9} :==\ns b {parent=9} :     ==', [0, 2, 2]],
])('self time: %s', (_, text, expected) => {
	expect(selfTimesOf(traceTreeOf(traceFromText(text, 1n)))).toEqual(expected);
});

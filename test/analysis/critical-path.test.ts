import { expect, test } from 'vitest';
import { criticalPathOf } from '../../src/analysis/critical-path.ts';
import { selfTimesOf } from '../../src/analysis/self-time.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { epoch, traceFromText } from '../helpers/trace-from-text.ts';

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

/** Each span with a drawing of its own below it: where its part of the critical path lies. */
function marked(text: string): string {
	const trace = traceFromText(text, 1n);
	const tree = traceTreeOf(trace);
	const path = criticalPathOf(tree);
	const first = trace.spans.reduce((least, { start }) => (start < least ? start : least), epoch);
	const offset = Number(tree.origin - first);
	return tree.nodes
		.filter(({ missing }) => !missing)
		.map(node => {
			const cells = Array.from({ length: offset + node.end }, (_, at) => {
				const isOn = path.some(each => each.node === node && at >= offset + each.from && at < offset + each.to);
				return isOn ? '█' : at >= offset + node.start ? '─' : ' ';
			});
			return `${node.span.name} ${cells.join('').trimEnd()}`;
		})
		.join('\n');
}

/** Lines without the indent of the test. */
const lines = (text: string): string =>
	text
		.split('\n')
		.filter(line => line.trim() !== '')
		.map(line => line.replace(/^\t+/, ''))
		.join('\n');

test.each([
	[
		'Jaeger: two children, one after the other',
		`
		s A :==========
		  s B : ===
		  s C :      ==`,
		`
		A █───██──██
		B  ███
		C       ██`,
	],
	[
		'Jaeger: of two children that overlap the one that finished last',
		`
		s X :==========
		  s A : ====
		  s C :  ====`,
		`
		X ██────████
		A  ────
		C   ████`,
	],
	[
		'Jaeger: a child that begins after its parent has ended is dropped',
		`
		s A :=====
		  s B :       =======`,
		`
		A █████
		B        ───────`,
	],
	[
		'Jaeger: so is all that hangs below it',
		`
		s A :=====
		  s B :       =======
		    s C :        ===`,
		`
		A █████
		B        ───────
		C         ───`,
	],
	[
		'Jaeger: what only follows from a span is not waited for, nor what hangs below it',
		`
		s A            :==========
		  s B {follows} : =======
		    s C        :   ==
		  s D          :======`,
		`
		A ──────████
		D ██████
		B  ───────
		C    ──`,
	],
	[
		'Jaeger: what consumes a message is not waited for',
		`
		s A          :==========
		  s B {consumer} :  =====
		    s C          :   ==`,
		`
		A ██████████
		B   ─────
		C    ──`,
	],
	[
		'Jaeger: a child that outlives its parent, with a child that began before it',
		`
		s A :==========
		  s B :    ========
		    s C :  ======`,
		`
		A ████──────
		B     ────██──
		C   ──████`,
	],
	[
		'Jaeger: a chain in which each outlives the one above',
		`
		s A :========
		  s B :   =======
		    s C :     =======`,
		`
		A ███─────
		B    ██─────
		C      ███────`,
	],
	[
		'Jaeger: a child that begins before its parent and ends after it',
		`
		s A :  =====
		  s B :=========`,
		`
		A   ─────
		B ──█████──`,
	],
	[
		'Jaeger: a child that ended before its parent began is dropped',
		`
		s A :     =====
		  s B :===`,
		`
		A      █████
		B ───`,
	],
	[
		'the sending of a message is waited for, what consumes it is not',
		`
		s A             :==========
		  s B {producer}   : ====
		    t C {consumer} :   =====`,
		`
		A █────█████
		B  ████
		C    ─────`,
	],
	[
		'a fan-out of three: the slowest, and what came before it began',
		`
		s A :============
		  s a :===
		  s b :   =====
		  s c :   =======
		  s d :   ===`,
		`
		A ──────────██
		a ███
		c    ███████
		b    ─────
		d    ───`,
	],
	[
		'a pool of two workers: each waits for the one that freed its place',
		`
		s A :=========
		  s a :===
		  s b :====
		  s c :   ===
		  s d :    =====`,
		`
		A ─────────
		b ████
		a ───
		c    ───
		d     █████`,
	],
	[
		'a try that failed, a pause, and another try',
		`
		s A :==========
		  s a :===!
		  s b :     ====`,
		`
		A ───██────█
		a ███
		b      ████`,
	],
	[
		'what was still running when the last finisher began was not waited for, nor its children',
		`
		s A :==========
		  s B :======
		    s b : ====
		  s C :    =====
		    s c :     ===`,
		`
		A ████─────█
		B ──────
		b  ────
		C     █───█
		c      ███`,
	],
])('%s', (_, text, expected) => {
	expect(marked(text)).toBe(lines(expected));
});

test.each([
	['alone', 's root :=====', [5]],
	['children apart', 's root :==========\n  s a : ==\n  s b :     ===', [5, 2, 3]],
	['children that overlap count once', 's root :==========\n  s a : =====\n  s b :   ======', [2, 5, 6]],
	['a child inside a sibling', 's root :==========\n  s a : ======\n  s b :   ==', [4, 6, 2]],
	['a child that is longer than its parent', 's root :  ===\n  s a :=======', [0, 7]],
	['a child that outlives its parent', 's root :=====\n  s a :   ======', [3, 6]],
	[
		'a fan-out counts once what runs at once',
		's A :============\n  s a :===\n  s b :   =====\n  s c :   =======',
		[2, 3, 7, 5],
	],
	[
		'two workers side by side',
		's A :=========\n  s a :===\n  s b :====\n  s c :   ===\n  s d :    =====',
		[0, 4, 3, 3, 5],
	],
	['a try, a pause, another try', 's A :==========\n  s a :===!\n  s b :     ====', [3, 3, 4]],
	['a child that begins after its parent has ended takes nothing', 's A :=====\n  s B :       ===', [5, 3]],
	['a child before its parent takes nothing', 's A :     =====\n  s B :===', [5, 3]],
	['children that touch', 's A :======\n  s a :===\n  s b :   ===', [0, 3, 3]],
	['only children count, not theirs', 's A :==========\n  s B : ===\n    s C :     ====', [7, 3, 4]],
	['spans without length', 's A :|\n  s B :|', [0, 0]],
	['a made-up parent has none', 's a {parent=9} :==\ns b {parent=9} :     ==', [0, 2, 2]],
])('self time: %s', (_, text, expected) => {
	expect(selfTimesOf(traceTreeOf(traceFromText(text, 1n)))).toEqual(expected);
});

import { describe, expect, test } from 'vitest';
import { treeOf } from '../../src/analysis/log-tree.ts';
import type { Labels } from '../../src/model/labels.ts';
import { lineAt } from '../helpers/log-store.ts';

const grown = (line: string, levels = 0, metadata: Labels = {}) =>
	treeOf(lineAt(1, { app: 'pier' }, line, metadata), levels);

/** A tree as one reads it. */
const drawnTree = (line: string, levels = 0, metadata: Labels = {}) =>
	grown(line, levels, metadata).rows.map(({ indent, name, text, kind }) => {
		const mark = kind === 'text' ? '' : ` (${kind})`;
		return `${'  '.repeat(indent)}${name === undefined ? '' : `${name}: `}${text}${mark}`;
	});

describe('a line taken apart', () => {
	test('is nested JSON by its keys, with the kinds of its values', () => {
		const line = '{"msg":"done","req":{"id":7,"tags":["a",true,null],"none":{},"big":12345678901234567890}}';
		expect(drawnTree(line)).toEqual([
			'msg: done',
			'req:  (branch)',
			'  id: 7 (number)',
			'  tags:  (branch)',
			'    0: a',
			'    1: true (word)',
			'    2: null (word)',
			'  none: {} (word)',
			'  big: 12345678901234567890',
		]);
	});

	test('is a stack trace by its frames', () => {
		const stack = 'Error: lamp is out\\n    at light (/srv/lamp.js:7:3)\\n    at async main (/srv/main.js:1:1)\\n';
		expect(drawnTree(`{"err":{"stack":"${stack}"}}`)).toEqual([
			'err:  (branch)',
			'  stack: Error: lamp is out',
			'        at light (/srv/lamp.js:7:3) (frame)',
			'        at async main (/srv/main.js:1:1) (frame)',
		]);
	});

	test.each([
		['the JVM', 'java.lang.X: boom\n\tat a.B.c(B.java:7)\n\t... 12 more', '  ... 12 more (frame)'],
		['Python', 'Traceback (most recent call last):\n  File "/srv/a.py", line 7, in f\n    g()', '    g() (frame)'],
		['Go', 'panic: boom\n\ngoroutine 1 [running]:\nmain.main()', 'main.main() (frame)'],
	])('is a text of several lines line by line: %s', (_, line, last) => {
		expect(drawnTree(line)).toContain(last);
	});

	test('opens the JSON in its texts one level after the other, when that is asked for', () => {
		const innermost = JSON.stringify({ deep: [1] });
		const line = JSON.stringify({ body: JSON.stringify({ status: 502, next: innermost }) });
		expect(drawnTree(line, 0)).toEqual([`body: ${JSON.stringify({ status: 502, next: innermost })}`]);
		expect(drawnTree(line, 1)).toEqual([
			'body: JSON in a text (branch)',
			'  status: 502 (number)',
			`  next: ${innermost}`,
		]);
		expect(drawnTree(line, 2).slice(2)).toEqual([
			'  next: JSON in a text (branch)',
			'    deep:  (branch)',
			'      0: 1 (number)',
		]);
		expect([0, 1, 2].map(levels => grown(line, levels).deeper)).toEqual([true, true, false]);
	});

	test('breaks a text at escaped line breaks, when that is asked for', () => {
		const line = JSON.stringify({ stack: 'boom\\n\\tat f (a.js:1:2)' });
		expect(drawnTree(line, 0)).toEqual(['stack: boom\\n\\tat f (a.js:1:2)']);
		expect(grown(line, 0).deeper).toBe(true);
		expect(drawnTree(line, 1)).toEqual(['stack: boom', '    at f (a.js:1:2) (frame)']);
		expect(grown(line, 1).deeper).toBe(false);
	});

	test('is logfmt by its pairs', () => {
		expect(drawnTree('level=info msg="berth given" status=200')).toEqual([
			'level: info',
			'msg: berth given',
			'status: 200',
		]);
	});

	test('has beside it what stands beside the line', () => {
		expect(drawnTree('lamp is out', 0, { trace_id: 'abc', detected_level: 'info' })).toEqual([
			'lamp is out',
			'beside the line:  (branch)',
			'  trace_id: abc',
		]);
	});

	test.each([
		['an array', '[1,{"a":2}]', ['0: 1 (number)', '1:  (branch)', '  a: 2 (number)']],
		['half JSON', '{"level":"info","msg":"cut', ['level: info']],
		['nothing', '', ['']],
	])('is %s', (_, line, rows) => expect(drawnTree(line).slice(0, rows.length)).toEqual(rows));

	test('has so many rows and no more, and says how many are left out', () => {
		const { rows, rest } = grown(JSON.stringify(Array.from({ length: 1000 }, (_, key) => key)));
		expect([rows.length, rest]).toEqual([200, 800]);
	});

	test('is not deeper than a stack can bear', () => {
		const nested = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
		expect(grown(nested).rows).toHaveLength(21);
	});

	test('of a megabyte is read up to a bound', () => {
		const { rows } = grown(`{"msg":"${'x'.repeat(1_000_000)}","n":1}`);
		expect(rows.at(-1)?.text).toMatch(/^the first 65536 of 1000\d+ characters$/);
	});

	test('is taken apart once', () => {
		const entry = lineAt(1, {}, '{"a":1}');
		expect(treeOf(entry, 0)).toBe(treeOf(entry, 0));
		expect(treeOf(entry, 1)).not.toBe(treeOf(entry, 0));
	});
});

import { expect, test } from 'vitest';
import { heading, markdownOf, paragraph, table, textOf, verbatim } from '../../../src/cli/print/document.ts';
import { jsonText, numberJson } from '../../../src/cli/print/json.ts';

const columns = [{ title: 'name' }, { title: 'count', align: 'right' }] as const;

const blocks = [
	heading('service Orders'),
	paragraph('Two routes answer.'),
	table(columns, [
		['/a', '1'],
		['/longer', '1024'],
	]),
	verbatim(['  1 ┤⣀⣤  ', '']),
];

test('a document as text', () => {
	expect(textOf(blocks, 80)).toBe(
		[
			'service Orders',
			'--------------',
			'',
			'Two routes answer.',
			'',
			'name     count',
			'/a           1',
			'/longer   1024',
			'',
			'  1 ┤⣀⣤',
			'',
			'',
		].join('\n'),
	);
});

test('the same as Markdown', () => {
	expect(markdownOf(blocks)).toBe(
		[
			'## service Orders',
			'',
			'Two routes answer.',
			'',
			'| name | count |',
			'| --- | ---: |',
			'| /a | 1 |',
			'| /longer | 1024 |',
			'',
			'```',
			'  1 ┤⣀⣤',
			'',
			'```',
			'',
		].join('\n'),
	);
});

test('where a table is too wide its widest words give way, not its figures', () => {
	const wide = [
		table(
			[{ title: 'where' }, { title: 'spans', align: 'right' }, { title: 'root' }],
			[['payments POST /charge/{account}', '1024', 'edge POST']],
		),
	];
	expect(textOf(wide, 36).split('\n')).toEqual([
		'where               spans  root',
		'payments POST /ch…   1024  edge POST',
		'',
	]);
	expect(
		textOf(wide, 24)
			.split('\n')
			.map(line => line.length),
	).toEqual([24, 24, 0]);
});

test('nothing to say is nothing', () => {
	expect(textOf([], 80)).toBe('');
	expect(markdownOf([])).toBe('');
});

test('a terminal cuts tables and wraps paragraphs; a pipe does neither', () => {
	const wide = [paragraph('one two three'), table(columns, [['abcdefghij', '1']])];
	expect(textOf(wide, 9)).toBe('one two\nthree\n\nname    …\nabcdefgh…\n');
	expect(textOf(wide, Number.MAX_SAFE_INTEGER)).toBe('one two three\n\nname        count\nabcdefghij      1\n');
});

test('wide characters keep columns aligned', () => {
	expect(
		textOf(
			[
				table(columns, [
					['日本', '1'],
					['ab', '2'],
				]),
			],
			80,
		),
	).toBe('name  count\n日本      1\nab        2\n');
});

test('nothing drives a terminal, and columns are measured without what is not there', () => {
	const hostile = '\x1b]0;owned\x07a\x1b[31mb\u202ec\nd\te';
	expect(textOf([heading(hostile), table([{ title: 'x' }, { title: 'y' }], [[hostile, 'z']])], 80)).toBe(
		['abc⏎d       e', '-------------', '', 'x              y', 'abc⏎d       e  z', ''].join('\n'),
	);
	expect(textOf([paragraph('one\ntwo\x1b[2J')], 80)).toBe('one\ntwo\n');
	expect(textOf([verbatim([hostile])], 80)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
	expect(markdownOf([heading(hostile), paragraph(hostile), table(columns, [[hostile]])])).not.toMatch(
		/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/,
	);
});

test('a title of a column is a label of somebody: no more trusted than a cell', () => {
	const hostile = [table([{ title: 'a\x1b]52;c;eA==\x07\x1b[2J|b' }], [['x']])];
	expect(textOf(hostile, 80)).toBe('a|b\nx\n');
	expect(markdownOf(hostile)).toBe('| a\\|b |\n| --- |\n| x |\n');
});

test.each([
	['*bold* _it_ `code`', '\\*bold\\* \\_it\\_ \\`code\\`'],
	['a | b', 'a \\| b'],
	['[x](http://e.example) ![i]', '\\[x\\](http://e.example) \\!\\[i\\]'],
	['<script> &lt; ~~gone~~ #1', '\\<script\\> \\&lt; \\~\\~gone\\~\\~ \\#1'],
	['- a', '\\- a'],
	['+ a', '\\+ a'],
	['===', '\\==='],
	['12. a', '12\\. a'],
	['1.5 s', '1.5 s'],
	['back\\slash', 'back\\\\slash'],
])('Markdown shows %s as it is', (text, escaped) => {
	expect(markdownOf([paragraph(text)])).toBe(`${escaped}\n`);
});

test('a fence is longer than any in the lines', () => {
	expect(markdownOf([verbatim(['a ```` b'])])).toBe('`````\na ```` b\n`````\n');
});

test('JSON escapes what a terminal would obey, and reads the same', () => {
	const text = 'a\x1b[31m\x7f\x9b\u202e\u2066\u200b\ufeff\u2028\u{e0001}é日⣀';
	const json = jsonText({ text });
	expect(JSON.parse(json)).toEqual({ text });
	expect(json).toBe(
		'{\n  "text": "a\\u001b[31m\\u007f\\u009b\\u202e\\u2066\\u200b\\ufeff\\u2028\\udb40\\udc01é日⣀"\n}',
	);
});

test.each([
	[1.5, 1.5],
	[Number.NaN, null],
	[Number.POSITIVE_INFINITY, 'Infinity'],
	[Number.NEGATIVE_INFINITY, '-Infinity'],
])('%d is %o in JSON', (value, json) => {
	expect(numberJson(value)).toBe(json);
});

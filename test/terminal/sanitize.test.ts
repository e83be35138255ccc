import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGrid, glyphText } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import { isClean, sanitize, sanitizeLines } from '../../src/terminal/sanitize.ts';

describe('sanitize', () => {
	test.each([
		['plain text', 'plain text'],
		['größer 日本 🔥', 'größer 日本 🔥'],
		['\x1b[31mred\x1b[0m', 'red'],
		['\x1b[2J\x1b[Hgone', 'gone'],
		['\x1b[38:2::1:2:3mred', 'red'],
		['\x1b]0;a title\x07text', 'text'],
		['\x1b]52;c;ZXZpbA==\x1b\\text', 'text'],
		['\x1bPq#0;2\x1b\\text', 'text'],
		['\x1b_Gf=100;AAAA\x1b\\text', 'text'],
		['\x9b31mred \x9d0;title\x9c!', 'red !'],
		['\x1bc\x1b(0\x1b7\x1b=text', 'text'],
		['\x1b]0;never ended', '0;never ended'],
		['\x1b[12', ''],
		['\x1b', ''],
		['\x1b\x1b[31mx', 'x'],
		['a\tb\tc', 'a       b       c'],
		['日\tb', '日      b'],
		['one\ntwo\r\nthree', 'one⏎two⏎three'],
		['windows\r', 'windows'],
		['50 %\r100 %', '50 %⏎100 %'],
		['a\u2028b\u0085c', 'a⏎b⏎c'],
		['bell\x07 back\x08 null\x00 delete\x7f', 'bell back null delete'],
		['user\u202e\u2066txt.exe\u2069', 'usertxt.exe'],
		['zero\u200bwidth\ufeff\u00ad\u{e0041}', 'zerowidth'],
		['broken \ud800 pair', 'broken \ufffd pair'],
	])('%j becomes %j', (text, shown) => {
		expect(sanitize(text)).toBe(shown);
	});

	test.each([
		['returns', '\r'.repeat(64_000)],
		['tabs', '\t'.repeat(64_000)],
		['escapes', '\x1b]'.repeat(32_000)],
		['controls', '\x9d'.repeat(64_000)],
	])('reads through 64 KB of %s', (_, run) => {
		expect(sanitize(`a${run}b`)).toMatch(/^a.*b$/);
	});

	test('marks line breaks as it is told, and expands tabs as far as it is told', () => {
		expect(sanitize('a\nb', { newline: '\\n' })).toBe('a\\nb');
		expect(sanitize('a\tb', { tabWidth: 4 })).toBe('a   b');
	});

	test('keeps line breaks as an array when asked', () => {
		expect(sanitizeLines('at one\n\tat two\r\n\x1b[1mat three')).toEqual(['at one', '        at two', 'at three']);
	});

	test('takes time in proportion to the text, whatever the text', () => {
		for (const part of ['\x1b]', '\x9d', '\x1b[', '\x1bP1\x1b', '\r']) sanitize(part.repeat(200_000));
	});
});

/** Characters that drive terminals or hide, and sequences made of them. */
const hostile = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.constantFrom(
				'\x1b[',
				'\x1b]',
				'\x9b',
				'\x1bP',
				';',
				'm',
				'\x07',
				'\x1b\\',
				'\u202e',
				'\ud83d',
				'\t',
				'\n',
				'\r',
				'\x1b',
			),
		),
	)
	.map(parts => parts.join(''));

const harmful = /[\p{Cc}\p{Bidi_Control}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

describe('whatever comes in', () => {
	test('nothing that drives or hides comes out', () => {
		fc.assert(
			fc.property(hostile, text => {
				const shown = sanitize(text);
				expect(shown).not.toMatch(harmful);
				expect(isClean(shown)).toBe(true);
				expect(sanitize(shown)).toBe(shown);
			}),
			{ numRuns: 1000 },
		);
	});

	test('no cell holds such a character', () => {
		fc.assert(
			fc.property(hostile, text => {
				const grid = createGrid(20, 2);
				surfaceOf(grid).put(0, 0, text);
				const cells = Array.from(grid.glyphs, glyph => glyphText(grid, glyph)).join('');
				expect(cells).not.toMatch(harmful);
			}),
			{ numRuns: 1000 },
		);
	});
});

import { describe, expect, test } from 'vitest';
import { parseByteSize, parseDuration, unquoteGo } from '../../src/demo/go-literals.ts';
import { goRegExp } from '../../src/demo/go-regexp.ts';

describe('Go literals', () => {
	test.each([
		['"plain"', 'plain'],
		['`raw \\n "x"`', 'raw \\n "x"'],
		['"tab\\t quote\\" back\\\\slash"', 'tab\t quote" back\\slash'],
		['"\\x41\\u00e9\\U0001F600\\101"', 'Aé😀A'],
		["'single'", undefined],
		['"open', undefined],
		['"bad \\q"', undefined],
		['"two\nlines"', undefined],
	])('%s', (literal, text) => {
		expect(unquoteGo(literal)).toBe(text);
	});

	test.each([
		['1.5s', 1500],
		['1h30m', 5_400_000],
		['250µs', 0.25],
		['2d', 172_800_000],
		['-2m', -120_000],
		['0', 0],
		['5', undefined],
		['soon', undefined],
	])('%s lasts %s ms', (text, length) => {
		expect(parseDuration(text)).toBe(length);
	});

	test.each([
		['5KB', 5000],
		['1.5MiB', 1_572_864],
		['20b', 20],
		['many', undefined],
	])('%s is %s bytes', (text, bytes) => {
		expect(parseByteSize(text)).toBe(bytes);
	});
});

describe('Go’s regular expressions', () => {
	test.each([
		['a.c', 'anchored', 'abc', true],
		['a.c', 'anchored', 'xabc', false],
		['a|b', 'anchored', 'ab', false],
		['b', 'anywhere', 'abc', true],
		['(?i)ABC', 'anywhere', 'xabcx', true],
		['(?s)a.b', 'anchored', 'a\nb', true],
		['a.b', 'anchored', 'a\nb', false],
		['(?P<name>x)', 'anchored', 'x', true],
		['[[:digit:]]+', 'anchored', '123', true],
		['\\Qa.b\\E+', 'anchored', 'a.bb', true],
		['\\Qa.b\\E', 'anchored', 'axb', false],
		['a\\-b\\"', 'anchored', 'a-b"', true],
	] as const)('%s, %s, on %j', (pattern, anchoring, text, expected) => {
		expect(goRegExp(pattern, anchoring).test(text)).toBe(expected);
	});

	test.each([
		['(', 'error parsing regexp: missing closing ): `(`'],
		['a)', 'error parsing regexp: unexpected ): `a)`'],
		['[a', 'error parsing regexp: missing closing ]: `[a`'],
		['*a', 'error parsing regexp: missing argument to repetition operator: `*a`'],
		['a(?!b)', 'error parsing regexp: invalid or unsupported Perl syntax: `(?!`'],
		['(a)\\1', 'error parsing regexp: invalid escape sequence: `\\1`'],
	])('%s is refused', (pattern, words) => {
		expect(() => goRegExp(pattern, 'anywhere')).toThrow(words);
	});
});

import { describe, expect, it } from 'vitest';
import { parsePromql } from '../../../src/demo/prometheus/parse.ts';

describe('a query that is no PromQL', () => {
	it.each([
		['sum(rate(', '1:10: parse error: unclosed left parenthesis'],
		['', 'unknown position: parse error: no expression found in input'],
		['up{', '1:4: parse error: unexpected end of input inside braces'],
		['up{a="b"', '1:9: parse error: unexpected end of input inside braces'],
		['up +', '1:5: parse error: unexpected end of input'],
		['up down', '1:4: parse error: unexpected identifier "down"'],
		['up 5', '1:4: parse error: unexpected number "5"'],
		['foo(up)', '1:1: parse error: unknown function with name "foo"'],
		['1 + foo(up)', '1:5: parse error: unknown function with name "foo"'],
		['rate(up)', '1:1: parse error: expected type range vector in call to function "rate", got instant vector'],
		['sum(up[5m])', '1:1: parse error: expected type instant vector in aggregation expression, got range vector'],
		['vector()', '1:1: parse error: expected 1 argument(s) in call to "vector", got 0'],
		['round()', '1:1: parse error: expected at least 1 argument(s) in call to "round", got 0'],
		['topk(up)', '1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1'],
		['1 > 2', '1:3: parse error: comparisons between scalars must use BOOL modifier'],
		['1 and up', '1:3: parse error: set operator "and" not allowed in binary scalar expression'],
		['up + bool up', '1:6: parse error: bool modifier can only be used on comparison operators'],
		['{a=""}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
		['{a=~".*"}', '1:1: parse error: vector selector must contain at least one non-empty matcher'],
		['up{a=~"("}', '1:1: parse error: error parsing regexp: missing closing ): `(`'],
		['sum(up) offset 5m', /^1:1: parse error: offset modifier must be preceded by /],
		['up\n  + (', '2:6: parse error: unclosed left parenthesis'],
	])('%j is refused in the words of the real server', (query, words) => {
		expect(() => parsePromql(query)).toThrow(words);
	});
});

describe('a query', () => {
	it('is read whatever its quotes, numbers and durations', () => {
		const selector = (query: string): unknown => parsePromql(query);
		const plain = { kind: 'selector', matchers: [{ name: 'a', operator: '=', value: 'x"y' }], offset: 0 };
		expect(selector(`{a="x\\"y"}`)).toEqual(plain);
		expect(selector(`{a='x"y'}`)).toEqual(plain);
		expect(selector('{a=`x"y`}')).toEqual(plain);
		expect(selector('0x1F')).toEqual({ kind: 'number', value: 31 });
		expect(selector('1e3')).toEqual({ kind: 'number', value: 1000 });
		expect(selector('1h30m')).toEqual({ kind: 'number', value: 5400 });
		expect(selector('Inf')).toEqual({ kind: 'number', value: Number.POSITIVE_INFINITY });
		expect(selector('up[1m30s] offset -1m')).toMatchObject({ range: 90_000, offset: -60_000 });
		expect(selector('up[90]')).toMatchObject({ range: 90_000 });
		expect(selector('{"http.requests","service.name"="x"}')).toMatchObject({
			matchers: [
				{ name: '__name__', operator: '=', value: 'http.requests' },
				{ name: 'service.name', operator: '=', value: 'x' },
			],
		});
	});
});

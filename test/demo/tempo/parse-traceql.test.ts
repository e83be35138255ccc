import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/demo/refusal.ts';
import { parseTraceql } from '../../../src/demo/tempo/parse-traceql.ts';
import { recording } from '../recordings.ts';

const refusalOf = (text: string): Refusal => {
	try {
		parseTraceql(text);
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
	throw new Error('nothing was refused');
};

const failed = {
	kind: 'field',
	field: { scope: 'intrinsic', name: 'status' },
	operator: '=',
	value: { type: 'word', value: 'error' },
};
const slow = {
	kind: 'field',
	field: { scope: 'intrinsic', name: 'duration' },
	operator: '>',
	value: { type: 'duration', value: 1500 },
};

describe('reading TraceQL', () => {
	test.each([
		['{}', { kind: 'spans' }],
		['{ status = error }', { kind: 'spans', condition: failed }],
		['{span:status=error}', { kind: 'spans', condition: failed }],
		['{1.5s < duration}', { kind: 'spans', condition: slow }],
		['{!(status=error)}', { kind: 'spans', condition: { kind: 'not', inner: failed } }],
		['{true}', { kind: 'spans', condition: { kind: 'constant', value: true } }],
		[
			'{status=error && duration>1.5s || (status=error)}',
			{ kind: 'spans', condition: { kind: 'or', left: { kind: 'and', left: failed, right: slow }, right: failed } },
		],
		[
			'{status=error} && {duration > 1500ms}',
			{ kind: 'both', left: { kind: 'spans', condition: failed }, right: { kind: 'spans', condition: slow } },
		],
		[
			'({status=error} || {}) && ({duration>1.5s})',
			{
				kind: 'both',
				left: { kind: 'either', left: { kind: 'spans', condition: failed }, right: { kind: 'spans' } },
				right: { kind: 'spans', condition: slow },
			},
		],
	])('%s', (text, expected) => {
		expect(parseTraceql(text)).toEqual(expected);
	});

	test.each([
		['resource.service.name="a b"', { scope: 'resource', name: 'service.name' }, { type: 'string', value: 'a b' }],
		['span.http.status_code=500', { scope: 'span', name: 'http.status_code' }, { type: 'number', value: 500 }],
		['.foo=`raw`', { scope: 'any', name: 'foo' }, { type: 'string', value: 'raw' }],
		['span."my attr"=true', { scope: 'span', name: 'my attr' }, { type: 'boolean', value: true }],
		['event.exception.type="x"', { scope: 'event', name: 'exception.type' }, { type: 'string', value: 'x' }],
		['span.x=nil', { scope: 'span', name: 'x' }, { type: 'nil' }],
		['span.x=-1.5', { scope: 'span', name: 'x' }, { type: 'number', value: -1.5 }],
		['kind=server', { scope: 'intrinsic', name: 'kind' }, { type: 'word', value: 'server' }],
		['trace:id="ab"', { scope: 'intrinsic', name: 'traceId' }, { type: 'string', value: 'ab' }],
	])('{%s}', (inside, field, value) => {
		const condition = { kind: 'field', field, operator: '=', value };
		expect(parseTraceql(`{${inside}}`)).toEqual({ kind: 'spans', condition });
	});

	test('a query that is cut short is refused as the real server did', () => {
		const { request, response } = recording('tempo-3.0.3', 'error-traceql');
		const refusal = refusalOf(String(request.query.q));
		expect([refusal.status, refusal.message]).toEqual([response.status, response.text]);
	});

	test.each([
		['{a="b"}', 'parse error at line 1, col 2: syntax error: unexpected IDENTIFIER'],
		['{status=500}', 'binary operations must operate on the same type: status = 500'],
		['{duration > 5}', 'binary operations must operate on the same type: duration > 5'],
		['{name =~ "("}', 'error parsing regexp: missing closing ): `(`'],
		['{status=error} | rate()', "the demo's Tempo does not evaluate"],
		['{status=error} | count() > 2', "the demo's Tempo does not evaluate"],
		['{status=error} >> {kind=server}', "the demo's Tempo does not evaluate"],
		['{span.a + 1 > 2}', "the demo's Tempo does not evaluate"],
		['{link:traceID="x"}', "the demo's Tempo does not evaluate"],
	])('%s is refused', (text, words) => {
		const refusal = refusalOf(text);
		expect(refusal.status).toBe(400);
		expect(refusal.message).toMatch(/^invalid TraceQL query: /);
		expect(refusal.message).toContain(words);
	});
});

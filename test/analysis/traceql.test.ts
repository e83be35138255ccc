import { parser } from '@grafana/lezer-traceql';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeEquals, attributeName, spanFilter, traceSearchQuery } from '../../src/analysis/traceql.ts';

/** The string literals of a query, read back; throws where the grammar finds a mistake. */
const stringsIn = (query: string): readonly string[] => {
	const found: string[] = [];
	parser.parse(query).iterate({
		enter: ({ name, type, from, to }) => {
			if (type.isError) throw new Error(`mistake at ${from} in ${query}`);
			if (name === 'String') found.push(JSON.parse(query.slice(from, to)));
		},
	});
	return found;
};

describe('TraceQL text', () => {
	test.each([
		'plain',
		'say "hi"',
		'back\\slash',
		'ends in \\',
		'`tick`',
		'a // comment',
		'"} | count() > 1 #',
		'支付失败 💥',
		'',
	])('%j comes back as it was', value => {
		expect(stringsIn(spanFilter([attributeEquals('span', 'request.id', value)]))).toEqual([value]);
	});

	test('any text comes back', () => {
		fc.assert(
			fc.property(
				// The grammar's string knows the escapes \" and \\ only; Tempo itself reads all of Go's.
				fc.string({ unit: 'binary' }).map(text => text.replaceAll(/\p{Cc}/gu, '')),
				value => {
					expect(stringsIn(traceSearchQuery({ service: value }))).toEqual([value.toWellFormed()]);
				},
			),
		);
	});

	test('control characters are escaped', () => {
		expect(attributeEquals('span', 'a', 'two\nlines\u001b')).toBe('span.a = "two\\nlines\\u001b"');
	});

	test.each([
		['http.response.status_code', 'span.http.response.status_code'],
		['my attr', 'span."my attr"'],
		['a"b\\c', 'span."a\\"b\\\\c"'],
		['a}b', 'span."a}b"'],
	])('the attribute %s is named %s', (name, text) => {
		expect(attributeName('span', name)).toBe(text);
		stringsIn(`{ ${text} = 1 }`);
	});

	test('numbers and truth values stay what they are', () => {
		expect(
			spanFilter([attributeEquals('span', 'http.response.status_code', 503), attributeEquals('span', 'a', true)]),
		).toBe('{ span.http.response.status_code = 503 && span.a = true }');
	});

	test.each([
		[{}, '', '{}'],
		[{ service: 'edge' }, '', '{ resource.service.name = "edge" }'],
		[
			{ service: 'edge', errors: true, slowerThan: 1500 },
			'',
			'{ resource.service.name = "edge" && status = error && traceDuration >= 1500ms }',
		],
		[
			{
				service: 'edge',
				operation: 'POST "x"',
				fasterThan: 2000,
				attributes: [{ scope: 'span', name: 'http.route', value: '/pay' } as const],
			},
			'',
			'{ resource.service.name = "edge" && name = "POST \\"x\\"" && span.http.route = "/pay" && traceDuration <= 2000ms }',
		],
		[{ errors: false }, '{span.a=1}', '{span.a=1}'],
		[{ errors: true }, '{}', '{ status = error }'],
		[
			{ errors: true },
			'{span.a=1 || span.b=2} | count() > 2',
			'{ (span.a=1 || span.b=2) && status = error } | count() > 2',
		],
		[{ errors: true }, '{span.a="}"}', '{ span.a="}" && status = error }'],
		[
			{ service: 'edge' },
			'{span.a=1} >> {span.b=2}',
			'({span.a=1} >> {span.b=2}) && ({ resource.service.name = "edge" })',
		],
	])('%j added to %j', (conditions, written, query) => {
		expect(traceSearchQuery(conditions, written)).toBe(query);
		stringsIn(query);
	});

	test('a query the grammar does not know keeps its place, for the server to explain', () => {
		expect(traceSearchQuery({ errors: true }, '{status=')).toBe('({status=) && ({ status = error })');
	});
});

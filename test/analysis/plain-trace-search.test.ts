import { expect, test } from 'vitest';
import { plainTraceSearch } from '../../src/analysis/plain-trace-search.ts';
import { traceSearchQuery } from '../../src/analysis/traceql.ts';

test.each([
	['', {}, {}],
	['{}', {}, {}],
	['{ true }', {}, {}],
	['{ resource.service.name = "edge" }', { service: 'edge' }, {}],
	['{ .service.name = `edge` && name = "POST /pay" }', { service: 'edge', operation: 'POST /pay' }, {}],
	['{ (span:name = "a\\"b" && status = error) }', { operation: 'a"b' }, { error: 'true' }],
	['{ duration > 1.5s && span:duration <= 2m }', { longerThan: 1500, shorterThan: 120_000 }, {}],
	['{ duration > 1s && duration >= 250ms }', { longerThan: 1000 }, {}],
	[
		'{ span.http.response.status_code = 500 && kind = server }',
		{},
		{ 'http.response.status_code': '500', 'span.kind': 'server' },
	],
	['{ span."my attr" = "x" && .cached = true }', {}, { 'my attr': 'x', cached: 'true' }],
])('%s', (traceql, conditions, tags) => {
	expect(plainTraceSearch(traceql)).toEqual({ conditions: { ...conditions, tags }, notes: [] });
});

test('what the forms of the program ask can be asked, and what is said of a trace is noted', () => {
	const query = traceSearchQuery({ service: 'edge', operation: 'POST /pay', slowerThan: 1000, errors: true });
	expect(plainTraceSearch(query)).toEqual({
		conditions: { service: 'edge', operation: 'POST /pay', longerThan: 1000, tags: { error: 'true' } },
		notes: [
			{
				kind: 'warning',
				text: 'traceDuration is compared with any span of the trace: Jaeger knows no more of it.',
			},
		],
	});
});

test.each([
	['{ name =~ "POST.*" }', 'name =~ "POST.*"'],
	['{ status = ok }', 'status = ok'],
	['{ span.a != 1 }', 'span.a != 1'],
	['{ name = "a" && name = "b" }', 'name = "b"'],
	['{ duration = 1s }', 'duration = 1s'],
	['{ name = "a" || name = "b" }', '{ name = "a" || name = "b" }'],
	['{ !(name = "a") }', '{ !(name = "a") }'],
	['{} >> {}', '{} >> {}'],
	['{} | count() > 2', '{} | count() > 2'],
	['{ name = ', '{ name = '],
])('%s cannot be asked', (traceql, unsupported) => {
	expect(plainTraceSearch(traceql)).toEqual({ unsupported });
});

import { describe, expect, test } from 'vitest';
import { parseLogql, parseSelector } from '../../../src/demo/loki/parse-logql.ts';
import { Refusal } from '../../../src/demo/refusal.ts';
import { recording } from '../recordings.ts';

const refusalOf = (read: () => unknown): Refusal => {
	try {
		read();
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
	throw new Error('nothing was refused');
};

const selector = [{ name: 'app', operator: '=', value: 'x' }];

describe('reading LogQL', () => {
	test.each([
		['{app="x"}', { kind: 'logs', selector, stages: [] }],
		[
			'{app="x", pod=~"a.*"} |= "one" != `two` |~ "th(ree)?"',
			{
				kind: 'logs',
				selector: [...selector, { name: 'pod', operator: '=~', value: 'a.*' }],
				stages: [
					{ kind: 'line', operator: '|=', texts: ['one'] },
					{ kind: 'line', operator: '!=', texts: ['two'] },
					{ kind: 'line', operator: '|~', texts: ['th(ree)?'] },
				],
			},
		],
		[
			'{app="x"} |= "a\\tb" or "c"',
			{ kind: 'logs', selector, stages: [{ kind: 'line', operator: '|=', texts: ['a\tb', 'c'] }] },
		],
		[
			'{app="x"} | trace_id="1" | json | status >= 500 and (took > 1.5s or size < 2KB)',
			{
				kind: 'logs',
				selector,
				stages: [
					{ kind: 'filter', condition: { kind: 'text', name: 'trace_id', operator: '=', value: '1' } },
					{ kind: 'json' },
					{
						kind: 'filter',
						condition: {
							kind: 'and',
							left: { kind: 'number', name: 'status', operator: '>=', value: 500 },
							right: {
								kind: 'or',
								left: { kind: 'duration', name: 'took', operator: '>', value: 1500 },
								right: { kind: 'bytes', name: 'size', operator: '<', value: 2000 },
							},
						},
					},
				],
			},
		],
		[
			'sum by (pod, level) (count_over_time({app="x"} | logfmt [1h30m] offset 5m))',
			{
				kind: 'metric',
				logs: { kind: 'logs', selector, stages: [{ kind: 'logfmt' }] },
				operation: 'count_over_time',
				range: 5_400_000,
				offset: 300_000,
				sum: { mode: 'by', labels: ['pod', 'level'] },
			},
		],
		[
			'rate({app="x"}[1m])',
			{ kind: 'metric', logs: { kind: 'logs', selector, stages: [] }, operation: 'rate', range: 60_000, offset: 0 },
		],
	])('%s', (text, expected) => {
		expect(parseLogql(text)).toEqual(expected);
	});

	test.each(['error-parse', 'error-no-matcher'])('refuses as the real server did: %s', name => {
		const { request, response } = recording('loki-3.4.6', name);
		const refusal = refusalOf(() => parseLogql(String(request.query.query)));
		expect([refusal.status, refusal.message]).toEqual([response.status, response.text]);
	});

	test.each([
		['{app="x"} |', 'parse error at line 1, col 12: syntax error: unexpected $end'],
		['{app="x"}\n| json | = 5', 'parse error at line 2, col 10: syntax error: unexpected ='],
		['sum(rate({app="x"}[1m])', 'parse error at line 1, col 24: syntax error: unexpected $end'],
		['{app=~"("}', 'parse error : error parsing regexp: missing closing ): `(`'],
		['{app="x"} |~ "a(?=b)"', 'parse error : error parsing regexp: invalid or unsupported Perl syntax: `(?=`'],
	])('says where %s is wrong', (text, words) => {
		expect(refusalOf(() => parseLogql(text)).message).toBe(words);
	});

	test.each([
		'topk(3, rate({app="x"}[1m]))',
		'{app="x"} | line_format "y"',
		'{app="x"} | drop y',
		'rate({app="x"}[1m]) > 5',
	])('refuses what it does not evaluate: %s', text => {
		const refusal = refusalOf(() => parseLogql(text));
		expect(refusal.status).toBe(400);
		expect(refusal.message).toContain("the demo's Loki does not evaluate");
	});

	test('a bare selector may be empty, a pipeline is refused in it', () => {
		expect(parseSelector('{}')).toEqual([]);
		expect(parseSelector('{app="x"}')).toEqual(selector);
		expect(refusalOf(() => parseSelector('{app="x"} |= "y"')).message).toBe('only label matchers are supported');
	});
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constantOf, parsePromql, selectorsOf } from '../../src/analysis/promql.ts';
import { promLabel, promRange, promSelector, promSum } from '../../src/analysis/promql-build.ts';
import type { Matcher } from '../../src/model/labels.ts';

describe('parsePromql', () => {
	test.each<[query: string, metric: string | undefined, matchers: string, range: number | undefined]>([
		['up', 'up', '', undefined],
		['up{job="a",env!~"dev|qa"}[5m] offset 1h', 'up', 'job = a, env !~ dev|qa', 300_000],
		["{__name__=\"on\",x='it\\'s'}", 'on', "x = it's", undefined],
		['{__name__=~"a.*", x=`raw\\n`}', undefined, '__name__ =~ a.*, x = raw\\n', undefined],
		['{"http.requests","service.name"="edge"}[1h30m]', 'http.requests', 'service.name = edge', 5_400_000],
		['x{a="tab\\tA\\x41\\u00e9\\101"} @ end()', 'x', 'a = tab\tAA\u00e9A', undefined],
	])('reads the selector %s', (query, metric, matchers, range) => {
		const [selector] = selectorsOf(parsePromql(query) ?? { kind: 'number', text: '', value: 0 });
		expect(selector?.metric).toBe(metric);
		expect(selector?.matchers.map(({ name, operator, value }) => `${name} ${operator} ${value}`).join(', ')).toBe(
			matchers,
		);
		expect(selector?.range).toBe(range);
	});

	test.each(['', 'sum(', '1 + + }', '{app="x"} |= "boom"', 'sum(rate({a="b"} | json [5m])) > 1', 'a b'])(
		'%s is not PromQL',
		text => {
			expect(parsePromql(text)).toBeUndefined();
		},
	);

	test.each<[text: string, value: number | undefined]>([
		['14.4 * (1 - 0.999)', 14.4 * (1 - 0.999)],
		['-3', -3],
		['-(3)', -3],
		['-(1 + 2)', -3],
		['0x1F', 31],
		['1_000', 1000],
		['4*3600', 14_400],
		['1h', 3600],
		['Inf', Number.POSITIVE_INFINITY],
		['up * 2', undefined],
		['vector(14.4 * 0.001)', 14.4 * 0.001],
		['scalar(vector(2))', 2],
		['scalar(up)', undefined],
	])('the constant %s', (text, value) => {
		const node = parsePromql(text);
		expect(node === undefined ? 'unreadable' : constantOf(node)).toEqual(value);
	});
});

describe('binary operators', () => {
	test.each([
		['a * b', {}],
		['a > bool b', { bool: true }],
		['a and on () b', { matching: { on: [], include: [] } }],
		[
			'a * on (pod, "k8s.node") group_left (workload, "x.y") b',
			{ matching: { on: ['pod', 'k8s.node'], many: 'left', include: ['workload', 'x.y'] } },
		],
		['a > ignoring (le) group_right b', { matching: { ignoring: ['le'], many: 'right', include: [] } }],
	])('the matching of %s', (text, more) => {
		const node = parsePromql(text);
		const { kind, operator, left, right, text: whole, ...rest } = node?.kind === 'binary' ? node : { text: '' };
		expect(rest).toEqual(more);
	});
});

describe('what would exhaust whoever reads it', () => {
	test.each([
		['parentheses', `${'('.repeat(20_000)}x${')'.repeat(20_000)}`],
		['signs', `${'-'.repeat(50_000)}x`],
		['a tower of powers', Array(20_000).fill('x').join('^')],
		['a long sum', Array(20_000).fill('x').join('+')],
		['a sum as long as any that is read', Array(50_000).fill('x').join('+')],
		['a very long name', 'x'.repeat(200_000)],
	])('%s', (_, text) => {
		expect(parsePromql(text)).toBeUndefined();
	});

	test('a sum that exhausts the stack of the parser, where little of it is left', () => {
		const sum = Array(20_001).fill('y').join('+');
		const below = (depth: number): unknown => (depth === 0 ? parsePromql(sum) : below(depth - 1));
		expect(below(6000)).toBeUndefined();
	});

	test('a long rule of ten thousand characters is read', () => {
		const paths = Array(20).fill('/pay|/refund').join('|');
		const text = Array(40).fill(`rate(http_requests_total{app="till",path!~"${paths}"}[5m])`).join(' + ');
		expect(text.length).toBeGreaterThan(10_000);
		expect(selectorsOf(parsePromql(text) ?? { kind: 'number', text: '', value: 0 })).toHaveLength(40);
	});
});

describe('building PromQL', () => {
	test('names that fit the classic grammar stay bare, others are quoted, keywords go round', () => {
		expect(promSelector('up', [])).toBe('up');
		expect(promSelector('http.requests', [])).toBe('{"http.requests"}');
		expect(promSelector('on', [])).toBe('{__name__="on"}');
		expect(promSelector(undefined, [{ name: 'service.name', operator: '=', value: 'a"b\\c' }])).toBe(
			'{"service.name"="a\\"b\\\\c"}',
		);
		expect(promSum(['le', 'http.route'], 'x')).toBe('sum by (le, "http.route") (x)');
		expect(promLabel('a-b')).toBe('"a-b"');
	});

	test.each<[length: number, text: string]>([
		[60_000, '1m'],
		[90_000, '90s'],
		[3_600_000, '1h'],
		[1500, '1500ms'],
		[0, '1ms'],
	])('%i ms is the range %s', (length, text) => {
		expect(promRange(length)).toBe(text);
	});

	test('whatever is in names and values, what is built is read back', () => {
		const matcher = fc.record<Matcher>({
			name: fc.oneof(fc.constantFrom('job', 'service.name'), fc.string({ minLength: 1, unit: 'grapheme' })),
			operator: fc.constantFrom('=', '!=', '=~', '!~'),
			value: fc.string({ unit: 'grapheme' }),
		});
		fc.assert(
			fc.property(fc.array(matcher, { minLength: 1, maxLength: 4 }), matchers => {
				fc.pre(matchers.every(({ name }) => name !== '__name__'));
				const node = parsePromql(promSelector('up', matchers));
				expect(node?.kind === 'selector' && node.matchers).toEqual(matchers);
			}),
		);
	});
});

import { parser } from '@grafana/lezer-logql';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	fieldNameOf,
	isSelectable,
	levelCountQuery,
	lineContains,
	lineContainsAny,
	logQuery,
	selectorOf,
} from '../../src/analysis/logql.ts';
import { escapeRegex, stringLiteral } from '../../src/analysis/string-literal.ts';
import { equals, matches } from '../../src/model/labels.ts';

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

const nasty = [
	'plain',
	'say "hi"',
	'back\\slash',
	'ends in \\',
	'`tick`',
	"it's",
	'two\nlines',
	'tab\tand\rreturn',
	'a # comment',
	'"} | json # ',
	'{{.template}}',
	'支付失败 💥',
	'nul\u0000bell\u0007esc\u001b',
	'',
];

describe('LogQL text', () => {
	test.each(nasty)('%j comes back as it was, in every place of a query', value => {
		const query = logQuery({
			selector: selectorOf([equals('app', value), equals('pod', 'p')]),
			metadataFilters: [equals('trace_id', value)],
			lineFilters: [lineContains(value)],
			parsedFields: [
				{ parser: 'json', name: 'request_id', operator: '=', value },
				{ parser: 'logfmt', name: 'reqId', operator: '!=', value },
			],
		});
		expect(stringsIn(query).filter(text => !['p', '.+', 'request_id', 'reqId'].includes(text))).toEqual(
			Array(5).fill(value),
		);
	});

	test('any text comes back, lone surrogates as the replacement character', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), value => {
				expect(stringsIn(selectorOf([equals('app', value), equals('x', 'y')])).at(-2)).toBe(value.toWellFormed());
			}),
		);
		expect(stringLiteral('a\ud800b')).toBe('"a\ufffdb"');
	});

	test('stages stand in the cheapest order', () => {
		expect(
			logQuery({
				selector: selectorOf([equals('namespace', 'shop'), matches('app', 'edge|cart')]),
				parsedFields: [
					{ parser: 'logfmt', name: 'status', operator: '=', value: '500' },
					{ parser: 'json', name: 'req.x-id', operator: '!=', value: 'a' },
				],
				lineFilters: [lineContains('declined'), { operator: '!~', value: 'health(z|y)' }],
				metadataFilters: [{ anyOf: [equals('trace_id', 'ab'), equals('traceId', 'ab')] }],
			}),
		).toBe(
			'{namespace="shop", app=~"edge|cart"} | trace_id="ab" or traceId="ab" |= "declined" !~ "health(z|y)" ' +
				'| json req_x_id_field="req[\\"x-id\\"]", req_x_id_flat_field="[\\"req.x-id\\"]" | logfmt status_field="status" ' +
				'| status_field="500" | req_x_id_field!="a" | req_x_id_flat_field!="a"',
		);
	});

	test.each([
		[[], '{service_name=~".+"}'],
		[[equals('app', '')], '{service_name=~".+", app=""}'],
		[[matches('app', '.*')], '{service_name=~".+", app=~".*"}'],
		[[matches('app', '(?i)edge')], '{app=~"(?i)edge"}'],
		[[{ name: 'app', operator: '!=', value: 'x' } as const], '{service_name=~".+", app!="x"}'],
		[[equals('service.name', 'edge')], '{service_name="edge"}'],
		[[equals('Offset', '1'), equals('app', 'edge')], '{app="edge"}'],
	])('a selector of %j', (matchers, text) => {
		expect(selectorOf(matchers)).toBe(text);
		stringsIn(text);
	});

	test('a field named like a keyword is given another name first', () => {
		const query = logQuery({ selector: '{a="b"}', metadataFilters: [equals('offset', '7')] });
		expect(query).toBe('{a="b"} | label_format offset_field="{{.offset}}" | offset_field="7"');
		stringsIn(query);
		expect(isSelectable('offset')).toBe(false);
		expect(isSelectable('rate')).toBe(true);
	});

	test.each([
		['http.route', 'http_route'],
		['User-Agent', 'User_Agent'],
		['9lives', '_9lives'],
		['größe', 'gr__e'],
	])('the field %s is asked for as %s', (name, asked) => {
		expect(fieldNameOf(name)).toBe(asked);
	});

	test('line filters match literally', () => {
		expect(lineContainsAny(['a.b'])).toEqual({ operator: '|=', value: 'a.b' });
		expect(lineContainsAny(['a.b', 'c|d'])).toEqual({ operator: '|~', value: 'a\\.b|c\\|d' });
		fc.assert(fc.property(fc.string(), text => new RegExp(`^${escapeRegex(text)}$`).test(text)));
	});

	test.each([
		[60_000, '[60s]'],
		[1500, '[1500ms]'],
		[0.2, '[1ms]'],
	])('lines per level in steps of %d ms', (step, range) => {
		const query = levelCountQuery('{app="edge"} |= "x"', step);
		expect(query).toBe(`sum by (detected_level) (count_over_time({app="edge"} |= "x" ${range}))`);
		stringsIn(query);
	});
});

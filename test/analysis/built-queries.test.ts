import { parser as logqlParser } from '@grafana/lezer-logql';
import { parser as traceqlParser } from '@grafana/lezer-traceql';
import { parser as promqlParser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LabelFilter, logQuery, selectorOf } from '../../src/analysis/logql.ts';
import { promSelector, promSum } from '../../src/analysis/promql-build.ts';
import { attributeName, spanFilter, traceSearchQuery } from '../../src/analysis/traceql.ts';
import type { Matcher } from '../../src/model/labels.ts';
import { attributeScopes } from '../../src/model/trace.ts';
import { anyText as text } from '../helpers/any-text.ts';

/**
 * Whatever stands in the fields, a query that is built has no mistake, and asks for exactly what they say: names, operators
 * and values are read back from the tree of the language's own grammar.
 */

type Parser = typeof logqlParser | typeof traceqlParser | typeof promqlParser;

/** The nodes of these names in their order, as text, those within another once; a mistake in the query fails. */
function nodesOf(parser: Parser, query: string, names: readonly string[]): readonly string[] {
	const found: string[] = [];
	let end = 0;
	parser.parse(query).iterate({
		enter: ({ name, type, from, to }) => {
			if (type.isError) expect.fail(`a mistake at ${from} in ${query}`);
			if (!names.includes(name) || to <= end) return;
			end = to;
			found.push(query.slice(from, to));
		},
	});
	return found;
}

/** A literal as it was meant: all three languages read Go's escapes, of which JSON's are a subset. */
const meant = (literal: string): string => (literal.startsWith('"') ? JSON.parse(literal) : literal);

const operator = fc.constantFrom<Matcher['operator']>('=', '!=', '=~', '!~');
const identifier = fc
	.stringMatching(/^[a-z_]\w{0,8}$/)
	.filter(
		name =>
			!/^(?:by|without|on|ignoring|bool|offset|and|or|unless|json|logfmt|regexp|unpack|pattern|unwrap|drop|keep)$/i.test(
				name,
			),
	);

test('PromQL selects by what was meant, under names of any kind', () => {
	const name = fc.oneof(
		identifier,
		text.filter(each => each !== '' && each.toWellFormed() === each),
	);
	const matcher = fc.record({ name, operator, value: text }).filter(each => each.name !== '__name__');
	fc.assert(
		fc.property(fc.array(matcher, { maxLength: 4 }), fc.array(name, { maxLength: 3 }), (matchers, by) => {
			const query = promSum(by, `rate(${promSelector('up', matchers)}[5m])`);
			const read = nodesOf(promqlParser, query, ['LabelName', 'QuotedLabelName', 'MatchOp', 'StringLiteral']);
			const said = matchers.flatMap(each => [each.name, each.operator, each.value.toWellFormed()]);
			expect(read.map(meant)).toEqual([...by, ...said]);
		}),
	);
});

test('LogQL asks for what was meant, stage by stage', () => {
	const field = fc.record({ name: identifier, operator, value: text });
	const stage: fc.Arbitrary<LabelFilter> = fc.oneof(
		field,
		fc.array(field, { minLength: 1, maxLength: 3 }).map(anyOf => ({ anyOf })),
	);
	const line = fc.record({
		operator: fc.constantFrom('|=' as const, '!=' as const, '|~' as const, '!~' as const),
		value: text,
	});
	const wanted = fc.record({
		name: fc.constant('app'),
		operator: fc.constant('=' as const),
		value: text.filter(each => each !== ''),
	});
	fc.assert(
		fc.property(
			wanted,
			fc.array(field, { maxLength: 3 }),
			fc.array(stage, { maxLength: 3 }),
			fc.array(line, { maxLength: 3 }),
			(first, others, metadataFilters, lineFilters) => {
				const query = logQuery({ selector: selectorOf([first, ...others]), metadataFilters, lineFilters });
				const fields = metadataFilters.flatMap(each => ('anyOf' in each ? each.anyOf : [each]));
				const values = [first, ...others, ...fields, ...lineFilters].map(({ value }) => String(value).toWellFormed());
				expect(nodesOf(logqlParser, query, ['String']).map(meant)).toEqual(values);
				expect(nodesOf(logqlParser, query, ['Matcher'])).toHaveLength(1 + others.length + fields.length);
			},
		),
	);
});

test('a field of a line is asked for by its own name', () => {
	const parsed = fc.record({
		parser: fc.constantFrom('json' as const, 'logfmt' as const),
		name: text.filter(each => each !== ''),
		operator: fc.constantFrom('=' as const, '!=' as const),
		value: text,
	});
	fc.assert(
		fc.property(parsed, field => {
			const query = logQuery({ selector: '{app="a"}', parsedFields: [field] });
			const literals = nodesOf(logqlParser, query, ['String']).map(meant);
			expect(literals.at(-1)).toBe(field.value.toWellFormed());
			if (field.parser === 'logfmt') expect(literals).toContain(field.name.toWellFormed());
			else
				expect(
					literals.some(
						each =>
							each === field.name.toWellFormed() ||
							each.includes(JSON.stringify(field.name.toWellFormed())) ||
							keysOf(each).join('.') === field.name.toWellFormed(),
					),
				).toBe(true);
		}),
	);
});

/** The keys of a path of Loki's JSON parser: `a.b["c d"]`. */
const keysOf = (path: string): readonly string[] =>
	[...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|([A-Za-z_]\w*)/g)].map(([, quoted, bare]) =>
		quoted === undefined ? (bare ?? '') : JSON.parse(`"${quoted}"`),
	);

test('TraceQL asks for what was meant', () => {
	// The grammar's string knows the escapes \" and \\ only; Tempo itself reads all of Go's.
	const plain = text.map(each => each.replaceAll(/\p{Cc}/gu, ''));
	const attribute = fc.record({
		scope: fc.constantFrom(...attributeScopes),
		name: plain.filter(each => each !== ''),
		value: plain,
	});
	const conditions = fc.record({
		service: fc.option(plain, { nil: undefined }),
		operation: fc.option(plain, { nil: undefined }),
		errors: fc.constantFrom(true as const, undefined),
		slowerThan: fc.option(fc.nat(), { nil: undefined }),
		attributes: fc.array(attribute, { maxLength: 3 }),
	});
	fc.assert(
		fc.property(
			conditions,
			fc.constantFrom('', '{}', '{ name = "x" || status = error }', '{ .a = 1 } >> { .b = 2 }'),
			(wanted, written) => {
				const { service, operation, attributes } = wanted;
				const query = traceSearchQuery(wanted, written);
				const values = [service, operation, ...attributes.map(({ value }) => value)].filter(each => each !== undefined);
				const before = written === '' ? [] : nodesOf(traceqlParser, written, ['String']).map(meant);
				expect(nodesOf(traceqlParser, query, ['String']).map(meant)).toEqual([
					...before,
					...values.map(each => each.toWellFormed()),
				]);
				for (const { scope, name } of attributes) expect(query).toContain(attributeName(scope, name));
			},
		),
	);
	expect(nodesOf(traceqlParser, spanFilter([]), ['String'])).toEqual([]);
});

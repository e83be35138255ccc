import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completedQuery } from '../../src/analysis/complete-query.ts';
import { queryFault, queryPieces } from '../../src/analysis/query-syntax.ts';
import {
	attributeAt,
	attributeWord,
	isTraceQuery,
	type KnownAttributes,
	parseAttributeWord,
	traceqlCandidates,
	traceqlLanguage,
} from '../../src/analysis/traceql-syntax.ts';
import { type AttributeText, attributeScopes } from '../../src/model/trace.ts';

const quoted = (...texts: readonly string[]): readonly AttributeText[] => texts.map(text => ({ text, isQuoted: true }));
const bare = (...texts: readonly string[]): readonly AttributeText[] => texts.map(text => ({ text, isQuoted: false }));

const values: Readonly<Record<string, readonly AttributeText[]>> = {
	'resource.service.name': quoted('berths', 'berths-eu', 'fares'),
	'span.http.response.status_code': bare('200', '504'),
	'span.msg': quoted('say "no"', 'tick ` tock'),
	'span."my attr"': quoted('mine'),
	status: bare('error', 'ok', 'unset'),
};
const known: KnownAttributes = {
	names: Object.keys(values).flatMap(word => parseAttributeWord(word) ?? []),
	valuesOf: name => values[attributeWord(name)] ?? [],
};

/** `‸` is the cursor. */
function completed(typed: string): { readonly line: string; readonly choices: readonly string[] } {
	const cursor = typed.indexOf('‸');
	const field = { text: typed.replace('‸', ''), cursor };
	const candidates = traceqlCandidates(field, known);
	const {
		text,
		cursor: at,
		choices,
	} = completedQuery(traceqlLanguage, field, candidates ?? { from: cursor, words: [] });
	return { line: `${text.slice(0, at)}‸${text.slice(at)}`, choices };
}

test.each([
	['{ resource.service.name = "fa‸" }', 'resource.service.name'],
	['{ resource.service.name=‸', 'resource.service.name'],
	['{ status = er‸', 'status'],
	['{ span."my attr" =~ `‸', 'span."my attr"'],
	['{ .zone = "‸', 'span.zone'],
	['{ resource.serv‸', undefined],
	['{ status = error ‸}', undefined],
	['{ status = error } | count() > ‸', undefined],
	['‸', undefined],
])('in %s the value of %s is typed', (typed, word) => {
	const name = attributeAt({ text: typed.replace('‸', ''), cursor: typed.indexOf('‸') });
	expect(name === undefined ? undefined : attributeWord(name)).toBe(word);
});

describe('completion', () => {
	test.each([
		['‸', '{‸'],
		['{ res‸', '{ resource.service.name ‸', 'resource.service.name'],
		['{ resource.service.name ‸', '{ resource.service.name ‸', '!=', '!~', '<', '<=', '=', '=~', '>', '>='],
		['{ resource.service.name = ‸', '{ resource.service.name = "‸', '"berths"', '"berths-eu"', '"fares"'],
		['{ resource.service.name = "f‸', '{ resource.service.name = "fares"‸', 'fares'],
		['{ resource.service.name = "f‸" }', '{ resource.service.name = "fares‸" }', 'fares'],
		['{ span.http.response.status_code >= 5‸', '{ span.http.response.status_code >= 504 ‸', '504'],
		['{ status = e‸', '{ status = error ‸', 'error'],
		['{ status = error && sta‸', '{ status = error && status‸', 'status', 'statusMessage'],
		['{ span.msg = "s‸', '{ span.msg = "say \\"no\\""‸', 'say \\"no\\"'],
		['{ span.msg = `t‸', '{ span.msg = `t‸'],
		['{ name = "x" ‸', '{ name = "x" ‸', '&&', '||', '}'],
		['{ status = error } | cou‸', '{ status = error } | count() > ‸', 'count() > '],
		['{ span.http.response.status_code = "‸', '{ span.http.response.status_code = "‸'],
	])('%s becomes %s', (typed, line, ...choices) => {
		expect(completed(typed)).toEqual({ line, choices: choices.length === 0 && line === '{‸' ? ['{'] : choices });
	});

	test('never throws, and leaves a sound query sound', () => {
		const piece = fc.constantFrom(
			'{',
			'}',
			'"',
			'`',
			' ',
			'=',
			'&&',
			'status',
			'span.',
			'.a',
			'(',
			'|',
			'error',
			'1',
			'\\',
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(30), (pieces, at) => {
				const text = pieces.join('');
				const field = { text, cursor: Math.min(at, text.length) };
				const candidates = traceqlCandidates(field, known);
				if (candidates === undefined) return;
				expect(candidates.from).toBeLessThanOrEqual(field.cursor);
				const next = completedQuery(traceqlLanguage, field, candidates);
				if (queryFault(traceqlLanguage, text) === undefined)
					expect(queryFault(traceqlLanguage, next.text)).toBeUndefined();
			}),
		);
	});
});

test('a name reads back what was written', () => {
	const name = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }).filter(text => !/^".*"$/.test(text));
	fc.assert(
		fc.property(fc.constantFrom(...attributeScopes), name, (scope, text) => {
			expect(parseAttributeWord(attributeWord({ scope, name: text }))).toEqual({ scope, name: text });
		}),
	);
	expect(parseAttributeWord('rootName')).toEqual({ scope: 'intrinsic', name: 'rootName' });
	expect(parseAttributeWord('trace:id')).toEqual({ scope: 'intrinsic', name: 'trace:id' });
	expect(parseAttributeWord('= 1')).toBeUndefined();
	expect(parseAttributeWord('nowhere.a')).toBeUndefined();
});

test.each([
	['{ status = error }', undefined, undefined],
	['{ status = eror }', 11, 'eror does not fit here.'],
	["{ name = 'x' }", 9, 'TraceQL quotes with " or `, not with \'.'],
	['{ name = "x }', 9, 'The quote is not closed.'],
	['{ status = ', 11, 'The query ends too early.'],
	['{ 支 💥 = 1 }', 2, '支 does not fit here.'],
])('%s is wrong at %s: %s', (text, at, words) => {
	expect(queryFault(traceqlLanguage, text)).toEqual(at === undefined ? undefined : { at, words });
});

test('a query that counts asks for no traces', () => {
	expect(isTraceQuery('{ status = error } | count() > 2')).toBe(true);
	expect(isTraceQuery('{ status = error } | rate()')).toBe(false);
	expect(isTraceQuery('{} | quantile_over_time(duration, .99)')).toBe(false);
});

test('each piece has its kind', () => {
	const pieces = queryPieces(traceqlLanguage, '{ span.a = "x" && duration > 5ms && status = error } // why');
	expect(pieces.filter(({ kind }) => kind !== undefined).map(({ text, kind }) => `${text} ${kind}`)).toEqual([
		'span name',
		'a name',
		'= operator',
		'"x" text',
		'&& operator',
		'duration name',
		'> operator',
		'5ms number',
		'&& operator',
		'status name',
		'= operator',
		'error number',
		'// why comment',
	]);
	expect(pieces.map(({ text }) => text).join('')).toBe('{ span.a = "x" && duration > 5ms && status = error } // why');
});

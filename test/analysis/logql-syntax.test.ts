import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completedQuery } from '../../src/analysis/complete-query.ts';
import {
	isLineQuery,
	type KnownNames,
	labelAt,
	logqlCandidates,
	logqlLanguage,
} from '../../src/analysis/logql-syntax.ts';
import { offsetOf, queryFault, queryPieces } from '../../src/analysis/query-syntax.ts';

const values: Readonly<Record<string, readonly string[]>> = {
	service_name: ['berths', 'berths-eu', 'fares'],
	pod: ['fares-7d9f'],
	status: ['200', '502'],
	msg: ['say "no"', 'tick ` tock'],
};
const known: KnownNames = {
	labels: ['service_name', 'service_namespace', 'pod'],
	valuesOf: name => values[name] ?? [],
	otherLabels: ['pod', 'cluster', 'zone'],
	otherValuesOf: name => (name === 'service_name' ? ['berths', 'anchors', 'gates'] : []),
	fields: ['status', 'msg', 'took'],
	fieldValuesOf: name => values[name] ?? [],
};

/** `‸` is the cursor. */
function completed(typed: string): { readonly line: string; readonly choices: readonly string[] } {
	const cursor = typed.indexOf('‸');
	const field = { text: typed.replace('‸', ''), cursor };
	const candidates = logqlCandidates(field, known);
	const { text, cursor: at, choices } = completedQuery(logqlLanguage, field, candidates ?? { from: cursor, words: [] });
	return { line: `${text.slice(0, at)}‸${text.slice(at)}`, choices };
}

test.each([
	['{service_name="fa‸"}', 'service_name'],
	['{service_name=‸}', 'service_name'],
	['{pod="x", zone=~"‸', 'zone'],
	['{ser‸', undefined],
	['{service_name="fares"‸}', undefined],
	['{service_name="fares"} | zone="‸', undefined],
	['‸', undefined],
])('in %s the value of %s is typed', (typed, label) => {
	expect(labelAt({ text: typed.replace('‸', ''), cursor: typed.indexOf('‸') })).toBe(label);
});

describe('completion', () => {
	test.each([
		['‸', '{‸'],
		['{‸', '{‸', 'pod', 'service_name', 'service_namespace', 'cluster', 'zone'],
		['{p‸', '{pod="‸', 'pod'],
		['{s‸', '{service_name‸', 'service_name', 'service_namespace'],
		['{service_namesp‸', '{service_namespace="‸', 'service_namespace'],
		['{pod ‸', '{pod ‸', '!=', '!~', '=', '=~'],
		['{service_name="‸', '{service_name="‸', 'berths', 'berths-eu', 'fares', 'anchors', 'gates'],
		['{z‸', '{zone="‸', 'zone'],
		['{service_name="g‸', '{service_name="gates"‸', 'gates'],
		['{service_name="b‸', '{service_name="berths‸', 'berths', 'berths-eu'],
		['{service_name="f‸', '{service_name="fares"‸', 'fares'],
		['{service_name="f‸"}', '{service_name="fares‸"}', 'fares'],
		['{service_name=`f‸', '{service_name=`fares`‸', 'fares'],
		['{service_name=‸', '{service_name="‸', '"berths"', '"berths-eu"', '"fares"', '"anchors"', '"gates"'],
		['{pod="x"‸', '{pod="x"‸', ',', '}'],
		['{pod="x", s‸', '{pod="x", service_name‸', 'service_name', 'service_namespace'],
		['{pod="x"} ‸', '{pod="x"} ‸', '!=', '!~', '|', '|=', '|~'],
		['{pod="x"} |= "b‸', '{pod="x"} |= "b‸'],
		['{pod="x"} | js‸', '{pod="x"} | json ‸', 'json'],
		['{pod="x"} | l‸', '{pod="x"} | l‸', 'label_format', 'line_format', 'logfmt'],
		['{pod="x"} | json | st‸', '{pod="x"} | json | status ‸', 'status'],
		['{pod="x"} | json | status ‸', '{pod="x"} | json | status ‸', '!=', '!~', '<', '<=', '=', '=~', '>', '>='],
		['{pod="x"} | json | status="5‸', '{pod="x"} | json | status="502"‸', '502'],
		['{pod="x"} | json | status="502" and to‸', '{pod="x"} | json | status="502" and took‸', 'took'],
		['{pod="x"} | json | msg="s‸', '{pod="x"} | json | msg="say \\"no\\""‸', 'say \\"no\\"'],
		['{pod="x"} | json | msg=`t‸', '{pod="x"} | json | msg=`t‸'],
	])('%s becomes %s', (typed, line, ...choices) => {
		const done = completed(typed);
		expect(done.line).toBe(line);
		if (choices.length > 0 || line === typed) expect(done.choices).toEqual(choices);
	});

	const words = fc.constantFrom(
		...[
			'{',
			'}',
			'service_name',
			'pod',
			'=',
			'=~',
			'"fares"',
			'"',
			'`',
			',',
			'|',
			'|=',
			'json',
			'status',
			'>',
			'5',
			'and',
			' ',
			'b',
		],
	);
	const sound = fc.constantFrom(
		'{pod="x"}',
		'{service_name="berths", pod=~"f.*"} |= "b" | json | status >= 500 and msg="x" | line_format "{{.a}}"',
		'{pod=`x`} != "a" | logfmt | took > 10ms or status="502"',
	);

	test('never makes a sound query unsound, wherever the cursor stands', () => {
		fc.assert(
			fc.property(sound, fc.nat(100), (text, at) => {
				const cursor = Math.min(at, text.length);
				const candidates = logqlCandidates({ text, cursor }, known);
				if (candidates === undefined) return;
				expect(
					queryFault(logqlLanguage, completedQuery(logqlLanguage, { text, cursor }, candidates).text),
				).toBeUndefined();
			}),
		);
		expect(completed('{p‸od="x"}').line).toBe('{p‸od="x"}');
	});

	test('only adds at the cursor, whatever is typed', () => {
		fc.assert(
			fc.property(fc.array(words, { maxLength: 12 }), fc.nat(80), (all, at) => {
				const text = all.join('');
				const cursor = Math.min(at, text.length);
				const candidates = logqlCandidates({ text, cursor }, known);
				if (candidates === undefined) return;
				const done = completedQuery(logqlLanguage, { text, cursor }, candidates);
				expect(done.text.startsWith(text.slice(0, cursor))).toBe(true);
				expect(done.text.endsWith(text.slice(cursor))).toBe(true);
				expect(done.text.length - text.length).toBe(done.cursor - cursor);
			}),
		);
	});
});

describe('what is wrong', () => {
	test.each([
		['{pod="x"}', undefined, undefined],
		['', 0, 'The query ends too early.'],
		['{pod=', 5, 'The query ends too early.'],
		['{pod="x"} | json |  ', 20, 'The query ends too early.'],
		['{pod=x}', 5, 'x does not fit here.'],
		['{pod="x"} foo', 10, 'foo does not fit here.'],
		["{pod='x'}", 5, 'LogQL quotes with " or `, not with \'.'],
		['{pod="x} | json', 5, 'The quote is not closed.'],
		['{pod="x"} | status == == 5', 22, '== does not fit here.'],
	])('in %s stands at %s: %s', (text, at, words) => {
		expect(queryFault(logqlLanguage, text)).toEqual(at === undefined ? undefined : { at, words });
	});

	test.each([
		['{pod="x"}', 1, 1, 0],
		['{pod="x"}', 1, 6, 5],
		['{pod="ü😀"} x', 1, 12, 12],
		['{pod="x"}\n| json', 2, 3, 12],
		['{pod="x"}', 1, 99, 9],
		['{pod="x"}', 7, 1, 9],
	])('%j, line %d, column %d is at %d', (text, line, column, at) => {
		expect(offsetOf(text, { line, column })).toBe(at);
	});

	test('a count of lines is told from the lines', () => {
		expect(isLineQuery('{pod="x"} | json')).toBe(true);
		expect(isLineQuery('count_over_time({pod="x"}[1m])')).toBe(false);
	});
});

describe('colours', () => {
	test('every piece has its kind', () => {
		const pieces = queryPieces(logqlLanguage, '{pod=~"x"} |= `y` | json | took > 10ms # slow');
		expect(pieces.filter(({ kind }) => kind !== undefined).map(({ text, kind }) => `${kind} ${text}`)).toEqual([
			'name pod',
			'operator =~',
			'text "x"',
			'operator |=',
			'text `y`',
			'operator |',
			'keyword json',
			'operator |',
			'name took',
			'operator >',
			'number 10ms',
			'comment # slow',
		]);
	});

	test('no character is lost, and none doubled, whatever is typed', () => {
		const text = fc.oneof(
			fc.string({ maxLength: 40 }),
			fc
				.array(fc.constantFrom('{a="b"}', '|=', '"x', '`', ' | json', "'", '{', '=', '😀'), { maxLength: 8 })
				.map(all => all.join('')),
		);
		fc.assert(
			fc.property(text, typed => {
				expect(
					queryPieces(logqlLanguage, typed)
						.map(piece => piece.text)
						.join(''),
				).toBe(typed);
			}),
		);
	});
});

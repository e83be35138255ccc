import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonSteps } from '../../../src/backends/json-steps.ts';
import { finished } from '../../../src/model/steps.ts';

const pieces = fc.integer({ min: 1, max: 40 });
const blanks = fc.constantFrom('', ' ', '\n\t', '\r\n');

/** What a reader makes of a text: its value, or that it is none. */
const outcomeOf = (read: () => unknown): unknown => {
	try {
		return { value: read() };
	} catch (error) {
		return error instanceof SyntaxError ? 'damaged' : error;
	}
};

test('any JSON is read as JSON.parse reads it, whatever the piece and the blanks', () => {
	fc.assert(
		fc.property(fc.json({ maxDepth: 8 }), pieces, blanks, (text, piece, blank) => {
			const spaced = `${blank}${JSON.stringify(JSON.parse(text), undefined, blank)}${blank}`;
			expect(finished(jsonSteps(spaced, { piece }))).toEqual(JSON.parse(spaced));
			expect(finished(jsonSteps(text, { piece }))).toEqual(JSON.parse(text));
		}),
	);
});

test('a text that is damaged anywhere is damaged', () => {
	const damage = fc.record({
		at: fc.nat(),
		cut: fc.integer({ min: 0, max: 3 }),
		put: fc.constantFrom('', ',', ']', '}', '[', '{', '"', ':', '1', ' ', '\\', 'x'),
	});
	fc.assert(
		fc.property(fc.json({ maxDepth: 5 }), pieces, damage, (text, piece, { at, cut, put }) => {
			const place = at % (text.length + 1);
			const other = text.slice(0, place) + put + text.slice(place + cut);
			expect(outcomeOf(() => finished(jsonSteps(other, { piece })))).toEqual(outcomeOf(() => JSON.parse(other)));
		}),
		{ numRuns: 1000 },
	);
});

test.each([
	'',
	' ',
	'[1,]',
	'[,1]',
	'[1,,2]',
	'[1 2]',
	'{"a":1,}',
	'{"a" 1}',
	'{a:1}',
	'[1]]',
	'[1}',
	'{"a":[1}',
	'1 2',
])('%j is damaged', text => {
	for (const piece of [1, 2, 3, 100]) expect(() => finished(jsonSteps(text, { piece }))).toThrow(SyntaxError);
});

test('a key is a key, also when it is that of the prototype or comes twice', () => {
	const text = '{"__proto__":{"a":1},"b":2,"b":3}';
	const read = finished(jsonSteps(text, { piece: 4 }));
	expect(read).toEqual(JSON.parse(text));
	expect(Object.keys(Object(read))).toEqual(['__proto__', 'b']);
});

test('items of long lists are handed over with the name of their list', () => {
	const seen: unknown[] = [];
	const item = (list: string, value: unknown) => {
		seen.push([list, value]);
		return 0;
	};
	const read = finished(jsonSteps('{"a":{"spans":[{"id":1},{"id":2},{"id":3}]},"c":[[7,8]]}', { piece: 10, item }));
	expect(read).toEqual({ a: { spans: [0, 0, 0] }, c: [[7, 8]] });
	expect(seen).toEqual([
		['spans', { id: 1 }],
		['spans', { id: 2 }],
		['spans', { id: 3 }],
	]);
});

test('brackets in brackets, more than any stack holds, are read or damaged like others', () => {
	const deep = '['.repeat(3000);
	expect(finished(jsonSteps(deep + ']'.repeat(3000), { piece: 100 }))).toEqual(JSON.parse(deep + ']'.repeat(3000)));
	expect(() => finished(jsonSteps('['.repeat(1_000_000)))).toThrow(SyntaxError);
});

test('integers that a number would round stay text, if that is wanted, where they are values of attributes', () => {
	const text =
		'{"intValue":9223372036854775807,"tags":[{"value": -18446744073709551615 },{"value":200},{"at":1795336000000000000},{"value":"\\"value\\":9223372036854775807,"}]}';
	for (const piece of [1000, 90]) {
		expect(finished(jsonSteps(text, { exact: true, piece }))).toEqual({
			intValue: '9223372036854775807',
			tags: [
				{ value: '-18446744073709551615' },
				{ value: 200 },
				{ at: 1_795_336_000_000_000_000 },
				{ value: '"value":9223372036854775807,' },
			],
		});
	}
	expect(finished(jsonSteps(text))).toEqual(JSON.parse(text));
});

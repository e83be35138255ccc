import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { fit as cutTo, type FitOptions, graphemesOf, padEnd, padStart, widthOf } from '../../src/terminal/width.ts';

describe('widthOf counts what every terminal counts', () => {
	test.each([
		['', 0],
		['abc', 3],
		['é', 1],
		['e\u0301', 1],
		['日本', 4],
		['한', 2],
		['\u1112\u1161\u11ab', 2], // the same syllable in its parts
		['ﾊﾝ', 2], // half width
		['Ａ', 2], // full width
		['─┤▁⣿×…', 6], // of ambiguous width in East Asia, one column here
		['🔥', 2],
		['👍🏽', 2], // the skin tone is not drawn
		['❤️', 1], // a selector does not make a narrow heart wide
		['👩‍👩‍👧', 6], // drawn apart, without joiners
		['🇩🇪', 2],
		['ก็', 1],
		['a\u200bb\u00adc', 3],
		['a\tb\x1b', 2], // controls are the sanitiser's work, and nothing here
	])('%j takes %i', (text, columns) => {
		expect(widthOf(text)).toBe(columns);
	});

	test('it is the sum over the graphemes', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), text => {
				const clean = graphemesOf(text)
					.map(grapheme => grapheme.text)
					.join('');
				expect(graphemesOf(text).reduce((sum, { columns }) => sum + columns, 0)).toBe(widthOf(clean));
			}),
		);
	});
});

test('graphemesOf puts marks on the character before them, and not without end', () => {
	expect(graphemesOf('ae\u0301\u0323日').map(({ text }) => text)).toEqual(['a', 'e\u0301\u0323', '日']);
	expect(graphemesOf('\u0301a').map(({ text, columns }) => [text, columns])).toEqual([
		['\u0301', 0],
		['a', 1],
	]);
	expect(graphemesOf(`a${'\u0301'.repeat(1000)}`)[0]?.text.length).toBeLessThanOrEqual(16);
});

describe('fit', () => {
	const cases: readonly (readonly [string, number, FitOptions, string])[] = [
		['short', 5, {}, 'short'],
		['rather long', 6, {}, 'rathe…'],
		['rather long', 6, { keep: 'end' }, '… long'],
		['4bf92f3577b34da6', 9, { keep: 'ends' }, '4bf9…4da6'],
		['/api/v1/orders', 8, { keep: 'ends' }, '/api…ers'],
		['abcdefghij', 6, { keep: 'middle' }, '…defg…'],
		['rather long', 6, { ellipsis: '~' }, 'rathe~'],
		['日本語です', 6, {}, '日本…'],
		['日本語です', 6, { keep: 'end' }, '…です'],
		['word', 1, {}, '…'],
		['word', 0, {}, ''],
		['word', 2, { ellipsis: '...' }, 'wo'],
		['word', -3, {}, ''],
	];
	test.each(cases)('%j to %i columns %j is %j', (text, columns, options, cut) => {
		expect(cutTo(text, columns, options)).toBe(cut);
	});

	test.each<[string, number, FitOptions, string]>([
		['a\u001b[31mred\u001b[0m and more', 6, {}, 'ared …'],
		['much more of \u001b[38;5;203mred', 5, { keep: 'end' }, '… red'],
		['before \u001b[38;5;203mmiddle\u001b[0m after', 9, { keep: 'middle' }, '… middle…'],
		['\u001b[31mred\u001b[0m', 3, {}, 'red'],
	])('%j to %i columns %j leaves nothing of an escape sequence', (text, columns, options, cut) => {
		expect(cutTo(text, columns, options)).toBe(cut);
	});

	test('never takes more columns than it is given, and fills all but one of them', () => {
		const keep = fc.constantFrom('start' as const, 'end' as const, 'ends' as const);
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 30 }), keep, (text, columns, kept) => {
				const width = widthOf(cutTo(text, columns, { keep: kept }));
				expect(width).toBeLessThanOrEqual(columns);
				if (widthOf(sanitize(text)) > columns) expect(width).toBeGreaterThanOrEqual(columns - 2);
			}),
		);
	});
});

test('padding counts columns, not characters', () => {
	expect(padEnd('日', 4)).toBe('日  ');
	expect(padStart('日', 4)).toBe('  日');
	expect(padEnd('longer', 3)).toBe('longer');
	expect(padStart('longer', 3)).toBe('longer');
});

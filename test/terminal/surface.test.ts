import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ansiLinesOf, createGrid, textOf, trailing } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import { penOf, styleOf } from '../../src/terminal/pen.ts';
import { widthOf } from '../../src/terminal/width.ts';

describe('surface', () => {
	test('put returns the column after the text, also where it does not show', () => {
		const surface = surfaceOf(createGrid(5, 1));
		expect(surface.put(0, 0, 'ab日')).toBe(4);
		expect(surface.put(4, 0, 'long')).toBe(8);
		expect(surface.put(0, 7, '日本')).toBe(4);
		expect(surface.put(-2, 0, 'abc')).toBe(1);
	});

	test('clips on all sides, and never leaves half of a wide character', () => {
		const grid = createGrid(6, 3);
		const surface = surfaceOf(grid).within(1, 1, 4, 1);
		surface.put(-1, 0, '日本語');
		surface.put(0, -1, 'above');
		surface.put(0, 1, 'below');
		expect(textOf(grid)).toEqual(['', '  本', '']);
	});

	test('what covers half of a wide character leaves a blank in place of the other half', () => {
		const grid = createGrid(6, 1);
		const surface = surfaceOf(grid);
		surface.put(0, 0, '日本語');
		surface.put(1, 0, 'x');
		surface.put(4, 0, 'y');
		expect(textOf(grid)).toEqual([' x本y']);
	});

	test('restyle lays its fields over those that are there', () => {
		const grid = createGrid(3, 1);
		const surface = surfaceOf(grid);
		surface.put(0, 0, 'abc', { color: 1, bold: true });
		surface.restyle(1, 0, 9, 9, { inverse: true, bold: false });
		expect(ansiLinesOf(grid)).toEqual(['\x1b[1;31ma\x1b[22;7mbc\x1b[m']);
	});

	test('restyle takes a wide character whole', () => {
		const grid = createGrid(4, 1);
		const surface = surfaceOf(grid);
		surface.put(1, 0, '日');
		surface.restyle(2, 0, 1, 1, { inverse: true });
		expect([grid.inks[1], grid.inks[2]]).toEqual([0, 0]);
		surface.restyle(0, 0, 2, 1, { inverse: true });
		expect(grid.inks[1]).not.toBe(0);
		expect(grid.inks[2]).toBe(grid.inks[1]);
		expect(grid.glyphs[2]).toBe(trailing);
	});

	test('a part is no larger than what it is a part of', () => {
		const part = surfaceOf(createGrid(10, 4)).within(6, 3, 100, 100);
		expect([part.width, part.height]).toEqual([4, 1]);
		const beyond = part.within(9, 9, 5, 5);
		expect([beyond.width, beyond.height]).toEqual([0, 0]);
	});

	test('coordinates that are no numbers of cells paint nothing wrong', () => {
		const grid = createGrid(4, 1);
		surfaceOf(grid).put(1.7, 0, 'a');
		surfaceOf(grid).put(Number.NaN, 0, 'b');
		surfaceOf(grid).put(0, Number.NaN, 'c');
		expect(textOf(grid)).toEqual([' a']);
	});

	test('what is put on a blank row is what the row holds', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), text => {
				const grid = createGrid(200, 1);
				const end = surfaceOf(grid).put(0, 0, text);
				expect(widthOf(textOf(grid)[0] ?? '')).toBeLessThanOrEqual(end);
			}),
		);
	});
});

test('a style survives being packed', () => {
	const color = fc.oneof(fc.nat(255), fc.constant('#00ff7f' as const));
	const flag = fc.constant(true);
	const style = fc.record(
		{ color, background: color, bold: flag, dim: flag, italic: flag, underline: flag, inverse: flag },
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(style, one => {
			expect(styleOf(penOf(one))).toEqual(one);
		}),
	);
	expect(styleOf(penOf({ color: 999, background: '#nothex', bold: false }))).toEqual({});
});

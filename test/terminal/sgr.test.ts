import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { penOf, plainPen, styleOf } from '../../src/terminal/pen.ts';
import { penAfter, runsOf, sgrChange, sgrOf } from '../../src/terminal/sgr.ts';
import type { Style } from '../../src/terminal/style.ts';

const color = fc.oneof(fc.nat(255), fc.constantFrom('#d55e00' as const, '#000000' as const));
const style: fc.Arbitrary<Style> = fc.record(
	{ color, background: color, bold: fc.boolean(), dim: fc.boolean(), underline: fc.boolean(), inverse: fc.boolean() },
	{ requiredKeys: [] },
);

describe('SGR', () => {
	const cases: readonly (readonly [Style, string])[] = [
		[{}, ''],
		[{ bold: true, color: 202 }, '1;38;5;202'],
		[{ color: 1, background: 12 }, '31;104'],
		[{ color: '#d55e00' }, '38;2;213;94;0'],
		[{ dim: true, italic: true, underline: true, inverse: true }, '2;3;4;7'],
	];
	test.each(cases)('%j is written %j', (one, parameters) => {
		expect(sgrOf(one)).toBe(parameters);
		expect(styleOf(penAfter(plainPen, parameters === '' ? '0' : parameters))).toEqual(one);
	});

	test('a change leads from any style to any other', () => {
		fc.assert(
			fc.property(style, style, (one, other) => {
				const change = sgrChange(penOf(one), penOf(other));
				const parameters = /^\x1b\[([\d;]*)m$/.exec(change)?.[1];
				const reached = parameters === undefined ? penOf(one) : penAfter(penOf(one), parameters);
				expect(reached).toEqual(penOf(other));
			}),
		);
	});

	test('a change is no longer than it must be', () => {
		expect(sgrChange(penOf({ color: 1 }), penOf({ color: 1, inverse: true }))).toBe('\x1b[7m');
		expect(sgrChange(penOf({ color: 202, bold: true, inverse: true }), plainPen)).toBe('\x1b[m');
		expect(sgrChange(penOf({ bold: true, dim: true }), penOf({ dim: true }))).toBe('\x1b[0;2m');
	});

	test('reads what other programs write', () => {
		const runs = runsOf('a\x1b[1;31mb\x1b[22mc\x1b[48:5:7md\x1b[me\x1b[95;9m\x1b[38;5mf');
		expect(runs.map(({ text, pen }) => [text, styleOf(pen)])).toEqual([
			['a', {}],
			['b', { bold: true, color: 1 }],
			['c', { color: 1 }],
			['d', { color: 1, background: 7 }],
			['e', {}],
			['f', {}],
		]);
	});
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphemesOf, widthOf } from '../../src/terminal/width.ts';
import { paintLine, segment, widthOfSegments } from '../../src/widgets/line.ts';
import { sparkline } from '../../src/widgets/sparkline.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { cutText, wrapText } from '../../src/widgets/wrap.ts';
import { frameOf } from '../helpers/frame.ts';

const { NaN: gap, POSITIVE_INFINITY: infinity } = Number;

test('cut text fills its columns and drops no blank', () => {
	expect(cutText('  two  blanks\n日本語', 5)).toEqual(['  two', '  bla', 'nks', '日本', '語']);
});

describe('wrapped text', () => {
	test.each([
		['berths uses all of its connections', 16, ['berths uses all', 'of its', 'connections']],
		['one', 80, ['one']],
		['', 5, ['']],
		['a\n\nb', 5, ['a', '', 'b']],
		['  indented', 12, ['indented']],
		['two  blanks stay', 8, ['two ', 'blanks', 'stay']],
		['rate(http_requests_total[5m])', 10, ['rate(http_', 'requests_t', 'otal[5m])']],
		['go rate(a_very_long_name)', 8, ['go', 'rate(a_v', 'ery_long', '_name)']],
		[' unbreakable', 11, ['unbreakable']],
		['日本語', 5, ['日本', '語']],
		['日本', 1, ['日', '本']],
		['anything', 0, []],
	])('%j in %i columns', (text, columns, lines) => expect(wrapText(text, columns)).toEqual(lines));

	test('fits its columns and loses nothing but blanks and what no terminal shows', () => {
		const visible = (text: string) =>
			graphemesOf(text)
				.map(grapheme => grapheme.text)
				.join('')
				.replaceAll(' ', '');
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, columns) => {
				const line = text.replaceAll('\n', ' ');
				const lines = wrapText(line, columns);
				expect(visible(lines.join(''))).toBe(visible(line));
				for (const each of lines) expect(widthOf(each)).toBeLessThanOrEqual(columns);
			}),
		);
	});
});

describe('a line with two ends', () => {
	const drawn = (width: number, left: string, right: string) =>
		frameOf(width, 1, surface => paintLine(surface, 0, [segment(left)], right === '' ? [] : [segment(right)]));

	test.each([
		[12, 'alerts', 'live', 'alerts  live'],
		[11, 'alerts', 'live', 'alerts live'],
		[9, 'alerts', 'live', 'ale… live'],
		[5, 'alerts', 'live', ' live'],
		[3, 'alerts', 'live', 'li…'],
		[4, 'alerts', '', 'ale…'],
		[0, 'alerts', 'live', ''],
	])('%i columns for %j and %j', (width, left, right, line) => expect(drawn(width, left, right)).toBe(line));

	test('never paints beyond its room', () => {
		fc.assert(
			fc.property(
				fc.nat(30),
				fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
				fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
				(width, left, right) => {
					const segments = (texts: readonly string[]) => texts.map(text => segment(text));
					const line = frameOf(width, 1, surface => paintLine(surface, 0, segments(left), segments(right)));
					expect(widthOf(line)).toBeLessThanOrEqual(width);
				},
			),
		);
	});

	test('counts what its segments take', () => expect(widthOfSegments([segment('ab'), segment('日')])).toBe(4));
});

describe('a sparkline', () => {
	const { bars } = createTheme('none', true);
	const ascii = createTheme('none', false).bars;

	test.each([
		[[0, 1, 2, 3, 4, 5, 6, 7], '▁▂▃▄▅▆▇█'],
		[[5, 5, 5], '███'],
		[[0, 0], '▁▁'],
		[[gap, 1, gap, 2], ' ▅ █'],
		[[-1, 0, 1], '▁▅█'],
		[[infinity, 1, 0], '███▁'.slice(1)],
		[[infinity, gap], '█ '],
		[[-infinity, 1], '▁█'],
		[[gap, gap], '  '],
		[[], ''],
	])('of %j', (values, line) => expect(sparkline(values, bars)).toBe(line));

	test('in ASCII', () => expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], ascii)).toBe('__..--=#'));

	test('has one character for each value, whatever the values', () => {
		fc.assert(
			fc.property(fc.array(fc.double()), values => {
				const line = sparkline(values, ascii);
				expect(line).toMatch(/^[ _.\-=#]*$/);
				expect(line).toHaveLength(values.length);
			}),
		);
	});
});

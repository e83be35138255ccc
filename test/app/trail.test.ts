import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTrail } from '../../src/app/trail.ts';
import { widthOf } from '../../src/terminal/width.ts';

const glyphs = { join: ' › ', ellipsis: '…' };
const titles = ['alerts', 'ledger /transfer', 'request 7f3c…9a01', 'trace 73c8…0b11'];

describe('the trail', () => {
	test.each([
		[80, 'alerts › ledger /transfer › request 7f3c…9a01 › trace 73c8…0b11'],
		[60, '… › ledger /transfer › request 7f3c…9a01 › trace 73c8…0b11'],
		[50, '… › request 7f3c…9a01 › trace 73c8…0b11'],
		[30, '… › trace 73c8…0b11'],
		[16, 'trace 73c8…0b11'],
		[8, '…c8…0b11'],
	])('in %i columns', (columns, text) => expect(formatTrail(titles, columns, glyphs)).toBe(text));

	test('of one crumb, and of none', () => {
		expect(formatTrail(['alerts'], 20, glyphs)).toBe('alerts');
		expect(formatTrail([], 20, glyphs)).toBe('');
	});

	test('never takes more than its columns', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 1, max: 60 }), (crumbs, columns) => {
				expect(widthOf(formatTrail(crumbs, columns, glyphs))).toBeLessThanOrEqual(columns);
			}),
		);
	});
});

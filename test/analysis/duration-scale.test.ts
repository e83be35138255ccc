import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationAtTop, durationInRow, durationScale, rowOfDuration } from '../../src/analysis/duration-scale.ts';

test.each([
	[[], 1, 10],
	[[0], 0.5, 5],
	[[3, 40], 2, 50],
	[[100], 100, 1000],
	[[7, 2060], 5, 5000],
	[[1, 1000], 1, 1000],
])('the scale of %j is from %s to %s ms', (durations, low, high) => {
	const scale = durationScale(durations);
	expect(scale.low).toBeCloseTo(low);
	expect(scale.high).toBeCloseTo(high);
});

test('each decade is as high as any other', () => {
	const scale = { low: 1, high: 1000 };
	expect([1000, 900, 101, 99, 11, 9, 1].map(each => rowOfDuration(each, scale, 3))).toEqual([0, 0, 0, 1, 1, 2, 2]);
});

test('every duration has a row of the chart, and lies between the edges of it', () => {
	const duration = fc.double({ min: 0, max: 1e9, noNaN: true });
	fc.assert(
		fc.property(fc.array(duration, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 20 }), (all, rows) => {
			const scale = durationScale(all);
			for (const each of all) {
				const row = rowOfDuration(each, scale, rows);
				expect(row).toBeGreaterThanOrEqual(0);
				expect(row).toBeLessThan(rows);
				expect(durationAtTop(row, scale, rows) * 1.000001).toBeGreaterThanOrEqual(each);
				expect(durationAtTop(row + 1, scale, rows)).toBeLessThanOrEqual(Math.max(0.5, each) * 1.000001);
				expect(rowOfDuration(durationInRow(row, scale, rows), scale, rows)).toBe(row);
			}
		}),
	);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import { countsByColumn, volumeGrid, volumeOf } from '../../src/analysis/log-volume.ts';
import { minute } from '../../src/model/time.ts';
import { lineAt } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);

describe('volumeGrid', () => {
	test.each([
		[1, 1],
		[5, 5],
		[60, 30],
		[24 * 60, 900],
	])('%d minutes are counted in steps of %d seconds', (minutes, seconds) => {
		const grid = volumeGrid({ from: noon - minutes * minute, to: noon });
		expect(grid.step).toBe(seconds * 1000);
		expect([grid.from % grid.step, grid.to % grid.step]).toEqual([0, 0]);
		expect(grid.to).toBeGreaterThanOrEqual(noon);
	});
});

test('volumeOf counts each line of the range once, under its own level', () => {
	const grid = { from: noon + 1000, to: noon + 3000, step: 1000 };
	const lines = [
		[500, 'error'],
		[1000, 'error'],
		[1001, 'error'],
		[3000, 'info'],
		[9000, 'info'],
	] as const;
	const records = lines.map(([at, level]) => recordOf(lineAt(noon + at, { app: 'a' }, `level=${level} msg=x`)));
	expect(volumeOf(records, grid)).toEqual([
		{ labels: { level: 'error' }, times: [noon + 1000, noon + 2000], values: [2, 1] },
		{ labels: { level: 'info' }, times: [noon + 3000], values: [1] },
	]);
});

describe('countsByColumn', () => {
	const range = { from: 0, to: 100 };

	test('shares a bucket out over the columns it covers', () => {
		const series = { labels: {}, times: [20, 50], values: [2, 6] };
		expect(countsByColumn(series, 20, range, 10)).toEqual([1, 1, 0, 3, 3, 0, 0, 0, 0, 0]);
		expect(countsByColumn(series, 20, range, 5)).toEqual([2, 3, 3, 0, 0]);
	});

	test('loses and invents nothing within the range', () => {
		const buckets = fc.array(fc.nat(50), { minLength: 10, maxLength: 10 });
		fc.assert(
			fc.property(buckets, fc.integer({ min: 1, max: 37 }), (values, columns) => {
				const series = { labels: {}, times: values.map((_, index) => (index + 1) * 10), values };
				const total = countsByColumn(series, 10, range, columns).reduce((sum, value) => sum + value, 0);
				expect(total).toBeCloseTo(
					values.reduce((sum, value) => sum + value, 0),
					6,
				);
			}),
		);
	});

	test('has nothing to say of an empty range', () => {
		expect(countsByColumn({ labels: {}, times: [1], values: [1] }, 1, { from: 5, to: 5 }, 3)).toEqual([0, 0, 0]);
	});
});

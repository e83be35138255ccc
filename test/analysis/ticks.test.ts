import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryScale, timeTicks, valueScale } from '../../src/analysis/ticks.ts';
import { day, hour, minute, second } from '../../src/model/time.ts';

describe('a scale of values', () => {
	test.each([
		[0.24, 0.25, 0.05],
		[0.277, 0.3, 0.05],
		[1, 1, 0.2],
		[1.01, 1.2, 0.2],
		[2.45, 2.5, 0.5],
		[4.2, 5, 1],
		[6.56, 8, 2],
		[10.1, 12, 2],
		[0.0031, 0.004, 0.001],
		[95, 100, 20],
		[1e9, 1e9, 2e8],
	])('up to %d ends at %d, by %d', (highest, top, step) => expect(valueScale(highest)).toEqual({ top, step }));

	test.each([0, -3, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 1e308])('is a unit for %d', value => {
		expect(valueScale(value)).toEqual({ top: 1, step: 1 });
	});

	const [kibibyte, mebibyte, gibibyte] = [2 ** 10, 2 ** 20, 2 ** 30];
	test.each([
		[332 * mebibyte, 400 * mebibyte, 100 * mebibyte],
		[1023 * mebibyte, 1200 * mebibyte, 200 * mebibyte],
		[1.4 * gibibyte, 1.5 * gibibyte, 0.5 * gibibyte],
		[700, 800, 200],
		[3 * kibibyte, 3 * kibibyte, 0.5 * kibibyte],
		[0, 1, 1],
		[0.24, 0.25, 0.05],
	])('%d bytes end at %d, by %d', (highest, top, step) => expect(memoryScale(highest)).toEqual({ top, step }));

	test('holds the value, wastes little, and has round steps', () => {
		const positive = fc.double({ min: 1e-200, max: 1e200, noNaN: true });
		fc.assert(
			fc.property(positive, highest => {
				const { top, step } = valueScale(highest);
				expect(top).toBeGreaterThanOrEqual(highest * (1 - 1e-8));
				expect(highest / top).toBeGreaterThan(0.7);
				expect(Number(step.toExponential().split('e')[0])).toSatisfy(digit => [1, 2, 5].includes(Number(digit)));
				expect(Math.round(top / step)).toBeLessThanOrEqual(6);
			}),
		);
	});
});

describe('ticks of time', () => {
	const noon = Date.UTC(2026, 10, 22, 12);

	test.each([
		[hour, 6, 15 * minute, 5],
		[hour, 12, 5 * minute, 13],
		[90 * second, 6, 15 * second, 7],
		[day, 4, 6 * hour, 5],
		[365 * day, 4, 28 * day, 13],
	])('of %i ms, at most %i apart by %i', (length, most, step, count) => {
		const ticks = timeTicks({ from: noon - length, to: noon }, most);
		expect(ticks.step).toBe(step);
		expect(ticks.at.length).toBeLessThanOrEqual(count);
		for (const at of ticks.at) expect(at % step).toBe(0);
	});
});

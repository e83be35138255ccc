import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, histogramQuantile, quantileOf } from '../../../src/demo/prometheus/quantile.ts';

const bucketsOf = (...pairs: readonly (readonly [number, number])[]): readonly Bucket[] =>
	pairs.map(([upperBound, count]) => ({ upperBound, count }));

/** 10 up to 0.1 s, 30 more up to 0.5 s, 10 more up to 1 s. */
const drawn = bucketsOf([0.1, 10], [0.5, 40], [1, 50], [Infinity, 50]);

describe('histogram_quantile', () => {
	it.each([
		['the half is 15 of 30 into the second bucket', 0.5, drawn, 0.1 + 0.4 * (15 / 30)],
		['the lowest bucket begins at zero', 0.1, drawn, 0.05],
		['a rank on a bound is the bound', 0.8, drawn, 0.5],
		['0 is the lower end', 0, drawn, 0],
		['1 is the highest bound that holds something', 1, drawn, 1],
		['beyond the highest finite bound nothing is guessed', 0.99, bucketsOf([0.1, 10], [Infinity, 50]), 0.1],
		['below 0 is minus infinity', -0.1, drawn, Number.NEGATIVE_INFINITY],
		['above 1 is plus infinity', 1.1, drawn, Number.POSITIVE_INFINITY],
		['NaN stays', Number.NaN, drawn, Number.NaN],
		['without +Inf there is no answer', 0.5, bucketsOf([0.1, 10], [0.5, 40]), Number.NaN],
		['with +Inf alone there is none', 0.5, bucketsOf([Infinity, 40]), Number.NaN],
		['without observations there is none', 0.5, bucketsOf([0.1, 0], [Infinity, 0]), Number.NaN],
		['buckets come in any order', 0.5, drawn.toReversed(), 0.3],
		['buckets of equal bound are added', 0.5, [...drawn, ...drawn], 0.3],
		['a count that falls is raised', 0.8, bucketsOf([0.1, 10], [0.5, 40], [1, 39], [Infinity, 50]), 0.5],
		['a lowest bound below zero is answered itself', 0.1, bucketsOf([-1, 10], [1, 20], [Infinity, 20]), -1],
	])('%s', (_, quantile, buckets, expected) => {
		const figure = histogramQuantile(quantile, buckets);
		expect(Number(figure.toPrecision(12))).toBe(Number(expected.toPrecision(12)));
	});

	it('rises with the quantile and stays within the bounds', () => {
		const counts = fc.array(fc.nat({ max: 1000 }), { minLength: 3, maxLength: 12 });
		fc.assert(
			fc.property(
				counts,
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(steps, a, b) => {
					let sum = 0;
					const buckets = steps.map((step, at) => {
						sum += step;
						return { upperBound: at === steps.length - 1 ? Number.POSITIVE_INFINITY : at + 1, count: sum };
					});
					// The lowest quantile of an empty first bucket is 0/0, in Prometheus too.
					fc.pre(sum > 0 && (Math.min(a, b) > 0 || (steps[0] ?? 0) > 0));
					const [low, high] = [histogramQuantile(Math.min(a, b), buckets), histogramQuantile(Math.max(a, b), buckets)];
					expect(low).toBeLessThanOrEqual(high + 1e-9);
					expect(low).toBeGreaterThanOrEqual(0);
					expect(high).toBeLessThanOrEqual(steps.length - 1);
				},
			),
		);
	});
});

describe('quantile over values', () => {
	it.each([
		[0.5, [1, 2, 3, 4], 2.5],
		[0, [3, 1], 1],
		[1, [3, 1], 3],
		[0.25, [0, 10], 2.5],
		[2, [1], Number.POSITIVE_INFINITY],
	])('%f of %j is %f', (quantile, values, expected) => {
		expect(quantileOf(quantile, values)).toBe(expected);
	});
});

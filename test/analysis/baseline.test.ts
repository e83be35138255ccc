import { describe, expect, test } from 'vitest';
import {
	broughtForward,
	comparisonOf,
	type Difference,
	differenceOf,
	earlierGrid,
	withNextComparison,
} from '../../src/analysis/baseline.ts';
import { quantilesIn } from '../../src/analysis/quantiles.ts';
import type { Unit } from '../../src/analysis/unit.ts';
import type { ComparisonName, ServicePlace } from '../../src/model/place.ts';
import { day, fixed, hour, live, minute, type Window } from '../../src/model/time.ts';

const { NaN: none, POSITIVE_INFINITY: endless } = Number;

test.each<[now: number, before: number, unit: Unit, Difference]>([
	[4.9, 5, 'per-second', { kind: 'change', direction: 'down', share: expect.closeTo(0.02, 9) }],
	[5.6, 5, 'per-second', { kind: 'change', direction: 'up', share: expect.closeTo(0.12, 9) }],
	[5.01, 5, 'per-second', { kind: 'same' }],
	[0, 5, 'per-second', { kind: 'change', direction: 'down', share: 1 }],
	[17, 5, 'seconds', { kind: 'factor', factor: 3.4 }],
	[5, 0, 'per-second', { kind: 'was', value: 0 }],
	[0, 0, 'ratio', { kind: 'same' }],
	[0.24, 0, 'ratio', { kind: 'was', value: 0 }],
	[0.24, 0.06, 'ratio', { kind: 'factor', factor: 4 }],
	[0.05, 0.04, 'ratio', { kind: 'was', value: 0.04 }],
	[0.0101, 0.01, 'ratio', { kind: 'same' }],
	[5, none, 'seconds', { kind: 'unknown' }],
	[none, none, 'seconds', { kind: 'unknown' }],
	[none, 5, 'seconds', { kind: 'was', value: 5 }],
	[endless, 5, 'seconds', { kind: 'was', value: 5 }],
	[5, endless, 'seconds', { kind: 'was', value: endless }],
	[endless, endless, 'seconds', { kind: 'same' }],
	[5, -1, 'per-second', { kind: 'was', value: -1 }],
])('%d against %d of %s', (now, before, unit, expected) => {
	expect(differenceOf(now, before, unit)).toEqual(expected);
});

describe('what a place compares with', () => {
	const place = (window: Window, compare?: ComparisonName): ServicePlace => ({
		kind: 'service',
		service: 'pier',
		window,
		...(compare === undefined ? {} : { compare }),
	});

	test.each<[Window, ComparisonName | undefined, string | undefined]>([
		[live(hour), undefined, '1d'],
		[fixed(day, day + 6 * hour), undefined, '1d'],
		[live(12 * hour), undefined, undefined],
		[live(12 * hour), '1w', '1w'],
		[live(hour), 'off', undefined],
	])('%o and %s', (window, compare, name) => expect(comparisonOf(place(window, compare))?.name).toBe(name));

	test.each<[Window, readonly (ComparisonName | undefined)[]]>([
		[live(hour), [undefined, '1w', 'off', undefined]],
		[live(day), [undefined, '1d', '1w', undefined]],
	])('the key goes round from %o', (window, names) => {
		const seen = [place(window)];
		for (let step = 0; step < 3; step++) seen.push(withNextComparison(seen.at(-1) ?? place(window)));
		expect(seen.map(({ compare }) => compare)).toEqual(names);
	});
});

test('a day earlier and back again is the same instant', () => {
	const grid = { from: 3 * day, to: 3 * day + minute, step: minute };
	const earlier = earlierGrid(grid, day);
	expect(earlier).toEqual({ from: 2 * day, to: 2 * day + minute, step: minute });
	const series = { labels: {}, times: [earlier.from, earlier.to], values: [1, none] };
	expect(broughtForward(series, day)).toEqual({ ...series, times: [grid.from, grid.to] });
});

test.each([
	[undefined, 'p50,p95,p99'],
	[[], 'p50,p95,p99'],
	[['p99.9', 'p50', 'p50'], 'p50,p99.9'],
	[['p42'], 'p50,p95,p99'],
	[['p50', 'p90', 'p95', 'p99', 'p99.9'], 'p50,p90,p95,p99'],
])('the quantiles %j', (names, shown) => expect(quantilesIn(names).join()).toBe(shown));

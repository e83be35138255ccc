import { expect, test } from 'vitest';
import { nanosecondsOf, wireTimesOf } from '../../../src/backends/jaeger/microseconds.ts';

test.each([
	[1_795_336_000_000_001, 1_795_336_000_000_001_000n],
	['1795336000000001', 1_795_336_000_000_001_000n],
	[1.5, 1500n],
	[0, undefined],
	[-5, undefined],
	[1e308, undefined],
	['soon', undefined],
	[null, undefined],
])('%j microseconds are %s nanoseconds', (wire, nanoseconds) => {
	expect(nanosecondsOf(wire)).toBe(nanoseconds);
});

test.each([
	[5, 7, '5000', '12000'],
	[5, 0, '5000', '5000'],
	[5, -2, '5000', '3000'],
	[5, -9, '5000', '0'],
	[5, 0.25, '5000', '5250'],
	[5, undefined, '5000', undefined],
	[5, 1e308, '5000', undefined],
	[undefined, 7, undefined, undefined],
])('from %j for %j', (from, duration, startTimeUnixNano, endTimeUnixNano) => {
	expect(wireTimesOf(from, duration)).toEqual({ startTimeUnixNano, endTimeUnixNano });
});

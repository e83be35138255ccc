import { describe, expect, test } from 'vitest';
import { commonRootOf, durationLimitsOf, durationSampleOf, nearestTraces } from '../../src/analysis/slow-and-usual.ts';
import { toNanoseconds } from '../../src/model/time.ts';
import type { TraceSummary } from '../../src/model/trace.ts';

const trace = (id: string, duration: number, rootName = 'GET /berths'): TraceSummary => ({
	id,
	rootService: rootName === '' ? '<root span not yet received>' : 'pier',
	rootName,
	start: 0n,
	duration: toNanoseconds(duration),
	matched: 1,
	services: [],
});

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

test('median and p95 by the nearest rank', () => {
	expect(durationSampleOf(hundred.toReversed())).toEqual({ count: 100, median: 50, p95: 95 });
	expect(durationSampleOf([7])).toEqual({ count: 1, median: 7, p95: 7 });
	expect(durationSampleOf([])).toEqual({ count: 0, median: Number.NaN, p95: Number.NaN });
});

describe('the limits', () => {
	test.each([
		[
			'beyond p95 where no request is given',
			hundred,
			undefined,
			{ slow: { from: 95 }, usual: { from: 25, to: 75 }, isGivenUsual: false },
		],
		[
			'like the given one',
			hundred,
			400,
			{ slow: { from: 225, to: 800 }, usual: { from: 25, to: 75 }, isGivenUsual: false },
		],
		[
			'within two times the given one',
			[10],
			1000,
			{ slow: { from: 505, to: 2000 }, usual: { from: 10, to: 10 }, isGivenUsual: false },
		],
		[
			'above the usual ones, whatever the given one',
			hundred,
			70,
			{ slow: { from: 60, to: 140 }, usual: { from: 25, to: 60 }, isGivenUsual: false },
		],
		[
			'beyond p95 where the given one is not slow',
			hundred,
			55,
			{ slow: { from: 95 }, usual: { from: 25, to: 75 }, isGivenUsual: true },
		],
		[
			'slower than the median where all take the same',
			[8, 8, 8, 8],
			undefined,
			{ slow: { from: 10 }, usual: { from: 8, to: 8 }, isGivenUsual: false },
		],
		['unknown without a sample', [], 400, undefined],
	] as const)('are %s', (_, durations, given, limits) => {
		expect(durationLimitsOf(durations, given)).toEqual(limits);
	});
});

test('the traces nearest to a length, each once and within the limits', () => {
	const traces = [
		trace('a', 100),
		trace('b', 190),
		trace('c', 210),
		trace('b', 190),
		trace('d', 400),
		trace('e', 2000),
	];
	const ids = (found: readonly TraceSummary[]) => found.map(({ id }) => id).join(' ');
	expect(ids(nearestTraces(traces, { from: 150 }, 200, 8))).toBe('c b d e');
	expect(ids(nearestTraces(traces, { from: 150, to: 400 }, 390, 2))).toBe('d c');
	expect(nearestTraces([], { from: 0 }, 1, 8)).toEqual([]);
});

test('the root that most traces have, and none where none has arrived', () => {
	expect(commonRootOf([trace('a', 1, 'GET /a'), trace('b', 1, 'GET /b'), trace('c', 1, 'GET /b')])).toEqual({
		service: 'pier',
		operation: 'GET /b',
	});
	expect(commonRootOf([trace('a', 1, '')])).toBeUndefined();
});

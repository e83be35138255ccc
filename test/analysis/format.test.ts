import { describe, expect, test } from 'vitest';
import {
	formatAge,
	formatBytes,
	formatCount,
	formatDuration,
	formatId,
	formatLength,
	formatMemory,
	formatRate,
	formatShare,
} from '../../src/analysis/format.ts';
import {
	formatClock,
	formatInstant,
	formatRfc3339Nanoseconds,
	formatWindow,
	formatWindowEnds,
	zoneName,
} from '../../src/analysis/format-time.ts';
import { formatComparison } from '../../src/analysis/format-unit.ts';
import { parseInstant, parseLength } from '../../src/analysis/time-words.ts';
import { fixed, hour, live, minute, rangeOf } from '../../src/model/time.ts';

describe('lengths of time', () => {
	test.each([
		[0, '0 ms'],
		[0.85, '850 µs'],
		[0.9996, '1 ms'],
		[12.4, '12.4 ms'],
		[999.4, '999 ms'],
		[999.6, '1 s'],
		[2066, '2.07 s'],
		[59_949, '59.9 s'],
		[60_000, '1 m 00 s'],
		[192_000, '3 m 12 s'],
		[3_599_600, '1 h 00 m'],
		[7_500_000, '2 h 05 m'],
		[273_600_000, '3 d 4 h'],
		[-26_000, '-26 s'],
		[Number.NaN, '–'],
		[Number.POSITIVE_INFINITY, '∞'],
	])('%d ms is %s', (length, text) => expect(formatDuration(length)).toBe(text));

	test.each([
		['90s', 90_000, '1m30s'],
		['1h30m', 90 * minute, '1h30m'],
		['1.5h', 90 * minute, '1h30m'],
		['250ms', 250, '250ms'],
		['2d', 48 * hour, '2d'],
	])('%s is read and written', (text, length, written) => {
		expect(parseLength(text)).toBe(length);
		expect(formatLength(length)).toBe(written);
	});

	test.each(['', '0s', '1', 'h', '-1h', '1 h', '1y'])('%j is no length', text =>
		expect(parseLength(text)).toBeUndefined(),
	);
});

test.each([
	[5.23, '5.23/s'],
	[310.4, '310/s'],
	[0.05, '3/min'],
	[0, '0/s'],
	[12_400, '12.4k/s'],
	[Number.NaN, '–'],
])('%d a second is %s', (rate, text) => expect(formatRate(rate)).toBe(text));

test.each([
	[0.68, 0.01, '0.68/s > 0.01/s'],
	[0.01, 5, '0.01/s > 5/s'],
	[0.05, 0.01, '3/min > 0.6/min'],
	[0, 0.01, '0/s > 0.6/min'],
	[Number.NaN, 0.01, '– > 0.6/min'],
])('a rate of %d and its limit %d are in one unit', (value, limit, text) =>
	expect(formatComparison(value, { operator: '>', value: limit }, 'per-second')).toBe(text),
);

test.each([
	[0.2473, '24.7 %'],
	[1, '100 %'],
	[0.9999, '100 %'],
	[0.05, '5 %'],
	[0, '0 %'],
	[0.0004, '<0.1 %'],
	[Number.NaN, '–'],
])('a ratio of %d is %s', (ratio, text) => expect(formatShare(ratio)).toBe(text));

test('bytes read are counted in thousands, memory in 1024s', () => {
	expect([formatBytes(999), formatBytes(1_234_000), formatBytes(999_900)]).toEqual(['999 B', '1.23 MB', '1 MB']);
	expect([formatMemory(1024), formatMemory(1.5 * 1024 ** 3)]).toEqual(['1 KiB', '1.5 GiB']);
});

test('counts, ages and identifiers are short', () => {
	expect([formatCount(412), formatCount(12_400), formatCount(3_100_000)]).toEqual(['412', '12.4k', '3.1M']);
	expect([formatAge(40_000), formatAge(12 * minute), formatAge(30 * hour), formatAge(90 * hour)]).toEqual([
		'40s',
		'12m',
		'30h',
		'3d',
	]);
	expect(formatId('7f3c0000000000009a01')).toBe('7f3c…9a01');
});

describe('instants', () => {
	const now = Date.UTC(2026, 10, 22, 3, 12, 44, 310);

	test('as a clock, an age, and RFC 3339', () => {
		expect(formatClock(now, 'utc', 'milliseconds')).toBe('03:12:44.310');
		expect(formatInstant(now - 12 * minute, 'relative', now)).toBe('12 m 00 s ago');
		expect(formatRfc3339Nanoseconds(BigInt(now) * 1_000_000n + 42n)).toBe('2026-11-22T03:12:44.310000042Z');
		expect(zoneName(now, 'utc')).toBe('UTC');
	});

	test('a window says whether it is live, and its dates when they are not today', () => {
		const lastHour = live(hour);
		expect(formatWindow(lastHour, rangeOf(lastHour, now), now, 'utc')).toBe('02:12–03:12 UTC  live  last 1h');
		const yesterday = fixed(now - 24 * hour, now - 23 * hour);
		expect(formatWindow(yesterday, rangeOf(yesterday, now), now, 'utc')).toBe('2026-11-21 03:12–04:12 UTC  fixed');
		const overnight = { from: now - 24 * hour, to: now - 2 * hour };
		expect(formatWindowEnds(overnight, now, 'utc')).toBe('2026-11-21 03:12–2026-11-22 01:12');
		expect(formatWindowEnds(overnight, now, 'utc', 'short')).toBe('11-21 03:12–11-22 01:12');
	});

	test.each([
		['now', now],
		['-2h', now - 2 * hour],
		['2026-11-22T03:12:44.310Z', now],
		['2026-11-22 04:12:44.310+01:00', now],
		['2026-11-22T03:12:44.310', now],
		['1795317164.31', now],
		['1795317164310', now],
		['1795317164310000000', now],
		['yesterday', undefined],
		['2026-13-40', undefined],
	])('%s is read', (text, at) => expect(parseInstant(text, now)).toBe(at));
});

import { describe, expect, test } from 'vitest';
import { type CrossingOptions, crossingWords } from '../../src/analysis/crossing.ts';
import { crossingAsRuled, type ThresholdReading } from '../../src/analysis/thresholds.ts';
import { minute, second } from '../../src/model/time.ts';

const noon = Date.UTC(2026, 4, 4, 12);

const reading: ThresholdReading = {
	crossedAt: noon - 14 * minute,
	crossedBefore: false,
	beyond: true,
	peak: { value: 0.27, at: noon - 5 * minute },
	trend: 'steady',
};

const options: CrossingOptions = {
	threshold: { operator: '>', value: 0.05 },
	unit: 'ratio',
	value: 0.24,
	timeFormat: 'utc',
	now: noon,
};

describe('a crossing in words', () => {
	test.each<[string, Partial<ThresholdReading>, Partial<CrossingOptions>, readonly string[]]>([
		['as it is', {}, {}, ['crossed 11:46:00', 'peak 27 %', 'at 11:55:00', 'not falling']],
		['before it fired', {}, { firedAt: noon - 12 * minute }, ['crossed 11:46:00, 2 m 00 s before it fired']],
		['at the moment it fired', {}, { firedAt: noon - 14 * minute + 500 }, ['crossed 11:46:00']],
		['after it fired, by another rule', {}, { firedAt: noon - 20 * minute }, ['crossed 11:46:00']],
		['before the window', { crossedBefore: true }, {}, ['crossed before 11:46:00']],
		['rising', { trend: 'rising' }, {}, ['rising']],
		['falling', { trend: 'falling' }, {}, ['falling']],
		['at the peak', {}, { value: 0.3 }, ['at its peak']],
		['below a floor', {}, { threshold: { operator: '<', value: 0.5 }, value: 0.26 }, ['at its lowest', 'not rising']],
		['above the lowest', {}, { threshold: { operator: '<', value: 0.5 }, value: 0.3 }, ['lowest 27 %', 'at 11:55:00']],
		[
			'down, which has no direction',
			{},
			{ threshold: { operator: '==', value: 0 }, value: 0 },
			['crossed 11:46:00', 'steady'],
		],
		['as ages', {}, { timeFormat: 'relative' }, ['crossed 14 m 00 s ago', 'at 5 m 00 s ago']],
	])('%s', (_, read, asked, expected) => {
		const words = Object.values(crossingWords({ ...reading, ...read }, { ...options, ...asked }));
		expect(words).toEqual(expect.arrayContaining([...expected]));
	});

	test('has nothing to say of what was never beyond its limit or has no samples', () => {
		const never: ThresholdReading = { crossedBefore: false, beyond: false, trend: 'steady' };
		expect(crossingWords(never, { ...options, value: Number.NaN })).toEqual({ trend: 'not falling' });
	});
});

test.each<
	[string, activeAt: number | undefined, before: boolean, crossedAt: number | undefined, crossedBefore: boolean]
>([
	['nobody knows better', undefined, true, noon, true],
	['the rule saw it within the step', noon - 20 * second, true, noon - 20 * second, false],
	['the rule saw it at its next evaluation', noon + 50 * second, false, noon + 50 * second, false],
	['the rule saw it before the window', noon - 5 * minute, true, noon, true],
	['the rule saw another crossing since', noon + 90 * second, false, undefined, false],
	['the rule saw another crossing since, in a window that began beyond', noon + 90 * second, true, undefined, false],
	['the rule saw no return within the limit', noon - 5 * minute, false, undefined, false],
])('the crossing as ruled: %s', (_, activeAt, before, crossedAt, crossedBefore) => {
	const read = { ...reading, crossedAt: noon, crossedBefore: before };
	const ruled = crossingAsRuled(read, activeAt, 30 * second);
	expect([ruled.crossedAt, ruled.crossedBefore]).toEqual([crossedAt, crossedBefore]);
});

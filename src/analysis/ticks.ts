import { day, hour, type Milliseconds, minute, second, type TimeRange } from '../model/time.ts';

/** The smallest of 1, 2 and 5 times a power of ten that is not below the value; 1 for what is no positive figure. */
export function roundCeiling(value: number): number {
	if (!(value > 0) || !Number.isFinite(value)) return 1;
	const power = 10 ** Math.floor(Math.log10(value));
	const digit = [1, 2, 5, 10].find(step => step * power >= value * (1 - 1e-9)) ?? 10;
	return Number((digit * power).toPrecision(3));
}

const timeSteps: readonly Milliseconds[] = [
	second,
	5 * second,
	15 * second,
	30 * second,
	minute,
	5 * minute,
	15 * minute,
	30 * minute,
	hour,
	3 * hour,
	6 * hour,
	12 * hour,
	day,
	7 * day,
];

/** Round instants of a range, at most `most` of them, and the step between two. */
export function timeTicks(
	{ from, to }: TimeRange,
	most: number,
): { readonly step: Milliseconds; readonly at: readonly Milliseconds[] } {
	const step = timeSteps.find(each => (to - from) / each <= most) ?? 28 * day;
	const at: Milliseconds[] = [];
	for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) at.push(tick);
	return { step, at };
}

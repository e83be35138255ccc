import { day, hour, type Milliseconds, minute, second, type TimeRange } from '../model/time.ts';

/** The scale of a value axis: from 0 to `top` in equal steps of a round length. */
export type ValueScale = { readonly top: number; readonly step: number };

/** More steps than this make a tighter top, but figures that are hard to count along. */
const mostSteps = 6;

/**
 * The scale for values up to `highest`: at most six steps of 1, 2 or 5 times a power of ten, so that the data take at
 * least seven tenths of the height. From 0 to 1 for what is no positive figure.
 */
export function valueScale(highest: number): ValueScale {
	if (!(highest >= smallestScale && highest <= largestScale)) return { top: 1, step: 1 };
	const power = 10 ** Math.floor(Math.log10(highest) - 1);
	const stepsOf = (step: number) => Math.ceil((highest / step) * (1 - 1e-9));
	const step = [1, 2, 5, 10, 20].map(digit => digit * power).find(each => stepsOf(each) <= mostSteps) ?? 50 * power;
	return { top: exact(step * stepsOf(step)), step: exact(step) };
}

/** The scale for bytes of memory, whose round lengths are so many KiB, MiB or GiB. */
export function memoryScale(highest: number): ValueScale {
	if (!(highest >= 1 && highest <= largestScale)) return valueScale(highest);
	const unit = 1024 ** Math.floor(Math.log2(highest) / 10);
	const { top, step } = valueScale(highest / unit);
	return { top: top * unit, step: step * unit };
}

/** Beyond these, powers of ten lose their digits. */
const smallestScale = 1e-300;
const largestScale = 1e300;

/** Without the dust of binary fractions: 0.30000000000000004 is 0.3. */
const exact = (value: number): number => Number(value.toPrecision(12));

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

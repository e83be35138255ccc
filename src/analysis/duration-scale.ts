import type { Milliseconds } from '../model/time.ts';

/** A logarithmic axis of durations in milliseconds: from `low` at the foot of the last row to `high` at the top of the first. */
export type DurationScale = { readonly low: Milliseconds; readonly high: Milliseconds };

/** Durations below one millisecond are told as none: they lie in the lowest row. */
const shortest: Milliseconds = 0.5;

/** The scale that holds all of them between two round lengths (1, 2 or 5 times a power of ten). */
export function durationScale(durations: readonly Milliseconds[]): DurationScale {
	const known = durations.map(each => Math.max(shortest, each));
	const low = roundBelow(known.reduce((least, each) => Math.min(least, each), known[0] ?? 1));
	const high = roundAbove(known.reduce((most, each) => Math.max(most, each), known[0] ?? 1));
	return { low, high: high > low ? high : low * 10 };
}

const digits = [1, 2, 5, 10] as const;

function roundBelow(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	return power * (digits.findLast(digit => digit * power <= value) ?? 1);
}

function roundAbove(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	return power * (digits.find(digit => digit * power >= value) ?? 10);
}

/** The row of a duration, 0 on top; what lies beyond an end is in the row at that end. */
export function rowOfDuration(duration: Milliseconds, { low, high }: DurationScale, rows: number): number {
	const share = Math.log(Math.max(shortest, duration) / low) / Math.log(high / low);
	return Math.max(0, Math.min(rows - 1, Math.floor((1 - share) * rows)));
}

/** The duration at the upper edge of a row; the lower edge of one is the upper edge of the next. */
export const durationAtTop = (row: number, { low, high }: DurationScale, rows: number): Milliseconds =>
	high * (low / high) ** (row / rows);

/** The duration in the middle of a row. */
export const durationInRow = (row: number, scale: DurationScale, rows: number): Milliseconds =>
	durationAtTop(row + 0.5, scale, rows);

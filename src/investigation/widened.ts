import { lengthOf, type Milliseconds, minute, type TimeRange } from '../model/time.ts';

/** Ten times as long round the same middle, at least five minutes, and no longer than `most`. */
export function widened(range: TimeRange, now: Milliseconds, most: Milliseconds): TimeRange | undefined {
	const length = Math.min(most, Math.max(5 * minute, lengthOf(range) * 10));
	if (length <= lengthOf(range)) return undefined;
	const middle = (range.from + range.to) / 2;
	const to = Math.min(now, Math.round(middle + length / 2));
	return { from: to - length, to };
}

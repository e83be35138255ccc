import type { Nanoseconds } from '../model/time.ts';
import type { LogRange } from './ports.ts';

export type SliceLengths = {
	/** Up to this length a window is one slice. */
	readonly shortEnough: Nanoseconds;
	readonly firstSlice: Nanoseconds;
	/** No slice doubles beyond it; the oldest may be half as long again. */
	readonly longest?: Nanoseconds;
};

/**
 * A long window in slices, newest first, each twice as long as the one after it: what was written last is there soon, and
 * what finds nothing has not asked often.
 *
 *     |────────── 9 h ──────────|────── 8 h ──────|─ 4 h ─|2 h|1|
 */
export function windowSlices({ from, to }: LogRange, lengths: SliceLengths): readonly LogRange[] {
	const { shortEnough, firstSlice, longest } = lengths;
	if (to - from <= shortEnough) return [{ from, to }];
	const slices: LogRange[] = [];
	let length = firstSlice;
	for (let end = to; end > from; ) {
		const begin = end - length - length / 2n <= from ? from : end - length;
		slices.push({ from: begin, to: end });
		end = begin;
		if (longest === undefined || length * 2n <= longest) length *= 2n;
	}
	return slices;
}

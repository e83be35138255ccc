import type { Series } from '../model/series.ts';
import type { TimeRange } from '../model/time.ts';

/**
 * A series in `columns` equal parts of a range: the largest sample of each part, so that a spike is never averaged
 * away; NaN where a part has none.
 */
export function resampled({ times, values }: Series, { from, to }: TimeRange, columns: number): readonly number[] {
	const parts = new Array<number>(columns).fill(Number.NaN);
	const width = (to - from) / columns;
	for (let index = 0; index < times.length; index++) {
		const at = times[index] ?? Number.NaN;
		const value = values[index] ?? Number.NaN;
		if (Number.isNaN(value) || at < from || at > to) continue;
		const column = Math.min(columns - 1, Math.floor((at - from) / width));
		const before = parts[column] ?? Number.NaN;
		parts[column] = Number.isNaN(before) ? value : Math.max(before, value);
	}
	return parts;
}

/** Each gap of at most `most` parts takes the value before it: a step between two samples is not a gap. */
export function bridged(parts: readonly number[], most: number): readonly number[] {
	let last = Number.NaN;
	let gap = 0;
	return parts.map(value => {
		if (!Number.isNaN(value)) {
			last = value;
			gap = 0;
			return value;
		}
		gap++;
		return gap <= most ? last : Number.NaN;
	});
}

import type { LogLevel, LogRecord } from '../model/log-entry.ts';
import type { Grid, Series } from '../model/series.ts';
import { type Milliseconds, second, type TimeRange, toMilliseconds } from '../model/time.ts';

const steps: readonly Milliseconds[] = [
	1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400,
].map(seconds => seconds * second);

/** About as many bars as a screen has columns; a value at `t` counts what came after `t - step`. */
export function volumeGrid({ from, to }: TimeRange): Grid {
	const step = steps.find(each => (to - from) / each <= 120) ?? Math.ceil((to - from) / 120);
	const first = Math.floor(from / step) * step + step;
	return { from: first, to: Math.max(first, Math.ceil(to / step) * step), step };
}

/** Lines by their own level and step: one series for each level that occurs, under the label `level`. */
export function volumeOf(records: readonly LogRecord[], grid: Grid): readonly Series[] {
	const counts = new Map<LogLevel, Map<Milliseconds, number>>();
	for (const { level, entry } of records) {
		const at = Math.ceil(toMilliseconds(entry.at) / grid.step) * grid.step;
		if (at < grid.from || at > grid.to) continue;
		const ofLevel = counts.get(level) ?? new Map<Milliseconds, number>();
		ofLevel.set(at, (ofLevel.get(at) ?? 0) + 1);
		counts.set(level, ofLevel);
	}
	return [...counts].map(([level, at]) => {
		const times = [...at.keys()].sort((a, b) => a - b);
		return { labels: { level }, times, values: times.map(time => at.get(time) ?? 0) };
	});
}

/** The counts of a series in so many equal parts of a range; a bucket that spans several parts is shared out. */
export function countsByColumn(
	{ times, values }: Series,
	step: Milliseconds,
	{ from, to }: TimeRange,
	columns: number,
): readonly number[] {
	const counts = new Array<number>(Math.max(0, columns)).fill(0);
	const width = (to - from) / columns;
	if (!(width > 0)) return counts;
	times.forEach((time, index) => {
		const [start, end] = [(time - step - from) / width, (time - from) / width];
		const value = values[index] ?? 0;
		const last = Math.min(columns - 1, Math.ceil(end) - 1);
		for (let column = Math.max(0, Math.floor(start)); column <= last; column++) {
			const share = (Math.min(end, column + 1) - Math.max(start, column)) / (end - start);
			counts[column] = (counts[column] ?? 0) + value * share;
		}
	});
	return counts;
}

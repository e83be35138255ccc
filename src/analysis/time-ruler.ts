import { formatDuration } from './format.ts';

/** A mark on a ruler: its column and its words. */
export type RulerTick = { readonly x: number; readonly label: string };

/** A label such as `500 ms` and some air round it. */
const columnsPerTick = 11;

/**
 * Ticks at round lengths (1, 2, 5 × 10ⁿ nanoseconds; in seconds and minutes 15, 30, 60) after the left edge, so far
 * apart that their labels do not touch. The first is the edge itself.
 */
export function rulerTicksOf(length: number, columns: number): readonly RulerTick[] {
	const step = roundLength((length * columnsPerTick) / Math.max(1, columns));
	const ticks: RulerTick[] = [];
	for (let at = 0; at <= length; at += step) {
		const x = Math.round((at / length) * columns);
		const label = at === 0 ? '0' : formatDuration(at / 1e6);
		// The tick itself and a sign before a relative time take a column each.
		if (at > 0 && x + label.length + 2 > columns) break;
		ticks.push({ x, label });
	}
	return ticks;
}

const second = 1e9;
const clockSteps = [15, 30, 60, 120, 300, 600, 900, 1800, 3600].map(seconds => seconds * second);

/** The smallest round length that is not shorter. */
function roundLength(least: number): number {
	if (!(least > 1)) return 1;
	if (least > 10 * second) {
		const step = clockSteps.find(step => step >= least);
		if (step !== undefined) return step;
	}
	const power = 10 ** Math.floor(Math.log10(least));
	return ([1, 2, 5, 10].find(factor => factor * power >= least * (1 - 1e-9)) ?? 10) * power;
}

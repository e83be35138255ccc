import type { Milliseconds } from '../../model/time.ts';
import type { Samples } from './series.ts';

/** The samples of one window: those at `first` to `last` of a series, the window being (end − length, end]. */
export type Frame = {
	readonly samples: Samples;
	readonly first: number;
	readonly last: number;
	readonly end: Milliseconds;
	readonly length: Milliseconds;
};

/** A function of a range vector at one step; `undefined` gives no sample. */
type OverTime = (frame: Frame) => number | undefined;

const timeAt = ({ samples }: Frame, at: number): number => samples.times[at] ?? Number.NaN;
const valueAt = ({ samples }: Frame, at: number): number => samples.values[at] ?? Number.NaN;

const reduced =
	(start: number, step: (sum: number, value: number) => number): OverTime =>
	frame => {
		let sum = start;
		for (let at = frame.first; at <= frame.last; at++) sum = step(sum, valueAt(frame, at));
		return sum;
	};

/** How much a counter grew between the first and the last sample, resets made good. */
const counterGrowth = (frame: Frame): number => {
	let growth = valueAt(frame, frame.last) - valueAt(frame, frame.first);
	for (let at = frame.first + 1; at <= frame.last; at++) {
		const before = valueAt(frame, at - 1);
		if (valueAt(frame, at) < before) growth += before;
	}
	return growth;
};

/**
 * Prometheus' extrapolation (`extrapolatedRate` in promql/functions.go): the growth between the samples is stretched to
 * the window's ends where these are no farther than 1.1 sample distances, else by half a distance; a counter is not
 * stretched below zero.
 */
const extrapolated = (frame: Frame, counter: boolean): number | undefined => {
	const { first, last, end, length } = frame;
	if (last - first < 1) return undefined;
	const growth = counter ? counterGrowth(frame) : valueAt(frame, last) - valueAt(frame, first);
	const sampled = (timeAt(frame, last) - timeAt(frame, first)) / 1000;
	const distance = sampled / (last - first);
	const threshold = distance * 1.1;
	let toStart = (timeAt(frame, first) - (end - length)) / 1000;
	let toEnd = (end - timeAt(frame, last)) / 1000;
	if (toStart >= threshold) toStart = distance / 2;
	if (counter && growth > 0 && valueAt(frame, first) >= 0) {
		toStart = Math.min(toStart, sampled * (valueAt(frame, first) / growth));
	}
	if (toEnd >= threshold) toEnd = distance / 2;
	return growth * ((sampled + toStart + toEnd) / sampled);
};

const increase: OverTime = frame => extrapolated(frame, true);

const rate: OverTime = frame => {
	const growth = increase(frame);
	return growth === undefined ? undefined : growth / (frame.length / 1000);
};

/** From the last two samples alone. */
const irate: OverTime = frame => {
	const { first, last } = frame;
	if (last - first < 1) return undefined;
	const value = valueAt(frame, last);
	const before = valueAt(frame, last - 1);
	return (value < before ? value : value - before) / ((timeAt(frame, last) - timeAt(frame, last - 1)) / 1000);
};

const counted =
	(counts: (before: number, value: number) => boolean): OverTime =>
	frame => {
		let count = 0;
		for (let at = frame.first + 1; at <= frame.last; at++) {
			if (counts(valueAt(frame, at - 1), valueAt(frame, at))) count++;
		}
		return count;
	};

const larger = (a: number, b: number): number => (b > a || Number.isNaN(a) ? b : a);
const smaller = (a: number, b: number): number => (b < a || Number.isNaN(a) ? b : a);
const sum = reduced(0, (all, value) => all + value);
const lengthOf = ({ first, last }: Frame): number => last - first + 1;

/** The functions of a range vector by name. */
export const overTime: Readonly<Record<string, OverTime>> = {
	rate,
	irate,
	increase,
	delta: frame => extrapolated(frame, false),
	sum_over_time: sum,
	avg_over_time: frame => (sum(frame) ?? 0) / lengthOf(frame),
	max_over_time: reduced(Number.NaN, larger),
	min_over_time: reduced(Number.NaN, smaller),
	count_over_time: lengthOf,
	last_over_time: frame => valueAt(frame, frame.last),
	changes: counted((before, value) => value !== before),
	resets: counted((before, value) => value < before),
};

/** Those that see differences only, so that a counter's height does not matter to them. */
export const differential = new Set(['rate', 'irate', 'increase', 'delta']);

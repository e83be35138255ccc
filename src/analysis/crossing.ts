import type { Milliseconds } from '../model/time.ts';
import { second } from '../model/time.ts';
import { formatDuration } from './format.ts';
import { formatInstant, type TimeFormat } from './format-time.ts';
import { formatUnit } from './format-unit.ts';
import { hasDirection, type Threshold, type ThresholdReading } from './thresholds.ts';
import type { Unit } from './unit.ts';

/** How a figure stood to its limit over the window, in words. */
export type CrossingWords = {
	/** `crossed 03:00:41, 26 s before it fired`; absent when the figure was never beyond the limit. */
	readonly crossed?: string;
	/** `peak 27 %` or `at its peak`, `lowest 39 %` or `at its lowest` where the limit is a floor; absent without a sample. */
	readonly peak?: string;
	/** `at 03:05:30`, for behind the peak; absent at the peak. */
	readonly peakAt?: string;
	/** `rising`, `falling`, or the one that would be good news and is not so; `steady` where neither would be. */
	readonly trend: string;
};

export type CrossingOptions = {
	readonly threshold: Threshold;
	readonly unit: Unit;
	/** The newest figure, which may be newer than what was read. */
	readonly value: number;
	/** When the alert fired, if it did. */
	readonly firedAt?: Milliseconds;
	readonly timeFormat: TimeFormat;
	readonly now: Milliseconds;
};

/** When the limit was crossed, the peak, and where the figure is going. */
export function crossingWords(reading: ThresholdReading, options: CrossingOptions): CrossingWords {
	const { threshold, unit, value, timeFormat, now } = options;
	const crossed = crossedWords(reading, options);
	const { peak, trend } = reading;
	const good = isFloor(threshold) ? 'rising' : 'falling';
	return {
		...(crossed === undefined ? {} : { crossed }),
		...(peak === undefined ? {} : peakWords(peak)),
		trend: trend === 'steady' && hasDirection(threshold) ? `not ${good}` : trend,
	};

	function peakWords(farthest: { readonly value: number; readonly at: Milliseconds }) {
		const name = isFloor(threshold) ? 'lowest' : 'peak';
		if (isFarther(value, farthest.value, threshold)) return { peak: `at its ${name}` };
		return {
			peak: `${name} ${formatUnit(farthest.value, unit)}`,
			peakAt: `at ${formatInstant(farthest.at, timeFormat, now)}`,
		};
	}
}

function crossedWords(
	{ crossedAt, crossedBefore }: ThresholdReading,
	{ firedAt, timeFormat, now }: CrossingOptions,
): string | undefined {
	if (crossedAt === undefined) return undefined;
	const at = formatInstant(crossedAt, timeFormat, now);
	if (crossedBefore) return `crossed before ${at}`;
	const early = firedAt === undefined ? 0 : firedAt - crossedAt;
	return early < second
		? `crossed ${at}`
		: `crossed ${at}, ${formatDuration(Math.round(early / second) * second)} before it fired`;
}

const isFloor = ({ operator }: Threshold): boolean => operator.startsWith('<');

/** The rule looks more often than the chart: its newest figure may lie beyond all that is charted. */
const isFarther = (value: number, peak: number, threshold: Threshold): boolean =>
	isFloor(threshold) ? value < peak : value > peak;

import type { Series } from '../model/series.ts';
import { type Milliseconds, minute } from '../model/time.ts';

/** The comparisons of PromQL. */
export type ComparisonOperator = '>' | '>=' | '<' | '<=' | '==' | '!=';

/** `a < 5` read from the other side is `5 > a`. */
export const flipped: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
	'>': '<',
	'>=': '<=',
	'<': '>',
	'<=': '>=',
	'==': '==',
	'!=': '!=',
};

export const isComparison = (operator: string): operator is ComparisonOperator => operator in flipped;

const opposites: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
	'>': '<=',
	'>=': '<',
	'<': '>=',
	'<=': '>',
	'==': '!=',
	'!=': '==',
};

/** The limit that holds exactly when this one does not: `x >= 5` for `x < 5`. */
export const negated = ({ operator, value }: Threshold): Threshold => ({ operator: opposites[operator], value });

/** A limit, in the unit of the figure it belongs to. */
export type Threshold = { readonly operator: ComparisonOperator; readonly value: number };

export type Trend = 'rising' | 'falling' | 'steady';

/** How a series stands to its limit. */
export type ThresholdReading = {
	/** The first sample of the last stay beyond the limit; absent when the series was never beyond it. */
	readonly crossedAt?: Milliseconds;
	/** The series began the window beyond the limit: it crossed at `crossedAt` or before. */
	readonly crossedBefore: boolean;
	/** The last sample is beyond the limit. */
	readonly beyond: boolean;
	/** The sample farthest in the direction of the limit: the largest for `>`, the smallest for `<`; `==` has no direction. */
	readonly peak?: { readonly value: number; readonly at: Milliseconds };
	readonly trend: Trend;
};

/** True when the rule would keep the value. NaN is never beyond, except for `!=`, as in PromQL. */
export function isBeyond(value: number, { operator, value: limit }: Threshold): boolean {
	switch (operator) {
		case '>':
			return value > limit;
		case '>=':
			return value >= limit;
		case '<':
			return value < limit;
		case '<=':
			return value <= limit;
		case '==':
			return value === limit;
		case '!=':
			return value !== limit;
	}
}

/** When the series crossed its limit, how far it went, and where it is going. A gap does not end a stay, NaN does. */
export function readThreshold(series: Series, threshold: Threshold): ThresholdReading {
	const peak = peakOf(series, threshold);
	const lastIndex = series.values.length - 1;
	let first = series.values.findLastIndex(value => isBeyond(value, threshold));
	const beyond = first >= 0 && first === lastIndex;
	while (first > 0 && isBeyond(series.values[first - 1] ?? Number.NaN, threshold)) first--;
	const crossedAt = first < 0 ? undefined : series.times[first];
	return {
		...(crossedAt === undefined ? {} : { crossedAt }),
		crossedBefore: first === 0,
		beyond,
		...(peak === undefined ? {} : { peak }),
		trend: trendOf(series),
	};
}

/** How long after the chart a rule may see a crossing: Prometheus' default interval between evaluations. */
const ruleLag = minute;

/**
 * The reading with the crossing as the rule saw it, a step before the chart or an evaluation after it. A crossing that
 * the rule does not know is left out: a series that flaps crosses its limit between the points of the chart.
 */
export function crossingAsRuled(
	reading: ThresholdReading,
	activeAt: Milliseconds | undefined,
	step: Milliseconds,
): ThresholdReading {
	const { crossedAt, ...rest } = reading;
	if (activeAt === undefined || crossedAt === undefined) return reading;
	const isSameCrossing = activeAt >= crossedAt - step && activeAt <= crossedAt + Math.max(step, ruleLag);
	if (isSameCrossing) return { ...rest, crossedAt: activeAt, crossedBefore: false };
	const isOfEarlier = reading.crossedBefore && activeAt < crossedAt;
	return isOfEarlier ? reading : { ...rest, crossedBefore: false };
}

/** Whether a limit is crossed by growing or falling, and not by having one value. */
export const hasDirection = ({ operator }: Threshold): boolean => operator !== '==' && operator !== '!=';

function peakOf({ times, values }: Series, threshold: Threshold): ThresholdReading['peak'] {
	if (!hasDirection(threshold)) return undefined;
	const { operator } = threshold;
	const downwards = operator === '<' || operator === '<=';
	let best = -1;
	for (let index = 0; index < values.length; index++) {
		const value = values[index] ?? Number.NaN;
		const champion = values[best] ?? Number.NaN;
		if (!Number.isNaN(value) && (best < 0 || (downwards ? value < champion : value > champion))) best = index;
	}
	const value = values[best];
	const at = times[best];
	return value === undefined || at === undefined ? undefined : { value, at };
}

/** How many of the newest samples tell a leap. */
const leapSamples = 10;
/** A leap is at least this share of the range of the whole series: less is the noise of few samples. */
const leapShare = 0.3;
/** The newest samples that tell a slow trend: this share of the series, and never fewer than tell a leap. */
const slowPart = 1 / 6;
/** A slow trend changes by at least this share of the range, and by so many times what the scatter would. */
const slowShare = 0.05;
const scatterFactor = 4;

/**
 * Where the newest samples are going: the mean of their newer half against that of the older half. A leap shows on the
 * range of the whole series; a slow rise, however small beside the range, shows on the scatter within the halves. What
 * is neither is steady, so that the noise of a flat line is.
 */
export function trendOf({ values }: Pick<Series, 'values'>): Trend {
	const finite = values.filter(Number.isFinite);
	if (finite.length < 4) return 'steady';
	const range = Math.max(...finite) - Math.min(...finite);
	const leap = changeOver(finite.slice(-leapSamples));
	if (range > 0 && Math.abs(leap.change) >= range * leapShare) return directionOf(leap.change);
	const slow = changeOver(finite.slice(-Math.max(leapSamples, Math.ceil(finite.length * slowPart))));
	const least = Math.max(range * slowShare, slow.scatter * scatterFactor);
	return range > 0 && Math.abs(slow.change) >= least ? directionOf(slow.change) : 'steady';
}

const directionOf = (change: number): Trend => (change > 0 ? 'rising' : 'falling');

/** The mean of the newer half less that of the older half, and the standard error of this difference. */
function changeOver(values: readonly number[]): { readonly change: number; readonly scatter: number } {
	const half = Math.floor(values.length / 2);
	const older = values.slice(0, half);
	const newer = values.slice(-half);
	const scatter = Math.sqrt((varianceOf(older) + varianceOf(newer)) / half);
	return { change: meanOf(newer) - meanOf(older), scatter };
}

/** Of a sample: over one less than its size. */
const varianceOf = (values: readonly number[]): number => {
	const mean = meanOf(values);
	return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

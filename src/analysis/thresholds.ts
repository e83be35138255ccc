import type { Series } from '../model/series.ts';
import type { Milliseconds } from '../model/time.ts';

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
	/** The sample farthest in the direction of the limit: the largest for `>`, the smallest for `<`. */
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

/**
 * The reading with the crossing as the rule saw it: a rule looks more often than a chart of so long a step, and saw it
 * before the first point that lies beyond the limit.
 */
export function crossingAsRuled(
	reading: ThresholdReading,
	activeAt: Milliseconds | undefined,
	step: Milliseconds,
): ThresholdReading {
	const { crossedAt } = reading;
	if (activeAt === undefined || crossedAt === undefined) return reading;
	const isSameCrossing = activeAt <= crossedAt && activeAt >= crossedAt - step;
	return isSameCrossing ? { ...reading, crossedAt: activeAt, crossedBefore: false } : reading;
}

function peakOf({ times, values }: Series, { operator }: Threshold): ThresholdReading['peak'] {
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

/** How many of the newest samples tell the trend. */
const trendSamples = 10;
/** A change smaller than this share of the range of the whole series is no trend. */
const steadyShare = 0.1;

/**
 * Where the newest samples are going: the mean of their newer half against that of the older half, measured on the
 * range of the whole series, so that the noise of a flat line is steady.
 */
export function trendOf({ values }: Series): Trend {
	const finite = values.filter(Number.isFinite);
	const newest = finite.slice(-trendSamples);
	if (newest.length < 4) return 'steady';
	const half = Math.floor(newest.length / 2);
	const change = meanOf(newest.slice(-half)) - meanOf(newest.slice(0, half));
	const range = Math.max(...finite) - Math.min(...finite);
	if (range === 0 || Math.abs(change) < range * steadyShare) return 'steady';
	return change > 0 ? 'rising' : 'falling';
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

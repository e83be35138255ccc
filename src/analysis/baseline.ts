import type { ComparisonName, ServicePlace } from '../model/place.ts';
import type { Grid, Series } from '../model/series.ts';
import { day, hour, lengthOf, type Milliseconds, rangeOf } from '../model/time.ts';
import type { Unit } from './unit.ts';

/** What figures are compared with: themselves, so much earlier. */
export type Comparison = {
	readonly name: Exclude<ComparisonName, 'off'>;
	readonly back: Milliseconds;
	/** `yesterday`. */
	readonly words: string;
};

const comparisons: Readonly<Record<Comparison['name'], Comparison>> = {
	'1d': { name: '1d', back: day, words: 'yesterday' },
	'1w': { name: '1w', back: 7 * day, words: 'a week ago' },
};

/** In a longer window a day ago is half in the window itself, and costs as much again. */
const longestComparedByItself = 6 * hour;

const isShort = ({ window }: Pick<ServicePlace, 'window'>): boolean =>
	lengthOf(rangeOf(window, 0)) <= longestComparedByItself;

const nameOf = (place: Pick<ServicePlace, 'compare' | 'window'>): ComparisonName =>
	place.compare ?? (isShort(place) ? '1d' : 'off');

/** What the place compares its figures with, if anything. */
export function comparisonOf(place: Pick<ServicePlace, 'compare' | 'window'>): Comparison | undefined {
	const name = nameOf(place);
	return name === 'off' ? undefined : comparisons[name];
}

const following: Readonly<Record<ComparisonName, ComparisonName>> = { off: '1d', '1d': '1w', '1w': 'off' };

/** The place with the next comparison: nothing, a day ago, a week ago. What goes without saying is not said. */
export function withNextComparison(place: ServicePlace): ServicePlace {
	const { compare: _, ...rest } = place;
	const next = following[nameOf(place)];
	return nameOf(rest) === next ? rest : { ...rest, compare: next };
}

/** The same grid earlier: its points fall on the same moments of the day. */
export const earlierGrid = ({ from, to, step }: Grid, back: Milliseconds): Grid => ({
	from: from - back,
	to: to - back,
	step,
});

/** What was then, drawn where it would be now. */
export const broughtForward = (series: Series, back: Milliseconds): Series => ({
	...series,
	times: series.times.map(at => at + back),
});

/** How a figure stands to what it was. */
export type Difference =
	/** There is no figure from then. */
	| { readonly kind: 'unknown' }
	| { readonly kind: 'same' }
	/** Less than twice as much: `share` of what it was, more or less. */
	| { readonly kind: 'change'; readonly direction: 'up' | 'down'; readonly share: number }
	| { readonly kind: 'factor'; readonly factor: number }
	/** A quotient would say nothing, or be taken for something else: the figure of then itself. */
	| { readonly kind: 'was'; readonly value: number };

/** A smaller change is none. */
const leastShare = 0.005;
/** Of a ratio, in its own unit: a tenth of a per cent cannot be seen beside it. */
const leastPoints = 0.0005;

/**
 * The difference of two figures. A change of a ratio by per cents would be read as percentage points, so the earlier
 * ratio is told itself unless it has at least doubled.
 */
export function differenceOf(now: number, before: number, unit: Unit): Difference {
	if (Number.isNaN(before)) return { kind: 'unknown' };
	if (now === before) return { kind: 'same' };
	if (!Number.isFinite(now) || !Number.isFinite(before) || before <= 0) return { kind: 'was', value: before };
	const factor = now / before;
	if (factor >= 2) return { kind: 'factor', factor };
	if (unit === 'ratio') return Math.abs(now - before) < leastPoints ? { kind: 'same' } : { kind: 'was', value: before };
	const share = Math.abs(factor - 1);
	return share < leastShare ? { kind: 'same' } : { kind: 'change', direction: factor > 1 ? 'up' : 'down', share };
}

import type { Matcher } from '../model/labels.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import { promRange, promSelector, promSum } from './promql-build.ts';
import { quantileOf, usualQuantiles } from './quantiles.ts';
import type { DurationMetric, FoundTarget } from './service-target.ts';

/** A query and the name of the line it draws. */
export type NamedQuery = { readonly name: string; readonly query: string };

/** Everything that is asked of one target, in base units (requests per second, ratio, seconds). */
export type RedQueries = {
	readonly rate: string;
	/** Absent when no label tells failures. */
	readonly errors: string | undefined;
	/** The quantiles, or `average`; empty when nothing measures durations. */
	readonly durations: readonly NamedQuery[];
	/** What `query_exemplars` is asked. */
	readonly exemplars: string | undefined;
};

/** The same by one label, for one instant, each bounded. */
export type BreakdownQueries = {
	readonly rate: string;
	readonly errors: string | undefined;
	readonly p99: string | undefined;
};

/** What to ask about: matchers on top of the target's own (a route), the length of `rate`'s range, and which quantiles. */
export type RedScope = {
	readonly more: readonly Matcher[];
	readonly over: Milliseconds;
	/** By name, `p99.9`; `usualQuantiles` when absent. */
	readonly quantiles?: readonly string[];
};

/** Without a better knowledge; Prometheus' own default is a minute, its users' habit is this. */
const assumedScrape = 15 * second;
const shortestRange = minute;
const longestOwnRange = 15 * minute;

/** What is tried when the first range held less than two samples of everything: enough for a scrape a minute. */
export const patientRange: Milliseconds = 5 * minute;

/**
 * The range of `rate`: four scrapes, so that one may fail; no less than a step, so that no request falls between two
 * points; and, when an alert led here, that of its rule, so that the chart crosses the limit when the alert did.
 */
export const rateRange = (step: Milliseconds, own?: Milliseconds): Milliseconds =>
	Math.max(shortestRange, 4 * assumedScrape, step, own !== undefined && own <= longestOwnRange ? own : 0);

const quantilesIn = ({
	quantiles = usualQuantiles,
}: RedScope): readonly (readonly [name: string, quantile: string])[] =>
	quantiles.flatMap(name => {
		const quantile = quantileOf(name);
		return quantile === undefined ? [] : [[name, String(quantile)] as const];
	});

/** How many values of a label a break-down asks for; it shows fewer. */
export const breakdownLimit = 50;

export function redQueries(target: FoundTarget, scope: RedScope): RedQueries {
	const all = promSum([], rateOf(target, [], scope));
	const { errorMatcher, duration } = target;
	return {
		rate: all,
		errors:
			errorMatcher === undefined
				? undefined
				: `(${promSum([], rateOf(target, [errorMatcher], scope))} or vector(0)) / ${all}`,
		durations: duration === undefined ? [] : durationQueries(duration, [...target.matchers, ...scope.more], scope),
		exemplars: duration === undefined ? undefined : exemplarQuery(duration, [...target.matchers, ...scope.more]),
	};
}

export function breakdownQueries(target: FoundTarget, by: string, scope: RedScope): BreakdownQueries {
	const { errorMatcher, duration } = target;
	const top = (inner: string) => `topk(${breakdownLimit}, ${inner})`;
	const [p99] =
		duration === undefined || duration.flavour === 'summary' || duration.flavour === 'average'
			? []
			: [
					quantileQuery(duration, '0.99', {
						matchers: [...target.matchers, ...scope.more],
						by: [by],
						over: scope.over,
					}),
				];
	return {
		rate: top(promSum([by], rateOf(target, [], scope))),
		errors: errorMatcher === undefined ? undefined : top(promSum([by], rateOf(target, [errorMatcher], scope))),
		p99: p99 === undefined ? undefined : top(p99),
	};
}

const rateOf = (target: FoundTarget, more: readonly Matcher[], scope: RedScope): string =>
	ranged(target.rateMetric, [...target.matchers, ...scope.more, ...more], scope.over);

const ranged = (metric: string, matchers: readonly Matcher[], over: Milliseconds): string =>
	`rate(${promSelector(metric, matchers)}[${promRange(over)}])`;

function durationQueries(
	duration: DurationMetric,
	matchers: readonly Matcher[],
	scope: RedScope,
): readonly NamedQuery[] {
	const { base, flavour } = duration;
	const { over } = scope;
	if (flavour === 'average') {
		const of = (suffix: string) => promSum([], ranged(withSuffix(base, suffix), matchers, over));
		return [{ name: 'average', query: inSeconds(`${of('sum')} / ${of('count')}`, duration) }];
	}
	if (flavour === 'summary') {
		return quantilesIn(scope).map(([name, quantile]) => ({
			name,
			query: inSeconds(
				`max(${promSelector(base, [...matchers, { name: 'quantile', operator: '=', value: quantile }])})`,
				duration,
			),
		}));
	}
	return quantilesIn(scope).map(([name, quantile]) => ({
		name,
		query: quantileQuery(duration, quantile, { matchers, by: [], over }),
	}));
}

function quantileQuery(
	duration: DurationMetric,
	quantile: string,
	scope: { readonly matchers: readonly Matcher[]; readonly by: readonly string[]; readonly over: Milliseconds },
): string {
	const classic = duration.flavour === 'classic';
	const metric = classic ? withSuffix(duration.base, 'bucket') : duration.base;
	const labels = classic ? ['le', ...scope.by] : scope.by;
	const histogram = promSum(labels, ranged(metric, scope.matchers, scope.over));
	return inSeconds(`histogram_quantile(${quantile}, ${histogram})`, duration);
}

/** In the query and not afterwards, so that its copy gives the figure that is shown. */
const inSeconds = (query: string, { unit }: DurationMetric): string =>
	unit === 'seconds' ? query : `${query.includes(' / ') ? `(${query})` : query} / 1000`;

function exemplarQuery({ base, flavour }: DurationMetric, matchers: readonly Matcher[]): string | undefined {
	if (flavour === 'classic') return promSelector(withSuffix(base, 'bucket'), matchers);
	return flavour === 'native' ? promSelector(base, matchers) : undefined;
}

/** `_` also after OpenTelemetry's dotted names: that is what Prometheus' own translation writes. */
const withSuffix = (base: string, suffix: string): string => `${base}_${suffix}`;

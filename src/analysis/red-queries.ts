import { equals, type Matcher } from '../model/labels.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import { promSelector, promSum } from './promql-build.ts';
import { mostQuantiles, type QuantileName, usualQuantiles } from './quantiles.ts';
import { divisorOf, failuresOf, type RedScope, ranged, requestsOf } from './red-requests.ts';
import type { DurationMetric, FoundTarget } from './service-target.ts';
import { stringLiteral } from './string-literal.ts';

export type { RedScope } from './red-requests.ts';

/** A query and the name of the line it draws. */
export type NamedQuery = { readonly name: string; readonly query: string };

/** Everything that is asked of one target, in base units (requests per second, ratio, seconds). */
export type RedQueries = {
	/** Per second, but for a target that counts `periods`. */
	readonly rate: string;
	/** Absent when nothing tells failures. */
	readonly errors: string | undefined;
	/** The quantiles, or `average`, or what a gauge has; empty when nothing measures durations. */
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

const quantiles: Readonly<Record<QuantileName, string>> = {
	p50: '0.5',
	p90: '0.9',
	p95: '0.95',
	p99: '0.99',
	'p99.9': '0.999',
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

/** How many values of a label a break-down asks for; it shows fewer. */
export const breakdownLimit = 50;

export function redQueries(
	target: FoundTarget,
	scope: RedScope,
	wanted: readonly QuantileName[] = usualQuantiles,
): RedQueries {
	const failed = failuresOf(target, [], scope);
	const duration = durationFor(target, scope, []);
	return {
		rate: requestsOf(target, [], scope),
		errors: failed === undefined ? undefined : `(${failed} or vector(0)) / ${divisorOf(target, scope)}`,
		durations: duration === undefined ? [] : durationQueries(duration, within(target, duration, scope), wanted),
		exemplars: duration === undefined ? undefined : exemplarQuery(duration, within(target, duration, scope)),
	};
}

/** By any label. Only the busiest values are asked for, so that a label of many values does no harm. */
export function breakdownQueries(target: FoundTarget, by: string, scope: RedScope): BreakdownQueries {
	const top = (inner: string) => `topk(${breakdownLimit}, ${inner})`;
	const failed = failuresOf(target, [by], scope);
	const duration = durationFor(target, scope, [by]);
	return {
		rate: top(requestsOf(target, [by], scope)),
		errors: failed === undefined ? undefined : top(failed),
		p99:
			duration === undefined || !isHistogram(duration)
				? undefined
				: top(quantileQuery(duration, quantiles.p99, within(target, duration, scope), [by])),
	};
}

/** The duration that has every label that is asked for: the best of all when none is. */
export function durationFor(
	{ duration, finer = [] }: FoundTarget,
	{ more }: Pick<RedScope, 'more'>,
	by: readonly string[],
): DurationMetric | undefined {
	const asked = [...more.map(({ name }) => name), ...by];
	const candidates = duration === undefined ? [] : [duration, ...finer];
	return candidates.find(({ labels }) => labels === undefined || asked.every(name => labels.includes(name)));
}

/** True when its quantiles can be aggregated over instances. */
export const isHistogram = ({ flavour }: DurationMetric): boolean =>
	flavour === 'classic' || flavour === 'vmrange' || flavour === 'native';

/** A duration's own scope: with what restricts it beyond the target. */
const within = (target: FoundTarget, { only = [] }: DurationMetric, { more, over }: RedScope): RedScope => ({
	more: [...target.matchers, ...more, ...only],
	over,
});

function durationQueries(
	duration: DurationMetric,
	scope: RedScope,
	wanted: readonly QuantileName[],
): readonly NamedQuery[] {
	const { base, flavour } = duration;
	switch (flavour) {
		case 'average': {
			const of = (suffix: string) => promSum([], ranged(withSuffix(base, suffix), scope.more, scope.over));
			return [{ name: 'average', query: inSeconds(`${of('sum')} / ${of('count')}`, duration.unit) }];
		}
		case 'gauge':
			return [
				{ name: duration.line ?? 'average', query: inSeconds(`max(${promSelector(base, scope.more)})`, duration.unit) },
			];
		case 'summary':
			return summaryQueries(duration, scope.more, wanted);
		default:
			return wanted.map(name => ({ name, query: quantileQuery(duration, quantiles[name], scope, []) }));
	}
}

/**
 * The worst instance: quantiles cannot be added. Only those that the service made, and when none of the wanted is
 * among them, whatever it made.
 */
function summaryQueries(
	{ base, unit, quantiles: made }: DurationMetric,
	matchers: readonly Matcher[],
	wanted: readonly QuantileName[],
): readonly NamedQuery[] {
	const written = made ?? wanted.map(name => quantiles[name]);
	const asked = written.filter(quantile => wanted.some(name => Number(quantiles[name]) === Number(quantile)));
	return (asked.length > 0 ? asked : written.slice(0, mostQuantiles)).map(quantile => {
		const selector = promSelector(base, [...matchers, equals('quantile', quantile)]);
		const name = `p${Number((Number(quantile) * 100).toPrecision(6))}`;
		return { name, query: inSeconds(`max(${selector})`, unit) };
	});
}

function quantileQuery(duration: DurationMetric, quantile: string, scope: RedScope, by: readonly string[]): string {
	return inSeconds(`histogram_quantile(${quantile}, ${bucketsOf(duration, scope, by)})`, duration.unit);
}

/** The histogram of all requests, per second. VictoriaMetrics' `histogram_quantile` reads `vmrange` as it does `le`. */
function bucketsOf({ flavour, base }: DurationMetric, { more, over }: RedScope, by: readonly string[]): string {
	if (flavour === 'native') return promSum(by, ranged(base, more, over));
	const bucket = flavour === 'vmrange' ? 'vmrange' : 'le';
	return promSum([bucket, ...by], ranged(withSuffix(base, 'bucket'), more, over));
}

const perSecond = { seconds: 1, milliseconds: 1000, microseconds: 1_000_000, nanoseconds: 1_000_000_000 } as const;

/** In the query and not afterwards, so that its copy gives the figure that is shown. */
const inSeconds = (query: string, unit: DurationMetric['unit']): string =>
	unit === 'seconds' ? query : `${query.includes(' / ') ? `(${query})` : query} / ${perSecond[unit]}`;

function exemplarQuery({ base, flavour }: DurationMetric, { more }: RedScope): string | undefined {
	if (flavour === 'classic') return promSelector(withSuffix(base, 'bucket'), more);
	return flavour === 'native' ? promSelector(base, more) : undefined;
}

/** `_` also after OpenTelemetry's dotted names: that is what Prometheus' own translation writes. */
const withSuffix = (base: string, suffix: string): string => `${base}_${suffix}`;

/** How many values of a status label are told apart where they make no classes. */
const statusLimit = 20;

/**
 * Requests per second by how they ended: one series each, with one label, `class` (`2xx`, `5xx`) where the status is a
 * code of three digits, else the status label itself (`5xx`, `Internal`, `STATUS_CODE_ERROR`). A value that is no code
 * has an empty class. Where gRPC is told beside HTTP, what is not its code 0 has a class of its own: `gRPC 13`, since its
 * HTTP status is 200 all the same. `undefined` when no label tells.
 */
export function statusQuery(target: FoundTarget, scope: RedScope): string | undefined {
	const { errorMatcher, otherErrorMatcher: other } = target;
	if (errorMatcher === undefined) return undefined;
	const byValue = requestsOf(target, [errorMatcher.name, ...(other === undefined ? [] : [other.name])], scope);
	if (target.hasCodes !== true) return `topk(${statusLimit}, ${byValue})`;
	const label = stringLiteral(errorMatcher.name);
	const classed = `label_replace(${byValue}, "class", "\${1}xx", ${label}, "([1-5])..")`;
	if (other === undefined) return `sum by (class) (${classed})`;
	const told = `label_replace(${classed}, "class", "gRPC $1", ${stringLiteral(other.name)}, "(.*[^0].*)")`;
	return `sum by (class) (${told})`;
}

/**
 * The histogram's buckets per second, in the unit of the metric (`DurationMetric.scale` brings bounds to seconds): by
 * `le` cumulative, each bucket with those below it; by `vmrange` each alone; of a native histogram as a whole. `undefined`
 * where there are none.
 */
export function heatQuery(target: FoundTarget, scope: RedScope): string | undefined {
	const duration = durationFor(target, scope, []);
	return duration === undefined || !isHistogram(duration)
		? undefined
		: bucketsOf(duration, within(target, duration, scope), []);
}

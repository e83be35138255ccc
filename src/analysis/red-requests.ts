import type { Matcher } from '../model/labels.ts';
import type { Milliseconds } from '../model/time.ts';
import { promRange, promSelector, promSum } from './promql-build.ts';
import type { FoundTarget } from './service-target.ts';

/** What to ask about: matchers on top of the target's own (a route), and the length of `rate`'s range. */
export type RedScope = { readonly more: readonly Matcher[]; readonly over: Milliseconds };

/** A counter, per second: `rate(x{…}[1m])`. */
export const ranged = (metric: string, matchers: readonly Matcher[], over: Milliseconds): string =>
	`rate(${promSelector(metric, matchers)}[${promRange(over)}])`;

/**
 * Requests per second (`periods`: per period of the gauge), summed by these labels. Where the failed ones are counted
 * apart, both together, or whichever there is.
 */
export function requestsOf(target: FoundTarget, by: readonly string[], scope: RedScope): string {
	const counted = sumOf(target, target.rateMetric, by, { ...scope, more: [...target.matchers, ...scope.more] });
	if (target.failures?.counted !== 'beside') return counted;
	const failed = failedAlone(target, target.failures.metric, by, scope);
	return `${counted} + ${failed} or ${counted} or ${failed}`;
}

/** The same for `/` to stand before it. */
export const divisorOf = (target: FoundTarget, scope: RedScope): string => {
	const requests = requestsOf(target, [], scope);
	return target.counting === 'samples' || target.failures?.counted === 'beside' ? `(${requests})` : requests;
};

/**
 * Failed requests in the same unit, or `undefined` when nothing tells them. Without a failure it has no value.
 * What two labels mark is counted once: `or` takes of the second what the first has not.
 */
export function failuresOf(target: FoundTarget, by: readonly string[], scope: RedScope): string | undefined {
	const { errorMatcher, otherErrorMatcher, failures, rateMetric, matchers } = target;
	if (target.counting === 'samples') {
		const of = (name: string) =>
			`${name}(${promSelector(rateMetric, [...matchers, ...scope.more])}[${promRange(scope.over)}])`;
		return `${promSum(by, `${of('count_over_time')} - ${of('sum_over_time')}`)} / ${scope.over / 1000}`;
	}
	if (errorMatcher !== undefined) {
		const failed = [errorMatcher, ...(otherErrorMatcher === undefined ? [] : [otherErrorMatcher])];
		const marked = (matcher: Matcher) =>
			measured(target, rateMetric, { ...scope, more: [...matchers, ...scope.more, matcher] });
		return promSum(by, failed.map(marked).join(' or '));
	}
	return failures === undefined ? undefined : failedAlone(target, failures.metric, by, scope);
}

const failedAlone = (target: FoundTarget, metric: string, by: readonly string[], scope: RedScope): string =>
	sumOf(target, metric, by, { ...scope, more: [...target.matchers, ...scope.more] });

const sumOf = (target: FoundTarget, metric: string, by: readonly string[], scope: RedScope): string => {
	const summed = promSum(by, measured(target, metric, scope));
	return target.counting === 'samples' ? `${summed} / ${scope.over / 1000}` : summed;
};

/** What is summed: each series per second, of a cloud's gauge as it is, of a prober's in the whole range. */
function measured({ counting = 'counter' }: FoundTarget, metric: string, { more, over }: RedScope): string {
	switch (counting) {
		case 'counter':
			return ranged(metric, more, over);
		case 'native':
			return `histogram_count(${ranged(metric, more, over)})`;
		case 'periods':
			return promSelector(metric, more);
		case 'samples':
			return `count_over_time(${promSelector(metric, more)}[${promRange(over)}])`;
	}
}

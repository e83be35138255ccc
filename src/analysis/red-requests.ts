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

/** Failed requests in the same unit, or `undefined` when nothing tells them. Without a failure it has no value. */
export function failuresOf(target: FoundTarget, by: readonly string[], scope: RedScope): string | undefined {
	const { errorMatcher, failures, rateMetric, matchers } = target;
	if (target.counting === 'samples') {
		const of = (name: string) =>
			`${name}(${promSelector(rateMetric, [...matchers, ...scope.more])}[${promRange(scope.over)}])`;
		return `${promSum(by, `${of('count_over_time')} - ${of('sum_over_time')}`)} / ${scope.over / 1000}`;
	}
	if (errorMatcher !== undefined) {
		return sumOf(target, rateMetric, by, { ...scope, more: [...matchers, ...scope.more, errorMatcher] });
	}
	return failures === undefined ? undefined : failedAlone(target, failures.metric, by, scope);
}

const failedAlone = (target: FoundTarget, metric: string, by: readonly string[], scope: RedScope): string =>
	sumOf(target, metric, by, { ...scope, more: [...target.matchers, ...scope.more] });

function sumOf({ counting = 'counter' }: FoundTarget, metric: string, by: readonly string[], scope: RedScope): string {
	switch (counting) {
		case 'counter':
			return promSum(by, ranged(metric, scope.more, scope.over));
		case 'native':
			return promSum(by, `histogram_count(${ranged(metric, scope.more, scope.over)})`);
		case 'periods':
			return promSum(by, promSelector(metric, scope.more));
		case 'samples': {
			const counted = `count_over_time(${promSelector(metric, scope.more)}[${promRange(scope.over)}])`;
			return `${promSum(by, counted)} / ${scope.over / 1000}`;
		}
	}
}

import { equals, type Matcher, matches } from '../model/labels.ts';
import { areCodes, errorMatcherOf } from './error-matcher.ts';
import { isRouteLabel, plainName } from './label-roles.ts';
import { promSelector } from './promql-build.ts';
import { durationsOf } from './red-durations.ts';
import type { Counting, FamilyStatus, RedFamily } from './red-family.ts';
import type { Match, Member } from './red-member.ts';
import { stemOf } from './red-names.ts';
import type { Candidate, DurationMetric, FailureMetric, FoundTarget } from './service-target.ts';

/** A metric that counts requests, and what its labels tell. */
type Counted = {
	readonly metric: string;
	readonly counting: Counting;
	readonly members: readonly Member[];
	/** Every label that any of its series has. */
	readonly names: readonly string[];
	readonly status: Status | undefined;
	/** The labels it has of those that the family knows for routes, in the family's order. */
	readonly routes: readonly string[];
	/** The place of the first of them in the family's order; infinite without one. */
	readonly rank: number;
};

type Status = { readonly matcher: Matcher; readonly other?: Matcher; readonly hasCodes: boolean };

/** A match that has a rate, and all that its series tell. */
export type Described = Match & {
	readonly counted: Counted;
	readonly durations: readonly DurationMetric[];
	readonly failures: FailureMetric | undefined;
	/** How many of rate, errors and durations it tells. */
	readonly figures: number;
};

/** What the series of a match tell; `undefined` without a rate. */
export function describeMatch(match: Match): Described | undefined {
	const counted = countedOf(match);
	if (counted === undefined) return undefined;
	const durations = durationsOf(match);
	const failures = failuresOf(match, counted);
	const tellsErrors = counted.status !== undefined || failures !== undefined || counted.counting === 'samples';
	return { ...match, counted, durations, failures, figures: 1 + Number(tellsErrors) + Number(durations.length > 0) };
}

export const candidateOf = ({ key, family, matchers, members, counted }: Described): Candidate => ({
	family: key,
	convention: family.name,
	rateMetric: counted.metric,
	selector: promSelector(undefined, matchers),
	series: members.length,
});

/** What is asked of a match. */
export function targetOf(match: Described, route: string | undefined): Omit<FoundTarget, 'reason' | 'others'> {
	const { family, key, matchers, counted, failures } = match;
	const [duration, ...finer] = match.durations;
	return {
		kind: 'found',
		convention: family.name,
		family: key,
		rateMetric: counted.metric,
		counting: counted.counting,
		side: family.side,
		duration,
		...(finer.length === 0 ? {} : { finer }),
		matchers,
		selector: promSelector(undefined, matchers),
		errorMatcher: counted.status?.matcher,
		...(counted.status?.other === undefined ? {} : { otherErrorMatcher: counted.status.other }),
		...(counted.status === undefined ? {} : { hasCodes: counted.status.hasCodes }),
		...(failures === undefined ? {} : { failures }),
		routeLabel: routeLabelOf(counted, matchers, route),
		labels: splitLabelsOf(counted.names, matchers),
	};
}

/**
 * The best metric of the rate: one that tells outcomes, then the one that the alert's own rule reads, then one that
 * tells routes, then the first of the family. A duration that is only counted in part does not count requests.
 */
function countedOf({ family, members, stem }: Match): Counted | undefined {
	const counters = (family.counters ?? []).flatMap(base =>
		grouped(members.filter(({ role }) => role.part === 'counter' && role.base === base)),
	);
	const histograms = (family.durations ?? [])
		.filter(({ only, gauge }) => only === undefined && gauge === undefined)
		.flatMap(({ base }) => {
			const own = members.filter(({ role }) => role.base === base);
			const counts = own.filter(({ role }) => role.part === 'count');
			return grouped(counts.length > 0 ? counts : own.filter(isNative));
		});
	const found = [...counters, ...histograms].map(([metric, own]) => countedBy(metric, own, family));
	const telling = found.filter(({ status }) => status !== undefined);
	const best = telling.length > 0 ? telling : found;
	const own = best.find(({ metric }) => stemOf(metric) === stem);
	return own ?? best.find(({ rank }) => rank === Math.min(...best.map(each => each.rank)));
}

function countedBy(metric: string, members: readonly Member[], family: RedFamily): Counted {
	const names = [...new Set(members.flatMap(({ labels }) => Object.keys(labels)))];
	const routes = routesOf(family, names, members);
	return {
		metric,
		counting: members.some(({ role }) => role.part === 'bare') ? 'native' : (family.counting ?? 'counter'),
		members,
		names,
		status: statusOf(family, names, members),
		routes,
		rank: routes[0] === undefined ? Number.POSITIVE_INFINITY : (family.routes ?? []).indexOf(plainName(routes[0])),
	};
}

const grouped = (members: readonly Member[]): readonly (readonly [metric: string, members: readonly Member[]])[] =>
	[...new Set(members.map(({ labels }) => labels.__name__ ?? ''))].map(metric => [
		metric,
		members.filter(({ labels }) => labels.__name__ === metric),
	]);

/** A histogram without buckets of its own name; `series` shows it as it would a gauge. */
const isNative = ({ labels, role }: Member): boolean => role.part === 'bare' && !('quantile' in labels);

/** The first status label there is; one that only some series have tells beside the next. */
function statusOf(
	{ statuses = [] }: RedFamily,
	names: readonly string[],
	members: readonly Member[],
): Status | undefined {
	let other: Status | undefined;
	for (const status of statuses) {
		const name = labelNamed(status.label, names);
		if (name === undefined) continue;
		const seen = new Set(members.map(({ labels }) => labels[name] ?? ''));
		const found = { matcher: failedMatcher(name, status, seen), hasCodes: mayHaveCodes(status) && areCodes(seen) };
		if (!('ofSome' in status && seen.has(''))) return other === undefined ? found : { ...found, other: other.matcher };
		other = found;
	}
	return other;
}

const mayHaveCodes = (status: FamilyStatus): boolean =>
	'matcher' in status || ('scheme' in status && /^http/.test(status.scheme));

function failedMatcher(name: string, status: FamilyStatus, seen: ReadonlySet<string>): Matcher {
	if ('matcher' in status) return status.matcher;
	if ('scheme' in status) return errorMatcherOf(name, status.scheme, seen);
	return status.failed.includes('|') ? matches(name, status.failed) : equals(name, status.failed);
}

/** A counter of failures that nobody has seen may come with the first failure; a gauge that nobody saw is not there. */
function failuresOf({ family, members }: Match, { status }: Pick<Counted, 'status'>): FailureMetric | undefined {
	const { failures } = family;
	if (failures === undefined || status !== undefined) return undefined;
	const seen = failures.metrics
		.flatMap(base => members.filter(({ role }) => role.part === 'failures' && role.base === base))
		.map(({ labels }) => labels.__name__ ?? '');
	const unseen = family.counting === undefined ? failures.metrics.map(base => `${base}_total`) : [];
	const [metric] = [...seen, ...unseen];
	return metric === undefined ? undefined : { metric, counted: failures.counted };
}

/** The label as the series spell it: with underscores, or with OpenTelemetry's dots. */
const labelNamed = (role: string, names: readonly string[]): string | undefined =>
	names.find(name => plainName(name) === role);

/** `endpoint` is a route of prometheus-net's, and the name of a port of the Prometheus operator's. */
const routesOf = (
	{ routes = [] }: RedFamily,
	names: readonly string[],
	members: readonly Member[],
): readonly string[] =>
	routes
		.map(role => labelNamed(role, names))
		.filter(name => name !== undefined)
		.filter(name => name !== 'endpoint' || members.some(({ labels }) => /[/{]/.test(labels[name] ?? '')));

/** The label that knows the route; what is only a method or a caller does not stand in for a route that it never had. */
function routeLabelOf(
	{ routes, members }: Counted,
	matchers: readonly Matcher[],
	route: string | undefined,
): string | undefined {
	const free = routes.filter(name => !matchers.some(matcher => matcher.name === name));
	const knowing = free.find(name => members.some(({ labels }) => labels[name] === route));
	return knowing ?? (route === undefined ? free[0] : free.find(isRouteLabel));
}

const splitLabelsOf = (names: readonly string[], matchers: readonly Matcher[]): readonly string[] =>
	names
		.filter(name => name !== '__name__' && name !== 'le' && name !== 'quantile' && name !== 'vmrange')
		.filter(name => !matchers.some(matcher => matcher.name === name))
		.sort();

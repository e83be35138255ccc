import type { Alert } from '../model/alert.ts';
import { equals, type Labels, type Matcher, matches } from '../model/labels.ts';
import { type Milliseconds, second } from '../model/time.ts';
import type { AlertExpression } from './alert-expression.ts';
import { alertedFamilyOf } from './alerted-family.ts';
import { describedServiceOf } from './found-conventions.ts';
import { matchesLabels } from './label-match.ts';
import { isPlaceLabel, isRouteLabel, isServiceLabel, isStatusLabel, plainName } from './label-roles.ts';
import { lazily } from './lazily.ts';
import type { PromSelector } from './promql.ts';
import { promSelector } from './promql-build.ts';
import { parseNumber } from './promql-literals.ts';
import { redFamilies } from './red-families.ts';
import type { RedFamily, ServiceRole } from './red-family.ts';
import {
	countPatternOf,
	isUsual,
	type MetricRole,
	namePatternOf,
	roleKey,
	rolesByName,
	rolesOf,
	rolesOfMetric,
	stemOf,
} from './red-names.ts';
import { commonServiceRoles, roleMatcher } from './red-services.ts';
import type { NearService } from './service-target.ts';
import { nearestNames } from './spelling.ts';
import { escapeRegex } from './string-literal.ts';

/** Series that the alert's own rule reads, and what selects the alert's service among them. */
export type OwnSeries = Pick<MetricRole, 'family' | 'prefix'> & {
	/** As `FoundTarget.family`. */
	readonly key: string;
	/** The metric without what an exposition adds: `x` of `x_bucket`. */
	readonly stem: string;
	readonly matchers: readonly Matcher[];
	/** Where the rule reads them behind a recorded series: `Recorded.words`. */
	readonly recorded?: string;
};

const nameMatcher = (pattern: string): Matcher => matches('__name__', pattern);

/** One bucket of each histogram is enough to know that it is one. */
const oneBucket: Matcher = matches('le', '|\\+Inf');

/** Families whose names say so little that their labels must be asked for too. */
const isVague = ({ prefixes, guess }: RedFamily): boolean => prefixes !== undefined && guess !== true;

const everyName = lazily(() => namePatternOf(redFamilies.filter(family => !isVague(family))));

/** The labels that every series of a vague family has, and its names. */
const vagueNames = lazily((): readonly (readonly Matcher[])[] =>
	redFamilies
		.filter(isVague)
		.map(family => [
			...(family.needs ?? []).flatMap(([label, ...others]): readonly Matcher[] =>
				label === undefined || others.length > 0 ? [] : [{ name: label, operator: '!=', value: '' }],
			),
			nameMatcher(namePatternOf([family])),
		]),
);

/** The labels that only some families have for services, and the names of the series that may carry them. */
const ownRoles = lazily((): readonly { readonly role: ServiceRole; readonly names: string }[] =>
	[
		...new Map(
			redFamilies.flatMap(({ services = [] }) => services).map(role => [`${role.label} ${role.form}`, role]),
		).values(),
	]
		.filter(role => !commonServiceRoles.some(({ label, form }) => label === role.label && form === role.form))
		.map(role => ({
			role,
			names: namePatternOf(
				redFamilies.filter(({ services = [] }) =>
					services.some(({ label, form }) => label === role.label && form === role.form),
				),
			),
		})),
);

/**
 * Selectors that together find every series by which this service could be described: the families of the alert's own
 * rule with its own matchers; all known names, once for each label that may name a service; and the names of a few
 * families for each label that only they have. The service stands first: a server that knows no such value reads no
 * further.
 */
export const probeSelectors = (service: string, own: readonly OwnSeries[]): readonly string[] => [
	...new Set(
		[
			...own.map(({ family, prefix, matchers }) => [...matchers, nameMatcher(ownPattern(family, prefix))]),
			...commonServiceRoles.map(role => [roleMatcher(role, service), nameMatcher(everyName())]),
			...commonServiceRoles.flatMap(role => vagueNames().map(names => [roleMatcher(role, service), ...names])),
			...ownRoles().map(({ role, names }) => [roleMatcher(role, service), nameMatcher(names)]),
		].map(matchers => promSelector(undefined, [...matchers, oneBucket])),
	),
];

const ownPattern = (family: RedFamily, prefix: string): string => {
	const { prefixes: _, ...exact } = family;
	return `${escapeRegex(prefix).replaceAll('_', '.')}${namePatternOf([exact])}`;
};

/** What services are listed by: the common labels, and those of meshes, proxies and queues that have few values. */
const listedLabels: readonly string[] = [
	...commonServiceRoles.map(({ label }) => label),
	'destination_canonical_service',
	'destination_service_name',
	'destination_workload',
	'ingress',
	'proxy',
	'backend',
	'envoy_cluster_name',
	'server',
	'queue_name',
	'queue',
	'consumergroup',
	'dimension_LoadBalancer',
];

const servedFamilies = redFamilies.filter(({ side, guess }) => side === 'served' && guess !== true);

/** How many services are listed when nothing describes the one that was asked for. */
const mostServices = 1000;

/** Which services have request metrics at all, under which labels and by which metrics; bounded. */
export const servicesQuery = lazily(
	() => `topk(${mostServices}, count by (__name__, ${listedLabels.join(', ')}) (${servedSelector()}))`,
);

/** What counts the requests of services, by whatever family. */
const servedSelector = lazily(() => promSelector(undefined, [nameMatcher(countPatternOf(servedFamilies))]));

/** When the newest sample was taken, in seconds: of what is scraped, else of what counts requests. */
export const newestSampleQueries = lazily((): readonly string[] => [
	'max(timestamp(up))',
	`max(timestamp(${servedSelector()}))`,
]);

/** How many series of requests are native histograms; other series are none of `histogram_count`'s business. */
export const nativeHistogramsQuery = lazily(() => {
	const durations = servedFamilies.map(({ counters: _, ...family }): RedFamily => family);
	return `count(histogram_count(${promSelector(undefined, [nameMatcher(countPatternOf(durations))])}))`;
});

/** The series of metrics that may carry exemplars: the buckets of histograms, and counters. */
export const exemplarsSelector = (metrics: readonly string[]): string =>
	promSelector(undefined, [
		nameMatcher(`(${metrics.map(metric => escapeRegex(stemOf(metric))).join('|')})(_bucket|_count|_total)?`),
	]);

/** Services by the names they have in the answer to `servicesQuery`, nearest in spelling to `service` first. */
export function nearServices(service: string, found: readonly Labels[], limit: number): readonly NearService[] {
	const byName = new Map<string, NearService>();
	for (const labels of found) {
		const described = describedServiceOf(labels);
		if (described === undefined || byName.has(described.value)) continue;
		const { label, value, family } = described;
		byName.set(value, { label, value, convention: family.name });
	}
	return nearestNames(service, [...byName.keys()], limit).flatMap(name => byName.get(name) ?? []);
}

/**
 * The known families that the rule reads, or the one that is made of it (`alertedFamilyOf`). The matchers are those of the rule without what picks an outcome, a route or
 * a bucket, and with the values that the alert has for the labels the rule groups by; an address where nothing else
 * names the service.
 */
export function ownSeriesOf(alert: Pick<Alert, 'labels'>, expression: AlertExpression): readonly OwnSeries[] {
	const made = alertedRoles(expression);
	const found = expression.selectors.flatMap(selector => {
		const { metric = '', matchers } = selector;
		const known = ownRole(metric, matchers, expression.groupedBy);
		// Behind a prefix of its own a known name may be one by chance; the labels of the series will tell.
		const roles = known !== undefined && isUsual(known) ? [known] : [known, made.get(metric)?.[0]];
		return roles.flatMap(role => (role === undefined ? [] : ownSeries(role, selector, alert, expression)));
	});
	const distinct = new Map(found.map(own => [`${own.key} ${promSelector(own.stem, own.matchers)}`, own]));
	return [...distinct.values()].filter(({ matchers }) => matchers.length > 0);
}

function ownSeries(
	role: MetricRole,
	{ metric = '', matchers }: PromSelector,
	alert: Pick<Alert, 'labels'>,
	expression: AlertExpression,
): OwnSeries {
	const { family, prefix } = role;
	const kept = matchers.filter(({ name }) => !isAside(name, family));
	const names = (label: string) => isServiceLabel(label) || namesService(label, family);
	const isNamed = kept.some(({ name }) => names(name));
	const added = tellingGroups(expression, isNamed, names)
		.filter(name => (alert.labels[name] ?? '') !== '' && !kept.some(matcher => matcher.name === name))
		.map(name => equals(name, alert.labels[name] ?? ''));
	return {
		family,
		prefix,
		key: roleKey(role),
		stem: stemOf(metric),
		matchers: [...kept, ...added],
		...(expression.recorded === undefined ? {} : { recorded: expression.recorded.words }),
	};
}

/** What the series of a rule are in the family that is made of it, where there is one. */
function alertedRoles(expression: AlertExpression): ReadonlyMap<string, readonly MetricRole[]> {
	const family = alertedFamilyOf(expression);
	return rolesByName(family === undefined ? [] : [family]);
}

/** Of the labels that a rule groups by, those that tell services and places apart; an address where none names one. */
function tellingGroups(
	{ groupedBy, lineage }: AlertExpression,
	isNamed: boolean,
	names: (label: string) => boolean,
): readonly string[] {
	const telling = groupedBy.filter(name => names(name) || isPlaceLabel(name));
	if (isNamed || telling.some(names)) return telling;
	const addressed = [...telling, ...groupedBy.filter(name => /^(?:exported_)?instance$/.test(name))];
	if (addressed.length > 0) return addressed;
	// A job may be that of all pods; what is not grouped has the labels of its series.
	return lineage.grouped ? ['service', 'job'] : ['service', 'app', 'application', 'svc', 'job'];
}

const namesService = (label: string, { services = [] }: RedFamily): boolean =>
	services.some(role => role.label === plainName(label));

/** The family whose labels the rule's selector and grouping leave possible, and whose view it does not shut out. */
function ownRole(metric: string, matchers: readonly Matcher[], groupedBy: readonly string[]): MetricRole | undefined {
	const labels = Object.fromEntries([...matchers.map(({ name }) => name), ...groupedBy].map(name => [name, '']));
	const known = rolesOf({ ...labels, __name__: metric });
	const roles = known.length > 0 ? known : rolesOfMetric(metric);
	const open = roles.filter(({ family }) => leavesView(family, matchers));
	const named = open.find(({ family }) =>
		[...matchers.map(({ name }) => name), ...groupedBy].some(name => namesService(name, family)),
	);
	return named ?? open[0] ?? roles[0];
}

/** True when a value of one of the family's views passes the rule's matchers on the same label. */
const leavesView = ({ views = [] }: RedFamily, matchers: readonly Matcher[]): boolean =>
	views.length === 0 ||
	views.flat().some(({ name, value }) => {
		const about = matchers.filter(matcher => plainName(matcher.name) === name);
		return value.split('|').some(each => about.every(matcher => matchesLabels({ [matcher.name]: each }, [matcher])));
	});

const isAside = (name: string, family: RedFamily): boolean =>
	!namesService(name, family) &&
	(name === 'le' ||
		name === '__name__' ||
		(family.statuses ?? []).some(status => 'matcher' in status && status.matcher.name === name) ||
		(family.views ?? []).flat().some(view => view.name === plainName(name)) ||
		isStatusLabel(name) ||
		isRouteLabel(name));

/**
 * The shortest range selector of the rule, or of the rules that recorded its series: whoever wrote it knew how often
 * these series are scraped.
 */
export function ownRangeOf(expression: AlertExpression | undefined): Milliseconds | undefined {
	const ranges = (expression?.selectors ?? []).flatMap(({ metric, range }) => range ?? recordedRange(metric) ?? []);
	return ranges.length === 0 ? undefined : Math.min(...ranges);
}

/** `x:ratio_rate5m` and `x:burnrate5m` end in their range (https://prometheus.io/docs/practices/rules/). */
function recordedRange(metric = ''): Milliseconds | undefined {
	const [, range] = /:\w*?rate_?(\d+(?:s|m|h|d|w))$/.exec(metric) ?? [];
	return range === undefined ? undefined : parseNumber(range) * second;
}

import type { Alert } from '../model/alert.ts';
import { equals, type Labels, type Matcher, matches } from '../model/labels.ts';
import type { Milliseconds } from '../model/time.ts';
import type { AlertExpression } from './alert-expression.ts';
import { isPlaceLabel, isRouteLabel, isServiceLabel, isStatusLabel, serviceIn, serviceLabels } from './label-roles.ts';
import { promSelector } from './promql-build.ts';
import { familyOfMetric, type RedFamily, rateNamePattern, redNamePattern, stemOf } from './red-families.ts';
import type { NearService } from './service-target.ts';
import { nearestNames } from './spelling.ts';
import { escapeRegex } from './string-literal.ts';

/** Series that the alert's own rule reads, and what selects the alert's service among them. */
export type OwnSeries = {
	readonly family: RedFamily;
	readonly stem: string;
	readonly matchers: readonly Matcher[];
};

const nameMatcher = (pattern: string): Matcher => matches('__name__', pattern);

/** One bucket of each histogram is enough to know that it is one. */
const oneBucket: Matcher = matches('le', '|\\+Inf');

/** The matcher by which a service label names this service. OpenTelemetry's `job` may have a namespace before it. */
export const serviceMatcher = (label: string, service: string): Matcher =>
	label.endsWith('job') ? matches(label, `(.+/)?${escapeRegex(service)}`) : equals(label, service);

/**
 * Selectors that together find every series by which this service could be described: all known names, once for each
 * label that may name a service, and the families of the alert's own rule with its own matchers.
 */
export const probeSelectors = (service: string, own: readonly OwnSeries[]): readonly string[] => [
	...new Set([
		...own.map(({ stem, matchers }) =>
			promSelector(undefined, [nameMatcher(`${escapeRegex(stem)}(_total|_count|_bucket)?`), oneBucket, ...matchers]),
		),
		...serviceLabels.map(label =>
			promSelector(undefined, [nameMatcher(redNamePattern), oneBucket, serviceMatcher(label, service)]),
		),
	]),
];

/** Which services have request metrics at all, under which labels and by which counters. */
export const servicesQuery: string = `count by (__name__, ${serviceLabels.join(', ')}) (${promSelector(undefined, [nameMatcher(rateNamePattern)])})`;

/** Services by the names they have in the answer to `servicesQuery`, nearest in spelling to `service` first. */
export function nearServices(service: string, found: readonly Labels[], limit: number): readonly NearService[] {
	const byName = new Map<string, NearService>();
	for (const labels of found) {
		const convention = familyOfMetric(labels.__name__ ?? '')?.name;
		const label = serviceLabels.find(name => (labels[name] ?? '') !== '');
		const value = label === undefined ? '' : serviceIn(label, labels[label] ?? '');
		if (convention === undefined || label === undefined || byName.has(value)) continue;
		byName.set(value, { label, value, convention });
	}
	return nearestNames(service, [...byName.keys()], limit).flatMap(name => byName.get(name) ?? []);
}

/**
 * The known families that the rule reads. The matchers are those of the rule without what picks an outcome, a route or
 * a bucket, and with the values that the alert has for the labels the rule groups by.
 */
export function ownSeriesOf(alert: Pick<Alert, 'labels'>, expression: AlertExpression): readonly OwnSeries[] {
	const found = new Map<string, OwnSeries>();
	for (const { metric, matchers } of expression.selectors) {
		const family = metric === undefined ? undefined : familyOfMetric(metric);
		if (metric === undefined || family === undefined) continue;
		const kept = matchers.filter(({ name }) => !isAside(name, family));
		const grouped = expression.groupedBy.filter(name => isServiceLabel(name) || isPlaceLabel(name));
		const named = grouped.length > 0 || kept.some(({ name }) => isServiceLabel(name)) ? grouped : ['service', 'job'];
		const added = named
			.filter(name => (alert.labels[name] ?? '') !== '' && !kept.some(matcher => matcher.name === name))
			.map(name => equals(name, alert.labels[name] ?? ''));
		const own = { family, stem: stemOf(metric), matchers: [...kept, ...added] };
		found.set(promSelector(own.stem, own.matchers), own);
	}
	return [...found.values()].filter(({ matchers }) => matchers.length > 0);
}

const isAside = (name: string, family: RedFamily): boolean =>
	name === 'le' ||
	name === '__name__' ||
	name === family.perspective?.name ||
	isStatusLabel(name) ||
	isRouteLabel(name);

/** The shortest range selector of the rule: whoever wrote it knew how often these series are scraped. */
export function ownRangeOf(expression: AlertExpression | undefined): Milliseconds | undefined {
	const ranges = (expression?.selectors ?? []).flatMap(({ range }) => (range === undefined ? [] : [range]));
	return ranges.length === 0 ? undefined : Math.min(...ranges);
}

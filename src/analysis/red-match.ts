import type { Labels, Matcher } from '../model/labels.ts';
import { errorMatcherOf } from './error-matcher.ts';
import { matchesLabels } from './label-match.ts';
import { plainName, serviceLabels } from './label-roles.ts';
import { promMatcher, promSelector } from './promql-build.ts';
import { familyOfMetric, type RedFamily, redFamilies, stemOf } from './red-families.ts';
import { type OwnSeries, serviceMatcher } from './red-probe.ts';
import type { DurationMetric, FoundTarget } from './service-target.ts';

/** What a probe found (`probeSelectors`), and for whom it was made. */
export type Probed = {
	readonly service: string;
	/** Prefers the label that has this value for routes. */
	readonly route?: string;
	/** Label sets with `__name__`. */
	readonly series: readonly Labels[];
	/** What the alert's own rule reads; empty without an alert. */
	readonly own: readonly OwnSeries[];
};

/** A family with the series of the service in it. */
type Match = {
	readonly family: RedFamily;
	readonly matchers: readonly Matcher[];
	readonly series: readonly Labels[];
	readonly reason: string;
};

/**
 * Chooses what describes the service: the family that the alert's own rule reads; else the first in the order of
 * `redFamilies`; and in it the first label in the order of `serviceLabels` that names the service. `undefined` when no
 * series does.
 */
export function chooseTarget(probed: Probed): FoundTarget | undefined {
	const named = probed.series.filter(labels => familyOfMetric(labels.__name__ ?? '') !== undefined);
	const all = [...ownMatches(probed.own, named), ...labelMatches(probed.service, named)];
	const usable = all.map(inPerspective).filter(match => rateMetricOf(match) !== undefined);
	const [chosen, ...rest] = usable;
	if (chosen === undefined) return undefined;
	const seen = new Set([chosen.family.key]);
	const others = rest.filter(({ family }) => !seen.has(family.key) && seen.add(family.key));
	return targetOf(chosen, others, probed.route);
}

function ownMatches(own: readonly OwnSeries[], series: readonly Labels[]): readonly Match[] {
	return own.map(({ family, matchers }) => ({
		family,
		matchers,
		series: series.filter(labels => isOf(labels, family) && matchesLabels(labels, matchers)),
		reason: "The alert's own expression reads these series.",
	}));
}

function labelMatches(service: string, series: readonly Labels[]): readonly Match[] {
	return redFamilies.flatMap(family => {
		const members = series.filter(labels => isOf(labels, family));
		for (const role of serviceLabels) {
			const wanted = serviceMatcher(role, service);
			const found = members.filter(labels => matchesLabels(labels, [wanted]) && (labels[role] ?? '') !== '');
			if (found.length === 0) continue;
			const values = new Set(found.map(labels => labels[role] ?? ''));
			const [only = service] = values;
			const matcher: Matcher = values.size === 1 ? { name: role, operator: '=', value: only } : wanted;
			return [
				{ family, matchers: [matcher], series: found, reason: `Series of this name have ${promMatcher(matcher)}.` },
			];
		}
		return [];
	});
}

const isOf = (labels: Labels, family: RedFamily): boolean =>
	familyOfMetric(labels.__name__ ?? '') === family && (family.needs ?? []).every(name => name in labels);

/** Keeps one view of each request, when the series tell views apart. */
function inPerspective(match: Match): Match {
	const { perspective } = match.family;
	const kept = perspective === undefined ? [] : match.series.filter(labels => matchesLabels(labels, [perspective]));
	if (perspective === undefined || kept.length === 0) return match;
	return { ...match, matchers: [...match.matchers, perspective], series: kept };
}

/** The best counter of the rate: one that tells outcomes, else the first that exists. */
function rateMetricOf({ family, series }: Pick<Match, 'family' | 'series'>): string | undefined {
	const present = family.rates.flatMap(rate => {
		const counted = series.filter(labels => plainName(labels.__name__ ?? '') === rate);
		const name = counted[0]?.__name__;
		return name === undefined ? [] : [{ name, telling: statusOf(family, counted) !== undefined }];
	});
	return (present.find(({ telling }) => telling) ?? present[0])?.name;
}

function statusOf(family: RedFamily, counted: readonly Labels[]): Matcher | undefined {
	for (const { label, scheme } of family.statuses) {
		const name = labelNamed(label, counted);
		if (name !== undefined) return errorMatcherOf(name, scheme, new Set(counted.map(labels => labels[name] ?? '')));
	}
	return undefined;
}

/** The label as the series spell it: with underscores, or with OpenTelemetry's dots. */
const labelNamed = (role: string, series: readonly Labels[]): string | undefined =>
	series.flatMap(labels => Object.keys(labels)).find(name => plainName(name) === role);

function targetOf(match: Match, others: readonly Match[], route: string | undefined): FoundTarget {
	const { family, matchers, series, reason } = match;
	const rateMetric = rateMetricOf(match) ?? '';
	const counted = series.filter(labels => labels.__name__ === rateMetric);
	const routes = family.routes
		.map(role => labelNamed(role, counted))
		.filter(name => name !== undefined)
		.filter(name => !matchers.some(matcher => matcher.name === name));
	return {
		kind: 'found',
		convention: family.name,
		family: family.key,
		rateMetric,
		duration: durationOf(match),
		matchers,
		selector: promSelector(undefined, matchers),
		errorMatcher: statusOf(family, counted),
		routeLabel: routes.find(name => counted.some(labels => labels[name] === route)) ?? routes[0],
		reason,
		others: others.map(other => ({
			convention: other.family.name,
			rateMetric: rateMetricOf(other) ?? '',
			selector: promSelector(undefined, other.matchers),
			series: other.series.length,
		})),
	};
}

const flavours: readonly DurationMetric['flavour'][] = ['classic', 'native', 'summary', 'average'];

/** The duration with the most to tell; of equals the first of the family. */
function durationOf({ family, series }: Match): DurationMetric | undefined {
	const found = family.durations.flatMap(({ base, unit }) => {
		const members = series.filter(labels => stemOf(plainName(labels.__name__ ?? '')) === base);
		const flavour = flavours.find(each => members.some(labels => flavourOf(labels) === each));
		const name = members[0]?.__name__;
		if (flavour === undefined || name === undefined) return [];
		return [{ base: stemOf(name), flavour, unit, scale: unit === 'seconds' ? 1 : 0.001 }];
	});
	return flavours.map(flavour => found.find(each => each.flavour === flavour)).find(each => each !== undefined);
}

function flavourOf(labels: Labels): DurationMetric['flavour'] | undefined {
	const name = labels.__name__ ?? '';
	if (name.endsWith('_bucket')) return 'classic';
	if (name.endsWith('_count')) return 'average';
	if (name !== stemOf(name)) return undefined;
	return 'quantile' in labels ? 'summary' : 'native';
}

import type { Labels, Matcher } from '../model/labels.ts';
import { isAlertedFamily } from './alerted-family.ts';
import { matchesLabels } from './label-match.ts';
import { plainName } from './label-roles.ts';
import { promMatcher } from './promql-build.ts';
import { isOwnWord, redFamilies, requestSides } from './red-families.ts';
import type { RedFamily } from './red-family.ts';
import type { Match, Member } from './red-member.ts';
import { roleKey, rolesByName, rolesOf } from './red-names.ts';
import type { OwnSeries } from './red-probe.ts';
import { roleMatcher, serviceRolesOf } from './red-services.ts';
import { candidateOf, type Described, describeMatch, targetOf } from './red-target.ts';
import type { FoundTarget } from './service-target.ts';

/** What a probe found (`probeSelectors`), and for whom it was made. */
export type Probed = {
	readonly service: string;
	/** Prefers the label that has this value for routes. */
	readonly route?: string;
	/** The family that the operator chose (`FoundTarget.family`). */
	readonly family?: string;
	/** Label sets with `__name__`. */
	readonly series: readonly Labels[];
	/** What the alert's own rule reads; empty without an alert. */
	readonly own: readonly OwnSeries[];
};

/**
 * Chooses what describes the service. In this order decide: the operator's choice; that the alert's own rule reads the
 * family; that requests asked of the service are counted, before those it made, its inner work and a prober's; that
 * the service itself tells two at least of rate, errors and durations, before what a mesh or a proxy tells; how many of
 * the three a family tells; and the order of trust in `redFamilies`. In the family, the first of its service labels
 * that names the service. `undefined` when no series does.
 */
export function chooseTarget(probed: Probed): FoundTarget | undefined {
	const groups = groupsOf(probed.series, probed.own.map(({ family }) => family).filter(isAlertedFamily));
	const all = [...ownMatches(probed.own, groups), ...labelMatches(probed.service, groups)];
	const usable = all.flatMap(inView).flatMap(match => describeMatch(match) ?? []);
	const ranked = distinct(usable.sort(byRank));
	const chosen = ranked.find(({ key }) => key === probed.family) ?? ranked[0];
	if (chosen === undefined) return undefined;
	const others = ranked.filter(match => match !== chosen);
	const reason = chosen.key === probed.family ? 'You chose this family of metrics.' : reasonOf(chosen, others);
	return { ...targetOf(chosen, probed.route), reason, others: others.map(candidateOf) };
}

/** The series of each family, and of each prefix of one, together; in the order of trust. */
function groupsOf(series: readonly Labels[], made: readonly RedFamily[]): readonly (readonly [Member, ...Member[]])[] {
	const groups = new Map<string, [Member, ...Member[]]>();
	const madeRoles = rolesByName(made.slice(0, 1));
	for (const labels of series) {
		for (const role of [...rolesOf(labels), ...(madeRoles.get(labels.__name__ ?? '') ?? [])]) {
			const key = roleKey(role);
			const group = groups.get(key);
			if (group === undefined) groups.set(key, [{ labels, role }]);
			else group.push({ labels, role });
		}
	}
	const order = new Map(redFamilies.map((family, index) => [family, index]));
	return [...groups.values()].sort(
		([a], [b]) =>
			(order.get(a.role.family) ?? 0) - (order.get(b.role.family) ?? 0) || byText(a.role.prefix, b.role.prefix),
	);
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function ownMatches(own: readonly OwnSeries[], groups: readonly (readonly [Member, ...Member[]])[]): readonly Match[] {
	return own.flatMap(({ key, family, stem, matchers, recorded }) =>
		groups
			.filter(([{ role }]) => roleKey(role) === key)
			.map(group => ({
				key,
				family,
				matchers,
				members: group.filter(({ labels }) => matchesLabels(labels, matchers)),
				reason: `The alert's own expression reads ${recorded ?? 'these series'}${isAlertedFamily(family) ? ', of no known convention' : ''}.`,
				own: true,
				stem,
			})),
	);
}

const labelMatches = (service: string, groups: readonly (readonly [Member, ...Member[]])[]): readonly Match[] =>
	groups.flatMap(group => labelMatch(service, group) ?? []);

function labelMatch(service: string, group: readonly [Member, ...Member[]]): Match | undefined {
	const [{ role }] = group;
	const names = labelNamesOf(group);
	for (const named of serviceRolesOf(role.family)) {
		for (const label of spellingsOf(named.label, names)) {
			const wanted = { ...roleMatcher(named, service), name: label };
			const members = group.filter(({ labels }) => (labels[label] ?? '') !== '' && matchesLabels(labels, [wanted]));
			if (members.length === 0) continue;
			const values = new Set(members.map(({ labels }) => labels[label] ?? ''));
			const [only = service] = values;
			const matcher: Matcher = values.size === 1 ? { name: label, operator: '=', value: only } : wanted;
			const reason = `Series of this name have ${promMatcher(matcher)}.`;
			return { key: roleKey(role), family: role.family, matchers: [matcher], members, reason, own: false };
		}
	}
	return undefined;
}

const labelNamesOf = (members: readonly Member[]): readonly string[] => [
	...new Set(members.flatMap(({ labels }) => Object.keys(labels))),
];

/** A label as the series spell it: with underscores, or with OpenTelemetry's dots. */
const spellingsOf = (label: string, names: readonly string[]): readonly string[] =>
	names.filter(name => plainName(name) === label);

/** Keeps one view of each request, when the series tell views apart. */
function inView(match: Match): readonly Match[] {
	const { views = [], onlyInView } = match.family;
	const names = views.length === 0 ? [] : labelNamesOf(match.members);
	for (const view of views) {
		const spelled = view.flatMap(matcher => spellingsOf(matcher.name, names).map(name => ({ ...matcher, name })));
		const members = match.members.filter(({ labels }) => matchesLabels(labels, spelled));
		if (spelled.length === 0 || members.length === 0) continue;
		return [{ ...match, matchers: [...match.matchers, ...spelled], members }];
	}
	return onlyInView === true ? [] : [match];
}

const byRank = (a: Described, b: Described): number =>
	Number(b.own) - Number(a.own) ||
	Number(a.family.shaped === true) - Number(b.family.shaped === true) ||
	bySide(a, b) ||
	Number(isGoodOwnWord(b)) - Number(isGoodOwnWord(a)) ||
	b.figures - a.figures;

const isGoodOwnWord = ({ family, figures }: Described): boolean => isOwnWord(family) && figures > 1;

const bySide = (a: Described, b: Described): number =>
	requestSides.indexOf(a.family.side) - requestSides.indexOf(b.family.side);

/** The best match of each family. */
const distinct = (ranked: readonly Described[]): readonly Described[] =>
	ranked.filter(({ key }, index) => ranked.findIndex(each => each.key === key) === index);

function reasonOf(chosen: Described, [next, ...rest]: readonly Described[]): string {
	if (next === undefined || chosen.own) return chosen.reason;
	const beside = rest.length === 0 ? next.family.name : `${next.family.name} and ${rest.length} more`;
	return `${chosen.reason} It comes before ${beside}: ${advantageOf(chosen, next)}.`;
}

function advantageOf(chosen: Described, next: Described): string {
	if (next.family.shaped === true) return 'it is a known convention, that only looks like one';
	if (bySide(chosen, next) !== 0)
		return `it counts ${sideWords[chosen.family.side]}, that ${sideWords[next.family.side]}`;
	if (isGoodOwnWord(chosen) && !isGoodOwnWord(next)) return 'the service itself counts them';
	if (chosen.figures > next.figures) return 'it tells more of rate, errors and durations';
	return 'it stands first in the order of trust';
}

const sideWords: Readonly<Record<RedFamily['side'], string>> = {
	served: 'requests asked of the service',
	made: 'requests the service made',
	inner: 'inner work',
	probed: 'requests of a prober',
};

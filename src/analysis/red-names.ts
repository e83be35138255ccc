import type { Labels } from '../model/labels.ts';
import { plainName } from './label-roles.ts';
import { redFamilies } from './red-families.ts';
import { foreignPrefix, partPrefix } from './red-families-libraries.ts';
import type { RedFamily } from './red-family.ts';

/** What a series is in a family, read from its name. */
export type MetricRole = {
	readonly family: RedFamily;
	/** What stands before the family's own name: `span_` of `span_calls_total`; mostly nothing. */
	readonly prefix: string;
	/** As in the family's row. */
	readonly base: string;
	readonly part: 'counter' | 'failures' | 'gauge' | 'bare' | 'count' | 'bucket' | 'sum';
};

/** A metric without what an exposition adds to the name of its histogram, summary or counter. */
export const stemOf = (metric: string): string => metric.replace(/[_.](?:bucket|count|sum|total)$/, '');

/** Tells families, and prefixes of one, apart; it stands in addresses. */
export const roleKey = ({ family, prefix }: Pick<MetricRole, 'family' | 'prefix'>): string =>
	prefix === '' ? family.key : `${family.key}:${prefix.replace(/_$/, '')}`;

/**
 * What a series may be, the most exact first, by its name and its labels. The same spans are counted in more than one
 * family, and so are the two ends of a call.
 */
export function rolesOf(labels: Labels): readonly MetricRole[] {
	const names = new Set(Object.keys(labels).map(plainName));
	const roles = rolesOfMetric(labels.__name__ ?? '').filter(({ family }) =>
		(family.needs ?? []).every(group => group.some(name => names.has(name))),
	);
	const known = roles.filter(({ family }) => family.guess !== true);
	if (known.length > 0) return known;
	const named = roles.filter(({ family }) => family.shaped !== true);
	return named.length > 0 ? named : roles;
}

/** What a metric may be by its name alone, the most usual first; in underscores or in OpenTelemetry's own dots. */
export function rolesOfMetric(metric: string): readonly MetricRole[] {
	const name = plainName(metric);
	const known = roleCache.get(name);
	if (known !== undefined) return known;
	const found = findRoles(name);
	if (roleCache.size >= mostCached) roleCache.clear();
	roleCache.set(name, found);
	return found;
}

const roleCache = new Map<string, readonly MetricRole[]>();
const mostCached = 2000;

function findRoles(name: string): readonly MetricRole[] {
	const exact = exactRoles.get(name) ?? [];
	const behindPrefix = prefixesIn(name).flatMap(prefix =>
		(suffixRoles.get(name.slice(prefix.length)) ?? []).map(role => ({ ...role, prefix })),
	);
	const nearest = new Map<RedFamily, MetricRole>();
	for (const role of [...exact, ...behindPrefix]) {
		if (isForeign(role) || nearest.has(role.family)) continue;
		nearest.set(role.family, role);
	}
	const roles = redFamilies.flatMap(family => nearest.get(family) ?? []);
	return [...roles.filter(isUsual), ...roles.filter(role => !isUsual(role))];
}

/** True when the name is the family's own, or behind a prefix that it often has: the labels need not be known. */
export const isUsual = ({ family: { prefixes = [''] }, prefix }: MetricRole): boolean => prefixes.includes(prefix);

const isForeign = ({ family, prefix }: MetricRole): boolean =>
	(family.guess === true && foreignPrefix.test(prefix)) || (family.shaped === true && partPrefix.test(prefix));

/** Nothing, then ever longer parts: ``, `a_`, `a_b_`. */
const prefixesIn = (name: string): readonly string[] => [
	'',
	...[...name.matchAll(/[_:]/g)].map(({ index }) => name.slice(0, index + 1)),
];

/** Every series name of a family, without a prefix, and what it is. */
const namesOf = (family: RedFamily): readonly (readonly [name: string, role: MetricRole])[] => {
	const role = (base: string, part: MetricRole['part']): MetricRole => ({ family, prefix: '', base, part });
	const counted = (base: string, part: 'counter' | 'failures') =>
		isGauge(family)
			? [[base, role(base, part)] as const]
			: [[`${base}_total`, role(base, part)] as const, [base, role(base, part)] as const];
	return [
		...(family.counters ?? []).flatMap(base => counted(base, 'counter')),
		...(family.failures?.metrics ?? []).flatMap(base => counted(base, 'failures')),
		...(family.durations ?? []).flatMap(({ base, gauge }) =>
			gauge === undefined
				? (['bare', 'count', 'bucket', 'sum'] as const).map(
						part => [part === 'bare' ? base : `${base}_${part}`, role(base, part)] as const,
					)
				: [[base, role(base, 'gauge')] as const],
		),
	];
};

const isGauge = ({ counting }: RedFamily): boolean => counting === 'periods' || counting === 'samples';

/** Every series name of these families, without a prefix, and what it is in which. */
export const rolesByName = (families: readonly RedFamily[]): ReadonlyMap<string, readonly MetricRole[]> => {
	const found = new Map<string, MetricRole[]>();
	for (const [name, role] of families.flatMap(namesOf)) {
		const roles = found.get(name) ?? [];
		roles.push(role);
		found.set(name, roles);
	}
	return found;
};

const exactRoles = rolesByName(redFamilies.filter(({ prefixes }) => prefixes === undefined));
const suffixRoles = rolesByName(redFamilies.filter(({ prefixes }) => prefixes !== undefined));

/** The names of a family without what an exposition adds. */
const stemsOf = ({ counters = [], durations = [], failures }: RedFamily): readonly string[] => [
	...counters,
	...durations.map(({ base }) => base),
	...(failures?.metrics ?? []),
];

/**
 * Stems as one pattern, what they begin with written once: `http.(requests|request.duration.(seconds|ms))`. A dot in it
 * is any sign, so that OpenTelemetry's own names are found by the same pattern.
 */
function factored(stems: readonly string[]): string {
	const tailsByHead = new Map<string, Set<string>>();
	for (const stem of stems) {
		const [head = '', ...tail] = stem.split('_');
		tailsByHead.set(head, (tailsByHead.get(head) ?? new Set()).add(tail.join('_')));
	}
	return [...tailsByHead].map(([head, tails]) => `${head}${tailPattern(tails)}`).join('|');
}

function tailPattern(tails: ReadonlySet<string>): string {
	const longer = [...tails].filter(tail => tail !== '');
	if (longer.length === 0) return '';
	const heads = new Set(longer.map(tail => tail.split('_')[0]));
	const pattern = heads.size > 1 ? `.(${factored(longer)})` : `.${factored(longer)}`;
	return tails.has('') ? `(${pattern})?` : pattern;
}

/** A pattern for the names of all series of these families. The sums are left out: they tell nothing new. */
export function namePatternOf(families: readonly RedFamily[]): string {
	const exact = families.filter(({ prefixes }) => prefixes === undefined).flatMap(stemsOf);
	const behindPrefix = families.filter(({ prefixes }) => prefixes !== undefined).flatMap(stemsOf);
	const prefixed = behindPrefix.length === 0 ? [] : [`(.+[_.:])?(${factored(behindPrefix)})`];
	return `(${[factored(exact), ...prefixed].filter(part => part !== '').join('|')})(.total|.count|.bucket)?`;
}

/** A pattern for the names of what counts requests in these families, behind the usual prefixes only. */
export function countPatternOf(families: readonly RedFamily[]): string {
	const stems = families.flatMap(({ counters, durations = [], prefixes = [''] }) =>
		prefixes.flatMap(prefix => (counters ?? durations.map(({ base }) => base)).map(stem => `${prefix}${stem}`)),
	);
	return `(${factored(stems)})(.total|.count)?`;
}

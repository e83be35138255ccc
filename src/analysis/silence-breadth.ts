import type { Matcher } from '../model/labels.ts';
import { matchesLabels } from './label-match.ts';
import { formatMatcher } from './silence-matchers.ts';

/** Labels whose values nearly all alerts of an installation share: none of them says which alert is meant. */
const sharedByAll: ReadonlySet<string> = new Set([
	...['severity', 'priority', 'level', 'cluster', 'cluster_name', 'env', 'environment', 'stage', 'region', 'zone'],
	...['datacenter', 'dc', 'site', 'account', 'org', 'monitor', 'prometheus', 'source', 'alertgroup'],
]);

/** Labels that many alerts of many causes share: enough beside another matcher, too little alone. */
const sharedByMany: ReadonlySet<string> = new Set([
	...['namespace', 'exported_namespace', 'team', 'owner', 'tenant', 'project', 'grafana_folder'],
]);

/**
 * Why these matchers must not make a silence, in one sentence with its remedy: they would also mute alerts that nobody
 * has seen yet. `undefined` when they say what they are about.
 */
export function tooBroad(matchers: readonly Matcher[]): string | undefined {
	const narrowing = matchers.filter(isNarrowing);
	const [only] = narrowing;
	if (only === undefined) {
		const what = matchers.length === 0 ? 'Without a matcher it' : `${listOf(matchers)} alone`;
		return `${what} would silence every alert. ${remedy}`;
	}
	if (narrowing.every(({ name }) => sharedByAll.has(name))) {
		return `${listOf(narrowing)} alone would silence alerts of every kind. ${remedy}`;
	}
	if (narrowing.length === 1 && sharedByMany.has(only.name)) {
		return `${listOf(narrowing)} alone would silence everything there. ${remedy}`;
	}
	return undefined;
}

const remedy = 'Add one that says which alert, such as alertname.';

const listOf = (matchers: readonly Matcher[]): string => matchers.map(formatMatcher).join(' and ');

/** Words that no label holds: a pattern that matches them both matches anything. */
const nonsense = ['qxzzyv', '~0~'];

/** A matcher that demands something: an exclusion does not, nor does what an alert without the label satisfies. */
function isNarrowing(matcher: Matcher): boolean {
	const { name, operator, value } = matcher;
	if (operator.startsWith('!')) return false;
	if (operator === '=') return value !== '';
	const holdsFor = (text: string) => matchesLabels({ [name]: text }, [matcher]);
	return !holdsFor('') && !nonsense.every(holdsFor);
}

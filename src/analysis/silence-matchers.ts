import type { Labels, Matcher } from '../model/labels.ts';
import { promMatcher } from './promql-build.ts';
import { redactEvidenceField } from './redact-evidence.ts';

/** A matcher that may go into a silence, and whether it does. */
export type MatcherChoice = { readonly matcher: Matcher; readonly chosen: boolean };

/**
 * Labels by which replicas of Prometheus tell themselves apart. Where they are not dropped on the way, the same alert
 * comes once from each, and a silence of one of them leaves the others loud.
 */
const replicaLabels: ReadonlySet<string> = new Set([
	...['prometheus_replica', 'replica', '__replica__', 'receive_replica'],
	...['thanos_replica', 'rule_replica', 'ruler_replica'],
]);

/** Labels of Grafana's own, `__like_this__`; of them only the rule's identity says which alert it is. */
const isPrivate = (name: string): boolean => /^__.*__$/.test(name) && name !== '__alert_rule_uid__';

/**
 * One equality for each label of an alert as Alertmanager holds it, the name first: exactly this alert. What names the
 * sender and not the alert is offered too, but not chosen.
 */
export const matcherChoices = (labels: Labels): readonly MatcherChoice[] =>
	Object.entries(labels)
		.sort(([a], [b]) => Number(b === 'alertname') - Number(a === 'alertname'))
		.map(([name, value]) => ({
			matcher: { name, operator: '=', value },
			chosen: !replicaLabels.has(name) && !isPrivate(name),
		}));

export const chosenMatchers = (choices: readonly MatcherChoice[]): readonly Matcher[] =>
	choices.filter(({ chosen }) => chosen).map(({ matcher }) => matcher);

/** `route=~"/berths|/cranes"`, a secret in the value masked; the pair of `parseMatcher` where there is none. */
export const formatMatcher = (matcher: Matcher): string =>
	promMatcher({ ...matcher, value: redactEvidenceField(matcher.name, matcher.value) });

/** True when the matcher is not shown as it is, so that it cannot be edited as text. */
export const holdsSecret = ({ name, value }: Matcher): boolean => redactEvidenceField(name, value) !== value;

/** `name="value"`, with `=`, `!=`, `=~` or `!~`; quotes may be left out where there is no need of them. */
export function parseMatcher(text: string): Matcher | undefined {
	const parts = /^\s*("(?:[^"\\]|\\.)*"|[^\s"=!~{},]+)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^"]*?)\s*$/.exec(text);
	const operator = operators.find(each => each === parts?.[2]);
	const name = unquoted(parts?.[1]);
	const value = unquoted(parts?.[3]);
	return name === undefined || name === '' || value === undefined || operator === undefined
		? undefined
		: { name, operator, value };
}

const operators: readonly Matcher['operator'][] = ['=', '!=', '=~', '!~'];

/** The text itself, or what a quoted one stands for; `undefined` when its escapes are none. */
function unquoted(text: string | undefined): string | undefined {
	if (text === undefined || !text.startsWith('"')) return text;
	try {
		return String(JSON.parse(text));
	} catch {
		return undefined;
	}
}

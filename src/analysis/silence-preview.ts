import { includesLabels, type Labels, type Matcher } from '../model/labels.ts';
import { matchesLabels } from './label-match.ts';

/** Alerts that a silence mutes, by their label sets. */
export const mutedBy = (matchers: readonly Matcher[], alerts: readonly Labels[]): readonly Labels[] =>
	alerts.filter(labels => matchesLabels(labels, matchers));

/** More label sets than this are not asked for; who has more has a storm, and the number is only a least one. */
export const mostFired = 500;

/**
 * PromQL for every alert that fired in the last 24 h, one sample each: Prometheus writes `ALERTS` of what it evaluates
 * (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#inspecting-alerts-during-runtime). As an
 * instant query it answers once for each alert however often it fired, and misses none however short.
 */
export const firedQuery = `topk(${mostFired}, last_over_time(ALERTS{alertstate="firing"}[24h]))`;

/** The alert's own labels in a series of `ALERTS`. */
export const alertLabels = ({ __name__: _, alertstate: __, ...labels }: Labels): Labels => labels;

/**
 * Of the alerts that fired lately, those that a silence would have muted. `alert` holds the labels of the alert that is
 * silenced, as Alertmanager has them: what it has more than its series in `ALERTS` (`external_labels`) was added on the
 * way, to the others too. `undefined` when its series is not there: Prometheus does not write `ALERTS` of such alerts.
 */
export function wouldHaveMuted(
	matchers: readonly Matcher[],
	alert: Labels,
	fired: readonly Labels[],
): readonly Labels[] | undefined {
	const [own] = fired
		.filter(labels => labels.alertname === alert.alertname && includesLabels(alert, labels))
		.sort((a, b) => Object.keys(b).length - Object.keys(a).length);
	if (own === undefined) return undefined;
	const added = Object.fromEntries(Object.entries(alert).filter(([name]) => !(name in own)));
	return fired.filter(labels => matchesLabels({ ...added, ...labels }, matchers));
}

/** `PierErrors ×2, QuayLatency`: the names in the order of the list; `times` is the sign before a number. */
export function countedNames(alerts: readonly Labels[], times = '×'): string {
	const counts = new Map<string, number>();
	for (const { alertname = '(unnamed)' } of alerts) counts.set(alertname, (counts.get(alertname) ?? 0) + 1);
	return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ${times}${count}`)).join(', ');
}

import type { Severity } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'error', 'warning', 'info', 'none'];

/** 0 is the worst. */
export const severityRank = (severity: Severity): number => severities.indexOf(severity);

/** Labels that carry a severity, most telling first (public rule sets, SLO generators, pager bridges). */
const severityLabels = ['severity', 'sloth_severity', 'level', 'priority', 'sev', 'urgency', 'criticality'];

/** How companies spell it, without `-`, `_` and blanks. `high` and `major` stand one step below `critical`. */
const spellings: Readonly<Record<Severity, string>> = {
	critical: 'critical crit page p0 p1 sev0 sev1 s0 s1 emergency fatal disaster urgent alert blocker 1',
	error: 'error err high major p2 sev2 s2 2',
	warning: 'warning warn minor medium moderate average ticket slack p3 sev3 s3 3',
	info: 'info informational information notice low debug p4 p5 sev4 sev5 s4 s5 4 5',
	none: 'none',
};

const severityBySpelling: ReadonlyMap<string, Severity> = new Map(
	severities.flatMap(severity => spellings[severity].split(' ').map(word => [word, severity] as const)),
);

/**
 * The severity that the labels tell, whatever the company's word for it. An alert without one, or with a word that
 * nobody knows, is a `warning`: somebody wrote a rule to be told.
 */
export function severityOf(labels: Labels): Severity {
	for (const name of severityLabels) {
		const word = labels[name]?.toLowerCase().replaceAll(/[-_\s]/g, '');
		const severity = word === undefined ? undefined : severityBySpelling.get(word);
		if (severity !== undefined) return severity;
	}
	return 'warning';
}

import { formatAge } from '../../analysis/format.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import { type Failure, sentenceOf } from '../../model/failure.ts';
import { type Loadable, lastOf } from '../../model/loadable.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Marked } from '../../widgets/line.ts';
import { badgeOf } from '../../widgets/pane-state.ts';

/** What must be known before the list is trusted: which backend failed, why and what to do, and what that takes away. */
export function troubleOf(findings: AlertsFindings, now: Milliseconds): readonly Marked[] {
	const { alerts, signals } = findings;
	const badge = ageOf(alerts, now) ?? badgeOf(alerts, now) ?? badgeOf(signals, now);
	return [
		...sentencesOf(failuresIn(findings).filter(isMeant)).map(text => ({ text, role: 'error' as const })),
		...(badge === undefined ? [] : [badge]),
	];
}

/** Why there is no list at all, backend by backend; that one was never configured only when there is no other reason. */
export function failuresOf(findings: AlertsFindings): readonly string[] {
	const failures = failuresIn(findings);
	const meant = failures.filter(isMeant);
	return sentencesOf(meant.length > 0 ? meant : failures);
}

const failuresIn = ({ rules, alertmanager, signals }: AlertsFindings): readonly Failure[] =>
	[rules, alertmanager, signals].flatMap(pane => (pane.status === 'failed' ? [pane.failure] : []));

/** Who never meant to have a backend need not be told at every look that it is missing. */
const isMeant = ({ kind }: Failure): boolean => kind !== 'not-configured';

const sentencesOf = (failures: readonly Failure[]): readonly string[] => [...new Set(failures.map(sentenceOf))];

/** When nobody answers any more, the sentences say why; what is left to say is how old the list is. */
function ageOf(pane: Loadable<unknown>, now: Milliseconds): Marked | undefined {
	const last = lastOf(pane);
	if (pane.status !== 'failed' || last === undefined) return undefined;
	return { text: `This is what was known ${formatAge(now - last.at)} ago.`, role: 'warning' };
}

import { formatAge } from '../../analysis/format.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import { type Failure, sentenceOf } from '../../model/failure.ts';
import { type Loadable, lastOf } from '../../model/loadable.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Marked } from '../../widgets/line.ts';
import { badgeOf } from '../../widgets/pane-state.ts';

/** What must be known before the list is trusted: which backend failed, why and what to do, and what that takes away. */
export function troubleOf(
	{ alerts, alertmanager, rules, signals }: AlertsFindings,
	now: Milliseconds,
): readonly Marked[] {
	const failures = [rules, alertmanager, signals].flatMap(failureIn);
	const sentences = new Set(failures.map(sentenceOf));
	const badge = ageOf(alerts, now) ?? badgeOf(alerts, now) ?? badgeOf(signals, now);
	return [...[...sentences].map(text => ({ text, role: 'error' as const })), ...(badge === undefined ? [] : [badge])];
}

/** When nobody answers any more, the sentences say why; what is left to say is how old the list is. */
function ageOf(pane: Loadable<unknown>, now: Milliseconds): Marked | undefined {
	const last = lastOf(pane);
	if (pane.status !== 'failed' || last === undefined) return undefined;
	return { text: `This is what was known ${formatAge(now - last.at)} ago.`, role: 'warning' };
}

/** Who never meant to have a backend need not be told at every look that it is missing. */
function failureIn(pane: Loadable<unknown>): readonly Failure[] {
	return pane.status === 'failed' && pane.failure.kind !== 'not-configured' ? [pane.failure] : [];
}

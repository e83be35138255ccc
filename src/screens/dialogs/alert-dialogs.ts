import { chosenMatchers, matcherChoices } from '../../analysis/silence-matchers.ts';
import { acknowledgedFor } from '../../analysis/silence-words.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert, ManagedAlert } from '../../model/alert.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { minute } from '../../model/time.ts';
import { confirm } from '../dialogs/confirm-dialog.ts';
import { openSilence } from '../dialogs/silence-dialog.ts';
import { ask, type Outcome, refuse } from '../screen.ts';

type Findings = Pick<AlertsFindings, 'alertmanager'>;

const managedIn = ({ alertmanager }: Findings): readonly ManagedAlert[] => lastValueOf(alertmanager) ?? [];

/** The alert with its labels as Alertmanager has them: a silence is matched against those and no others. */
const managedOf = ({ fingerprint }: Alert, findings: Findings): ManagedAlert | undefined =>
	managedIn(findings).find(managed => managed.fingerprint === fingerprint);

/** Asks for how long and why the alert shall be silent. */
export function silenceAlert(alert: Alert, findings: Findings): Outcome<never> {
	const managed = managedOf(alert, findings);
	if (managed === undefined) return unknown(alert);
	const others = managedIn(findings).map(({ labels }) => labels);
	return ask(openSilence(alert.name, managed.labels, others));
}

/** Asks whether the alert shall be acknowledged. */
export function acknowledgeAlert(alert: Alert, findings: Findings): Outcome<never> {
	const managed = managedOf(alert, findings);
	if (managed === undefined) return unknown(alert);
	if (managed.silencedBy.length > 0) return refuse(`${alert.name} is silent already. d says by whom and until when.`);
	return ask(
		confirm({
			title: `Acknowledge ${alert.name}`,
			sentence: `Exactly this alert is silent for ${acknowledgedFor / minute} minutes, and everybody sees that you have taken it.`,
			verb: 'acknowledge',
			change: {
				kind: 'acknowledge',
				about: alert.name,
				matchers: chosenMatchers(matcherChoices(managed.labels)),
			},
		}),
	);
}

const unknown = ({ name, state }: Alert): Outcome<never> => {
	if (state === 'resolved') return refuse(`${name} has resolved: there is nothing to silence.`);
	const why = state === 'pending' ? ' It is only pending.' : '';
	return refuse(`Alertmanager does not know ${name}, so it cannot be silenced.${why}`);
};

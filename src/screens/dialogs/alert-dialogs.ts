import { chosenMatchers, matcherChoices } from '../../analysis/silence-matchers.ts';
import { acknowledgedFor } from '../../analysis/silence-words.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert, ManagedAlert } from '../../model/alert.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import { minute } from '../../model/time.ts';
import { ask, type Outcome, refuse } from '../screen.ts';
import { confirm } from './confirm-dialog.ts';
import { openSilence } from './silence-dialog.ts';

/** What Alertmanager said, as each screen that knows alerts keeps it. */
type Findings = Pick<AlertsFindings, 'alertmanager'>;

const managedIn = ({ alertmanager }: Findings): readonly ManagedAlert[] => lastValueOf(alertmanager) ?? [];

/** The alert with its labels as Alertmanager has them: a silence is matched against those and no others. */
const managedOf = ({ fingerprint }: Alert, findings: Findings): ManagedAlert | undefined =>
	managedIn(findings).find(managed => managed.fingerprint === fingerprint);

/** Asks for how long and why the alert shall be silent. */
export function silenceAlert(alert: Alert, findings: Findings): Outcome<never> {
	const managed = managedOf(alert, findings);
	if (managed === undefined) return unknown(alert, findings);
	const others = managedIn(findings).map(({ labels }) => labels);
	return ask(openSilence(alert.name, managed.labels, others));
}

/** Asks whether the alert shall be acknowledged. */
export function acknowledgeAlert(alert: Alert, findings: Findings): Outcome<never> {
	const managed = managedOf(alert, findings);
	if (managed === undefined) return unknown(alert, findings);
	if (managed.silencedBy.length > 0) {
		return refuse(`${alert.name} is silent already. The list :silences tells by whom and until when.`);
	}
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

const unknown = ({ name, state }: Alert, { alertmanager }: Findings): Outcome<never> => {
	if (state === 'resolved') return refuse(`${name} has resolved: there is nothing to silence.`);
	if (lastOf(alertmanager) === undefined) {
		const why =
			alertmanager.status === 'failed' ? sentenceOf(alertmanager.failure) : 'Alertmanager has not answered yet.';
		return refuse(`${name} cannot be silenced. ${why}`);
	}
	const why = state === 'pending' ? ' It is only pending.' : '';
	return refuse(`Alertmanager does not know ${name}, so it cannot be silenced.${why}`);
};

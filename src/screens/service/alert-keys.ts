import type { ServiceFindings } from '../../investigation/service-findings.ts';
import type { Alert } from '../../model/alert.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import { acknowledgeAlert, silenceAlert } from '../dialogs/alert-dialogs.ts';
import { type Binding, type Outcome, refuse } from '../screen.ts';
import type { ServiceShown, ServiceState } from './state.ts';

/** What a key does with the alert in whose light the service is looked at. */
const onAlert =
	(run: (alert: Alert, findings: ServiceFindings) => Outcome<ServiceState>) =>
	({ place, findings }: ServiceShown): Outcome<ServiceState> => {
		const alert = lastOf(findings.alert)?.value;
		return alert === undefined ? refuse(whyNone(place, findings)) : run(alert, findings);
	};

function whyNone({ alert: name, view }: ServicePlace, { alert }: ServiceFindings): string {
	if (name === undefined) return 'No alert led here, so there is nothing to silence. 1 leads to the alerts.';
	if (alert.status === 'failed') return sentenceOf(alert.failure);
	if (view === 'neighbours') return 'Of the alert nothing is known in this view. tab leads to the panels, where it is.';
	if (alert.status !== 'loaded') return `Nobody has told of ${name} yet. Wait for the answer, or press R to ask again.`;
	return `${name} is no longer there: there is nothing to silence.`;
}

/** The same keys as on the list of alerts, for the alert that led here. */
export const alertKeys: readonly Binding<ServicePlace, ServiceFindings, ServiceState>[] = [
	{
		keys: ['S'],
		label: 'silence',
		help: 'Silence the alert that led here: a dialog says what that mutes, and asks for how long and why.',
		changes: true,
		run: onAlert(silenceAlert),
	},
	{
		keys: ['a'],
		label: 'ack',
		help: 'Acknowledge the alert that led here: silence exactly it for 15 minutes, marked as such.',
		changes: true,
		run: onAlert(acknowledgeAlert),
	},
];

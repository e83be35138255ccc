import { serviceOfAlert, servicePlaceOf } from '../../analysis/alert-service.ts';
import { logsPlaceOf } from '../../analysis/service-pivots.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert } from '../../model/alert.ts';
import type { AlertsPlace } from '../../model/place.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { type Binding, copy, go, type Outcome, refuse, stay } from '../screen.ts';
import { listHeight } from './layout.ts';
import { type AlertsShown, type AlertsState, cursorOf, listedAlerts, selectedAlert } from './state.ts';

type AlertsBinding = Binding<AlertsPlace, AlertsFindings, AlertsState>;

const move =
	(key: string) =>
	(shown: AlertsShown): Outcome<AlertsState> => {
		const alerts = listedAlerts(shown);
		const cursor = movedCursor(key, cursorOf(alerts, shown.state), alerts.length, listHeight(shown));
		const alert = cursor === undefined ? undefined : alerts[cursor];
		if (cursor === undefined || alert === undefined) return refuse('There is no alert to move to.');
		return stay({ ...shown.state, selected: alert.id, row: cursor });
	};

/** What a key does with the alert under the cursor. */
const onAlert =
	(run: (alert: Alert, shown: AlertsShown) => Outcome<AlertsState>) =>
	(shown: AlertsShown): Outcome<AlertsState> => {
		const alert = selectedAlert(shown);
		return alert === undefined ? refuse('There is no alert under the cursor.') : run(alert, shown);
	};

const noService = (alert: Alert): Outcome<never> =>
	refuse(`Neither the expression nor the labels of ${alert.name} name a service. Type :service and its name.`);

export const alertsKeys: readonly AlertsBinding[] = [
	{
		keys: ['enter'],
		label: 'panels',
		help: 'Open the RED panels of the service that the alert is about.',
		footer: 1,
		run: onAlert((alert, { now, state }) => {
			const place = servicePlaceOf(alert, now);
			return place === undefined ? noService(alert) : go(place, { ...state, selected: alert.id });
		}),
	},
	{
		keys: ['l'],
		label: 'logs',
		help: 'Open the logs of that service, skipping the panels.',
		footer: 2,
		run: onAlert((alert, { now, state }) => {
			const place = servicePlaceOf(alert, now);
			return place === undefined ? noService(alert) : go(logsPlaceOf(place), { ...state, selected: alert.id });
		}),
	},
	{
		keys: ['r'],
		label: 'runbook',
		help: 'Copy the address of the runbook.',
		footer: 3,
		run: onAlert(({ name, runbookUrl }) =>
			runbookUrl === undefined
				? refuse(`${name} has no runbook: no annotation runbook_url.`)
				: copy(runbookUrl, 'the address of the runbook'),
		),
	},
	{
		keys: ['d'],
		label: 'details',
		help: 'Show all labels, annotations and the expression of the alert.',
		footer: 4,
		run: ({ state }) => stay({ ...state, details: !state.details }),
	},
	{
		keys: ['M'],
		label: 'meta alerts',
		help: 'Show or hide Watchdog, InfoInhibitor and their like.',
		run: ({ state }) => stay({ ...state, meta: !state.meta }),
	},
	{
		keys: ['y'],
		label: 'copy',
		help: 'Copy the alert as text.',
		run: onAlert(alert => copy(textOf(alert), `the alert ${alert.name}`)),
	},
	...movements.map(movement => ({ ...movement, run: move(movement.keys[0]) })),
];

/** The alert as somebody would paste it into a chat. */
function textOf(alert: Alert): string {
	const labels = Object.entries(alert.labels).map(([name, value]) => `${name}="${value}"`);
	const service = serviceOfAlert(alert)?.service;
	return [
		`${alert.state} ${alert.severity} ${alert.name}${service === undefined ? '' : ` (${service})`}`,
		alert.summary,
		...(alert.runbookUrl === undefined ? [] : [`runbook ${alert.runbookUrl}`]),
		`{${labels.join(', ')}}`,
		...(alert.expression === undefined ? [] : [alert.expression]),
	].join('\n');
}

import { type AlertsFindings, noAlertsFindings } from '../../investigation/alerts-findings.ts';
import { lastOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import { second } from '../../model/time.ts';
import type { Screen } from '../screen.ts';
import { alertsKeys } from './keys.ts';
import { type AlertsState, countsOf, hiddenMeta, initialState, listedAlerts, settled } from './state.ts';
import { AlertsView } from './view.tsx';

/** Where every incident begins: what fires, worst and oldest first. */
export const alerts: Screen<AlertsPlace, AlertsFindings, AlertsState> = {
	title: () => 'alerts',
	headline: shown => {
		if (lastOf(shown.findings.alerts) === undefined) return 'alerts';
		const hidden = hiddenMeta(shown);
		const filter = shown.state.filter === '' ? '' : `  filter ${shown.state.filter}`;
		return `${countsOf(listedAlerts(shown))}${hidden === 0 ? '' : `  +${hidden} meta`}${filter}`;
	},
	nothing: noAlertsFindings,
	initial: initialState,
	settle: settled,
	refreshEvery: 5 * second,
	keys: alertsKeys,
	search: {
		label: 'filter alerts',
		current: state => state.filter,
		apply: (text, { state }) => ({ ...state, filter: text }),
	},
	View: AlertsView,
};

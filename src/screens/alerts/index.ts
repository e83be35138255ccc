import { type AlertsFindings, noAlertsFindings } from '../../investigation/alerts-findings.ts';
import { lastOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import { second } from '../../model/time.ts';
import { type Screen, stay } from '../screen.ts';
import { alertsKeys } from './keys.ts';
import { noticeOf } from './notice.ts';
import { type AlertsState, countsOf, hiddenMeta, initialState, listedAlerts, settled } from './state.ts';
import { AlertsView } from './view.tsx';

const groupingWords = { none: '', service: '  by service', name: '  by name' } as const;

/** Where every incident begins: what fires, the worst first, and of equals the newest. */
export const alerts: Screen<AlertsPlace, AlertsFindings, AlertsState> = {
	title: () => 'alerts',
	/** That the list is narrowed goes first: where room is short, a count that does not say so would mislead. */
	headline: shown => {
		if (lastOf(shown.findings.alerts) === undefined) return 'alerts';
		const hidden = hiddenMeta(shown);
		const { filter, grouping } = shown.state;
		const counts = `${countsOf(listedAlerts(shown))}${hidden === 0 ? '' : `  +${hidden} meta`}${groupingWords[grouping]}`;
		return filter === '' ? counts : `filtered: ${counts}  matching ${filter}`;
	},
	nothing: noAlertsFindings,
	initial: initialState,
	settle: settled,
	refreshEvery: 5 * second,
	keys: alertsKeys,
	rungs: ['w', 'escape', 'M'],
	search: {
		label: 'filter alerts',
		current: state => state.filter,
		apply: (text, { state }) => ({ ...state, filter: text }),
	},
	/** What was made narrower is made wide again before the place is left. */
	escape: ({ state }) => {
		if (state.filter !== '') return stay({ ...state, filter: '' });
		return state.details ? stay({ ...state, details: false, scroll: 0 }) : undefined;
	},
	notice: noticeOf,
	View: AlertsView,
};

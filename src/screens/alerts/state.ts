import { isMetaAlert } from '../../analysis/alert-join.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert, AlertState } from '../../model/alert.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import { clampCursor } from '../../widgets/scroll.ts';
import type { Shown } from '../screen.ts';

export type AlertsState = {
	/** The row under the cursor, by identity: rows come and go while nobody touches a key. */
	readonly selected?: string;
	/** Where that row stood: the cursor stays there when the alert is gone. */
	readonly row?: number;
	readonly filter: string;
	/** Show Watchdog and its like too. */
	readonly meta: boolean;
	/** Show more of the selected alert and less of the list. */
	readonly details: boolean;
};

export type AlertsShown = Shown<AlertsPlace, AlertsFindings, AlertsState>;

export const initialState = (place: AlertsPlace): AlertsState => ({
	filter: place.filter ?? '',
	meta: false,
	details: false,
});

/** The alerts on the list, in its order. */
export function listedAlerts({ findings, state }: Pick<AlertsShown, 'findings' | 'state'>): readonly Alert[] {
	const alerts = alertsMatching(lastValueOf(findings.alerts) ?? [], state.filter);
	return state.meta ? alerts : alerts.filter(alert => !isMetaAlert(alert));
}

/** The alerts in which every word of the filter occurs, in name, state, severity, summary or a label's value. */
export function alertsMatching(alerts: readonly Alert[], filter: string): readonly Alert[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	return alerts.filter(alert => words.every(word => haystackOf(alert).includes(word)));
}

const haystackOf = ({ name, state, severity, summary, labels }: Alert): string =>
	[name, state, severity, summary, ...Object.values(labels)].join(' ').toLowerCase();

export const hiddenMeta = ({ findings, state }: Pick<AlertsShown, 'findings' | 'state'>): number =>
	state.meta ? 0 : (lastValueOf(findings.alerts) ?? []).filter(isMetaAlert).length;

/** The row under the cursor: the selected alert, or what stands in its place when it is gone. */
export function cursorOf(alerts: readonly Alert[], { selected, row = 0 }: AlertsState): number {
	const index = alerts.findIndex(({ id }) => id === selected);
	return index >= 0 ? index : clampCursor(row, alerts.length);
}

/** The alert under the cursor, written down: what was read stays selected when worse alerts come in above it. */
export function settled(shown: Pick<AlertsShown, 'findings' | 'state'>): AlertsState {
	const { state } = shown;
	const alerts = listedAlerts(shown);
	const row = cursorOf(alerts, state);
	const alert = alerts[row];
	if (alert === undefined || (alert.id === state.selected && row === state.row)) return state;
	return { ...state, selected: alert.id, row };
}

export function selectedAlert(shown: Pick<AlertsShown, 'findings' | 'state'>): Alert | undefined {
	const alerts = listedAlerts(shown);
	return alerts[cursorOf(alerts, shown.state)];
}

const stateOrder: readonly AlertState[] = ['firing', 'pending', 'silenced', 'inhibited', 'muted'];

/** `5 firing  1 pending  2 silenced`. */
export function countsOf(alerts: readonly Alert[]): string {
	const counts = stateOrder
		.map(state => [alerts.filter(alert => alert.state === state).length, state] as const)
		.filter(([count, state]) => count > 0 || state === 'firing');
	return counts.map(([count, state]) => `${count} ${state}`).join('  ');
}

import { type AlertGroup, type AlertGrouping, groupAlerts } from '../../analysis/alert-groups.ts';
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
	/** The operator has put it there: it follows its alert to the foot of the list when that resolves. */
	readonly chosen?: boolean;
	readonly filter: string;
	/** Show Watchdog and its like too. */
	readonly meta: boolean;
	/** Show more of the selected alert and less of the list. */
	readonly details: boolean;
	/** The first line on show of what is told of the selected alert. */
	readonly scroll: number;
	readonly grouping: AlertGrouping;
	/** The groups of which only the head is listed, by key. */
	readonly closed: readonly string[];
};

export type AlertsShown = Shown<AlertsPlace, AlertsFindings, AlertsState>;

export const initialState = (place: AlertsPlace): AlertsState => ({
	filter: place.filter ?? '',
	meta: false,
	details: false,
	scroll: 0,
	grouping: 'none',
	closed: [],
});

/** The alerts on the list: those that are there in the order of triage, then those that are gone. */
export function listedAlerts({ findings, state }: Pick<AlertsShown, 'findings' | 'state'>): readonly Alert[] {
	const known = [...(lastValueOf(findings.alerts) ?? []), ...(lastValueOf(findings.resolved) ?? [])];
	const alerts = alertsMatching(known, state.filter);
	return state.meta ? alerts : alerts.filter(alert => !isMetaAlert(alert));
}

/** A row of the list: an alert, or the head of a group of them. */
export type AlertRow =
	| { readonly kind: 'alert'; readonly id: string; readonly alert: Alert }
	| { readonly kind: 'group'; readonly id: string; readonly group: AlertGroup; readonly open: boolean };

/** The rows of the list: the alerts, or each group's head and, when it is open, its alerts. */
export function rowsOf(shown: Pick<AlertsShown, 'findings' | 'state'>): readonly AlertRow[] {
	const alerts = listedAlerts(shown);
	const { grouping, closed } = shown.state;
	if (grouping === 'none') return alerts.map(rowOf);
	return groupAlerts(alerts, grouping).flatMap((group): readonly AlertRow[] => {
		const open = !closed.includes(group.key);
		const head = { kind: 'group', id: group.key, group, open } as const;
		return open ? [head, ...group.alerts.map(rowOf)] : [head];
	});
}

const rowOf = (alert: Alert): AlertRow => ({ kind: 'alert', id: alert.id, alert });

/**
 * The alerts in which every word of the filter occurs: in name, state, severity, summary, or in a label as it is
 * written on the screen (`severity=critical`) or in PromQL (`severity="critical"`).
 */
export function alertsMatching(alerts: readonly Alert[], filter: string): readonly Alert[] {
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	return alerts.filter(alert => words.every(word => haystackOf(alert).includes(word)));
}

const haystackOf = ({ name, state, severity, summary, labels }: Alert): string =>
	[name, state, severity, summary, ...Object.entries(labels).flatMap(spellingsOf)].join(' ').toLowerCase();

const spellingsOf = ([name, value]: readonly [string, string]): readonly string[] => [
	`${name}=${value}`,
	`${name}="${value}"`,
];

export const hiddenMeta = ({ findings, state }: Pick<AlertsShown, 'findings' | 'state'>): number =>
	state.meta ? 0 : (lastValueOf(findings.alerts) ?? []).filter(isMetaAlert).length;

/**
 * The row under the cursor: the selected one, the head of its closed group, or what stands in its place when it is gone.
 * While nobody has moved it, it does not follow an alert that resolves.
 */
export function cursorOf(rows: readonly AlertRow[], { selected, row = 0, chosen }: AlertsState): number {
	const index = rows.findIndex(({ id }) => id === selected);
	const found = rows[index];
	if (found?.kind === 'alert' && found.alert.state === 'resolved' && !chosen) return 0;
	if (found !== undefined) return index;
	const head = rows.findIndex(each => each.kind === 'group' && each.group.alerts.some(({ id }) => id === selected));
	return head >= 0 ? head : clampCursor(row, rows.length);
}

/** What is under the cursor, written down: what was read stays selected when worse alerts come in above it. */
export function settled(shown: Pick<AlertsShown, 'findings' | 'state'>): AlertsState {
	const { state } = shown;
	const rows = rowsOf(shown);
	const row = cursorOf(rows, state);
	const id = rows[row]?.id;
	if (id === undefined || (id === state.selected && row === state.row)) return state;
	return { ...state, selected: id, row };
}

export function selectedRow(shown: Pick<AlertsShown, 'findings' | 'state'>): AlertRow | undefined {
	const rows = rowsOf(shown);
	return rows[cursorOf(rows, shown.state)];
}

const stateOrder: readonly AlertState[] = ['firing', 'pending', 'silenced', 'inhibited', 'muted', 'resolved'];

/** How many are in which state: `5 firing`, `1 pending`; only states that some are in. */
export const stateCountsOf = (alerts: readonly Alert[]): readonly string[] =>
	stateOrder
		.map(state => [alerts.filter(alert => alert.state === state).length, state] as const)
		.filter(([count]) => count > 0)
		.map(([count, state]) => `${count} ${state}`);

/** `5 firing  1 pending  2 silenced`; that none fires is said. */
export function countsOf(alerts: readonly Alert[]): string {
	const counts = stateCountsOf(alerts);
	const isQuiet = alerts.every(({ state }) => state !== 'firing');
	return [...(isQuiet ? ['0 firing'] : []), ...counts].join('  ');
}

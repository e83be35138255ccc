import type { Alert } from '../model/alert.ts';
import { serviceOfAlert } from './alert-service.ts';

/** What alerts are put together by; `none` is one flat list. */
export type AlertGrouping = 'none' | 'service' | 'name';

/** Alerts that belong together, in the order in which they were given. */
export type AlertGroup = {
	/** Unlike that of every other group, whatever they are grouped by. */
	readonly key: string;
	readonly title: string;
	readonly alerts: readonly [Alert, ...Alert[]];
};

/** The groupings in the order in which a key goes through them. */
export const groupings: readonly AlertGrouping[] = ['none', 'service', 'name'];

export const nextGrouping = (grouping: AlertGrouping): AlertGrouping =>
	groupings[(groupings.indexOf(grouping) + 1) % groupings.length] ?? 'none';

/**
 * Alerts in groups. A group stands where its first alert stands, so that sorted alerts give groups in the order of
 * their worst one. Alerts that name no service make up a group of their own.
 */
export function groupAlerts(alerts: readonly Alert[], grouping: Exclude<AlertGrouping, 'none'>): readonly AlertGroup[] {
	const groups = new Map<string, { readonly title: string; readonly alerts: [Alert, ...Alert[]] }>();
	for (const alert of alerts) {
		const named = grouping === 'name' ? alert.name : serviceOfAlert(alert)?.service;
		const key = named === undefined ? 'no service' : `${grouping} ${named}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { title: named ?? 'no service', alerts: [alert] });
		else group.alerts.push(alert);
	}
	return [...groups].map(([key, group]) => ({ key, ...group }));
}

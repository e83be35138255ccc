import type { Alert } from '../model/alert.ts';
import { includesLabels } from '../model/labels.ts';
import { type Milliseconds, minute } from '../model/time.ts';

/** How long a resolved alert stays on show. */
export const resolvedKept: Milliseconds = 15 * minute;

/** Two looks at the alerts, one after the other. */
export type Looks = {
	readonly before: { readonly alerts: readonly Alert[]; readonly at: Milliseconds };
	readonly now: { readonly alerts: readonly Alert[]; readonly at: Milliseconds };
	/** What had resolved by the look before. */
	readonly resolved: readonly Alert[];
};

/**
 * The alerts that are gone since at most 15 minutes, the last gone first. Neither Prometheus nor Alertmanager lists
 * resolved alerts, so one has resolved when it was seen and is not seen any more. A pending one never fired, and one
 * that is back is resolved no longer.
 */
export function resolvedAlerts({ before, now, resolved }: Looks): readonly Alert[] {
	const isThere = presenceIn(now.alerts, before.alerts);
	const gone = before.alerts
		.filter(alert => alert.state !== 'pending' && !isThere(alert))
		.map(alert => ({ ...alert, state: 'resolved', resolved: { lastSeen: before.at, gone: now.at } }) as const);
	const earlier = resolved.filter(alert => !isThere(alert) && now.at - goneAt(alert) < resolvedKept);
	return [...gone, ...earlier];
}

const goneAt = ({ resolved }: Alert): Milliseconds => resolved?.gone ?? Number.NEGATIVE_INFINITY;

/**
 * Tells whether an alert is still there. Its identity may have changed with the backends that answered (each sees other
 * external labels), so that a newcomer of its name with no other labels than it, or with more, is the same alert.
 */
function presenceIn(now: readonly Alert[], before: readonly Alert[]): (alert: Alert) => boolean {
	const idsNow = new Set(now.map(({ id }) => id));
	const idsBefore = new Set(before.map(({ id }) => id));
	const newcomers = now.filter(({ id }) => !idsBefore.has(id));
	return ({ id, name, labels }) =>
		idsNow.has(id) ||
		newcomers.some(
			other => other.name === name && (includesLabels(other.labels, labels) || includesLabels(labels, other.labels)),
		);
}

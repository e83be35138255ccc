import { isMetaAlert } from '../../analysis/alert-join.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert } from '../../model/alert.ts';
import { type Loaded, lastOf } from '../../model/loadable.ts';
import { type Milliseconds, minute } from '../../model/time.ts';
import type { Notice } from '../screen.ts';

/** How far Alertmanager's clock and its group of alerts may be behind our look at them. */
const slack: Milliseconds = 5 * minute;

/**
 * What somebody who looks elsewhere is to know after another look at the alerts: how many fire, and whether one of them
 * did not fire at the look before. Silenced, inhibited and pending ones are heard by nobody, and so are meta alerts.
 * `undefined` when nothing has changed, and when nobody answered. The first look rings for nothing: it is looked at.
 */
export function noticeOf(before: AlertsFindings, after: AlertsFindings): Notice | undefined {
	if (after.alerts.status !== 'loaded') return undefined;
	const last = lastOf(before.alerts);
	const firing = after.alerts.value.filter(isHeard);
	if (last === undefined) return { firing: firing.length, rings: false };
	const heard = new Set(last.value.filter(isHeard).map(({ id }) => id));
	const rings = firing.some(alert => !heard.has(alert.id) && isNews(alert, last));
	return rings || firing.length !== heard.size ? { firing: firing.length, rings } : undefined;
}

const isHeard = (alert: Alert): boolean => alert.state === 'firing' && !isMetaAlert(alert);

/** An alert that a missing backend kept to itself at the look before is no news, unless it began since. */
const isNews = ({ since }: Alert, { notes, at }: Loaded<readonly Alert[]>): boolean =>
	notes.every(({ kind }) => kind !== 'partial') || since >= at - slack;

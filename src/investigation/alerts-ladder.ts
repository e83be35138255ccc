import { isMetaAlert } from '../analysis/alert-join.ts';
import { serviceOfAlert } from '../analysis/alert-service.ts';
import { countedNames, firedQuery } from '../analysis/silence-preview.ts';
import type { Alert, AlertRule } from '../model/alert.ts';
import type { Answer } from '../model/answer.ts';
import type { ServicePlace } from '../model/place.ts';
import { day, live } from '../model/time.ts';
import type { World } from './board.ts';
import { climb } from './climb.ts';
import type { Asking } from './ports.ts';
import type { RungTo } from './rung.ts';
import { goneAlerts } from './trace-alerts.ts';

/** `w` the service of an alert that fired in the last 24 h. */
export type AlertsRung = RungTo<ServicePlace, 'w'>;

/** Names that are told. */
const mostNames = 6;

/**
 * Whoever was paged and finds that nothing fires: what fired in the last 24 h and has gone, by one question (`ALERTS`, which
 * Prometheus writes of its own alerts), and the panels of the first whose service can be told.
 */
export const climbWithoutAlerts = (
	rules: readonly AlertRule[],
	{ sources }: World,
	asking: Asking,
): Promise<Answer<readonly AlertsRung[]>> =>
	climb([
		{
			words: 'what fired before',
			ask: async () => {
				const { value } = await sources.metrics.query(firedQuery, undefined, asking);
				return rungOf(goneAlerts(value, rules).filter(alert => !isMetaAlert(alert)));
			},
		},
	]);

function rungOf(gone: readonly Alert[]): AlertsRung {
	const [first] = gone.flatMap(alert => serviceOfAlert(alert) ?? []);
	const route = first?.route === undefined ? {} : { route: first.route };
	const names = countedNames(gone.slice(0, mostNames).map(({ labels, name }) => ({ ...labels, alertname: name })));
	const more = gone.length > mostNames ? ` and ${gone.length - mostNames} more` : '';
	return {
		key: first === undefined ? undefined : 'w',
		found:
			gone.length === 0
				? 'no alert fired in the last 24 h'
				: `fired in the last 24 h: ${names}${more}${first === undefined ? '' : `; panels of ${first.service}`}`,
		query: firedQuery,
		to: { kind: 'service', service: first?.service ?? '', ...route, window: live(day) },
	};
}

import { withCorrections } from '../analysis/alert-corrections.ts';
import { isMetaAlert, joinAlerts } from '../analysis/alert-join.ts';
import { serviceOfAlert } from '../analysis/alert-service.ts';
import type { Alert, AlertRule } from '../model/alert.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import type { Labels } from '../model/labels.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { TracePlace } from '../model/place.ts';
import type { Sample } from '../model/series.ts';
import { type Milliseconds, toMilliseconds } from '../model/time.ts';
import type { AnswerAside, Aside, World } from './board.ts';
import type { Asking } from './ports.ts';
import type { TraceAlert, TraceFindings } from './trace-findings.ts';

/** Which alerts are about services of the trace on show. */
export type AlertsAside = Aside & { readonly kind: 'alerts' };

/** Of a storm only so many are looked at. */
const mostThen = 100;

/**
 * Asks which alerts fire now, and which fired when the trace ended (`ALERTS`, which Prometheus writes of its own alerts), and
 * keeps those that are about a service of the trace: the firing before the gone, the worst first.
 */
export const askTraceAlerts: AnswerAside<TracePlace, TraceFindings, AlertsAside> = async (_, world, board, asking) => {
	const found = lastValueOf(board.findings().trace);
	if (found?.found !== true) return;
	const { tree, lanes, services } = found;
	const at = toMilliseconds(tree.origin) + lanes.to / 1e6;
	await board.fill('alerts', alertsAbout(services, at, world, asking));
};

async function alertsAbout(
	services: readonly string[],
	at: Milliseconds,
	{ sources, corrections, now }: World,
	asking: Asking,
): Promise<Answer<readonly TraceAlert[]>> {
	const query = `topk(${mostThen}, ALERTS{alertstate="firing"})`;
	const told = await Promise.allSettled([
		sources.metrics.rules(asking),
		sources.alerts.alerts(asking),
		sources.metrics.query(query, Math.min(now(), Math.ceil(at)), asking),
	]);
	const failures = told.flatMap(each => (each.status === 'rejected' ? [failureOf(each.reason)] : []));
	const [first] = failures;
	if (first !== undefined && (failures.length === told.length || failures.some(({ kind }) => kind === 'cancelled'))) {
		throw new FailureError(failures.find(({ kind }) => kind === 'cancelled') ?? first);
	}
	const [rules, managed, then] = told;
	const known = rules.status === 'fulfilled' ? rules.value.value : [];
	const joined = joinAlerts(managed.status === 'fulfilled' ? managed.value.value : [], known);
	const firing = joined.filter(({ state }) => state !== 'pending');
	const ids = new Set(firing.map(({ id }) => id));
	const gone = goneAlerts(then.status === 'fulfilled' ? then.value.value : [], known).filter(({ id }) => !ids.has(id));
	const said = corrections?.() ?? [];
	const about = (alerts: readonly Alert[], isFiring: boolean) =>
		withCorrections(alerts, said).flatMap(alert => traceAlertOf(alert, services, isFiring));
	return answer([...about(firing, true), ...about(gone, false)], notesOf(failures));
}

function traceAlertOf(alert: Alert, services: readonly string[], isFiring: boolean): readonly TraceAlert[] {
	const found = isMetaAlert(alert) ? undefined : serviceOfAlert(alert);
	if (found === undefined || !services.includes(found.service)) return [];
	const { id, name } = alert;
	const route = found.route === undefined ? {} : { route: found.route };
	return [{ id, name, service: found.service, ...route, isFiring }];
}

/** Alerts as Prometheus wrote of them, with the expressions of the rules that have their names. */
export function goneAlerts(samples: readonly Sample[], rules: readonly AlertRule[]): readonly Alert[] {
	const labelSets = samples.map(({ labels: { __name__: _, alertstate: __, ...labels } }): Labels => labels);
	const active = labelSets.map(labels => ({ labels, annotations: {}, state: 'firing', value: Number.NaN }));
	const ruled = active.map((each): AlertRule => {
		const rule = rules.find(({ name }) => name === each.labels.alertname);
		const unknown = { name: each.labels.alertname ?? '', group: '', expression: '', holdFor: 0, labels: {} };
		return { ...(rule ?? { ...unknown, annotations: {}, health: 'ok' }), active: [each] };
	});
	return joinAlerts([], ruled);
}

/** Who is not configured is not missed. */
const notesOf = (failures: ReturnType<typeof failureOf>[]): readonly Note[] =>
	failures
		.filter(({ kind }) => kind !== 'not-configured')
		.map(failure => ({ kind: 'partial', text: `Not all alerts are known. ${sentenceOf(failure)}` }));

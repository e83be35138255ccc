import { isMetaAlert } from '../../analysis/alert-join.ts';
import { serviceOfAlert, serviceReasonOf } from '../../analysis/alert-service.ts';
import { firingHistoryOf } from '../../analysis/firing-history.ts';
import { formatAge } from '../../analysis/format.ts';
import { formatComparison } from '../../analysis/format-unit.ts';
import { type AlertsFindings, noAlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert } from '../../model/alert.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import type { Milliseconds } from '../../model/time.ts';
import { remarksOf } from '../../screens/alerts/detail-lines.ts';
import { alertsMatching } from '../../screens/alerts/state.ts';
import { type Block, paragraph, table } from './document.ts';
import { type Json, numberJson, rangeJson, timeJson } from './json.ts';
import { ladderBlocks } from './ladder.ts';
import type { Printer, Printing } from './printer.ts';

/** The alerts in their printed order; `undefined` when nobody could say what fires: that is not the same as nothing. */
export function listedOf({ alerts }: AlertsFindings, { filter = '' }: AlertsPlace): readonly Alert[] | undefined {
	const known = lastValueOf(alerts);
	return known && alertsMatching(known, filter).filter(alert => !isMetaAlert(alert));
}

function blocksOf({ place, findings, now, timeFormat }: Printing<AlertsPlace, AlertsFindings>): readonly Block[] {
	const alerts = listedOf(findings, place);
	if (alerts === undefined) return [];
	if (alerts.length === 0) {
		return [
			paragraph(place.filter === undefined ? 'No alert fires or is pending.' : `No alert matches ${place.filter}.`),
			...(place.filter === undefined ? ladderBlocks(findings.ladder) : []),
		];
	}
	const signals = lastValueOf(findings.signals);
	const remarks = alerts.map(alert => remarksOf(alert, { findings, timeFormat, now }).join('; '));
	const hasRemarks = remarks.some(text => text !== '');
	return [
		table(
			[
				{ title: 'severity' },
				{ title: 'state' },
				{ title: 'alert' },
				{ title: 'service' },
				{ title: 'age', align: 'right' },
				{ title: 'value' },
				{ title: 'summary' },
				...(hasRemarks ? [{ title: 'remarks' }] : []),
			],
			alerts.map((alert, index) => {
				const service = serviceOfAlert(alert);
				const signal = signals?.get(alert.id);
				return [
					alert.severity,
					alert.state,
					alert.name,
					[service?.service, service?.route].filter(Boolean).join(' '),
					formatAge(now - alert.since),
					signal === undefined ? '' : formatComparison(signal.value, signal.threshold, signal.unit),
					alert.summary,
					...(hasRemarks ? [remarks[index] ?? ''] : []),
				];
			}),
		),
	];
}

/** An alert by its documented field names. */
export function alertJson(alert: Alert, findings: AlertsFindings, now: Milliseconds): Json {
	const service = serviceOfAlert(alert);
	const signal = lastValueOf(findings.signals)?.get(alert.id);
	return {
		id: alert.id,
		name: alert.name,
		severity: alert.severity,
		state: alert.state,
		service: service?.service,
		route: service?.route,
		serviceKind: service?.kind,
		serviceReason: serviceReasonOf(alert),
		summary: alert.summary,
		since: timeJson(alert.since),
		activeAt: alert.activeAt === undefined ? undefined : timeJson(alert.activeAt),
		holdForSeconds: alert.holdFor === undefined ? undefined : alert.holdFor / 1000,
		value: numberJson(signal?.value ?? alert.value ?? Number.NaN),
		unit: signal?.unit,
		threshold:
			signal === undefined ? undefined : { operator: signal.threshold.operator, value: signal.threshold.value },
		crossedAt: signal?.crossedAt === undefined ? undefined : timeJson(signal.crossedAt),
		peak:
			signal?.peak === undefined ? undefined : { value: numberJson(signal.peak.value), at: timeJson(signal.peak.at) },
		trend: signal?.trend,
		expression: alert.expression,
		runbookUrl: alert.runbookUrl,
		labels: alert.labels,
		annotations: alert.annotations,
		fingerprint: alert.fingerprint,
		silencedBy: alert.silencedBy,
		inhibitedBy: alert.inhibitedBy,
		inhibitors: alert.inhibitedBy.map(fingerprint => inhibitorJson(fingerprint, findings)),
		receivers: alert.receivers,
		from: alert.from,
		differs: alert.differs,
		ruleError: alert.ruleError,
		lastDay: lastDayJson(alert, findings, now),
	};
}

/** The alert that keeps another quiet: its name where it is among the alerts that are known. */
const inhibitorJson = (fingerprint: string, { alerts }: AlertsFindings): Json => ({
	fingerprint,
	name: lastValueOf(alerts)?.find(alert => alert.fingerprint === fingerprint)?.name,
});

/** When it fired in the last 24 h, oldest first; absent when nobody knows, or it flaps too fast to be told apart. */
function lastDayJson(alert: Alert, { past }: AlertsFindings, now: Milliseconds): Json | undefined {
	const known = lastValueOf(past);
	const history = known && firingHistoryOf(alert, known, now);
	return history?.uncounted ? undefined : history && { fired: history.firing.map(rangeJson) };
}

export const alertsPrinter: Printer<AlertsPlace, AlertsFindings> = {
	nothing: noAlertsFindings,
	main: () => 'alerts',
	blocks: blocksOf,
	json: ({ place, findings, now }) => ({
		alerts: listedOf(findings, place)?.map(alert => alertJson(alert, findings, now)),
	}),
};

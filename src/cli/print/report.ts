import { formatAddress } from '../../analysis/address.ts';
import { isMetaAlert } from '../../analysis/alert-join.ts';
import { servicePlaceOf } from '../../analysis/alert-service.ts';
import { formatDuration } from '../../analysis/format.ts';
import { formatRfc3339 } from '../../analysis/format-time.ts';
import { isAboutRoute } from '../../analysis/log-pivots.ts';
import { logsPlaceOf } from '../../analysis/service-pivots.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { ServiceFindings } from '../../investigation/service-findings.ts';
import type { TraceFindings } from '../../investigation/trace-findings.ts';
import type { Alert } from '../../model/alert.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { AlertsPlace, LogsPlace, Place, ServicePlace, TracePlace } from '../../model/place.ts';
import { fixed, minute, rangeOf, toMilliseconds } from '../../model/time.ts';
import { UsageError } from '../usage-error.ts';
import { alertJson, alertsPrinter } from './alerts.ts';
import { type Ask, type Asked, type Gaps, mergedGaps, NoAnswer } from './ask.ts';
import { type Block, heading, paragraph } from './document.ts';
import type { Json } from './json.ts';
import { logsPrinter, logTable, recordJson } from './logs.ts';
import type { Printing } from './printer.ts';
import { servicePrinter } from './service.ts';
import { tracePrinter } from './trace.ts';

/** The walk from an alert to its cause, each step with what it found. Later steps are absent when one led nowhere. */
export type Walk = {
	readonly alert: Alert;
	readonly alerts: AlertsFindings;
	readonly service?: { readonly place: ServicePlace; readonly findings: ServiceFindings };
	readonly logs?: { readonly place: LogsPlace; readonly findings: LogsFindings };
	readonly request?: Choice & { readonly place: LogsPlace; readonly findings: LogsFindings };
	readonly trace?: { readonly place: TracePlace; readonly findings: TraceFindings };
	readonly gaps: Gaps;
};

type WalkOptions = {
	/** The alert's name or id; the worst one when empty. */
	readonly name: string;
	readonly start: AlertsPlace;
	readonly ask: Ask;
	readonly now: () => number;
};

/** Walks from the alert to the trace as an operator would with four keys. */
export async function walkFrom({ name, start, ask, now }: WalkOptions): Promise<Walk> {
	const { findings: alerts, gaps } = await ask(start, alertsPrinter);
	const alert = chosenAlert({ findings: alerts, gaps }, name);
	const place = servicePlaceOf(alert, now());
	if (place === undefined) return { alert, alerts, gaps };
	const logsPlace = logsPlaceOf(place, undefined, servicePrinter.nothing);
	const [charted, logged] = await Promise.all([ask(place, servicePrinter), ask(logsPlace, logsPrinter)]);
	const walk = {
		alert,
		alerts,
		service: { place, findings: charted.findings },
		logs: { place: logsPlace, findings: logged.findings },
		// That there are older lines takes nothing from the newest failure.
		gaps: mergedGaps([gaps, charted.gaps, { ...logged.gaps, partial: [] }]),
	};
	const choice = chosenRequest(lastValueOf(logged.findings.records)?.records ?? [], place.route);
	return choice === undefined ? walk : { ...walk, ...(await followed(choice, walk.gaps, ask)) };
}

/** The lines of the chosen request over all services, and its trace. */
async function followed(choice: Choice, before: Gaps, ask: Ask): Promise<Pick<Walk, 'request' | 'trace' | 'gaps'>> {
	const place = requestPlaceOf(choice.chosen);
	const tracePlace = tracePlaceOf(choice.chosen);
	const [lines, traced] = await Promise.all([
		ask(place, logsPrinter),
		tracePlace === undefined ? undefined : ask(tracePlace, tracePrinter),
	]);
	const request = { place, findings: lines.findings, ...choice };
	if (tracePlace === undefined || traced === undefined) return { request, gaps: mergedGaps([before, lines.gaps]) };
	const trace = { place: tracePlace, findings: traced.findings };
	return { request, trace, gaps: mergedGaps([before, lines.gaps, traced.gaps]) };
}

function chosenAlert({ findings, gaps }: Asked<AlertsFindings>, name: string): Alert {
	const known = lastValueOf(findings.alerts);
	if (known === undefined) throw new NoAnswer(gaps);
	const alerts = known.filter(alert => name !== '' || !isMetaAlert(alert));
	const alert =
		alerts.find(({ id }) => id === name) ??
		alerts.find(each => (name === '' ? each.state === 'firing' : each.name === name));
	if (alert !== undefined) return alert;
	const names = [...new Set(alerts.map(each => each.name))];
	throw new UsageError(
		name === '' ? 'No alert fires.' : `No alert called ${name} fires or is pending.`,
		names.length === 0 ? 'There is nothing to report.' : `There are ${names.join(', ')}.`,
	);
}

/** The request that the walk follows, by its line. */
type Choice = { readonly chosen: LogRecord; readonly why: string };

/** The newest failed request that can be followed; one of the alert's own route before any other. */
function chosenRequest(records: readonly LogRecord[], route: string | undefined): Choice | undefined {
	const failed = records.filter(({ level }) => level === 'error' || level === 'fatal');
	const traced = failed.filter(({ traceId }) => traceId !== undefined);
	const onRoute = traced.filter(record => route !== undefined && isAboutRoute(record, route));
	const choices: readonly (readonly [readonly LogRecord[], string])[] = [
		[onRoute, `the newest of ${onRoute.length} error lines about ${route} that carry a trace ID`],
		[traced, `the newest of ${traced.length} error lines that carry a trace ID`],
		[
			failed.filter(({ requestId }) => requestId !== undefined),
			'the newest error line that carries a request ID; none carries a trace ID',
		],
	];
	for (const [candidates, why] of choices) {
		const chosen = candidates.at(-1);
		if (chosen !== undefined) return { chosen, why };
	}
	return undefined;
}

const slack = 15 * minute;
const around = ({ entry }: LogRecord) => fixed(toMilliseconds(entry.at) - slack, toMilliseconds(entry.at) + slack);

const requestPlaceOf = (record: LogRecord): LogsPlace => ({
	kind: 'logs',
	...(record.requestId === undefined ? {} : { request: record.requestId.value }),
	...(record.traceId === undefined ? {} : { trace: record.traceId.value }),
	window: around(record),
});

const tracePlaceOf = (record: LogRecord): TracePlace | undefined =>
	record.traceId && { kind: 'trace', id: record.traceId.value, window: around(record) };

/** What all steps of a report are printed with. */
export type ReportPrinting = Pick<Printing<Place, never>, 'now' | 'timeFormat' | 'width' | 'theme'>;

export function reportBlocks(walk: Walk, printing: ReportPrinting): readonly Block[] {
	const { alert, service, logs, request, trace } = walk;
	const rangeFor = (place: Place) => ({ place, range: rangeOf(place.window, printing.now) });
	return [
		heading(`${alert.severity} ${alert.name}`),
		paragraph(alert.summary),
		paragraph(
			`${alert.state} since ${formatRfc3339(alert.since)} (${formatDuration(printing.now - alert.since)})${alert.runbookUrl === undefined ? '' : `, runbook ${alert.runbookUrl}`}`,
		),
		...(service === undefined
			? [paragraph('Nothing in the alert names a service, so the walk ends here.')]
			: [
					heading(`service ${service.place.service} ${service.place.route ?? ''}`.trim()),
					...servicePrinter.blocks({
						...printing,
						...rangeFor(service.place),
						place: service.place,
						findings: service.findings,
					}),
				]),
		...(request === undefined ? failedSearch(logs, printing) : requestBlocks(request, printing)),
		...(trace === undefined
			? []
			: [
					heading(`trace ${trace.place.id}`),
					...tracePrinter.blocks({
						...printing,
						...rangeFor(trace.place),
						place: trace.place,
						findings: trace.findings,
					}),
					paragraph(`Again: smokejumper ${formatAddress(trace.place)}`),
				]),
	];
}

function requestBlocks(request: NonNullable<Walk['request']>, printing: ReportPrinting): readonly Block[] {
	const { place, findings, chosen, why } = request;
	const records = lastValueOf(findings.records)?.records ?? [];
	const id = chosen.requestId?.value ?? chosen.traceId?.value ?? '';
	const services = new Set(records.map(({ service }) => service)).size;
	return [
		heading(`request ${id}`),
		paragraph(`Chosen as ${why}. ${records.length} lines of ${services} services.`),
		...(records.length === 0
			? logsPrinter.blocks({ ...printing, place, findings, range: rangeOf(place.window, printing.now) })
			: [logTable(records, printing.timeFormat)]),
	];
}

function failedSearch(logs: Walk['logs'], printing: ReportPrinting): readonly Block[] {
	if (logs === undefined) return [];
	return [
		heading('logs'),
		paragraph(
			lastValueOf(logs.findings.records) === undefined
				? 'The logs of the service could not be had, so no request could be followed.'
				: 'No error line of the service carries a request ID or a trace ID, so no request could be followed.',
		),
		...logsPrinter.blocks({ ...printing, ...logs, range: rangeOf(logs.place.window, printing.now) }).slice(0, 1),
	];
}

export function reportJson(walk: Walk, printing: ReportPrinting): { readonly [name: string]: Json | undefined } {
	const { alert, alerts, service, request, trace } = walk;
	const rangeFor = (place: Place) => rangeOf(place.window, printing.now);
	return {
		alert: alertJson(alert, alerts, printing.now),
		service: service && servicePrinter.json({ ...printing, ...service, range: rangeFor(service.place) }),
		request: request && {
			chosen: recordJson(request.chosen),
			why: request.why,
			lines: (lastValueOf(request.findings.records)?.records ?? []).map(recordJson),
		},
		trace: trace && tracePrinter.json({ ...printing, ...trace, range: rangeFor(trace.place) }),
	};
}

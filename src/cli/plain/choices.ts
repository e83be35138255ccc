import { servicePlaceOf } from '../../analysis/alert-service.ts';
import { formatAge, formatDuration, formatId } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import {
	isRequestPlace,
	requestPlaceOf,
	servicePlaceOfLine,
	tellingRecord,
	tracePlaceOf,
} from '../../analysis/log-pivots.ts';
import { inLightOf, logsPlaceOf, tracePlaceAt } from '../../analysis/service-pivots.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Panes } from '../../investigation/board.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { ServiceFindings } from '../../investigation/service-findings.ts';
import type { TraceFindings } from '../../investigation/trace-findings.ts';
import type { TracesFindings } from '../../investigation/traces-findings.ts';
import type { Alert } from '../../model/alert.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { AlertsPlace, LogsPlace, Place, PlaceKind, ServicePlace, TracePlace } from '../../model/place.ts';
import { type Milliseconds, toMilliseconds } from '../../model/time.ts';
import { tracedRequests } from '../../screens/service/state.ts';
import { listedOf } from '../print/alerts.ts';

/** Where a number leads: to a place, or nowhere and why. */
export type Goal =
	| { readonly place: Place; readonly alert?: Alert; readonly why?: undefined }
	| { readonly why: string; readonly place?: undefined };

/** What can be chosen on a page: its rows in their printed order, and after them the named ways on. */
export type Choices = {
	readonly rows: readonly Goal[];
	readonly ways: readonly { readonly words: string; readonly place: Place }[];
};

/** With what light and at what time a page is read. */
export type Reading = { readonly now: Milliseconds; readonly alert?: Alert };

const none: Choices = { rows: [], ways: [] };
const mostRequests = 5;

const alertChoices = (place: AlertsPlace, findings: AlertsFindings, { now }: Reading): Choices => ({
	rows: (listedOf(findings, place) ?? []).map(alert => {
		const to = servicePlaceOf(alert, now);
		return to === undefined
			? { why: `Neither the expression, the labels nor the annotations of ${alert.name} name a service.` }
			: { place: to, alert };
	}),
	ways: [],
});

const serviceChoices = (place: ServicePlace, findings: ServiceFindings, { now, alert }: Reading): Choices => ({
	rows: [],
	ways: [
		{ words: `logs of ${place.service}`, place: inLightOf(logsPlaceOf(place, undefined, findings), alert) },
		...tracedRequests({ findings })
			.filter(({ traceId }) => traceId !== '')
			.slice(0, mostRequests)
			.map(({ traceId, at, seconds, failed }) => ({
				words: `trace ${formatId(traceId)}, ${formatDuration(seconds * 1000)}, ${formatAge(now - at)} ago${failed ? ', with errors' : ''}`,
				place: tracePlaceAt(traceId, at),
			})),
		...(['panels', 'resources', 'neighbours'] as const)
			.filter(view => view !== (place.view ?? 'panels'))
			.map(view => ({ words: `${view} of ${place.service}`, place: viewed(place, view) })),
	],
});

function viewed({ view: _, ...place }: ServicePlace, view: NonNullable<ServicePlace['view']>): ServicePlace {
	return view === 'panels' ? place : { ...place, view };
}

/** A line leads to its request; the lines of one request lead to its trace and its services. */
function logChoices(place: LogsPlace, findings: LogsFindings): Choices {
	const records = lastValueOf(findings.records)?.records ?? [];
	if (!isRequestPlace(place)) {
		const rows = records.map((record): Goal => {
			const to = requestPlaceOf(record) ?? tracePlaceOf(record);
			return to === undefined ? { why: 'That line carries neither a request ID nor a trace ID.' } : { place: to };
		});
		return { rows, ways: [...tellingWays(records, place), ...errorWays(place)] };
	}
	const traced = records.find(({ traceId }) => traceId !== undefined);
	const trace = traced && tracePlaceOf(traced);
	const services = new Map(records.map(record => [record.service, record]));
	return {
		rows: [],
		ways: [
			...(trace === undefined ? [] : [{ words: `trace ${formatId(trace.id)}`, place: trace }]),
			...[...services.values()].map(record => ({
				words: `panels of ${record.service}`,
				place: servicePlaceOfLine(record, place.window),
			})),
		],
	};
}

/** Where the cursor of the logs screen stands at first: the line that tells most. */
function tellingWays(records: readonly LogRecord[], { route }: LogsPlace): Choices['ways'] {
	const telling = tellingRecord(records, route);
	const to = telling && (requestPlaceOf(telling) ?? tracePlaceOf(telling));
	if (telling === undefined || to === undefined) return [];
	const { level, message, entry } = telling;
	return [
		{ words: `request of ${level} ${formatClock(toMilliseconds(entry.at), 'utc', 'seconds')} ${message}`, place: to },
	];
}

const errorWays = (place: LogsPlace): Choices['ways'] =>
	place.level === 'error' ? [] : [{ words: 'errors alone', place: { ...place, level: 'error' } }];

function traceChoices(place: TracePlace, findings: TraceFindings): Choices {
	const found = lastValueOf(findings.trace);
	if (found?.found !== true) return none;
	const logs: LogsPlace = { kind: 'logs', trace: found.id, window: place.window };
	return {
		rows: [],
		ways: [
			{ words: 'logs of this request', place: logs },
			...found.services.map(service => ({
				words: `panels of ${service}`,
				place: { kind: 'service', service, window: place.window } as const,
			})),
		],
	};
}

const tracesChoices = (_: Place, { results }: TracesFindings): Choices => ({
	rows: (lastValueOf(results)?.traces ?? []).map(({ id, start }) => ({
		place: tracePlaceAt(id, toMilliseconds(start)),
	})),
	ways: [],
});

/** A registry cannot name each kind's own findings; each is only ever handed what its own investigation found. */
const choosers = {
	alerts: alertChoices,
	service: serviceChoices,
	logs: logChoices,
	trace: traceChoices,
	traces: tracesChoices,
} satisfies { [Kind in PlaceKind]?: unknown };

type AnyChooser = (place: Place, findings: Panes, reading: Reading) => Choices;

/** What can be chosen at a place of which this was found. */
export function choicesOf(place: Place, findings: Panes, reading: Reading): Choices {
	const { kind } = place;
	if (kind === 'compare' || kind === 'silences' || kind === 'cardinality') return none;
	return (choosers[kind] as unknown as AnyChooser)(place, findings, reading);
}

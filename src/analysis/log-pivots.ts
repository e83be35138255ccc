import type { LogRecord } from '../model/log-entry.ts';
import type { LogsPlace, ServicePlace, TracePlace } from '../model/place.ts';
import { fixed, type Milliseconds, minute, toMilliseconds, type Window } from '../model/time.ts';
import { isUniqueId } from './request-of.ts';

/** Room round a line in which the rest of its request is looked for: queues and retries included. */
const requestSlack: Milliseconds = 15 * minute;

/** True when the place is about one request and not about a service or a query. */
export const isRequestPlace = ({ request, trace }: LogsPlace): boolean => request !== undefined || trace !== undefined;

export const windowAround = (at: Milliseconds): Window => fixed(at - requestSlack, at + requestSlack);

/**
 * Every service's lines of the request that a line belongs to, by both of its identifiers. A request ID that is only a
 * counter of one process (`req-7`) leads to that service's lines alone, and is left out when there is a trace.
 */
export function requestPlaceOf({ requestId, traceId, entry, service }: LogRecord): LogsPlace | undefined {
	const window = windowAround(toMilliseconds(entry.at));
	const trace = traceId === undefined ? {} : { trace: traceId.value };
	if (requestId === undefined) return traceId === undefined ? undefined : { kind: 'logs', ...trace, window };
	if (isUniqueId(requestId.value)) return { kind: 'logs', request: requestId.value, ...trace, window };
	if (traceId !== undefined) return { kind: 'logs', ...trace, window };
	return { kind: 'logs', service, request: requestId.value, window };
}

/** The trace that a line belongs to, at the line's own span when it names one. */
export function tracePlaceOf({ traceId, spanId, entry }: LogRecord): TracePlace | undefined {
	if (traceId === undefined) return undefined;
	const window = windowAround(toMilliseconds(entry.at));
	return { kind: 'trace', id: traceId.value, ...(spanId === undefined ? {} : { span: spanId.value }), window };
}

/** The panels of the service that wrote a line, over the window that is being looked at. */
export const servicePlaceOfLine = ({ service }: LogRecord, window: Window): ServicePlace => ({
	kind: 'service',
	service,
	window,
});

/** True when two lines belong to one request, as far as they say. */
export const isSameRequest = (a: LogRecord, b: LogRecord): boolean =>
	(a.traceId !== undefined && a.traceId.value === b.traceId?.value) ||
	(a.requestId !== undefined && a.requestId.value === b.requestId?.value);

/** Where the cursor stands at first: the newest error that leads on to its request, else the newest error, else the newest line. */
export function tellingRecord(records: readonly LogRecord[]): LogRecord | undefined {
	const isError = ({ level }: LogRecord): boolean => level === 'error' || level === 'fatal';
	return (
		records.findLast(record => isError(record) && (record.traceId ?? record.requestId) !== undefined) ??
		records.findLast(isError) ??
		records.at(-1)
	);
}

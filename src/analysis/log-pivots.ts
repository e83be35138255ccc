import type { LogRecord } from '../model/log-entry.ts';
import type { LogsPlace, ServicePlace, TracePlace } from '../model/place.ts';
import { fixed, type Milliseconds, minute, type Nanoseconds, toMilliseconds, type Window } from '../model/time.ts';
import { isUniqueId } from './request-of.ts';

/** Room round a line in which the rest of its request is looked for: queues and retries included. */
const requestSlack: Milliseconds = 15 * minute;

/** True when the place is about one request and not about a service or a query. */
export const isRequestPlace = ({ request, trace }: LogsPlace): boolean => request !== undefined || trace !== undefined;

/** True when a place of one request leaves none of its lines out. */
export const isWholeRequest = (place: LogsPlace): boolean =>
	isRequestPlace(place) &&
	place.span === undefined &&
	place.service === undefined &&
	place.query === undefined &&
	place.level === undefined &&
	place.filters === undefined;

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

/**
 * The trace that a line belongs to. Not at the line's own span: that is where the failure was told, and what is looked
 * for is where it came from, which the trace screen selects by itself.
 */
export const tracePlaceOf = ({ traceId, entry }: LogRecord): TracePlace | undefined =>
	traceId === undefined
		? undefined
		: { kind: 'trace', id: traceId.value, window: windowAround(toMilliseconds(entry.at)) };

/** The panels of the service that wrote a line, over the window that is being looked at. */
export const servicePlaceOfLine = ({ service }: LogRecord, window: Window): ServicePlace => ({
	kind: 'service',
	service,
	window,
});

/** A trace is whole only after its last span has ended, was sent and was stored. */
const settling: Nanoseconds = 15_000_000_000n;

/** True when a line names the route, and not a longer one: `/bookings` is not `/bookings/{reference}`. */
export function isAboutRoute({ entry: { line } }: LogRecord, route: string): boolean {
	for (let at = line.indexOf(route); at >= 0; at = line.indexOf(route, at + 1)) {
		if (!/[\w/{-]/.test(line.charAt(at + route.length))) return true;
	}
	return false;
}

/**
 * Where the cursor stands at first: the newest error that leads on to its request, one about `route` before any other,
 * else the newest error, else the newest line. An error of the last seconds gives way to an older one, whose trace is
 * whole.
 */
export function tellingRecord(records: readonly LogRecord[], route?: string): LogRecord | undefined {
	const isError = ({ level }: LogRecord): boolean => level === 'error' || level === 'fatal';
	const leadsOn = (record: LogRecord): boolean => isError(record) && (record.traceId ?? record.requestId) !== undefined;
	const newest = records.at(-1)?.entry.at ?? 0n;
	const leading = records.filter(leadsOn);
	const onRoute = route === undefined ? [] : leading.filter(record => isAboutRoute(record, route));
	const first = onRoute.length > 0 ? onRoute : leading;
	return (
		first.findLast(({ entry }) => newest - entry.at >= settling) ??
		first.at(-1) ??
		records.findLast(isError) ??
		records.at(-1)
	);
}

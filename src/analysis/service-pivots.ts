import type { Alert } from '../model/alert.ts';
import { type Loadable, lastValueOf } from '../model/loadable.ts';
import type { LogsPlace, ServicePlace, TracePlace } from '../model/place.ts';
import type { Exemplar, Grid } from '../model/series.ts';
import { fixed, type Milliseconds, minute } from '../model/time.ts';

const aroundCursor = 5 * minute;

/**
 * The pivot from panels to logs: the service's lines round the cursor, at least two steps of the chart to either side;
 * without a cursor those of the whole window. It demands no level, as the logs screen leads to the errors itself and
 * what came before them matters; a route leads to the errors about it.
 */
export function logsPlaceOf(
	place: ServicePlace,
	cursor?: Milliseconds,
	panes?: { readonly rate: Loadable<{ readonly grid: Grid }> },
): LogsPlace {
	const step = panes === undefined ? 0 : (lastValueOf(panes.rate)?.grid.step ?? 0);
	const slack = Math.max(aroundCursor, 2 * step);
	const window = cursor === undefined ? place.window : fixed(cursor - slack, cursor + slack);
	return { kind: 'logs', service: place.service, ...(place.route === undefined ? {} : { route: place.route }), window };
}

/** The same lines, read in the light of an alert: what was not said before it began is new. */
export const inLightOf = (place: LogsPlace, alert: Alert | undefined): LogsPlace =>
	alert === undefined ? place : { ...place, alertBegan: alert.activeAt ?? alert.since };

/** Labels in which exemplars keep their trace, by frequency (OpenMetrics leaves the name open). */
const traceLabels = ['trace_id', 'traceID', 'traceId', 'TraceID', 'trace.id'];

/** The trace an exemplar remembers; `undefined` when it has none, or an all-zero one. */
export function traceIdOfExemplar({ labels }: Exemplar): string | undefined {
	const id = traceLabels.map(name => labels[name]).find(each => each !== undefined && each !== '');
	return id === undefined || /^0*$/.test(id) ? undefined : id;
}

/** The pivot to a trace, looked for round the moment at which somebody saw it. */
export const tracePlaceAt = (id: string, at: Milliseconds): TracePlace => ({
	kind: 'trace',
	id,
	window: fixed(at - 15 * minute, at + 15 * minute),
});

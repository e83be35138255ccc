import { traceIdOfExemplar } from '../../analysis/service-pivots.ts';
import type { NearService } from '../../analysis/service-target.ts';
import type { BreakdownRow, ServiceFindings } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import type { Exemplar } from '../../model/series.ts';
import { lengthInMilliseconds, type Milliseconds, second, toMilliseconds } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace.ts';
import type { Shown } from '../screen.ts';

export type ServiceState = {
	/** The time cursor; absent: the newest values are shown. */
	readonly cursor?: Milliseconds;
	/** The traced request under the cursor, by its key. */
	readonly exemplar?: string;
	/** The row of the break-down under the cursor, by its value; without panels, the service that has some. */
	readonly row?: string;
	/** Show how the metrics were found instead of the break-down. */
	readonly details: boolean;
	/** The first line on show of what is told in the details; absent: from the top. */
	readonly scroll?: number;
	/** Only rows of the break-down that hold this text. */
	readonly filter: string;
};

/** The panels whose figures are told over time. */
export const panelNames = ['rate', 'errors', 'duration'] as const;
export type PanelName = (typeof panelNames)[number];

export type ServiceShown = Shown<ServicePlace, ServiceFindings, ServiceState>;

export const initialState = (): ServiceState => ({ details: false, filter: '' });

export const exemplarKey = ({ at, value }: Exemplar): string => `${at}/${value}`;

/** Only the slowest are worth a mark: a chart full of diamonds shows nothing. */
const mostExemplars = 12;

/** The slowest exemplars, slowest first. */
export const slowestExemplars = ({ findings }: Pick<ServiceShown, 'findings'>): readonly Exemplar[] =>
	(lastValueOf(findings.exemplars) ?? []).slice(0, mostExemplars);

/** A request that can be followed: an exemplar, or what the trace search found where there are none. */
export type TracedRequest = {
	readonly key: string;
	readonly at: Milliseconds;
	/** Of an exemplar what the service took, of a found trace the whole of it. */
	readonly seconds: number;
	readonly traceId: string;
	/** The service has spans with errors in it; not known of an exemplar. */
	readonly failed: boolean;
};

/** The requests that can be followed, slowest first. */
export function tracedRequests(shown: Pick<ServiceShown, 'findings'>): readonly TracedRequest[] {
	const exemplars = slowestExemplars(shown);
	if (exemplars.length === 0)
		return (lastValueOf(shown.findings.slow)?.traces ?? []).slice(0, mostExemplars).map(found);
	return exemplars.map(exemplar => ({
		key: exemplarKey(exemplar),
		at: exemplar.at,
		seconds: exemplar.value,
		traceId: traceIdOfExemplar(exemplar) ?? '',
		failed: false,
	}));
}

const found = ({ id, start, duration, services }: TraceSummary): TracedRequest => ({
	key: id,
	at: toMilliseconds(start),
	seconds: lengthInMilliseconds(duration) / second,
	traceId: id,
	failed: services.some(({ errors }) => errors > 0),
});

/** The same in time order: the key that steps through them walks along the chart. */
export const tracedInTime = (shown: Pick<ServiceShown, 'findings'>): readonly TracedRequest[] =>
	tracedRequests(shown).toSorted((a, b) => a.at - b.at);

export const selectedRequest = (shown: Pick<ServiceShown, 'findings' | 'state'>): TracedRequest | undefined =>
	tracedRequests(shown).find(({ key }) => key === shown.state.exemplar);

/** The rows of the break-down that the filter lets through. */
export function breakdownRows({ findings, state }: Pick<ServiceShown, 'findings' | 'state'>): readonly BreakdownRow[] {
	const rows = lastValueOf(findings.routes)?.rows ?? [];
	const wanted = state.filter.toLowerCase();
	return wanted === '' ? rows : rows.filter(({ value }) => value.toLowerCase().includes(wanted));
}

/** The services to go to instead, when nothing measures this one. */
export function nearServices({ findings }: Pick<ServiceShown, 'findings'>): readonly NearService[] {
	const target = lastValueOf(findings.target);
	return target?.kind === 'missing' ? target.near : [];
}

export const rowCursor = (rows: readonly { readonly value: string }[], { row }: ServiceState): number =>
	Math.max(
		0,
		rows.findIndex(({ value }) => value === row),
	);

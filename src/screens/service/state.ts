import type { NearService } from '../../analysis/service-target.ts';
import type { BreakdownRow, ServiceFindings } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import type { Exemplar } from '../../model/series.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Shown } from '../screen.ts';

export type ServiceState = {
	/** The time cursor; absent: the newest values are shown. */
	readonly cursor?: Milliseconds;
	/** The exemplar under the cursor, by its instant and value. */
	readonly exemplar?: string;
	/** The row of the break-down under the cursor, by its value; without panels, the service that has some. */
	readonly row?: string;
	/** Show how the metrics were found instead of the break-down. */
	readonly details: boolean;
	/** Only rows of the break-down that hold this text. */
	readonly filter: string;
};

export type ServiceShown = Shown<ServicePlace, ServiceFindings, ServiceState>;

export const initialState = (): ServiceState => ({ details: false, filter: '' });

export const exemplarKey = ({ at, value }: Exemplar): string => `${at}/${value}`;

/** Only the slowest are worth a mark: a chart full of diamonds shows nothing. */
const mostExemplars = 12;

/** The slowest exemplars, slowest first. */
export const slowestExemplars = ({ findings }: Pick<ServiceShown, 'findings'>): readonly Exemplar[] =>
	(lastValueOf(findings.exemplars) ?? []).slice(0, mostExemplars);

/** The same in time order: the key that steps through them walks along the chart. */
export const exemplarsInTime = (shown: Pick<ServiceShown, 'findings'>): readonly Exemplar[] =>
	slowestExemplars(shown).toSorted((a, b) => a.at - b.at);

export const selectedExemplar = (shown: Pick<ServiceShown, 'findings' | 'state'>): Exemplar | undefined =>
	exemplarsInTime(shown).find(exemplar => exemplarKey(exemplar) === shown.state.exemplar);

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

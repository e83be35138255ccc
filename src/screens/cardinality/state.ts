import { type LabelFinding, pairQuery, seriesQuery, shownPair, valuesQuery } from '../../analysis/cardinality.ts';
import { formatCount, formatMemory, formatShare } from '../../analysis/format.ts';
import type { CardinalityFindings } from '../../investigation/cardinality.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { CardinalityPlace } from '../../model/place.ts';
import type { TsdbStatus } from '../../model/tsdb.ts';
import { clampCursor } from '../../widgets/scroll.ts';
import type { Shown } from '../screen.ts';

/** What `tab` cycles through. */
export const lists = ['labels', 'metrics', 'pairs', 'memory'] as const;
export type ListName = (typeof lists)[number];

export type CardinalityState = {
	readonly list: ListName;
	/** The name under the cursor, and where it stood. */
	readonly selected?: string;
	readonly row: number;
	readonly filter: string;
};

export type CardinalityShown = Shown<CardinalityPlace, CardinalityFindings, CardinalityState>;

export const initialState = ({ filter = '' }: CardinalityPlace): CardinalityState => ({
	list: 'labels',
	row: 0,
	filter,
});

/** A row of a list. */
export type Counted = {
	readonly name: string;
	/** `412 values`, `1.2 MiB`. */
	readonly figure: string;
	/** Of all series, where they are counted. */
	readonly share?: string;
	/** A label that was looked into. */
	readonly finding?: LabelFinding;
	/** PromQL that counts it on the server; absent where it would hold a secret. */
	readonly query?: string;
};

/** The rows of the list on show that the filter lets through. */
export function listedRows({ findings, state }: Pick<CardinalityShown, 'findings' | 'state'>): readonly Counted[] {
	const status = lastValueOf(findings.status);
	if (status === undefined) return [];
	const wanted = state.filter.toLowerCase();
	return rowsOf[state.list](status, lastValueOf(findings.labels) ?? []).filter(({ name }) =>
		name.toLowerCase().includes(wanted),
	);
}

const shareOf = (count: number, { series }: TsdbStatus): { readonly share?: string } =>
	Number.isNaN(series) || series === 0 ? {} : { share: formatShare(count / series) };

const rowsOf: Readonly<Record<ListName, (status: TsdbStatus, found: readonly LabelFinding[]) => readonly Counted[]>> = {
	/** Those without bound lead, whatever they count. */
	labels: ({ valuesByLabel }, found) =>
		[
			...found.map(finding => ({ name: finding.label, count: finding.count, finding, query: finding.query })),
			...valuesByLabel
				.filter(({ name }) => found.every(({ label }) => label !== name))
				.map(({ name, count }) => ({ name, count, query: valuesQuery(name, undefined), finding: undefined })),
		]
			.sort(
				(a, b) => Number(b.finding?.unbounded ?? false) - Number(a.finding?.unbounded ?? false) || b.count - a.count,
			)
			.map(({ count, finding, ...row }) => ({
				...row,
				figure: `${formatCount(count)} values`,
				...(finding === undefined ? {} : { finding }),
			})),
	metrics: status =>
		status.seriesByMetric.map(({ name, count }) => ({
			name,
			figure: `${formatCount(count)} series`,
			...shareOf(count, status),
			query: seriesQuery(name),
		})),
	pairs: status =>
		status.seriesByPair.map(({ name, count }) => {
			const query = pairQuery(name);
			return {
				name: shownPair(name),
				figure: `${formatCount(count)} series`,
				...shareOf(count, status),
				...(query === undefined ? {} : { query }),
			};
		}),
	memory: ({ bytesByLabel }) =>
		bytesByLabel.map(({ name, count }) => ({
			name,
			figure: formatMemory(count),
			query: valuesQuery(name, undefined),
		})),
};

export function cursorOf(rows: readonly Counted[], { selected, row }: CardinalityState): number {
	const index = rows.findIndex(({ name }) => name === selected);
	return index >= 0 ? index : clampCursor(row, rows.length);
}

export function selectedRow(shown: Pick<CardinalityShown, 'findings' | 'state'>): Counted | undefined {
	const rows = listedRows(shown);
	return rows[cursorOf(rows, shown.state)];
}

/** The name under the cursor, written down. */
export function settled(shown: Pick<CardinalityShown, 'findings' | 'state'>): CardinalityState {
	const { state } = shown;
	const rows = listedRows(shown);
	const row = cursorOf(rows, state);
	const selected = rows[row]?.name;
	return selected === undefined || (selected === state.selected && row === state.row)
		? state
		: { ...state, selected, row };
}

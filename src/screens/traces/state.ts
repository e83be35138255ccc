import type { TracesFindings } from '../../investigation/traces-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import type { TraceSummary } from '../../model/trace.ts';
import { clampCursor } from '../../widgets/scroll.ts';
import type { Shown } from '../screen.ts';

export type TracesState = {
	/** ID of the trace under the cursor; the first one until the operator moves. */
	readonly selected?: string;
	readonly order: 'newest' | 'slowest';
	readonly filter: string;
};

export type TracesShown = Shown<TracesPlace, TracesFindings, TracesState>;

export const initialState = (): TracesState => ({ order: 'newest', filter: '' });

/** The found traces that pass the filter, in the order that was chosen. */
export function listedTraces({
	findings,
	state: { order, filter },
}: Pick<TracesShown, 'findings' | 'state'>): readonly TraceSummary[] {
	const text = filter.toLowerCase();
	return (lastValueOf(findings.results)?.traces ?? [])
		.filter(summary => wordsOf(summary).includes(text))
		.toSorted((a, b) => (order === 'slowest' ? descending(a.duration, b.duration) : descending(a.start, b.start)));
}

/** Row of the cursor: it stays on its trace when others arrive. */
export const cursorOf = (traces: readonly TraceSummary[], { selected }: TracesState): number =>
	clampCursor(
		Math.max(
			0,
			traces.findIndex(({ id }) => id === selected),
		),
		traces.length,
	);

export const countsOf = ({ services }: TraceSummary): { readonly spans: number; readonly errors: number } => ({
	spans: services.reduce((sum, { spans }) => sum + spans, 0),
	errors: services.reduce((sum, { errors }) => sum + errors, 0),
});

const wordsOf = ({ id, rootService, rootName, services }: TraceSummary): string =>
	[id, rootService, rootName, ...services.map(({ name }) => name)].join(' ').toLowerCase();

const descending = (a: bigint, b: bigint): number => (a < b ? 1 : a > b ? -1 : 0);

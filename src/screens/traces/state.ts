import type { TracesFindings } from '../../investigation/traces-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import type { AttributeName, TraceSummary } from '../../model/trace.ts';
import { clampCursor } from '../../widgets/scroll.ts';
import type { Shown } from '../screen.ts';
import type { FormState } from './form.ts';
import type { TraceChoosing } from './scatter-range.ts';

export type TracesState = {
	/** ID of the trace under the cursor; the first one until the operator moves. */
	readonly selected?: string;
	readonly order: 'newest' | 'slowest';
	readonly filter: string;
	/** The conditions that can be made without typing; absent while they are closed. */
	readonly form?: FormState;
	/** The query was edited here: what there is to ask for is worth asking. */
	readonly edits?: true;
	/** The attribute whose value is being typed there, as far as it was typed last. */
	readonly naming?: AttributeName;
	/** The range of the scatter that is being chosen. */
	readonly choosing?: TraceChoosing;
};

export type TracesShown = Shown<TracesPlace, TracesFindings, TracesState>;

export const initialState = (): TracesState => ({ order: 'newest', filter: '' });

const noTraces: readonly TraceSummary[] = [];

/** All that was found. */
export const foundTraces = ({ findings }: Pick<TracesShown, 'findings'>): readonly TraceSummary[] =>
	lastValueOf(findings.results)?.traces ?? noTraces;

/** The found traces that pass the filter, in the order that was chosen. */
export function listedTraces({
	findings,
	state: { order, filter },
}: Pick<TracesShown, 'findings' | 'state'>): readonly TraceSummary[] {
	const found = foundTraces({ findings });
	const text = filter.toLowerCase();
	const kept = text === '' ? found : found.filter(summary => wordsOf(summary).includes(text));
	// They come newest first.
	return order === 'newest' ? kept : kept.toSorted((a, b) => descending(a.duration, b.duration));
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

export const selectedTrace = (shown: Pick<TracesShown, 'findings' | 'state'>): TraceSummary | undefined => {
	const traces = listedTraces(shown);
	return traces[cursorOf(traces, shown.state)];
};

/** How many spans a trace has, and how many of them failed; `undefined` from a Tempo that does not count them (before 2.6). */
export const countsOf = ({
	services,
}: TraceSummary): { readonly spans: number; readonly errors: number } | undefined =>
	services.length === 0
		? undefined
		: {
				spans: services.reduce((sum, { spans }) => sum + spans, 0),
				errors: services.reduce((sum, { errors }) => sum + errors, 0),
			};

/** Whether a trace has a span that failed, as far as that is known: a search for errors finds no others. */
export const hasErrors = (summary: TraceSummary, { errors }: TracesPlace): boolean =>
	(countsOf(summary)?.errors ?? (errors === true ? 1 : 0)) > 0;

/** Whether it is known where a trace began; Tempo writes `<root span not yet received>` where it is not. */
export const hasRoot = (rootService: string): boolean => rootService !== '' && !rootService.startsWith('<');

const wordsOf = ({ id, rootService, rootName, services }: TraceSummary): string =>
	[id, rootService, rootName, ...services.map(({ name }) => name)].join(' ').toLowerCase();

const descending = (a: bigint, b: bigint): number => (a < b ? 1 : a > b ? -1 : 0);

import { hasSkew } from '../../analysis/clock-skew.ts';
import type { FlameView } from '../../analysis/flame-rows.ts';
import { asTheyCome, type FoldedTrace, type Folds, foldedTraceOf } from '../../analysis/folded-trace.ts';
import { foldedViewOf, type Stretch } from '../../analysis/folded-view.ts';
import { type ShiftedReading, shiftedReadingOf } from '../../analysis/shifted-reading.ts';
import { type SpanMatches, spanMatchesOf } from '../../analysis/span-search.ts';
import type { TableBy, TableOrder } from '../../analysis/span-table.ts';
import { traceFlawsOf } from '../../analysis/trace-flaws.ts';
import type { TraceReading } from '../../analysis/trace-reading.ts';
import { nodeOf, type SpanNode } from '../../analysis/trace-tree.ts';
import type { TraceFindings, TraceFound, TraceMissing } from '../../investigation/trace-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracePlace } from '../../model/place.ts';
import type { Shown } from '../screen.ts';

/** The three ways to look at a trace, in the order of `tab`. */
export const ways = ['flame', 'waterfall', 'table'] as const;
export type Way = (typeof ways)[number];

/** A stretch that fills the width, and what did before: `esc` goes back to it. */
export type OpenedStretch = Stretch & { readonly outer: Pick<TraceState, 'zoom' | 'stretch'> };

export type TraceState = {
	readonly way: Way;
	/** Key of the node the operator went to; until then the place's span or the culprit is selected. */
	readonly selected?: string | undefined;
	/** Key of the node that fills the width. */
	readonly zoom?: string | undefined;
	/** The part of the time that fills the width, where that is less than the zoomed node. */
	readonly stretch?: OpenedStretch | undefined;
	readonly folds: Folds;
	/** Keys of the nodes whose subtrees are closed in the waterfall. */
	readonly closed: readonly string[];
	/** Clocks that disagree are shifted: a guess, by the operator's wish. */
	readonly shifted?: true | undefined;
	readonly table: { readonly by: TableBy; readonly order: TableOrder };
	/** First row on show. */
	readonly top: number;
	/** Shown or hidden by the operator; until then as the width allows. */
	readonly details?: boolean | undefined;
	/** First line of the details on show. */
	readonly detailsTop: number;
	readonly search: string;
	/** Which of the remarks was gone to last; several may be about one span. */
	readonly remark?: number | undefined;
	/** False: a trace that is not there yet is not asked for again by itself. */
	readonly waits?: false | undefined;
	/** The operator wants a missing trace made up from its log lines. */
	readonly fromLogs?: true | undefined;
};

export type TraceShown = Shown<TracePlace, TraceFindings, TraceState>;

export const initialState = (): TraceState => ({
	way: 'flame',
	folds: asTheyCome,
	closed: [],
	table: { by: 'operation', order: 'path' },
	top: 0,
	detailsTop: 0,
	search: '',
});

export const answerOf = ({ findings }: Pick<TraceShown, 'findings'>): TraceFound | TraceMissing | undefined =>
	lastValueOf(findings.trace);

/** The trace, when there is one. */
export function readingOf(shown: Pick<TraceShown, 'findings'>): TraceFound | undefined {
	const found = answerOf(shown);
	return found?.found === true ? found : undefined;
}

/** A trace as it is looked at: which span is selected, which one fills the width, what is folded, what is searched. */
export type Look = {
	/** As it was sent, or with its clocks shifted. */
	readonly reading: TraceReading;
	/** Present where clocks are shifted. */
	readonly shift: ShiftedReading | undefined;
	readonly selected: SpanNode;
	readonly zoom: SpanNode | undefined;
	readonly stretch: Stretch | undefined;
	readonly folded: FoldedTrace;
	readonly view: FlameView;
	/** Absent when nothing is searched. */
	readonly matches: SpanMatches | undefined;
};

/** `undefined` as long as there is no trace to look at. */
export function lookAt({ findings, state, place }: Pick<TraceShown, 'findings' | 'state' | 'place'>): Look | undefined {
	const sent = readingOf({ findings });
	if (sent === undefined) return undefined;
	const shift = state.shifted === true && hasSkew(sent.tree) ? shiftedReadingOf(sent) : undefined;
	const reading = shift?.reading ?? sent;
	const { tree, culprit } = reading;
	const folded = foldedTraceOf(reading, state.folds);
	const zoomed = nodeOf(tree, state.zoom);
	const zoom = zoomed !== undefined && folded.hiddenIn(zoomed) === undefined ? zoomed : undefined;
	const wanted = nodeOf(tree, state.selected) ?? nodeOf(tree, place.span?.toLowerCase().padStart(16, '0')) ?? culprit;
	const opened = state.stretch && { from: state.stretch.from, to: state.stretch.to };
	const inStretch = foldedViewOf(folded, { zoom, stretch: opened });
	// A stretch that the selected span is not part of is left.
	const stretch = wanted !== undefined && inStretch.rowOf(wanted) === undefined ? undefined : opened;
	const view = stretch === opened ? inStretch : foldedViewOf(folded, { zoom });
	const selected = wanted !== undefined && view.rowOf(wanted) === undefined ? zoom : wanted;
	const matches = state.search === '' ? undefined : spanMatchesOf(tree, state.search);
	return selected === undefined ? undefined : { reading, shift, selected, zoom, stretch, folded, view, matches };
}

/** True where there is something wrong with the trace or with its answer, in words that want a row. */
export const hasNotice = ({ findings }: Pick<TraceShown, 'findings'>, { reading, shift }: Look): boolean =>
	shift !== undefined ||
	traceFlawsOf(reading.tree).length > 0 ||
	findings.trace.status !== 'loaded' ||
	findings.trace.notes.some(({ kind }) => kind !== 'info');

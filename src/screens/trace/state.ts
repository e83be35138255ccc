import { type FlameView, flameViewOf } from '../../analysis/flame-rows.ts';
import { flawSentences, formatAttribute } from '../../analysis/span-words.ts';
import { nodeOf, type SpanNode } from '../../analysis/trace-tree.ts';
import type { TraceFindings, TraceFound, TraceMissing } from '../../investigation/trace-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracePlace } from '../../model/place.ts';
import type { Shown } from '../screen.ts';
import type { TraceShape } from './layout.ts';

export type TraceState = {
	/** Key of the node the operator went to; until then the place's span or the culprit is selected. */
	readonly selected?: string | undefined;
	/** Key of the node that fills the width. */
	readonly zoom?: string | undefined;
	/** First row of the flame graph on show. */
	readonly top: number;
	/** Shown or hidden by the operator; until then as the width allows. */
	readonly details?: boolean | undefined;
	/** First line of the details on show. */
	readonly detailsTop: number;
	readonly search: string;
};

export type TraceShown = Shown<TracePlace, TraceFindings, TraceState>;

export const initialState = (): TraceState => ({ top: 0, detailsTop: 0, search: '' });

export const answerOf = ({ findings }: Pick<TraceShown, 'findings'>): TraceFound | TraceMissing | undefined =>
	lastValueOf(findings.trace);

/** The trace, when there is one. */
export function readingOf(shown: Pick<TraceShown, 'findings'>): TraceFound | undefined {
	const found = answerOf(shown);
	return found?.found === true ? found : undefined;
}

/** A trace as it is looked at: which span is selected, which one fills the width. */
export type Look = {
	readonly reading: TraceFound;
	readonly selected: SpanNode;
	readonly zoom: SpanNode | undefined;
	readonly view: FlameView;
};

/** `undefined` as long as there is no trace to look at. */
export function lookAt({ findings, state, place }: Pick<TraceShown, 'findings' | 'state' | 'place'>): Look | undefined {
	const reading = readingOf({ findings });
	if (reading === undefined) return undefined;
	const { tree, lanes, culprit } = reading;
	const zoom = nodeOf(tree, state.zoom);
	const wanted = nodeOf(tree, state.selected) ?? nodeOf(tree, place.span?.toLowerCase().padStart(16, '0')) ?? culprit;
	const view = flameViewOf(lanes, zoom);
	const selected = wanted !== undefined && view.rowOf(wanted) === undefined ? zoom : wanted;
	return selected === undefined ? undefined : { reading, selected, zoom, view };
}

/** What decides about the layout; the whole trace's rows, so that a zoom does not move the panes. */
export const shapeOf = ({ findings }: Pick<TraceShown, 'findings'>, { lanes, tree }: TraceFound): TraceShape => ({
	flameRows: lanes.rows.length,
	hasNotice:
		flawSentences(tree.flaws).length > 0 ||
		findings.trace.status !== 'loaded' ||
		findings.trace.notes.some(({ kind }) => kind !== 'info'),
});

/** True when any word that the operator can see of a span holds the text, whatever its case. */
export function matchesSearch({ span }: SpanNode, search: string): boolean {
	const text = search.toLowerCase();
	const holds = (value: string) => value.toLowerCase().includes(text);
	return (
		holds(span.name) ||
		holds(span.service) ||
		holds(span.statusMessage) ||
		Object.entries(span.attributes).some(([name, value]) => holds(`${name}=${formatAttribute(value)}`))
	);
}

import { isFolded, runAround, toggledFold } from '../../analysis/folded-trace.ts';
import type { Stretch } from '../../analysis/folded-view.ts';
import { isWithin, type SpanNode } from '../../analysis/trace-tree.ts';
import { type Outcome, refuse, stay } from '../screen.ts';
import { layoutFor } from './layout.ts';
import { markFactsOf } from './mark-facts.ts';
import { mergedWithSelected } from './moves.ts';
import { gutterOf } from './picture.ts';
import { onSpan, type Run, scrolledTo, type TraceBinding } from './select.ts';
import { type Look, lookAt, type TraceShown, type TraceState } from './state.ts';
import { lookedAt } from './way-keys.ts';

/** Columns for the bars of the flame graph. */
export function barColumns(look: Look, shown: TraceShown): number {
	const { width } = layoutFor(shown, look).rows;
	return width - gutterOf(look.reading.services, width);
}

/**
 * What `enter` opens under the cursor before it zooms to a span: a folded run, or a mark of spans too short to be drawn
 * apart, fills the width; again, it opens the details of the run. Of a mark that fills it already, the part round the
 * selected span does. Where no width can part the spans of a mark, since they begin and end together, each gets its row
 * in the waterfall. `undefined` where the span stands alone.
 */
export function openedUnder(look: Look, shown: TraceShown): Outcome<TraceState> | undefined {
	const run = look.folded.hiddenIn(look.selected);
	if (run !== undefined) {
		const isFilling = look.stretch?.from === run.from && look.stretch.to === run.to;
		return isFilling ? stay({ ...shown.state, details: true }) : filling(run.members, shown);
	}
	if (shown.state.way !== 'flame') return undefined;
	const merged = mergedWithSelected(look, barColumns(look, shown));
	if (merged === undefined) return undefined;
	const nearer = nearerStretch(look, merged);
	return nearer === undefined ? filling(merged, shown) : showing(nearer, merged, shown);
}

/** What `enter` does just now: `open +37` over a mark that stands for so many spans. */
export function enterLabel(shown: TraceShown): string {
	const { way, table } = shown.state;
	if (way === 'table') return table.by === 'span' ? 'show' : 'show slowest';
	const look = way === 'flame' ? lookAt(shown) : undefined;
	const merged = look && mergedWithSelected(look, barColumns(look, shown));
	return merged === undefined || look === undefined ? 'zoom' : `open +${markFactsOf(merged, look.folded).count}`;
}

function filling(nodes: readonly SpanNode[], shown: TraceShown): Outcome<TraceState> {
	const extent = extentOf(nodes);
	const { stretch } = shown.state;
	const isFilling = stretch?.from === extent.from && stretch.to === extent.to;
	return isFilling ? stay(lookedAt('waterfall', shown)) : showing(extent, nodes, shown);
}

/** From the first start to the last end. */
function extentOf(nodes: readonly SpanNode[]): Stretch {
	let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const { start, end } of nodes) {
		from = Math.min(from, start);
		to = Math.max(to, end);
	}
	return { from, to };
}

/** A mark that fills so much of what is on show would fill the next picture just the same. */
const fillsAll = 0.75;

/** How much nearer one goes then. */
const nearer = 8;

/**
 * The eighth of a mark round the selected span, where the mark fills the width already and its spans are short enough to be
 * parted there. `undefined` where the whole of it can be shown, or where going nearer does not help.
 */
function nearerStretch({ view, selected }: Look, nodes: readonly SpanNode[]): Stretch | undefined {
	const { from, to } = extentOf(nodes);
	const length = (to - from) / nearer;
	if (to - from < (view.to - view.from) * fillsAll) return undefined;
	if (nodes.some(({ start, end }) => (end - start) * 2 > length)) return undefined;
	const begin = Math.min(Math.max(from, selected.start - length / 2), to - length);
	return { from: begin, to: begin + length };
}

function showing({ from, to }: Stretch, nodes: readonly SpanNode[], shown: TraceShown): Outcome<TraceState> {
	const { zoom, stretch } = shown.state;
	const opened = { from, to, outer: { zoom, stretch } };
	const state: TraceState = { ...shown.state, zoom: commonParent(nodes)?.key, stretch: opened };
	if (!(to > from)) return stay(lookedAt('waterfall', { ...shown, state }));
	const look = lookAt({ ...shown, state });
	return stay(look === undefined ? state : scrolledTo(look, { ...shown, state: { ...state, top: 0 } }));
}

/** The innermost span that all of them hang below. */
function commonParent(nodes: readonly SpanNode[]): SpanNode | undefined {
	let common = nodes[0]?.parent;
	for (const node of nodes) {
		while (common !== undefined && (common === node || !isWithin(node, common))) common = common.parent;
	}
	return common;
}

const toggleFold: Run = onSpan((look, shown) => {
	const { state } = shown;
	if (state.way === 'table') return refuse('Runs are folded in the flame graph and the waterfall. tab leads there.');
	const run = runAround(look.reading.runs, look.folded, look.selected);
	if (run !== undefined) return refolded(look, shown, { ...state, folds: toggledFold(state.folds, run) });
	return openedUnder(look, shown) ?? refuse('Three or more like spans under one parent can be folded; these are not.');
});

const toggleAll: Run = onSpan((look, shown) => {
	const { state } = shown;
	const { runs } = look.reading.runs;
	if (runs.length === 0 && state.closed.length === 0) {
		return refuse('No parent has three or more like spans: there is nothing to fold.');
	}
	const isAnyFolded = state.closed.length > 0 || runs.some(run => isFolded(run, state.folds));
	return refolded(look, shown, {
		...state,
		folds: { all: isAnyFolded ? 'open' : 'folded', toggled: [] },
		closed: [],
	});
});

/** The state folded otherwise. A zoom to what is now folded goes; the selected span stays. */
function refolded({ selected }: Look, shown: TraceShown, state: TraceState): Outcome<TraceState> {
	const look = lookAt({ ...shown, state });
	if (look === undefined) return stay(state);
	const zoom = look.zoom?.key;
	const kept = {
		...state,
		zoom,
		stretch: zoom === state.zoom && look.stretch !== undefined ? state.stretch : undefined,
		selected: selected.key,
	};
	return stay(scrolledTo(look, { ...shown, state: kept }));
}

const runUnder = (shown: TraceShown): { readonly isFolded: boolean } | undefined => {
	const look = lookAt(shown);
	if (look === undefined || shown.state.way === 'table') return undefined;
	const run = runAround(look.reading.runs, look.folded, look.selected);
	return run === undefined ? undefined : { isFolded: look.folded.hiddenIn(look.selected) !== undefined };
};

export const foldKeys: readonly TraceBinding[] = [
	{
		keys: ['z'],
		label: 'fold',
		labelNow: shown => (runUnder(shown)?.isFolded === true ? 'unfold' : 'fold'),
		help: 'Fold like siblings (three or more) to one bar, or open them; opens a mark of short spans.',
		footerNow: shown => (runUnder(shown) === undefined ? undefined : 1.8),
		run: toggleFold,
	},
	{
		keys: ['Z'],
		label: 'fold all',
		help: 'Open everything that is folded; where nothing is, fold all.',
		run: toggleAll,
	},
];

import { slowestOf } from '../../analysis/culprit.ts';
import { spanText } from '../../analysis/span-details.ts';
import type { SpanNode } from '../../analysis/trace-tree.ts';
import type { TraceFindings } from '../../investigation/trace-findings.ts';
import type { TracePlace } from '../../model/place.ts';
import { fixed, minute, toMilliseconds, type Window } from '../../model/time.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { type Binding, copy, go, type Outcome, refuse, stay } from '../screen.ts';
import { detailLines } from './details.ts';
import { detailsBesideFrom, detailsRoom, layoutOf, visibleRows } from './layout.ts';
import { type Move, moveAlong, moveDown, moveRows, moveToNext, moveUp } from './moves.ts';
import { type Look, lookAt, matchesSearch, shapeOf, type TraceShown, type TraceState } from './state.ts';

type TraceBinding = Binding<TracePlace, TraceFindings, TraceState>;
type Run = TraceBinding['run'];

/** Log lines of a span may be stamped late, and what led to it lies before it. */
const logSlack = 5 * minute;

const noTrace = refuse('There is no trace on show.');

/** What a key does with the span under the cursor. */
const onSpan =
	(run: (look: Look, shown: TraceShown) => Outcome<TraceState>): Run =>
	shown => {
		const look = lookAt(shown);
		return look === undefined ? noTrace : run(look, shown);
	};

/** The state with this span selected, scrolled so that it is on show. */
function selecting({ key }: SpanNode, shown: TraceShown): TraceState {
	const state = { ...shown.state, selected: key, detailsTop: 0 };
	const look = lookAt({ ...shown, state });
	if (look === undefined) return state;
	const { flame } = layoutOf(shown.size, state, shapeOf(shown, look.reading));
	const { height, rowOf } = look.view;
	return { ...state, top: offsetFor(state.top, rowOf(look.selected) ?? 0, height, visibleRows(flame, height)) };
}

const move = (to: Move, why: string): Run =>
	onSpan((look, shown) => {
		const target = to(look);
		return target === undefined ? refuse(why) : stay(selecting(target, shown));
	});

const page = (share: number): Run =>
	onSpan((look, shown) => {
		const { flame } = layoutOf(shown.size, shown.state, shapeOf(shown, look.reading));
		const rows = Math.max(1, Math.round((flame.height - 2) * Math.abs(share))) * Math.sign(share);
		const target = moveRows(rows)(look);
		return target === undefined ? refuse('There is no row that way.') : stay(selecting(target, shown));
	});

const isFailed = ({ span }: SpanNode): boolean => span.status === 'error';

const zoomIn: Run = onSpan(({ selected, zoom }, shown) => {
	if (zoom === selected) return stay({ ...shown.state, details: true });
	return stay(selecting(selected, { ...shown, state: { ...shown.state, zoom: selected.key, top: 0 } }));
});

const nextMatch = (step: 1 | -1): Run =>
	onSpan((look, shown) => {
		const { search } = shown.state;
		if (search === '') return refuse('Nothing is searched. / searches names, services and attributes.');
		const target = moveToNext(node => matchesSearch(node, search), step)(look);
		return target === undefined ? refuse(`No span on show holds ${search}.`) : stay(selecting(target, shown));
	});

/** The span's own time and some air, as a window that does not move. */
const windowOf = ({ span }: SpanNode): Window => {
	const start = toMilliseconds(span.start);
	return fixed(start - logSlack, Math.max(start, toMilliseconds(span.end)) + logSlack);
};

const toLogs: Run = shown => {
	const look = lookAt(shown);
	if (look === undefined) return go({ kind: 'logs', trace: shown.place.id, window: shown.place.window });
	const { selected, reading } = look;
	const span = selected.missing ? {} : { span: selected.span.id };
	return go({ kind: 'logs', trace: reading.id, ...span, window: windowOf(selected) });
};

const toPanels: Run = onSpan(({ selected }, { place }) =>
	selected.missing
		? refuse('Nobody sent this span, so its service is not known.')
		: go({ kind: 'service', service: selected.span.service, window: place.window }),
);

const toSlowest: Run = onSpan(({ reading }, shown) => {
	const slowest = slowestOf(reading.tree, reading.criticalTimes);
	return slowest === undefined
		? noTrace
		: stay(selecting(slowest, { ...shown, state: { ...shown.state, zoom: undefined } }));
});

const toggleDetails: Run = ({ state, size }) =>
	stay({ ...state, details: !(state.details ?? size.width >= detailsBesideFrom), detailsTop: 0 });

/** Half a pane of the details up or down, as far as there are lines. */
const scrollDetails = (direction: 1 | -1): Run =>
	onSpan((look, shown) => {
		const { details } = layoutOf(shown.size, shown.state, shapeOf(shown, look.reading));
		if (details.height === 0) return refuse('The details are not open. d opens them.');
		const { width, height } = detailsRoom(details);
		const last = Math.max(0, detailLines(look, width).length - height);
		const top = shown.state.detailsTop + direction * Math.max(1, Math.floor(height / 2));
		return stay({ ...shown.state, detailsTop: Math.max(0, Math.min(top, last)) });
	});

const copySpan: Run = onSpan(({ reading, selected }) =>
	copy(spanText(reading, selected), `the span ${selected.span.service} ${selected.span.name}`),
);

/** Esc first leaves the zoom, then the details that were opened over the flame graph. */
export const escapeTrace = ({ state, size }: TraceShown): Outcome<TraceState> | undefined => {
	if (state.zoom !== undefined) return stay({ ...state, zoom: undefined, top: 0 });
	if (state.details === true && size.width < detailsBesideFrom) return stay({ ...state, details: undefined });
	return undefined;
};

export const traceKeys: readonly TraceBinding[] = [
	{
		keys: ['enter'],
		label: 'zoom',
		help: 'Let the span fill the width; again, open its details. esc unzooms.',
		footer: 1,
		run: zoomIn,
	},
	{ keys: ['L'], label: 'logs', help: 'Open the log lines of this span, 5 minutes round it.', footer: 2, run: toLogs },
	{ keys: ['p'], label: 'panels', help: "Open the RED panels of the span's service.", footer: 3, run: toPanels },
	{
		keys: ['d'],
		label: 'details',
		help: 'Show or hide attributes, events and the resource of the span.',
		footer: 4,
		run: toggleDetails,
	},
	{
		keys: ['e'],
		label: 'next error',
		help: 'Next span that failed.',
		footer: 5,
		run: move(moveToNext(isFailed, 1), 'No span on show failed.'),
	},
	{
		keys: ['E'],
		label: 'previous error',
		help: 'Previous span that failed.',
		run: move(moveToNext(isFailed, -1), 'No span on show failed.'),
	},
	{
		keys: ['c'],
		label: 'cause',
		help: 'Go to the span that took most of the critical path.',
		footer: 6,
		run: toSlowest,
	},
	{
		keys: ['#'],
		label: 'same name',
		help: 'Next span of the same service and operation.',
		run: onSpan((look, shown) => {
			const { service, name } = look.selected.span;
			const isAlike = ({ span }: SpanNode) => span.service === service && span.name === name;
			const target = moveToNext(isAlike, 1)(look);
			return target === undefined || target === look.selected
				? refuse(`${service} ${name} occurs once.`)
				: stay(selecting(target, shown));
		}),
	},
	{
		keys: ['j', 'down'],
		label: 'into',
		help: 'Into the longest child, or one row down.',
		run: move(moveDown, 'This is the lowest row.'),
	},
	{ keys: ['k', 'up'], label: 'out', help: 'To the parent.', run: move(moveUp, 'This is the topmost row.') },
	{
		keys: ['h', 'left'],
		label: 'left',
		help: 'Previous span of the row.',
		run: move(moveAlong(-1), 'No span lies left of it in this row.'),
	},
	{
		keys: ['l', 'right'],
		label: 'right',
		help: 'Next span of the row.',
		run: move(moveAlong(1), 'No span lies right of it in this row.'),
	},
	{
		keys: ['g', 'home'],
		label: 'first',
		help: 'Topmost row.',
		run: move(moveRows(Number.NEGATIVE_INFINITY), 'There is no row.'),
	},
	{
		keys: ['G', 'end'],
		label: 'last',
		help: 'Lowest row.',
		run: move(moveRows(Number.POSITIVE_INFINITY), 'There is no row.'),
	},
	{ keys: ['ctrl+d'], label: 'half down', help: 'Half a page down.', run: page(0.5) },
	{ keys: ['ctrl+u'], label: 'half up', help: 'Half a page up.', run: page(-0.5) },
	{ keys: ['ctrl+f', 'pagedown'], label: 'page down', help: 'A page down.', run: page(1) },
	{ keys: ['ctrl+b', 'pageup'], label: 'page up', help: 'A page up.', run: page(-1) },
	{ keys: ['n'], label: 'next match', help: 'Next span that holds the searched text.', run: nextMatch(1) },
	{ keys: ['N'], label: 'previous match', help: 'Previous span that holds the searched text.', run: nextMatch(-1) },
	{ keys: ['J'], label: 'scroll details', help: 'Scroll the details down.', run: scrollDetails(1) },
	{ keys: ['K'], label: 'scroll details', help: 'Scroll the details up.', run: scrollDetails(-1) },
	{ keys: ['y'], label: 'copy', help: 'Copy the span as text.', run: copySpan },
];

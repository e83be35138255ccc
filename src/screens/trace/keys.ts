import { spanText } from '../../analysis/span-details.ts';
import type { SpanNode } from '../../analysis/trace-tree.ts';
import { copy, type Outcome, refuse, stay } from '../screen.ts';
import { detailLines } from './details.ts';
import { errorKeys } from './error-keys.ts';
import { barColumns, enterLabel, foldKeys, openedUnder } from './fold-keys.ts';
import { detailsBesideFrom, detailsRoom, layoutFor } from './layout.ts';
import { linkKeys } from './link-keys.ts';
import { missingKeys } from './missing.ts';
import { type Move, moveAlong, moveDown, moveRows, moveToNext, moveUp } from './moves.ts';
import { logsKey, pivotKeys } from './pivot-keys.ts';
import { remarkKeys } from './remark-keys.ts';
import { noTrace, onSpan, type Run, scrolledTo, selecting, type TraceBinding } from './select.ts';
import { lookAt, type TraceShown, type TraceState } from './state.ts';
import { closeRow, leaveTable, openRow, wayKeys } from './way-keys.ts';

const move = (to: Move, why: string): Run =>
	onSpan((look, shown) => {
		const target = to(look, shown.state);
		return target === undefined ? refuse(why) : stay(selecting(target, shown));
	});

const page = (share: number): Run =>
	onSpan((look, shown) => {
		const { height } = layoutFor(shown, look).rows;
		const rows = Math.max(1, Math.round((height - 2) * Math.abs(share))) * Math.sign(share);
		const target = moveRows(rows)(look, shown.state);
		return target === undefined ? refuse('There is no row that way.') : stay(selecting(target, shown));
	});

const zoomIn: Run = onSpan((look, shown) => {
	const { selected, zoom, stretch } = look;
	if (shown.state.way === 'table') return leaveTable(shown);
	const opened = openedUnder(look, shown);
	if (opened !== undefined) return opened;
	if (zoom === selected && stretch === undefined) return stay({ ...shown.state, details: true });
	const state = { ...shown.state, zoom: selected.key, stretch: undefined, top: 0 };
	return stay(selecting(selected, { ...shown, state }));
});

const along = (step: 1 | -1, why: string): Run =>
	onSpan((look, shown) => {
		const { way } = shown.state;
		if (way === 'table') return refuse('The rows of the table go up and down: j, k.');
		if (way === 'waterfall') return step === 1 ? openRow(shown) : closeRow(shown);
		const target = moveAlong(look, step, barColumns(look, shown));
		return target === undefined ? refuse(why) : stay(selecting(target, shown));
	});

const nextMatch = (step: 1 | -1): Run =>
	onSpan((look, shown) => {
		const { search } = shown.state;
		const { matches } = look;
		if (matches === undefined) return refuse('Nothing is searched. / searches names, services and attributes.');
		const target = moveToNext(matches.has, step)(look, shown.state);
		if (target !== undefined) return stay(selecting(target, shown));
		return refuse(
			matches.count === 0
				? `No span holds ${search}.`
				: `No span on show holds ${search}; ${matches.count} elsewhere do. esc unzooms.`,
		);
	});

const toSlowest: Run = onSpan(({ reading }, shown) => {
	const slowest = reading.spent.heaviest;
	return slowest === undefined ? noTrace : stay(selecting(slowest, { ...shown, state: unzoomed(shown.state) }));
});

const toggleDetails: Run = ({ state, size }) =>
	stay({ ...state, details: !(state.details ?? size.width >= detailsBesideFrom), detailsTop: 0 });

/** Half a pane of the details up or down, as far as there are lines. */
const scrollDetails = (direction: 1 | -1): Run =>
	onSpan((look, shown) => {
		const { details } = layoutFor(shown, look);
		if (details.height === 0) return refuse('The details are not open. d opens them.');
		const { width, height } = detailsRoom(details);
		const last = Math.max(0, detailLines(look, width).length - height);
		const top = shown.state.detailsTop + direction * Math.max(1, Math.floor(height / 2));
		return stay({ ...shown.state, detailsTop: Math.max(0, Math.min(top, last)) });
	});

const copySpan: Run = onSpan(({ reading, selected }) =>
	copy(spanText(reading, selected), `the span ${selected.span.service} ${selected.span.name}`),
);

const unzoomed = (state: TraceState): TraceState => ({ ...state, zoom: undefined, stretch: undefined, top: 0 });

/** Esc first goes back from the stretch of time to what was before, then leaves the zoom, then the details that were opened over the rows. */
export const escapeTrace = (shown: TraceShown): Outcome<TraceState> | undefined => {
	const { state, size } = shown;
	if (state.stretch !== undefined || state.zoom !== undefined) {
		const wider = state.stretch === undefined ? unzoomed(state) : { ...state, ...state.stretch.outer, top: 0 };
		const look = lookAt({ ...shown, state: wider });
		return stay(look === undefined ? wider : scrolledTo(look, { ...shown, state: wider }));
	}
	if (state.details === true && size.width < detailsBesideFrom) return stay({ ...state, details: undefined });
	return undefined;
};

/** Keys that are about a span. */
const spanKeys: readonly TraceBinding[] = [
	{
		keys: ['enter'],
		label: 'zoom',
		labelNow: enterLabel,
		help: 'Let the span, run or mark fill the width; again, open its details. From the table go to the slowest.',
		footer: 1,
		run: zoomIn,
	},
	...wayKeys,
	...foldKeys,
	...pivotKeys,
	{
		keys: ['d'],
		label: 'details',
		help: 'Show or hide attributes, events and the resource of the span.',
		footer: 4,
		run: toggleDetails,
	},
	...errorKeys,
	...linkKeys,
	...remarkKeys,
	{
		keys: ['c'],
		label: 'cause',
		help: 'Go to the slowest span of what took most of the critical path.',
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
			const target = moveToNext(isAlike, 1)(look, shown.state);
			return target === undefined || target === look.selected
				? refuse(`${service} ${name} occurs once.`)
				: stay(selecting(target, shown));
		}),
	},
	{
		keys: ['j', 'down'],
		label: 'into',
		help: 'Into the longest child, or one row down; in the other views one row down.',
		run: move(moveDown, 'This is the lowest row.'),
	},
	{
		keys: ['k', 'up'],
		label: 'out',
		help: 'To the parent; in the other views one row up.',
		run: move(moveUp, 'This is the topmost row.'),
	},
	{
		keys: ['h', 'left'],
		label: 'left',
		help: 'Previous bar of the row; in the waterfall close the span, or go to its parent.',
		run: along(-1, 'No span lies left of it in this row.'),
	},
	{
		keys: ['l', 'right'],
		label: 'right',
		help: 'Next bar of the row; in the waterfall open the span, or go to its first child.',
		run: along(1, 'No span lies right of it in this row.'),
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

/** Where it is known that there is no trace, the footer offers none of what is done with one. */
const withTrace = (binding: TraceBinding): TraceBinding => ({
	...binding,
	idle: shown => {
		const { status } = shown.findings.trace;
		const isKnown = status === 'loaded' || status === 'failed';
		return isKnown && lookAt(shown) === undefined ? noTrace.why : binding.idle?.(shown);
	},
});

export const traceKeys: readonly TraceBinding[] = [
	...spanKeys.map(binding => (binding === logsKey ? binding : withTrace(binding))),
	...missingKeys,
];

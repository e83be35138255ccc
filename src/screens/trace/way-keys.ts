import { hasSkew, tellingSkewOf } from '../../analysis/clock-skew.ts';
import { tableOrders } from '../../analysis/span-table.ts';
import { refuse, stay } from '../screen.ts';
import { listingOf, tableOf, waterfallOf } from './listing.ts';
import { onSpan, type Run, scrolledTo, selecting, type TraceBinding } from './select.ts';
import { lookAt, readingOf, type TraceShown, type TraceState, type Way, ways } from './state.ts';

const wayNames: Readonly<Record<Way, string>> = { flame: 'flame graph', waterfall: 'waterfall', table: 'table' };

const wayAfter = (way: Way, step: 1 | -1): Way => ways[(ways.indexOf(way) + step + ways.length) % ways.length] ?? way;

/** The same span, looked at in another way. */
export function lookedAt(way: Way, shown: TraceShown): TraceState {
	const state = { ...shown.state, way, top: 0 };
	const look = lookAt({ ...shown, state });
	return look === undefined ? state : scrolledTo(look, { ...shown, state });
}

const turn =
	(step: 1 | -1): Run =>
	shown =>
		stay(lookedAt(wayAfter(shown.state.way, step), shown));

const notInTable = 'This orders the table. tab opens it.';

const reorder: Run = onSpan((look, shown) => {
	const { state } = shown;
	if (state.way !== 'table') return refuse(notInTable);
	const { by, order } = state.table;
	const orders = tableOrders[by];
	const next = orders[(orders.indexOf(order) + 1) % orders.length] ?? order;
	return stay(scrolledTo(look, { ...shown, state: { ...state, table: { by, order: next } } }));
});

const bys = ['operation', 'service', 'span'] as const;

const regroup: Run = onSpan((look, shown) => {
	const { state } = shown;
	if (state.way !== 'table') return refuse(notInTable);
	const by = bys[(bys.indexOf(state.table.by) + 1) % bys.length] ?? 'operation';
	const order = tableOrders[by].includes(state.table.order) ? state.table.order : 'path';
	return stay(scrolledTo(look, { ...shown, state: { ...state, table: { by, order } } }));
});

/** Out of the table to the span of the row, in sums to the slowest one. */
export const leaveTable: Run = onSpan((look, shown) => {
	const row = tableOf(look, shown.state).rowOf(look.selected);
	const node = row === undefined ? undefined : listingOf(look, shown.state).nodeAt?.(row);
	return node === undefined
		? refuse('No row is selected.')
		: stay(selecting(node, { ...shown, state: { ...shown.state, way: 'flame', top: 0 } }));
});

/** `h` in a waterfall: closes what is open below the span, else goes to its parent. */
export const closeRow: Run = onSpan((look, shown) => {
	const { state } = shown;
	const { selected, folded } = look;
	const rows = waterfallOf(look, state);
	const row = rows.at(rows.rowOf(selected) ?? -1);
	if (row?.below === 'open') {
		return stay(scrolledTo(look, { ...shown, state: { ...state, closed: [...state.closed, selected.key] } }));
	}
	const { parent } = folded.holderOf(selected);
	return parent === undefined ? refuse('Nothing is above it.') : stay(selecting(folded.spanOf(parent), shown));
});

/** `l` in a waterfall: opens what is closed below the span, else goes to its first child. */
export const openRow: Run = onSpan((look, shown) => {
	const { state } = shown;
	const { selected, folded } = look;
	if (state.closed.includes(selected.key)) {
		return stay({ ...state, closed: state.closed.filter(key => key !== selected.key) });
	}
	const rows = waterfallOf(look, state);
	const child = folded.holderOf(selected).children.find(each => rows.rowOf(folded.spanOf(each)) !== undefined);
	return child === undefined ? refuse('Nothing hangs below it.') : stay(selecting(folded.spanOf(child), shown));
});

const shiftClocks: Run = onSpan((look, shown) => {
	const { state } = shown;
	if (look.shift === undefined && !hasSkew(look.reading.tree)) return refuse('The clocks of this trace agree.');
	// Instants of the one view are none of the other.
	const shifted = { ...state, shifted: look.shift === undefined ? (true as const) : undefined, stretch: undefined };
	const other = lookAt({ ...shown, state: shifted });
	return stay(other === undefined ? shifted : scrolledTo(other, { ...shown, state: shifted }));
});

/** Early where what is told of the trace may be wrong as long as the clocks stay as they are. */
const clocksPlace = (shown: TraceShown): number | undefined => {
	const reading = readingOf(shown);
	if (reading === undefined || !hasSkew(reading.tree)) return undefined;
	return tellingSkewOf(reading.tree) === undefined ? 4.5 : 1.55;
};

export const wayKeys: readonly TraceBinding[] = [
	{
		keys: ['tab'],
		label: 'waterfall',
		labelNow: ({ state }) => wayNames[wayAfter(state.way, 1)],
		help: 'Flame graph, waterfall, table: the same span in another way.',
		footer: 1.5,
		run: turn(1),
	},
	{ keys: ['shift+tab'], label: 'way before', help: 'The way before.', run: turn(-1) },
	{
		keys: ['s'],
		label: 'order',
		help: 'In the table: sort by the next figure.',
		footerNow: ({ state }) => (state.way === 'table' ? 1.6 : undefined),
		run: reorder,
	},
	{
		keys: ['b'],
		label: 'rows by',
		labelNow: ({ state }) => `by ${bys[(bys.indexOf(state.table.by) + 1) % bys.length]}`,
		help: 'In the table: a row for each operation, service or span.',
		footerNow: ({ state }) => (state.way === 'table' ? 1.7 : undefined),
		run: regroup,
	},
	{
		keys: ['C'],
		label: 'clocks',
		labelNow: ({ state }) => (state.shifted ? 'clocks as sent' : 'shift clocks'),
		help: 'Where clocks of services disagree: move their spans into their parents, by guess; again, as they were sent.',
		footerNow: clocksPlace,
		run: shiftClocks,
	},
];

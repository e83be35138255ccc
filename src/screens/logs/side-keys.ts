import { fieldFilter } from '../../analysis/log-filters.ts';
import { regexOfServerPattern } from '../../analysis/server-pattern.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogFilter, LogsPlace } from '../../model/place.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { type Binding, copy, type Outcome, refuse, stay } from '../screen.ts';
import { narrowed, withoutPick } from './filter-keys.ts';
import { layoutOf } from './layout.ts';
import { sideListHeight } from './side-pane.ts';
import {
	isInSide,
	type SideRow,
	type SideState,
	sideCursorOf,
	sideMovedTo,
	sidePanes,
	sideRowsOf,
	withoutSide,
} from './side-rows.ts';
import { type LogsShown, type LogsState, recordsOf } from './state.ts';

type LogsBinding = Binding<LogsPlace, LogsFindings, LogsState>;
type LogsOutcome = Outcome<LogsState>;

const focus = (state: LogsState, side: SideState, focused: boolean): LogsOutcome =>
	stay({ ...state, side: { ...side, focused } });

function turnPane(shown: LogsShown): LogsOutcome {
	if (recordsOf(shown).length === 0) return refuse('There are no lines to look through.');
	const state = { ...withoutPick(shown.state), details: false };
	const next = sidePanes[state.side === undefined ? 0 : sidePanes.indexOf(state.side.pane) + 1];
	return stay(next === undefined ? withoutSide(state) : { ...state, side: { pane: next, focused: true, open: [] } });
}

/** The pane's cursor moved by a movement key. */
function movedInSide(key: string, shown: LogsShown): LogsOutcome {
	const rows = sideRowsOf(shown);
	const { side } = shown.state;
	if (side === undefined || rows.length === 0) return refuse('The pane has no rows yet.');
	const height = sideListHeight(layoutOf(shown).side, side);
	const to = movedCursor(key, sideCursorOf(rows, side), rows.length, height);
	return to === undefined ? stay(shown.state) : stay(sideMovedTo(shown.state, rows, to, height));
}

const selectedRow = (shown: LogsShown): SideRow | undefined => {
	const rows = sideRowsOf(shown);
	return shown.state.side === undefined ? undefined : rows[sideCursorOf(rows, shown.state.side)];
};

/** `enter`: a field shows its values, anything else is kept. */
function openInSide(shown: LogsShown): LogsOutcome {
	const row = selectedRow(shown);
	const { side } = shown.state;
	if (side === undefined || row === undefined) return refuse('The pane has no rows yet.');
	if (row.kind !== 'field') return narrowBySide(shown, false);
	const open = row.isOpen ? side.open.filter(key => key !== row.key) : [...side.open, row.key];
	return stay({ ...shown.state, side: { ...side, cursor: row.key, open } });
}

/** What `enter` does on the row under the pane's cursor. */
function openLabelIn(shown: LogsShown): string {
	const row = selectedRow(shown);
	if (row?.kind !== 'field') return 'keep';
	return row.isOpen ? 'close values' : 'values';
}

/** Keeps or hides what the row under the pane's cursor stands for. */
function narrowBySide(shown: LogsShown, hide: boolean): LogsOutcome {
	const row = selectedRow(shown);
	if (row === undefined) return refuse('The pane has no rows yet.');
	const filter = filterOf(row, hide);
	if (typeof filter === 'string') return refuse(filter);
	// The rows of the narrowed lines are others: their cursor begins anew.
	const { side } = shown.state;
	const state =
		side === undefined ? shown.state : { ...shown.state, side: { pane: side.pane, focused: true, open: side.open } };
	return narrowed({ ...shown, state }, filter);
}

/** The filter that keeps or hides what a row stands for; or why there is none. */
function filterOf(row: SideRow, hide: boolean): LogFilter | string {
	const filtered = (test: LogFilter['test']): LogFilter => (hide ? { hide, test } : { test });
	switch (row.kind) {
		case 'field':
			return 'A field is kept or hidden by one of its values. enter shows them.';
		case 'others':
			return 'These are many values in one row. / searches, & keeps the lines with a text.';
		case 'pattern':
			return filtered({ kind: 'pattern', pattern: row.pattern.test });
		case 'server':
			return filtered({ kind: 'regex', regex: regexOfServerPattern(row.pattern.pattern) });
		case 'value': {
			const { value, field, sample } = row.value;
			if (/\[redacted /.test(value)) return 'The value is a secret that was masked, so it cannot be asked for.';
			return field === undefined
				? filtered({ kind: 'field', name: row.field.name, value })
				: fieldFilter(sample, field, hide);
		}
	}
}

/** Copies what the row under the pane's cursor says, alone. */
function copyFromSide(shown: LogsShown): LogsOutcome {
	const row = selectedRow(shown);
	switch (row?.kind) {
		case undefined:
			return refuse('The pane has no rows yet.');
		case 'field':
			return copy(row.field.name, 'the name of the field');
		case 'others':
			return refuse('These are many values in one row. y copies one that has a row of its own.');
		case 'value':
			return copy(row.value.value, `the value of ${row.field.name}`);
		case 'pattern':
			return copy(row.pattern.text, 'the pattern');
		case 'server':
			return copy(row.pattern.pattern, 'the pattern');
	}
}

const notOpen = 'No pane is open beside the lines. tab opens one.';

export const sideKeys: readonly LogsBinding[] = [
	{
		keys: ['tab'],
		label: 'fields',
		labelNow: ({ state: { side } }) =>
			side === undefined ? 'fields' : side.pane === 'fields' ? 'patterns' : 'close pane',
		help: 'Open the fields of the lines beside them, then what the lines say alike, then close the pane; keys move in it.',
		footer: 3.5,
		run: turnPane,
	},
	{
		keys: ['left'],
		label: 'to the lines',
		help: 'From the pane back to the lines; it stays open.',
		idle: shown => (isInSide(shown) ? undefined : 'The keys move in the lines already.'),
		footer: 3.6,
		run: ({ state }) => (state.side === undefined ? refuse(notOpen) : focus(state, state.side, false)),
	},
	{
		keys: ['right'],
		label: 'to the pane',
		help: 'From the lines to the pane that is open beside them.',
		idle: shown =>
			shown.state.side === undefined ? notOpen : isInSide(shown) ? 'The keys move in the pane already.' : undefined,
		footer: 3.6,
		run: ({ state }) => (state.side === undefined ? refuse(notOpen) : focus(withoutPick(state), state.side, true)),
	},
];

type InSide = { readonly label?: (shown: LogsShown) => string; readonly run: (shown: LogsShown) => LogsOutcome };

/** What keys of the lines mean while they go to the pane. */
const meanings = new Map<string, InSide>([
	...movements.map(({ keys: [key] }): [string, InSide] => [key, { run: shown => movedInSide(key, shown) }]),
	['enter', { label: openLabelIn, run: openInSide }],
	['f', { label: () => 'keep', run: shown => narrowBySide(shown, false) }],
	['y', { label: () => 'copy', run: copyFromSide }],
	['F', { label: () => 'hide', run: shown => narrowBySide(shown, true) }],
]);

/** The same key, which means a row of the pane while keys go there. */
export function orInSide(binding: LogsBinding): LogsBinding {
	const meaning = meanings.get(binding.keys[0] ?? '');
	if (meaning === undefined) return binding;
	const { label = () => binding.label, run } = meaning;
	return {
		...binding,
		labelNow: shown => (isInSide(shown) ? label(shown) : (binding.labelNow?.(shown) ?? binding.label)),
		idle: shown => (isInSide(shown) ? undefined : binding.idle?.(shown)),
		run: shown => (isInSide(shown) ? run(shown) : binding.run(shown)),
	};
}

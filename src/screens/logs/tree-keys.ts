import { treeOf } from '../../analysis/log-tree.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, type Outcome, refuse, stay } from '../screen.ts';
import { noRow } from './jump.ts';
import { layoutOf } from './layout.ts';
import { cursorOf, type LogsShown, type LogsState, movedTo, selectedRecord } from './state.ts';
import { furthestScroll, openedLevels } from './tree-rows.ts';

/** Rows that are open at once; beyond that the one that was opened first is closed. */
const mostOpen = 100;

/** Opens the row under the cursor, and then, one level after the other, what its texts hold. */
function open(shown: LogsShown): Outcome<LogsState> {
	const record = selectedRecord(shown);
	if (record === undefined) return refuse(noRow);
	const levels = openedLevels(record.key, shown);
	if (levels !== undefined && !treeOf(record.entry, levels).deeper) {
		return refuse('No text of this line holds anything deeper. Z closes it.');
	}
	return withLevels(shown, record.key, levels === undefined ? 0 : levels + 1);
}

function close(shown: LogsShown): Outcome<LogsState> {
	const record = selectedRecord(shown);
	if (record === undefined) return refuse(noRow);
	const levels = openedLevels(record.key, shown);
	if (levels === undefined) return refuse('The row is not open. z opens it.');
	return withLevels(shown, record.key, levels === 0 ? undefined : levels - 1);
}

function withLevels(shown: LogsShown, key: string, levels: number | undefined): Outcome<LogsState> {
	const { opened, ...state } = movedTo(shown, cursorOf(shown), layoutOf(shown).list.height);
	const others = Object.entries(opened ?? {}).filter(([each]) => each !== key);
	const now = levels === undefined ? others : [...others, [key, levels] as const];
	return stay(now.length === 0 ? state : { ...state, opened: Object.fromEntries(now.slice(-mostOpen)) });
}

/** The tree under the cursor scrolled; `undefined` when there is none. */
export function scrolledTree(shown: LogsShown, by: number): Outcome<LogsState> | undefined {
	const record = selectedRecord(shown);
	if (record === undefined || openedLevels(record.key, shown) === undefined) return undefined;
	const furthest = furthestScroll(record, layoutOf(shown).list.height, shown);
	const detailScroll = Math.max(0, Math.min(furthest, shown.state.detailScroll + by));
	return stay({ ...shown.state, detailScroll });
}

export const treeKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['z'],
		label: 'open row',
		labelNow: shown => {
			const record = selectedRecord(shown);
			return record !== undefined && openedLevels(record.key, shown) !== undefined ? 'open deeper' : 'open row';
		},
		help: 'Open the line under the cursor to a tree of its fields; once more, the JSON and line breaks in its texts.',
		footer: 5.5,
		run: open,
	},
	{ keys: ['Z'], label: 'close row', help: 'Close the line again, one level after the other.', run: close },
];

import type { StreamMark } from '../../investigation/tail-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { Surface } from '../../terminal/surface.ts';
import { isTracking } from './follow.ts';
import { type Columns, columnsFor, paintHead } from './row-head.ts';
import { paintText, paintWrappedText, wrappedText } from './row-text.ts';
import { isInSide } from './side-rows.ts';
import { cursorOf, offsetOf, recordsOf } from './state.ts';
import { marksBefore, paintMark } from './tail-row.ts';
import { openedLevels, paintTree, treeHeight } from './tree-rows.ts';
import type { LogsViewProps } from './view.tsx';

/** The lines round the cursor, one row each, or wrapped, or open. */
export function paintRows(surface: Surface, props: LogsViewProps): void {
	const columns = columnsFor(surface.width, recordsOf(props), props);
	const cursor = cursorOf(props);
	const offset = offsetOf(props, surface.height);
	if (props.state.wrap || isAnyOpen(offset, surface.height, props)) {
		paintTall(surface, columns, props);
		return;
	}
	rowsFrom(offset, surface.height, props).forEach((row, y) => {
		if ('mark' in row) paintMark(surface, y, row.mark, props.theme);
		else {
			paintHead(surface, y, row.index, columns, props);
			paintText(surface, y, row.record, columns, props);
			if (row.index === cursor) paintCursor(surface, y, 1, props);
		}
	});
}

const isAnyOpen = (offset: number, height: number, props: LogsViewProps): boolean =>
	props.state.opened !== undefined &&
	recordsOf(props)
		.slice(Math.max(0, offset - height), offset + height)
		.some(({ key }) => openedLevels(key, props) !== undefined);

type ListRow = { readonly mark: StreamMark } | { readonly record: LogRecord; readonly index: number };

/** The rows on show, with what happened to the stream between them; the first ones give way so that the cursor stays. */
function rowsFrom(offset: number, height: number, props: LogsViewProps): readonly ListRow[] {
	const records = recordsOf(props);
	const rows = records.slice(offset, offset + height).flatMap((record, row): readonly ListRow[] => {
		const index = offset + row;
		return [...marksAt(index, props).map(mark => ({ mark })), { record, index }];
	});
	const cursor = cursorOf(props);
	const at = rows.findIndex(row => 'index' in row && row.index === cursor);
	const first = Math.max(0, at - height + 1);
	return rows.slice(first, first + height);
}

const marksAt = (index: number, props: LogsViewProps): readonly StreamMark[] => {
	const records = recordsOf(props);
	const record = records[index];
	const marks = lastValueOf(props.findings.tail)?.marks ?? [];
	return record === undefined ? [] : marksBefore(marks, records[index - 1], record);
};

/** The rows of a record: those of its line, and of its tree where it is open. */
function heightsOf(index: number, columns: Columns, room: Room, props: LogsViewProps) {
	const record = recordsOf(props)[index];
	if (record === undefined) return { line: 0, tree: 0 };
	const line = props.state.wrap ? wrappedText(record, columns, room.width, props).length : 1;
	return { line, tree: treeHeight(record, room.height - line, props) };
}

type Room = { readonly width: number; readonly height: number };

/** As many rows above the cursor as the list has, then down; every record takes the rows it needs. */
function paintTall(surface: Surface, columns: Columns, props: LogsViewProps): void {
	const records = recordsOf(props);
	const { first, above } = firstOf(surface, columns, props);
	const before = records[first - 1];
	if (before !== undefined) paintTree(surface.within(0, 0, surface.width, above), before, 'last', props);
	let y = above;
	for (let index = first; index < records.length && y < surface.height; index++) {
		for (const mark of index === first ? [] : marksAt(index, props)) paintMark(surface, y++, mark, props.theme);
		y += paintBlock(surface, y, index, columns, props);
	}
}

/** Which record stands whole at the top of the list, and how many rows of an open one before it are above it. */
function firstOf(surface: Surface, columns: Columns, props: LogsViewProps) {
	const cursor = cursorOf(props);
	const heightOf = (index: number): number => {
		const { line, tree } = heightsOf(index, columns, surface, props);
		return line + tree;
	};
	const lowest = Math.max(0, surface.height - heightOf(cursor));
	let left = isTracking(props) ? lowest : Math.min(props.state.row ?? Math.floor(surface.height / 2), lowest);
	let first = cursor;
	while (first > 0) {
		const rows = heightOf(first - 1) + marksAt(first, props).length;
		if (rows > left) break;
		left -= rows;
		first--;
	}
	const isCut = first > 0 && heightsOf(first - 1, columns, surface, props).tree > 0;
	return { first, above: isCut ? left : 0 };
}

/** A record with all its rows; how many they are. */
function paintBlock(surface: Surface, y: number, index: number, columns: Columns, props: LogsViewProps): number {
	const record = recordsOf(props)[index];
	if (record === undefined) return 0;
	const isChosen = index === cursorOf(props);
	const { line, tree } = heightsOf(index, columns, surface, props);
	paintHead(surface, y, index, columns, props);
	if (props.state.wrap) paintWrappedText(surface, y, record, columns, props);
	else paintText(surface, y, record, columns, props);
	if (isChosen) paintCursor(surface, y, line, props);
	const height = Math.min(tree, surface.height - y - line);
	if (height > 0) {
		const area = surface.within(0, y + line, surface.width, height);
		paintTree(area, record, isChosen ? 'scrolled' : 'first', props);
	}
	return line + tree;
}

/** While keys move in the side pane, a mark only: one row of the screen is chosen. */
function paintCursor(surface: Surface, y: number, rows: number, { theme, state }: LogsViewProps): void {
	const isAway = isInSide({ state });
	if (theme.level === 'none' || isAway) surface.put(0, y, theme.glyph(isAway ? 'vertical' : 'selection'));
	if (!isAway) surface.restyle(0, y, surface.width, rows, theme.style('selection'));
}

import { type NotableField, notableFields } from '../../analysis/notable-fields.ts';
import type { StreamMark } from '../../investigation/tail-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { paintSegments, type Segment, segment, widthOfSegments } from '../../widgets/line.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { isTracking } from './follow.ts';
import { type Columns, columnsFor, paintHead } from './row-head.ts';
import { isInSide } from './side-rows.ts';
import { cursorOf, offsetOf, recordsOf } from './state.ts';
import { marksBefore, paintMark } from './tail-row.ts';
import type { LogsViewProps } from './view.tsx';

/** More of a line than any row shows; what follows is in the details. */
const longestShown = 4000;
const mostWrappedRows = 8;

/** The lines round the cursor, one row each, or wrapped. */
export function paintRows(surface: Surface, props: LogsViewProps): void {
	const records = recordsOf(props);
	const columns = columnsFor(surface.width, records, props);
	const cursor = cursorOf(props);
	if (props.state.wrap) paintWrapped(surface, records, columns, props);
	else {
		rowsFrom(offsetOf(props, surface.height), surface.height, props).forEach((row, y) => {
			if ('mark' in row) paintMark(surface, y, row.mark, props.theme);
			else paintRow(surface, y, row.record, row.index, columns, props);
			if ('index' in row && row.index === cursor) paintCursor(surface, y, 1, props);
		});
	}
}

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

/** As many rows above the cursor as the list has, then down; every line takes the rows it needs. */
function paintWrapped(surface: Surface, records: readonly LogRecord[], columns: Columns, props: LogsViewProps): void {
	const cursor = cursorOf(props);
	const room = surface.width - columns.message;
	const wanted = isTracking(props)
		? surface.height - wrapped(records[cursor], room, props).length
		: Math.min(props.state.row ?? Math.floor(surface.height / 2), Math.max(0, surface.height - 3));
	let first = cursor;
	let above = 0;
	while (first > 0) {
		const rows = wrapped(records[first - 1], room, props).length + marksAt(first, props).length;
		if (above + rows > wanted) break;
		above += rows;
		first--;
	}
	let y = 0;
	for (let index = first; index < records.length && y < surface.height; index++) {
		const record = records[index];
		if (record === undefined) break;
		for (const mark of index === first ? [] : marksAt(index, props)) paintMark(surface, y++, mark, props.theme);
		paintHead(surface, y, index, columns, props);
		const lines = wrapped(record, room, props);
		lines.forEach((line, row) => {
			surface.put(columns.message, y + row, line, messageStyle(record, props.theme));
			markMatches(surface, columns.message, y + row, line, props);
		});
		if (index === cursor) paintCursor(surface, y, lines.length, props);
		y += lines.length;
	}
}

const wrapped = (record: LogRecord | undefined, room: number, props: LogsViewProps): readonly string[] => {
	if (record === undefined) return [];
	const fields = notableFields(record, props.theme.glyph('ellipsis')).map(({ text }) => text);
	const lines = wrapText(clean([record.message, ...fields].join('  '), props.theme), Math.max(1, room));
	return lines.slice(0, mostWrappedRows);
};

function paintRow(
	surface: Surface,
	y: number,
	record: LogRecord,
	index: number,
	columns: Columns,
	props: LogsViewProps,
): void {
	const { theme } = props;
	paintHead(surface, y, index, columns, props);
	const message = segment(clean(record.message, theme), messageStyle(record, theme));
	const fields = notableFields(record, theme.glyph('ellipsis')).flatMap(field => [
		segment(' '),
		fieldSegment(field, theme),
	]);
	const room = surface.within(columns.message, y, surface.width - columns.message, 1);
	const line = [shortened(message, room.width, fields, theme), segment(' '), ...fields];
	paintSegments(room, 0, 0, line, theme.glyph('ellipsis'));
	markMatches(surface, columns.message, y, line.map(({ text }) => text).join(''), props);
}

/** A long message leaves a third of the row to the fields. */
function shortened(message: Segment, room: number, fields: readonly Segment[], theme: Theme): Segment {
	const forFields = Math.min(widthOfSegments(fields) + 1, Math.floor(room / 3));
	const text = fit(message.text, Math.max(0, room - forFields), { ellipsis: theme.glyph('ellipsis') });
	return { ...message, text };
}

const messageStyle = ({ level }: LogRecord, theme: Theme) =>
	theme.style(level === 'debug' || level === 'trace' ? 'dim' : 'text');

const weightRoles: Readonly<Record<NotableField['weight'], Role>> = {
	error: 'error',
	warning: 'warning',
	plain: 'dim',
	id: 'link',
};

const fieldSegment = ({ text, weight }: NotableField, theme: Theme): Segment =>
	segment(clean(text, theme), theme.style(weightRoles[weight]));

const clean = (text: string, theme: Theme): string =>
	sanitize(text.slice(0, longestShown), theme.unicode ? {} : { newline: '\\n' });

/** Marks what is searched for in a text that was painted from column `x` on. */
function markMatches(surface: Surface, x: number, y: number, text: string, { state, theme }: LogsViewProps): void {
	if (state.search === '') return;
	const [haystack, needle] = [text.toLowerCase(), state.search.toLowerCase()];
	for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.length)) {
		const column = x + widthOf(text.slice(0, at));
		if (column >= surface.width) return;
		surface.restyle(column, y, Math.min(widthOf(needle), surface.width - column), 1, theme.style('match'));
	}
}

/** While keys move in the side pane, a mark only: one row of the screen is chosen. */
function paintCursor(surface: Surface, y: number, rows: number, { theme, state }: LogsViewProps): void {
	const isAway = isInSide({ state });
	if (theme.level === 'none' || isAway) surface.put(0, y, theme.glyph(isAway ? 'vertical' : 'selection'));
	if (!isAway) surface.restyle(0, y, surface.width, rows, theme.style('selection'));
}

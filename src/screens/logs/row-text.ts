import { lineSearchOf, matchRanges } from '../../analysis/line-search.ts';
import { indexOfKey } from '../../analysis/log-stretch.ts';
import { type NotableField, notableFields } from '../../analysis/notable-fields.ts';
import { labelsKey } from '../../model/labels.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { paintSegments, type Segment, segment, widthOfSegments } from '../../widgets/line.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import type { Columns } from './row-head.ts';
import { recordsOf } from './state.ts';
import type { LogsViewProps } from './view.tsx';

/** More of a line than any row shows; what follows is in the details. */
const longestShown = 4000;
const mostWrappedRows = 8;

/** Message and fields in one row, behind the columns. */
export function paintText(
	surface: Surface,
	y: number,
	record: LogRecord,
	columns: Columns,
	props: LogsViewProps,
): void {
	const { theme } = props;
	const message = segment(clean(record.message, theme), messageStyle(record, props));
	const fields = fieldsBehind(record, columns, theme).flatMap(field => [segment(' '), fieldSegment(field, theme)]);
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

/** Those that have no column of their own. */
const fieldsBehind = (record: LogRecord, columns: Columns, theme: Theme): readonly NotableField[] =>
	notableFields(record, theme.glyph('ellipsis')).filter(({ name }) =>
		columns.fields.every(column => column.name !== name),
	);

/** The rows that message and fields take when they are wrapped. */
export const wrappedText = (
	record: LogRecord,
	columns: Columns,
	width: number,
	props: LogsViewProps,
): readonly string[] =>
	wrapText(textOf(record, columns, props), Math.max(1, width - columns.message)).slice(0, mostWrappedRows);

/** Message and fields over several rows. */
export function paintWrappedText(
	surface: Surface,
	y: number,
	record: LogRecord,
	columns: Columns,
	props: LogsViewProps,
): void {
	const lines = wrappedText(record, columns, surface.width, props);
	lines.forEach((line, row) => {
		surface.put(columns.message, y + row, line, messageStyle(record, props));
	});
	markWrapped(surface, columns.message, y, { text: textOf(record, columns, props), lines }, props);
}

function textOf(record: LogRecord, columns: Columns, { theme }: LogsViewProps): string {
	const fields = fieldsBehind(record, columns, theme).map(({ text }) => text);
	return clean([record.message, ...fields].join('  '), theme);
}

const messageStyle = (record: LogRecord, props: LogsViewProps) => {
	const isMild = record.level === 'debug' || record.level === 'trace';
	return props.theme.style(isMild || isOfOtherStream(record, props) ? 'dim' : 'text');
};

/** Round a line, those of its own stream stand out among the others of its pod. */
function isOfOtherStream({ entry }: LogRecord, props: LogsViewProps): boolean {
	const { around } = props.place;
	if (around === undefined) return false;
	const records = recordsOf(props);
	const line = around.includes('-') ? records[indexOfKey(records, around)] : undefined;
	return line !== undefined && labelsKey(line.entry.labels) !== labelsKey(entry.labels);
}

export const weightRoles: Readonly<Record<NotableField['weight'], Role>> = {
	error: 'error',
	warning: 'warning',
	plain: 'dim',
	id: 'link',
};

const fieldSegment = ({ text, weight }: NotableField, theme: Theme): Segment =>
	segment(clean(text, theme), theme.style(weightRoles[weight]));

/** Text of a line as it may be painted in one row. */
export const clean = (text: string, theme: Theme): string =>
	sanitize(text.slice(0, longestShown), theme.unicode ? {} : { newline: '\\n' });

/** Marks what is searched for in a text that was painted from column `x` on. */
export function markMatches(
	surface: Surface,
	x: number,
	y: number,
	text: string,
	{ state, theme }: LogsViewProps,
): void {
	if (state.search === '') return;
	for (const { from, to } of matchRanges(lineSearchOf(state.search), text.slice(0, surface.width))) {
		const column = x + widthOf(text.slice(0, from));
		const width = Math.min(widthOf(text.slice(from, to)), surface.width - column);
		if (width > 0) surface.restyle(column, y, width, 1, theme.style('match'));
	}
}

/** The same over the rows of a wrapped line; a match may go on in the next row. */
function markWrapped(
	surface: Surface,
	x: number,
	y: number,
	{ text, lines }: { readonly text: string; readonly lines: readonly string[] },
	{ state, theme }: LogsViewProps,
): void {
	if (state.search === '') return;
	const ranges = matchRanges(lineSearchOf(state.search), text);
	let end = 0;
	for (const [row, line] of lines.entries()) {
		const start = text.indexOf(line, end);
		end = start + line.length;
		for (const { from, to } of ranges) {
			const [first, last] = [Math.max(from - start, 0), Math.min(to - start, line.length)];
			if (last <= first) continue;
			const column = x + widthOf(line.slice(0, first));
			surface.restyle(column, y + row, widthOf(line.slice(first, last)), 1, theme.style('match'));
		}
	}
}

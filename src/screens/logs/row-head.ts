import { type FieldColumn, fieldColumns } from '../../analysis/field-columns.ts';
import { formatAge, formatDuration } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { notableFields } from '../../analysis/notable-fields.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import { day, lengthInMilliseconds, toMilliseconds } from '../../model/time.ts';
import type { Style } from '../../terminal/style.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { type Lanes, lanesFor, paintLaneNames, paintLanes } from './lanes.ts';
import { levelLooks } from './level-look.ts';
import { clean, markMatches, weightRoles } from './row-text.ts';
import { recordsOf } from './state.ts';
import { tallyOf } from './tally.ts';
import type { LogsViewProps } from './view.tsx';

/** How wide the parts of a row before its message are. Column 0 is the cursor's. */
export type Columns = {
	readonly time: number;
	/** Since the line before; 0 when it is not shown. */
	readonly gap: number;
	readonly word: number;
	readonly service: number;
	/** What varies from line to line, right before the message. */
	readonly fields: readonly FieldColumn[];
	/** In place of the service's name. */
	readonly lanes: Lanes | undefined;
	/** Where the message begins. */
	readonly message: number;
};

export function columnsFor(width: number, records: readonly LogRecord[], props: LogsViewProps): Columns {
	const { timeFormat, place } = props;
	const time = timeFormat === 'relative' ? 5 : spansDays(records) ? 18 : 12;
	const gap = isRequestPlace(place) ? 8 : 0;
	const word = width >= 100 ? 5 : 0;
	const lanes = lanesFor(width, records, props);
	const service = lanes === undefined ? serviceWidth(width, records, gap > 0) : 0;
	const fields = width < fieldsFrom ? [] : fieldColumns(records);
	const columns = { time, gap, word, service, lanes, fields };
	const ofFields = fields.reduce((sum, { width: each }) => sum + each + 1, 0);
	return { ...columns, message: afterService(columns) + ofFields };
}

/** From this width on fields have columns of their own. */
const fieldsFrom = 120;

/** The first column behind the service. */
const afterService = ({ service, lanes, ...before }: Omit<Columns, 'message'>): number =>
	afterLevel(before) + (service > 0 ? service + 1 : (lanes?.width ?? 0));

/** The first column behind the level. */
const afterLevel = ({ time, gap, word }: Pick<Columns, 'time' | 'gap' | 'word'>): number =>
	1 + time + 1 + (gap > 0 ? gap + 1 : 0) + 1 + (word > 0 ? word + 1 : 0) + 1;

/** Where every line is of one service the trail has named it already; among the lines of a request it always counts. */
function serviceWidth(width: number, records: readonly LogRecord[], isRequest: boolean): number {
	const { services, longestService } = tallyOf(records);
	if (!isRequest && services <= 1) return 0;
	return Math.min(Math.max(4, longestService), width >= 120 ? 20 : width >= 100 ? 16 : 10);
}

const spansDays = (records: readonly LogRecord[]): boolean => {
	const [first, last] = [records[0], records.at(-1)];
	if (first === undefined || last === undefined) return false;
	const dayOf = ({ entry }: LogRecord): number => Math.floor(toMilliseconds(entry.at) / day);
	return dayOf(first) !== dayOf(last);
};

/** What the columns are, over the lines of a wide list. */
export function paintHeading(surface: Surface, props: LogsViewProps): void {
	if (surface.height === 0) return;
	const columns = columnsFor(surface.width, recordsOf(props), props);
	const { time, gap, service, lanes, message } = columns;
	const dim = props.theme.style('dim');
	surface.put(1, 0, 'time', dim);
	if (gap > 0) surface.put(1 + time + 1, 0, 'after'.padStart(gap), dim);
	const x = afterLevel(columns);
	surface.put(x - columns.word - 2, 0, 'level', dim);
	if (service > 0) surface.put(x, 0, 'service', dim);
	if (lanes !== undefined) paintLaneNames(surface, x, lanes, props);
	let left = afterService(columns);
	for (const column of columns.fields) {
		put(surface, left, 0, column.heading, column, dim);
		left += column.width + 1;
	}
	surface.put(message, 0, 'message', dim);
}

/** A text in its column, figures at the right end; where it begins. */
function put(
	surface: Surface,
	x: number,
	y: number,
	text: string,
	{ width, right }: FieldColumn,
	style: Style,
): number {
	const fitted = fit(text, width, { ellipsis: '' });
	const from = right ? x + width - widthOf(fitted) : x;
	surface.put(from, y, fitted, style);
	return from;
}

function paintFields(surface: Surface, y: number, record: LogRecord, columns: Columns, props: LogsViewProps): void {
	const { theme } = props;
	if (columns.fields.length === 0) return;
	const notable = notableFields(record);
	let left = afterService(columns);
	for (const column of columns.fields) {
		const field = notable.find(({ name }) => name === column.name);
		if (field !== undefined) {
			const text = fit(clean(field.value, theme), column.width, { ellipsis: theme.glyph('ellipsis') });
			const from = put(surface, left, y, text, column, theme.style(weightRoles[field.weight]));
			markMatches(surface, from, y, text, props);
		}
		left += column.width + 1;
	}
}

/** Everything of a row before its message. */
export function paintHead(surface: Surface, y: number, index: number, columns: Columns, props: LogsViewProps): void {
	const { theme } = props;
	const records = recordsOf(props);
	const [before, record] = [records[index - 1], records[index]];
	if (record === undefined) return;
	const look = levelLooks[record.level];
	let x = 1;
	surface.put(x, y, timeText(record, columns.time, props), theme.style('dim'));
	x += columns.time + 1;
	if (columns.gap > 0) {
		const gap = before === undefined ? '' : gapText(record, before);
		surface.put(x, y, gap.padStart(columns.gap), theme.style('dim'));
		x += columns.gap + 1;
	}
	surface.put(x, y, look.glyph === undefined ? ' ' : theme.glyph(look.glyph), theme.style(look.role));
	if (columns.word > 0) surface.put(x + 2, y, look.word, theme.style(look.role));
	x = afterLevel(columns);
	if (columns.lanes !== undefined) paintLanes(surface, { x, y, index }, columns.lanes, records, props);
	paintFields(surface, y, record, columns, props);
	if (columns.service === 0) return;
	const service = fit(record.service, columns.service, { keep: 'ends', ellipsis: theme.glyph('ellipsis') });
	surface.put(x, y, service, theme.serviceStyle(record.service));
}

const gapText = (record: LogRecord, before: LogRecord): string =>
	`+${formatDuration(lengthInMilliseconds(record.entry.at - before.entry.at)).replaceAll(' ', '')}`;

function timeText({ entry }: LogRecord, width: number, { timeFormat, now }: LogsViewProps): string {
	const at = toMilliseconds(entry.at);
	if (timeFormat === 'relative') return formatAge(now - at).padStart(width);
	return formatClock(at, timeFormat, 'milliseconds', true).slice(-width);
}

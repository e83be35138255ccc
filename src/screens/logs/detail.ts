import { formatRfc3339Nanoseconds } from '../../analysis/format-time.ts';
import type { LogField, LogRecord } from '../../model/log-entry.ts';
import { sanitizeLines } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit } from '../../terminal/width.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { paintMoreRows } from '../../widgets/scrolled-text.ts';
import { paintSelected } from '../../widgets/selection.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { choosableFields } from './filter-keys.ts';
import { levelLooks } from './level-look.ts';
import type { LogsState } from './state.ts';
import type { LogsViewProps } from './view.tsx';

/** A row of the details; `field` is the one of `choosableFields` that it shows. */
type Line = { readonly segments: readonly Segment[]; readonly field?: number };

const row = (...segments: readonly Segment[]): Line => ({ segments });

/** Everything that is known of a line: identifiers whole, all fields, stack traces with their line breaks. */
export function paintDetail(
	surface: Surface,
	record: LogRecord,
	{ theme, state }: LogsViewProps,
	beside: boolean,
): void {
	if (surface.height <= 0) return;
	if (beside) {
		for (let y = 0; y < surface.height; y++) surface.put(0, y, theme.glyph('vertical'), theme.style('dim'));
	} else surface.put(0, 0, theme.glyph('horizontal').repeat(surface.width), theme.style('dim'));
	// The column before the text is the one of the mark.
	const rows = beside
		? surface.within(1, 0, surface.width - 1, surface.height)
		: surface.within(0, 1, surface.width - 1, surface.height - 1);
	const area = rows.within(1, 0, rows.width - 1, rows.height);
	const lines = detailLines(record, area.width, theme);
	const from = scrolledTo(lines, area.height, state);
	lines.slice(from, from + area.height).forEach(({ segments, field }, y) => {
		paintSegments(area, 0, y, segments, theme.glyph('ellipsis'));
		if (field !== undefined && field === state.picked) paintSelected(rows, y, rows.width, theme);
	});
	paintMoreRows(area, lines.length - from - area.height, theme);
}

/** The first row on show: where the operator scrolled to, or what shows the field that is being chosen. */
function scrolledTo(lines: readonly Line[], height: number, { detailScroll, picked }: LogsState): number {
	const most = Math.max(0, lines.length - height);
	const first = picked === undefined ? -1 : lines.findIndex(({ field }) => field === picked);
	return Math.min(most, first < 0 ? detailScroll : Math.max(0, first - Math.floor(height / 2)));
}

function detailLines(record: LogRecord, width: number, theme: Theme): readonly Line[] {
	const { entry, level, service, message, fields } = record;
	const look = levelLooks[level];
	const text = (value: string, role: Role = 'text'): readonly Line[] =>
		paragraphs(value, width).map(line => row(segment(line, theme.style(role))));
	const heading = (word: string): readonly Line[] => [row(), row(segment(word, theme.style('strong')))];
	const labels = choosableFields(record).slice(fields.length);
	const lines: Line[] = [
		row(
			segment(`${look.word === '' ? 'no level' : look.word} `, theme.style(look.role)),
			segment(`${service} `, theme.serviceStyle(service)),
			segment(formatRfc3339Nanoseconds(entry.at), theme.style('dim')),
		),
		...text(message),
		...identifierLines(record, theme),
	];
	if (record.readUpTo !== undefined) {
		lines.push(
			...text(`Of ${entry.line.length} characters the first ${record.readUpTo} were read for fields.`, 'warning'),
		);
	}
	if (fields.length > 0) lines.push(...heading('fields'), ...fieldLines(fields, 0, width, theme));
	if (labels.length > 0)
		lines.push(...heading('labels of the stream'), ...fieldLines(labels, fields.length, width, theme));
	return [
		...lines,
		...heading(`line as it was written, ${record.format}`),
		...text(entry.line.slice(0, longestLine), 'dim'),
	];
}

const longestLine = 20_000;

function identifierLines({ requestId, traceId, spanId }: LogRecord, theme: Theme): readonly Line[] {
	const found = [
		['request', requestId],
		['trace', traceId],
		['span', spanId],
	] as const;
	return found.flatMap(([word, identifier]) =>
		identifier === undefined
			? []
			: [
					row(
						segment(`${word.padEnd(8)} `, theme.style('dim')),
						segment(identifier.value, theme.style('link')),
						segment(`  from ${identifier.origin === 'text' ? 'the text' : identifier.name}`, theme.style('dim')),
					),
				],
	);
}

/** Names in a column, values beside them; a value of several lines below its name. `first` is the number of the first. */
function fieldLines(fields: readonly LogField[], first: number, width: number, theme: Theme): readonly Line[] {
	const longest = fields.reduce((most, { name }) => Math.max(most, name.length), 0);
	const column = Math.min(longest, Math.floor(width * 0.4));
	return fields.flatMap(({ name, value }, index) => {
		const label = segment(
			`${fit(name, column, { keep: 'ends', ellipsis: theme.glyph('ellipsis') }).padEnd(column)}  `,
			theme.style('dim'),
		);
		const rows = paragraphs(prettyValue(value), Math.max(8, width - column - 2));
		return rows.map((text, line) => ({
			segments: [line === 0 ? label : segment(' '.repeat(column + 2)), segment(text, theme.style('text'))],
			field: first + index,
		}));
	});
}

/** JSON within a value, indented. */
function prettyValue(value: string): string {
	if (!/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.stringify(JSON.parse(value), null, 2);
	} catch {
		return value;
	}
}

/** Line breaks kept, long lines wrapped. */
const paragraphs = (text: string, width: number): readonly string[] =>
	sanitizeLines(text, {}).flatMap(line => wrapText(line, width));

import { otherBreakdowns } from '../../analysis/breakdown-labels.ts';
import { formatDuration, formatRate, formatShare } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { statusWord } from '../../analysis/status-lines.ts';
import type { BreakdownRow } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { badgeSegments } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { breakdownRows, rowCursor } from './state.ts';
import { paintUnanswered, remarkOn } from './told-once.ts';
import type { ServiceViewProps } from './view.tsx';

/** `route  rate  errors  p99`, the row under the cursor marked. Returns the rows used. */
export function paintBreakdown(surface: Surface, props: ServiceViewProps): number {
	const { findings, theme, state } = props;
	const waiting = paintUnanswered(surface, 'routes', props);
	if (waiting > 0) return waiting;
	const breakdown = lastValueOf(findings.routes);
	const rows = breakdownRows(props);
	if (breakdown?.by === undefined || rows.length === 0) {
		const why = emptyWords(breakdown?.by, state.filter);
		surface.put(0, 0, `${why}${othersWithin(surface.width - widthOf(why), props)}`, theme.style('dim'));
		return 1;
	}
	const columns = breakdownColumns(surface.width);
	const hasOthers = breakdown.others !== undefined && state.filter === '';
	const others = hasOthers ? [{ ...breakdown.others, value: 'others' }] : [];
	const all = [...rows, ...others];
	const cursor = rowCursor(rows, state);
	const offset = offsetFor(0, cursor, all.length, surface.height - 1, 0);
	const shown = all.slice(offset, offset + surface.height - 1);
	const first = shown.length > 1 ? `${offset + 1}-` : '';
	const rest = shown.length < all.length ? `  ${first}${offset + shown.length} of ${all.length}` : '';
	const used = shown.length + 1;
	const about = `by ${breakdown.by} ${instantWords(breakdown.at, props)}${rest}`;
	const unsaid = paintHeading(surface, about, { columns, isFull: used >= surface.height }, props);
	shown.forEach((row, index) => {
		paintRow(surface, index + 1, row, columns, theme);
		if (offset + index === cursor && state.row !== undefined) paintSelected(surface, index + 1, columns.end, theme);
	});
	const below = [badgeSegments(remarkOn('routes', props), theme), unsaid]
		.filter(segments => segments.length > 0)
		.slice(0, Math.max(0, surface.height - used));
	below.forEach((segments, index) => {
		paintSegments(surface, 0, used + index, segments, theme.glyph('ellipsis'));
	});
	return used + below.length;
}

function emptyWords(by: string | undefined, filter: string): string {
	if (by === undefined) return 'No label tells routes apart.';
	return filter === '' ? `No request by ${by} now.` : `No ${by} has ${filter} in it. / changes the filter.`;
}

type Heading = {
	readonly columns: BreakdownColumns;
	/** The rows below leave no room for a line. */
	readonly isFull: boolean;
};

/** What the rows are by, and by what else they can be; what has no room here, but may have below, is given back. */
function paintHeading(
	surface: Surface,
	about: string,
	{ columns, isFull }: Heading,
	props: ServiceViewProps,
): readonly Segment[] {
	const { theme } = props;
	const room = columns.rate - widthOf('rate') - 1;
	const title = fit(about, room, { ellipsis: theme.glyph('ellipsis') });
	const others = othersWithin(room - widthOf(title), props, isFull ? 0 : 1);
	surface.put(0, 0, `${title}${others}`, theme.style('dim'));
	putFigures(surface, 0, columns, ['rate', 'errors', 'p99'], ['dim', 'dim', 'dim'], theme);
	const unsaid = others === '' ? othersWithin(surface.width, props).trimStart() : '';
	return unsaid === '' ? [] : [segment(unsaid, theme.style('dim'))];
}

/** `  B: method, pod +2`: by what else it can be broken down, the next first, as many as fit; empty when too few do. */
function othersWithin(room: number, { findings, place }: ServiceViewProps, least = 1): string {
	const target = lastValueOf(findings.target);
	const words = target?.kind === 'found' ? otherBreakdowns(target, place.by).map(({ word }) => word) : [];
	for (let count = words.length; words.length > 0 && count >= least; count--) {
		const rest = words.length - count;
		const named = [words.slice(0, count).join(', '), rest === 0 ? '' : `+${rest}`].filter(Boolean);
		const text = `  B: ${named.join(' ')}`;
		if (widthOf(text) <= room) return text;
	}
	return '';
}

/** A break-down is of one instant, the end of the window, and not of the time under the cursor. */
const instantWords = (at: Milliseconds, { place, timeFormat }: ServiceViewProps): string =>
	place.window.kind === 'live' ? 'now' : `at ${formatClock(at, timeFormat === 'local' ? 'local' : 'utc', 'minutes')}`;

type BreakdownColumns = {
	readonly name: number;
	readonly rate: number;
	readonly errors: number;
	readonly p99: number;
	readonly end: number;
};

function breakdownColumns(width: number): BreakdownColumns {
	const end = Math.min(width, 80);
	return { name: end - 34, rate: end - 23, errors: end - 12, p99: end - 1, end };
}

function paintRow(surface: Surface, y: number, row: BreakdownRow, columns: BreakdownColumns, theme: Theme): void {
	const name = row.value === '' ? '(none)' : statusWord(row.value);
	surface.put(1, y, fit(name, columns.name, { keep: 'end', ellipsis: theme.glyph('ellipsis') }), theme.style('text'));
	const figures = [formatRate(row.rate), formatShare(row.errors), formatDuration(row.p99 * 1000)];
	putFigures(surface, y, columns, figures, ['text', row.errors > 0.01 ? 'error' : 'text', 'text'], theme);
}

function putFigures(
	surface: Surface,
	y: number,
	{ rate, errors, p99 }: BreakdownColumns,
	figures: readonly string[],
	roles: readonly Role[],
	theme: Theme,
): void {
	[rate, errors, p99].forEach((end, index) => {
		const text = figures[index] ?? '';
		surface.put(end - widthOf(text), y, text, theme.style(roles[index] ?? 'text'));
	});
}

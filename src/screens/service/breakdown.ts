import { formatDuration, formatRate, formatShare } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import type { BreakdownRow } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { paintSegments } from '../../widgets/line.ts';
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
		const { by } = breakdown ?? {};
		const none =
			state.filter === ''
				? `No request by ${by} in this window.`
				: `No ${by} has ${state.filter} in it. / changes the filter.`;
		const why = by === undefined ? 'No label tells routes apart.' : none;
		surface.put(0, 0, why, theme.style('dim'));
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
	surface.put(
		0,
		0,
		fit(`by ${breakdown.by} ${instantWords(breakdown.at, props)}${rest}`, columns.name, {
			ellipsis: theme.glyph('ellipsis'),
		}),
		theme.style('dim'),
	);
	putFigures(surface, 0, columns, ['rate', 'errors', 'p99'], ['dim', 'dim', 'dim'], theme);
	shown.forEach((row, index) => {
		paintRow(surface, index + 1, row, columns, theme);
		if (offset + index === cursor && state.row !== undefined) paintSelected(surface, index + 1, columns.end, theme);
	});
	const badge = badgeSegments(remarkOn('routes', props), theme);
	if (badge.length === 0 || shown.length + 1 >= surface.height) return shown.length + 1;
	paintSegments(surface, 0, shown.length + 1, badge, theme.glyph('ellipsis'));
	return shown.length + 2;
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
	const name = row.value === '' ? '(none)' : row.value;
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

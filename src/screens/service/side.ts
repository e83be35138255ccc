import { formatAge, formatDuration, formatId, formatRate, formatShare } from '../../analysis/format.ts';
import { traceIdOfExemplar } from '../../analysis/service-pivots.ts';
import type { FoundTarget, MissingTarget } from '../../analysis/service-target.ts';
import type { BreakdownRow } from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { paintPaneState } from '../../widgets/pane-state.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { breakdownRows, exemplarKey, rowCursor, selectedExemplar } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

/** Below or beside the charts: the break-down, or how the metrics were found; the exemplars where there is room. */
export function paintSide(surface: Surface, props: ServiceViewProps, narrow: boolean): void {
	const target = lastValueOf(props.findings.target);
	if (props.state.details && narrow && target?.kind === 'found') {
		paintTarget(surface, target, props.theme);
		return;
	}
	const used = paintBreakdown(surface, props);
	if (narrow || target?.kind !== 'found') return;
	const exemplars = paintExemplars(surface.within(0, used + 1, surface.width, 14), props);
	const y = used + exemplars + 2;
	paintTarget(surface.within(0, y, surface.width, surface.height - y), target, props.theme);
}

/** `route  rate  errors  p99`, the row under the cursor marked. Returns the rows used. */
function paintBreakdown(surface: Surface, props: ServiceViewProps): number {
	const { findings, theme, now, state } = props;
	const waiting = paintPaneState(surface, findings.routes, { theme, now, whom: 'Prometheus' });
	if (waiting > 0) return waiting;
	const breakdown = lastValueOf(findings.routes);
	const rows = breakdownRows(props);
	if (breakdown?.by === undefined || rows.length === 0) {
		surface.put(0, 0, 'No label tells routes apart.', theme.style('dim'));
		return 1;
	}
	const columns = breakdownColumns(surface.width);
	surface.put(0, 0, `by ${breakdown.by}`, theme.style('dim'));
	putFigures(surface, 0, columns, ['rate', 'errors', 'p99'], ['dim', 'dim', 'dim'], theme);
	const cursor = rowCursor(rows, state);
	const others = breakdown.others === undefined ? [] : [{ ...breakdown.others, value: 'others' }];
	const all = [...rows, ...others].slice(
		Math.max(0, Math.min(cursor, rows.length + others.length - surface.height + 1)),
	);
	const shown = all.slice(0, surface.height - 1);
	shown.forEach((row, index) => {
		paintRow(surface, index + 1, row, columns, theme);
		if (row.value === rows[cursor]?.value && state.row !== undefined) {
			surface.restyle(0, index + 1, columns.end, 1, theme.style('selection'));
			if (theme.level === 'none') surface.put(0, index + 1, theme.glyph('selection'));
		}
	});
	return shown.length + 1;
}

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

/** The slowest requests that the histogram remembers by their traces. Returns the rows used. */
function paintExemplars(surface: Surface, props: ServiceViewProps): number {
	const { findings, theme, now } = props;
	const exemplars = (lastValueOf(findings.exemplars) ?? []).slice(0, surface.height - 1);
	if (exemplars.length === 0) return 0;
	surface.put(
		0,
		0,
		`slowest exemplars  ${theme.glyph('exemplar')} x selects, enter opens the trace`,
		theme.style('dim'),
	);
	const selected = selectedExemplar(props);
	exemplars.forEach((exemplar, index) => {
		const id = formatId(traceIdOfExemplar(exemplar) ?? '', theme.glyph('ellipsis'));
		const text = `${formatDuration(exemplar.value * 1000).padStart(8)}  ${formatAge(now - exemplar.at).padStart(4)} ago  trace ${id}`;
		surface.put(1, index + 1, text);
		if (selected !== undefined && exemplarKey(selected) === exemplarKey(exemplar)) {
			surface.restyle(0, index + 1, widthOf(text) + 2, 1, theme.style('selection'));
		}
	});
	return exemplars.length + 1;
}

function paintTarget(surface: Surface, target: FoundTarget, theme: Theme): void {
	const duration =
		target.duration === undefined ? 'no duration metric' : `${target.duration.base} (${target.duration.flavour})`;
	const lines: readonly (readonly [string, Role])[] = [
		[`${target.convention}: ${target.rateMetric}${target.selector}`, 'strong'],
		[target.reason, 'text'],
		[`durations from ${duration}`, 'dim'],
		...(target.errorMatcher === undefined
			? [['No label tells errors.', 'warning'] as const]
			: [
					[
						`errors are ${target.errorMatcher.name}${target.errorMatcher.operator}"${target.errorMatcher.value}"`,
						'dim',
					] as const,
				]),
		...target.others.map(
			other => [`not chosen: ${other.convention} ${other.rateMetric}${other.selector}`, 'dim'] as const,
		),
	];
	let y = 0;
	for (const [text, role] of lines) {
		for (const line of wrapText(text, surface.width)) surface.put(0, y++, line, theme.style(role));
	}
}

/** Why there are no panels, and the services that have some. */
export function paintMissing(surface: Surface, target: MissingTarget, theme: Theme): void {
	let y = 0;
	for (const text of [target.looked, target.next]) {
		for (const line of wrapText(text, surface.width)) surface.put(0, y++, line);
	}
	y++;
	if (target.near.length > 0)
		surface.put(0, y++, 'Services with request metrics, nearest in spelling first:', theme.style('dim'));
	for (const { label, value, convention } of target.near) {
		surface.put(2, y++, `${value}  (${label}, ${convention})`, theme.style('link'));
	}
}

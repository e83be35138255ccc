import { formatNanoseconds } from '../../analysis/format.ts';
import { formatInstant } from '../../analysis/format-time.ts';
import { oneLine } from '../../analysis/span-words.ts';
import { toMilliseconds } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, padStart, widthOf } from '../../terminal/width.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import type { Theme } from '../../widgets/theme.ts';
import { columnsFor, type TraceColumns } from './layout.ts';
import { countsOf, cursorOf, hasRoot, listedTraces } from './state.ts';
import type { TracesViewProps } from './view.tsx';

/** The names of the columns. */
export function paintHeadings(surface: Surface, theme: Theme): void {
	const { time, duration, bar, root, services, spans, errors } = columnsFor(surface.width);
	const style = theme.style('dim');
	surface.put(1, 0, 'began', style);
	surface.put(1 + time, 0, padStart('took', duration - 1), style);
	surface.put(1 + time + duration + bar, 0, 'began in', style);
	if (services > 0) surface.put(1 + time + duration + bar + root, 0, 'went through', style);
	surface.put(
		1 + time + duration + bar + root + services,
		0,
		padStart('spans', spans) + padStart('errors', errors),
		style,
	);
}

/** The traces round the cursor. */
export function paintRows(surface: Surface, props: TracesViewProps): void {
	const { state, theme } = props;
	const traces = listedTraces(props);
	const columns = columnsFor(surface.width);
	const cursor = cursorOf(traces, state);
	const rows = surface.height;
	const offset = offsetFor(cursor - Math.floor(rows / 2), cursor, traces.length, rows);
	const slowest = traces.reduce((most, { duration }) => (duration > most ? duration : most), 1n);
	traces.slice(offset, offset + rows).forEach((summary, index) => {
		const row = surface.within(0, index, surface.width, 1);
		paintTrace(row, summary, { columns, slowest, props });
		if (offset + index !== cursor) return;
		if (theme.level === 'none') row.put(0, 0, theme.glyph('selection'));
		row.restyle(0, 0, row.width, 1, theme.style('selection'));
	});
}

type Row = { readonly columns: TraceColumns; readonly slowest: bigint; readonly props: TracesViewProps };

/**
 *     03:11:02.310    2.06 s ███████████▌ gateway POST /checkout          17     6 ✗
 */
function paintTrace(surface: Surface, summary: TraceSummary, { columns, slowest, props }: Row): void {
	const { theme, timeFormat, now } = props;
	const ellipsis = theme.glyph('ellipsis');
	const at = formatInstant(toMilliseconds(summary.start), timeFormat, now, 'milliseconds');
	surface.put(1, 0, fit(at, columns.time - 1, { ellipsis }));
	surface.put(1 + columns.time, 0, padStart(formatNanoseconds(summary.duration), columns.duration - 1));
	const barAt = 1 + columns.time + columns.duration;
	surface.put(
		barAt,
		0,
		barOf(summary.duration, slowest, columns.bar - 1, theme),
		theme.serviceStyle(summary.rootService),
	);
	const rootAt = barAt + columns.bar;
	paintRoot(surface.within(rootAt, 0, columns.root - 1, 1), summary, theme);
	const through = summary.services.map(({ name }) => name).join(' ');
	const countsAt = rootAt + columns.root + columns.services;
	surface.put(
		rootAt + columns.root,
		0,
		fit(through, Math.max(0, columns.services - 1), { ellipsis }),
		theme.style('dim'),
	);
	paintCounts(surface.within(countsAt, 0, columns.spans + columns.errors, 1), summary, columns, theme);
}

function paintRoot(surface: Surface, { rootService, rootName }: TraceSummary, theme: Theme): void {
	const ellipsis = theme.glyph('ellipsis');
	if (!hasRoot(rootService)) {
		surface.put(0, 0, fit('root not arrived yet', surface.width, { ellipsis }), theme.style('dim'));
		return;
	}
	const x = surface.put(0, 0, fit(rootService, surface.width, { ellipsis }), theme.serviceStyle(rootService)) + 1;
	const room = surface.width - x;
	if (room > 0) surface.put(x, 0, fit(oneLine(rootName), room, { keep: 'end', ellipsis }));
}

/** Spans and errors; a dash where Tempo does not count them. */
function paintCounts(surface: Surface, summary: TraceSummary, { spans }: TraceColumns, theme: Theme): void {
	const counts = countsOf(summary);
	const dash = theme.glyph('dash');
	surface.put(0, 0, padStart(counts === undefined ? dash : String(counts.spans), spans));
	const errors = counts?.errors ?? 0;
	const failed = counts === undefined ? dash : errors === 0 ? theme.glyph('info') : `${errors} ${theme.glyph('error')}`;
	surface.put(surface.width - widthOf(failed), 0, failed, theme.style(errors === 0 ? 'dim' : 'error'));
}

/** The duration as a part of the longest one, in eighths of a cell; a sliver at least. */
function barOf(duration: bigint, longest: bigint, columns: number, theme: Theme): string {
	if (columns <= 0) return '';
	const eighths = Math.max(1, Math.round((Number(duration) / Number(longest)) * columns * 8));
	const rest = eighths % 8;
	return (theme.blocks[7] ?? '').repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : (theme.blocks[rest - 1] ?? ''));
}

import type { ReactNode } from 'react';
import { formatNanoseconds } from '../../analysis/format.ts';
import { formatInstant } from '../../analysis/format-time.ts';
import { oneLine } from '../../analysis/span-words.ts';
import type { TraceResults, TracesFindings } from '../../investigation/traces-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import { toMilliseconds } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, padStart, widthOf } from '../../terminal/width.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { paintLine, segment } from '../../widgets/line.ts';
import { badgeOf, badgeSegments, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import type { Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import type { ViewProps } from '../screen.ts';
import { columnsFor, listHeight, type TraceColumns } from './layout.ts';
import { countsOf, cursorOf, listedTraces, type TracesState } from './state.ts';

export type TracesViewProps = ViewProps<TracesPlace, TracesFindings, TracesState>;

/** The traces that a search found, with a bar for how long each took. */
export function TracesView(props: TracesViewProps): ReactNode {
	return <Canvas width={props.size.width} height={props.size.height} paint={surface => paintTraces(surface, props)} />;
}

/** Paints the whole screen into the room it is given. */
export function paintTraces(surface: Surface, props: TracesViewProps): void {
	const { findings, state, theme, now } = props;
	if (paintPaneState(surface, findings.results, { theme, now, whom: 'Tempo' }) > 0) return;
	const results = lastValueOf(findings.results);
	if (results === undefined) return;
	const traces = listedTraces(props);
	const rows = listHeight(props.size);
	const columns = columnsFor(surface.width);
	if (traces.length === 0) paintEmpty(surface, results, props);
	else paintHeadings(surface, columns, theme);
	const cursor = cursorOf(traces, state);
	const offset = offsetFor(cursor - Math.floor(rows / 2), cursor, traces.length, rows);
	const slowest = traces.reduce((most, { duration }) => (duration > most ? duration : most), 1n);
	traces.slice(offset, offset + rows).forEach((summary, index) => {
		const row = surface.within(0, index + 1, surface.width, 1);
		paintTrace(row, summary, { columns, slowest, props });
		if (offset + index !== cursor) return;
		if (theme.level === 'none') row.put(0, 0, theme.glyph('selection'));
		row.restyle(0, 0, row.width, 1, theme.style('selection'));
	});
	paintSummary(surface, results, props);
}

function paintHeadings(surface: Surface, columns: TraceColumns, theme: Theme): void {
	const { time, duration, bar, root, services, spans, errors } = columns;
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
	const service = fit(summary.rootService, columns.root - 1, { ellipsis });
	const nameAt = surface.put(rootAt, 0, service, theme.serviceStyle(summary.rootService)) + 1;
	const room = rootAt + columns.root - 1 - nameAt;
	if (room > 0) surface.put(nameAt, 0, fit(oneLine(summary.rootName), room, { keep: 'end', ellipsis }));
	const through = summary.services.map(({ name }) => name).join(' ');
	const countsAt = rootAt + columns.root + columns.services;
	surface.put(
		rootAt + columns.root,
		0,
		fit(through, Math.max(0, columns.services - 1), { ellipsis }),
		theme.style('dim'),
	);
	const { spans, errors } = countsOf(summary);
	surface.put(countsAt, 0, padStart(spans === 0 ? theme.glyph('dash') : String(spans), columns.spans));
	const failed = errors === 0 ? theme.glyph('info') : `${errors} ${theme.glyph('error')}`;
	const end = countsAt + columns.spans + columns.errors;
	surface.put(end - widthOf(failed), 0, failed, theme.style(errors === 0 ? 'dim' : 'error'));
}

/** The duration as a part of the longest one, in eighths of a cell; a sliver at least. */
function barOf(duration: bigint, longest: bigint, columns: number, theme: Theme): string {
	if (columns <= 0) return '';
	const eighths = Math.max(1, Math.round((Number(duration) / Number(longest)) * columns * 8));
	const rest = eighths % 8;
	return (theme.blocks[7] ?? '').repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : (theme.blocks[rest - 1] ?? ''));
}

/** What Tempo had to say; below it how many traces these are, in which order, and what was asked. */
function paintSummary(surface: Surface, { traces, limit, query }: TraceResults, props: TracesViewProps): void {
	const { theme, findings, state, now } = props;
	const ellipsis = theme.glyph('ellipsis');
	const listed = listedTraces(props).length;
	const all = `${traces.length < limit ? '' : 'the first '}${traces.length} ${traces.length === 1 ? 'trace' : 'traces'}`;
	const shown = listed === traces.length ? all : `${listed} of ${all}`;
	paintLine(surface, surface.height - 2, badgeSegments(badgeOf(findings.results, now), theme), [], ellipsis);
	const left = [segment(`${shown}, ${state.order} first`), segment(`  ${query}`, theme.style('dim'))];
	paintLine(surface, surface.height - 1, left, [], ellipsis);
}

/** Why the list is empty, and the keys that would help. */
function paintEmpty(surface: Surface, { traces, query }: TraceResults, { state, theme }: TracesViewProps): void {
	const text =
		traces.length > 0
			? `No trace (of ${traces.length}) holds ${state.filter}. Press / and empty the text to see all.`
			: `Tempo found no trace for ${query} in this window. _ widens the window, < goes back in time; the newest traces may arrive seconds late: R asks again.`;
	wrapText(text, surface.width - 1).forEach((line, y) => {
		surface.put(1, y, line, theme.style('dim'));
	});
}

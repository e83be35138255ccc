import { type DurationScale, durationAtTop, rowOfDuration } from '../../analysis/duration-scale.ts';
import { formatDuration } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { type Milliseconds, type TimeRange, toMilliseconds } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { axisColumns, columnAt, paintTimeAxis } from '../../widgets/chart-axis.ts';
import type { Theme } from '../../widgets/theme.ts';
import { durationOf, scaleOf } from './durations.ts';
import { paintScatterChoice } from './scatter-range.ts';
import { hasErrors, listedTraces, selectedTrace, type TracesShown } from './state.ts';

type ScatterProps = TracesShown & { readonly theme: Theme };

/**
 * When each trace began and how long it took, on a logarithmic axis. One that failed is red and another glyph; the one
 * under the cursor stands out of its cell.
 *
 *       5 s┤        ✗  ✗✗
 *          │ ◆ ◆◆      ◈
 *      20 ms└◆  ◆ ◆◆ ◆   ◆
 */
export function paintScatter(surface: Surface, props: ScatterProps): void {
	if (surface.height === 0) return;
	const scale = scaleOf(props);
	paintDurationAxis(surface, scale, props.theme);
	const plot = surface.within(axisColumns, 0, surface.width - axisColumns, surface.height);
	const selected = selectedTrace(props);
	const traces = listedTraces(props);
	const failed = traces.filter(each => hasErrors(each, props.place));
	const others = traces.filter(each => !hasErrors(each, props.place));
	for (const summary of [...others, ...failed]) paintDot(plot, summary, scale, props);
	if (selected !== undefined) paintDot(plot, selected, scale, props, true);
	paintScatterChoice(plot, props, scale);
}

function paintDot(
	plot: Surface,
	summary: TraceSummary,
	scale: DurationScale,
	{ theme, place, range }: ScatterProps,
	isSelected = false,
): void {
	const x = columnAt(toMilliseconds(summary.start), range, plot.width);
	if (x === undefined) return;
	const isError = hasErrors(summary, place);
	const style = isError ? theme.style('error') : theme.serviceStyle(summary.rootService);
	const glyph = theme.glyph(isSelected ? 'selectedExemplar' : isError ? 'error' : 'exemplar');
	const y = rowOfDuration(durationOf(summary), scale, plot.height);
	plot.put(x, y, glyph, isSelected ? { ...style, ...theme.style('strong') } : style);
}

/** The longest and the shortest duration, and in a high chart one between them. */
function paintDurationAxis(surface: Surface, scale: DurationScale, theme: Theme): void {
	const style = theme.style('dim');
	const x = axisColumns - 1;
	const last = surface.height - 1;
	for (let y = 0; y <= last; y++) surface.put(x, y, theme.glyph('vertical'), style);
	const middle = surface.height >= 7 ? [Math.floor(surface.height / 2)] : [];
	for (const row of [0, ...middle, last]) {
		const at = row === last ? scale.low : durationAtTop(row, scale, surface.height);
		const text = fit(formatDuration(rounded(at)), x, { ellipsis: theme.glyph('ellipsis') });
		surface.put(x - widthOf(text), row, text, style);
		surface.put(x, row, theme.glyph(row === last ? 'corner' : 'axis'), style);
	}
}

/** Two digits say enough of a length on an axis. */
const rounded = (length: Milliseconds): Milliseconds => Number(length.toPrecision(2));

/** The instants under the scatter. */
export function paintTimes(surface: Surface, range: TimeRange, { theme, timeFormat }: ScatterProps): void {
	if (surface.height === 0) return;
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	paintTimeAxis(surface, range, (at, precision, withDate) => formatClock(at, zone, precision, withDate), theme);
}

import { bridged, resampled } from '../../analysis/resample.ts';
import { formatShareOf, formatUsage, formatUse } from '../../analysis/use-format.ts';
import type { ResourceFigure, ResourceRow } from '../../analysis/use-reading.ts';
import type { UseAspect } from '../../analysis/use-resource.ts';
import type { TimeRange } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, padStart, widthOf } from '../../terminal/width.ts';
import { sparkline } from '../../widgets/sparkline.ts';
import type { GlyphName, Role, Theme } from '../../widgets/theme.ts';

type Mark = { readonly glyph: GlyphName; readonly word: string; readonly role: Role };

/** What is wrong with a resource, in a glyph and a word. */
export const troubleMarks: Readonly<Record<UseAspect, Mark>> = {
	utilization: { glyph: 'critical', word: 'full', role: 'critical' },
	errors: { glyph: 'error', word: 'fails', role: 'error' },
	saturation: { glyph: 'warning', word: 'waits', role: 'warning' },
};

/** The worst first. */
const markOrder = ['utilization', 'errors', 'saturation'] as const;

export type ResourceColumns = {
	readonly name: number;
	readonly share: number;
	readonly usage: number;
	readonly spark: number;
	readonly saturation: number;
	readonly errors: number;
	readonly end: number;
};

const markWidth = 9;
const shareWidth = 6;

/** Where each column begins. What is beyond 80 columns goes to the names first; below 72 there is no sparkline. */
export function resourceColumns(width: number): ResourceColumns {
	const more = Math.max(0, Math.min(40, width - 80));
	const isNarrow = width < 72;
	const share = markWidth + (isNarrow ? 14 : 21) + Math.round(more * 0.25);
	const usage = share + shareWidth + 1;
	const spark = usage + (isNarrow ? 12 : 17);
	const saturation = spark + (isNarrow ? 0 : 7) + Math.round(more * 0.1);
	const errors = saturation + (isNarrow ? 11 : 12) + Math.round(more * 0.3);
	return { name: markWidth, share, usage, spark, saturation, errors, end: width };
}

export function paintResourceTitles(surface: Surface, columns: ResourceColumns, said: string, theme: Theme): void {
	const style = theme.style('dim');
	surface.put(0, 0, fit(said, columns.share - 1, { ellipsis: theme.glyph('ellipsis') }), style);
	surface.put(columns.share, 0, fit('utilization', columns.saturation - columns.share - 1), style);
	surface.put(columns.saturation, 0, 'saturation', style);
	surface.put(columns.errors, 0, 'errors', style);
}

/**
 * One resource in one row, by its worst instances:
 *
 *     ▲ full  database connections   100 %  4 of 4    ▁▁▁▁▁▇██  ● waiting 3  timeouts 0/s
 */
export function paintResourceRow(
	surface: Surface,
	y: number,
	row: ResourceRow,
	{ columns, range, theme }: { readonly columns: ResourceColumns; readonly range: TimeRange; readonly theme: Theme },
): void {
	const worst = markOrder.find(aspect => row.trouble.includes(aspect));
	const ellipsis = theme.glyph('ellipsis');
	if (worst !== undefined) {
		const { glyph, word, role } = troubleMarks[worst];
		surface.put(1, y, `${theme.glyph(glyph)} ${word}`, theme.style(role));
	}
	surface.put(columns.name, y, fit(row.name, columns.share - columns.name - 1, { ellipsis }));
	const { utilization } = row.figures;
	if (utilization !== undefined) {
		const [line] = utilization.lines;
		const isFull = row.trouble.includes('utilization');
		const style = theme.style(isFull ? troubleMarks.utilization.role : 'text');
		surface.put(columns.share, y, padStart(formatShareOf(line), shareWidth), style);
		const isRatio = utilization.unit === 'ratio';
		const usage = isRatio ? utilization.name : formatUsage(line, utilization.unit);
		surface.put(columns.usage, y, fit(usage, columns.spark - columns.usage - 1, { ellipsis }), theme.style('text'));
		const width = Math.max(0, columns.saturation - columns.spark - 1);
		surface.put(columns.spark, y, sparkOf(utilization, range, width, theme), theme.style('dim'));
	}
	paintAspect(
		surface.within(columns.saturation, y, columns.errors - columns.saturation - 1, 1),
		'saturation',
		row,
		theme,
	);
	paintAspect(surface.within(columns.errors, y, columns.end - columns.errors, 1), 'errors', row, theme);
}

/** From nothing to the limit, where there is one that holds; else to its own peak. */
function sparkOf(figure: ResourceFigure, range: TimeRange, width: number, theme: Theme): string {
	const [{ series, limit }] = figure.lines;
	const values = bridged(resampled(series, range, width), 2);
	const top = limit === undefined || limit.soft ? [] : [limit.value];
	return sparkline([...values, ...top], theme.bars).slice(0, width);
}

/** `● waiting 3`; where there is no room for the name, it is told with the chart. */
function paintAspect(surface: Surface, aspect: 'saturation' | 'errors', row: ResourceRow, theme: Theme): void {
	const figure = row.figures[aspect];
	if (figure === undefined) {
		surface.put(0, 0, theme.glyph('dash'), theme.style('dim'));
		return;
	}
	const value = formatUse(figure.lines[0].now, figure.unit);
	const isWrong = row.trouble.includes(aspect);
	const { glyph, role } = troubleMarks[aspect];
	const mark = isWrong ? `${theme.glyph(glyph)} ` : '';
	const whole = `${mark}${figure.name} ${value}`;
	const text = widthOf(whole) <= surface.width ? whole : `${mark}${value}`;
	surface.put(
		0,
		0,
		fit(text, surface.width, { ellipsis: theme.glyph('ellipsis') }),
		theme.style(isWrong ? role : 'text'),
	);
}

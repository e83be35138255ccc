import { formatClock } from '../../analysis/format-time.ts';
import { formatLimitOf, formatSoftLimitOf, formatUsage, formatUse } from '../../analysis/use-format.ts';
import { aspectsOf, type ResourceFigure, type ResourceRow } from '../../analysis/use-reading.ts';
import type { UseAspect, UseGroup } from '../../analysis/use-resource.ts';
import type { FoundResources } from '../../investigation/service-resources.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Series } from '../../model/series.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit } from '../../terminal/width.ts';
import { type ChartLine, paintChart } from '../../widgets/chart.ts';
import { paintTimeAxis } from '../../widgets/chart-axis.ts';
import { type Marked, paintSegments, type Segment, segment } from '../../widgets/line.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { troubleMarks } from './resource-list.ts';
import type { ServiceViewProps } from './view.tsx';

/** Lines that a chart can hold and an eye can follow. */
const mostLines = 4;

/** What there is to see first of a resource: what is wrong with it, else how much of it is used. */
export const firstAspect = (row: ResourceRow): UseAspect => row.trouble[0] ?? aspectsOf(row)[0] ?? 'utilization';

/** One figure of the resource over time, its limit drawn, and the query behind it. */
export function paintResourceChart(
	surface: Surface,
	row: ResourceRow,
	aspect: UseAspect,
	props: ServiceViewProps,
): void {
	const figure = row.figures[aspect];
	if (figure === undefined) return;
	const { theme } = props;
	const queries = firstLines(wrapText(figure.query, surface.width), queryRows(surface.height), surface.width, theme);
	const rows = Math.max(1, surface.height - 2 - queries.length);
	paintSegments(surface, 0, 0, titleOf(row, aspect, figure, props), theme.glyph('ellipsis'));
	const zone = props.timeFormat === 'local' ? 'local' : 'utc';
	paintPlot(surface.within(0, 1, surface.width, rows), figure, props);
	paintTimeAxis(
		surface.within(0, rows + 1, surface.width, 1),
		props.range,
		(at, precision, withDate) => formatClock(at, zone, precision, withDate),
		theme,
	);
	queries.forEach((line, index) => {
		surface.put(0, rows + 2 + index, line, theme.style('dim'));
	});
}

/** As many lines as there is room for; the last one says when there are more. */
function firstLines(lines: readonly string[], rows: number, width: number, theme: Theme): readonly string[] {
	const ellipsis = theme.glyph('ellipsis');
	return lines.slice(0, rows).map((line, index) => {
		const isCut = index === rows - 1 && lines.length > rows;
		return isCut ? `${fit(line, width - 2, { ellipsis: '' })} ${ellipsis}` : fit(line, width, { ellipsis });
	});
}

const queryRows = (height: number): number => (height >= 8 ? 2 : height >= 5 ? 1 : 0);

/** `database connections  in use 4 of 4 (pool)  berths berths:9464  showing 4 of 21`. */
function titleOf(
	row: ResourceRow,
	aspect: UseAspect,
	{ lines, name, unit, total }: ResourceFigure,
	{ theme, state }: ServiceViewProps,
): readonly Segment[] {
	const [worst] = lines;
	const isWrong = row.trouble.includes(aspect);
	const { glyph, role } = troubleMarks[aspect];
	const value =
		state.cursor === undefined
			? formatUsage(worst, unit)
			: `${formatUse(valueBefore(worst.series, state.cursor), unit)} at the cursor`;
	const limit = formatLimitOf(worst, unit);
	const shown = Math.min(lines.length, mostLines);
	return [
		segment(`${row.name}  `, theme.style('strong')),
		segment(
			`${isWrong ? `${theme.glyph(glyph)} ` : ''}${name} ${value}${limit}  `,
			theme.style(isWrong ? role : 'text'),
		),
		...(total > shown ? [segment(`showing ${shown} of ${total}  `, theme.style('warning'))] : []),
		segment(worst.name, theme.style('dim')),
	];
}

/** The last sample at or before an instant; NaN before the first. */
const valueBefore = ({ times, values }: Series, at: Milliseconds): number =>
	values[times.findLastIndex(time => time <= at)] ?? Number.NaN;

function paintPlot(surface: Surface, { lines, unit, worry }: ResourceFigure, props: ServiceViewProps): void {
	const { theme, state, range, findings } = props;
	const shown = lines.slice(0, mostLines);
	const [worst] = lines;
	const roles: readonly Role[] = [worst.beyond ? 'error' : 'link', 'ok', 'warning', 'dim'];
	const drawn: readonly ChartLine[] = shown.map(({ series }, index) => ({
		series,
		style: theme.style(findings.resources.status === 'failed' ? 'dim' : (roles[index] ?? 'dim')),
	}));
	const limit = worst.limit?.value ?? (worry > 0 && Number.isFinite(worry) ? worry : undefined);
	paintChart(
		surface,
		{
			lines: drawn.toReversed(),
			range,
			step: lastValueOf(findings.resources)?.grid.step ?? range.to - range.from,
			filled: shown.length === 1,
			format: value => formatUse(value, unit),
			memory: unit === 'bytes',
			marks: [],
			points: [],
			...(limit === undefined ? {} : { threshold: limit }),
			...(state.cursor === undefined ? {} : { cursor: state.cursor }),
		},
		theme,
	);
}

/** How the service was told from others, and that there is more to know. */
export const searchDetails = ({ restrictions, missing }: FoundResources): readonly Marked[] => [
	{ text: `Looked at series with ${restrictions.join(' ')}`, role: 'dim' },
	...(missing.length === 0
		? []
		: [{ text: `d lists the ${missing.length} resources that were looked for and not found.`, role: 'dim' as const }]),
];

/** The instances of a resource, the worst first, and the queries behind them. */
export const instanceDetails = (row: ResourceRow): readonly Marked[] =>
	aspectsOf(row).flatMap(aspect => {
		const figure = row.figures[aspect];
		if (figure === undefined) return [];
		const { lines, name, unit, total, query, limitQueries } = figure;
		const count = total > 1 ? `  ${lines.length} of ${total}` : '';
		const named = lines
			.filter(line => line.name !== '')
			.map(line => `${line.name} ${formatUsage(line, unit)}${formatSoftLimitOf(line, unit)}`);
		return [
			{ text: `${aspect}: ${name}${count}`, role: 'strong' as const },
			...named.map(text => ({ text, role: 'text' as const })),
			{ text: query, role: 'dim' as const },
			...limitQueries.map(text => ({ text: `limit ${text}`, role: 'dim' as const })),
		];
	});

/** What was looked for and not found, by group. */
export function missingDetails({ missing }: FoundResources): readonly Marked[] {
	const byGroup = new Map<UseGroup, string[]>();
	for (const { group, name } of missing) byGroup.set(group, [...(byGroup.get(group) ?? []), name]);
	return [
		...(missing.length === 0 ? [] : [{ text: 'Looked for and not found:', role: 'strong' as const }]),
		...[...byGroup].map(([group, names]) => ({ text: `${group}: ${names.join(', ')}`, role: 'dim' as const })),
	];
}

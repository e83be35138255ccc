import { formatShareOf, formatSoftLimitOf, formatUsage, formatUse } from '../../analysis/use-format.ts';
import { aspectsOf, type ResourceFigure, type ResourceLine, type ResourceRow } from '../../analysis/use-reading.ts';
import { type UseAspect, useAspects } from '../../analysis/use-resource.ts';
import type { FoundResources } from '../../investigation/service-resources.ts';
import { type Block, paragraph, table } from './document.ts';
import { type Json, numberJson, seriesJson } from './json.ts';

/** What is wrong with a resource, in words. */
const troubles: Readonly<Record<UseAspect, string>> = { utilization: 'full', saturation: 'waits', errors: 'fails' };

/** Each resource in a row, the worst first, and the names of those that were looked for and not found. */
export function resourceBlocks({ rows, missing, restrictions }: FoundResources): readonly Block[] {
	const absent = `Looked for and not found: ${missing.map(({ name }) => name).join(', ')}.`;
	if (rows.length === 0) return [paragraph('Nothing tells of its resources in this window.'), paragraph(absent)];
	return [
		paragraph(`From series with ${restrictions.join(' ')}.`),
		table(
			[
				{ title: 'resource' },
				{ title: 'trouble' },
				{ title: 'share', align: 'right' },
				{ title: 'utilization' },
				{ title: 'saturation' },
				{ title: 'errors' },
				{ title: 'worst' },
			],
			rows.map(rowCells),
		),
		...(missing.length === 0 ? [] : [paragraph(absent)]),
	];
}

function rowCells(row: ResourceRow): readonly string[] {
	const { utilization, saturation, errors } = row.figures;
	const worst = utilization ?? saturation ?? errors;
	return [
		row.name,
		row.trouble.map(aspect => troubles[aspect]).join(', '),
		utilization === undefined ? '' : formatShareOf(utilization.lines[0]),
		utilization === undefined ? '' : `${utilization.name} ${usageOf(utilization)}`,
		figureCell(saturation),
		figureCell(errors),
		`${worst?.lines[0].name ?? ''}${worst !== undefined && worst.total > 1 ? ` (of ${worst.total})` : ''}`,
	];
}

/** `0.42 of 0.25 CPU (request)`; whose limit goes without saying where nothing stands in for it. */
const usageOf = ({ lines: [line], unit }: ResourceFigure): string =>
	`${formatUsage(line, unit)}${formatSoftLimitOf(line, unit)}`;

const figureCell = (figure: ResourceFigure | undefined): string =>
	figure === undefined ? '' : `${figure.name} ${formatUse(figure.lines[0].now, figure.unit)}`;

/** The same with documented names; what is not known is null. Lines are the worst first, at most eight of `total`. */
export const resourcesJson = ({ rows, missing, restrictions, grid }: FoundResources): Json => ({
	selectors: restrictions,
	stepSeconds: grid.step / 1000,
	rows: rows.map(rowJson),
	notFound: missing.map(({ name, group, metrics }) => ({ name, group, metrics })),
});

const rowJson = (row: ResourceRow): Json => ({
	key: row.key,
	name: row.name,
	group: row.group,
	trouble: useAspects.filter(aspect => row.trouble.includes(aspect)),
	...Object.fromEntries(
		aspectsOf(row).flatMap(aspect => {
			const figure = row.figures[aspect];
			return figure === undefined ? [] : [[aspect, figureJson(figure)]];
		}),
	),
});

const figureJson = ({ name, unit, query, limitQueries, lines, total, worry }: ResourceFigure): Json => ({
	name,
	unit,
	query,
	limitQueries,
	troubleAbove: numberJson(worry),
	total,
	lines: lines.map(lineJson),
});

const lineJson = ({ name, now, limit, share, beyond, series }: ResourceLine): Json => ({
	name,
	now: numberJson(now),
	limit: limit && { value: limit.value, of: limit.of, soft: limit.soft },
	share: numberJson(share),
	trouble: beyond,
	...(seriesJson(series) as { readonly [name: string]: Json }),
});

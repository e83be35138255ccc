import { type LabelFinding, shownPair } from '../../analysis/cardinality.ts';
import { formatCount, formatMemory } from '../../analysis/format.ts';
import { shapeNames } from '../../analysis/label-values.ts';
import { type CardinalityFindings, noCardinalityFindings } from '../../investigation/cardinality.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { CardinalityPlace } from '../../model/place.ts';
import type { Counted, TsdbStatus } from '../../model/tsdb.ts';
import { type Block, heading, paragraph, table } from './document.ts';
import { type Json, numberJson, timeJson } from './json.ts';
import type { Printer } from './printer.ts';

const countedTable = (
	title: string,
	counts: readonly Counted[],
	format: (count: number) => string = formatCount,
): readonly Block[] =>
	counts.length === 0
		? []
		: [
				heading(title),
				table(
					[{ title: 'name' }, { title: 'count', align: 'right' }],
					counts.map(({ name, count }) => [name, format(count)]),
				),
			];

const labelTable = (labels: readonly LabelFinding[]): Block =>
	table(
		[{ title: 'label' }, { title: 'values', align: 'right' }, { title: 'are' }, { title: 'bound' }, { title: 'query' }],
		labels.map(({ label, count, shape, unbounded, query }) => [
			label,
			formatCount(count),
			shapeNames[shape],
			unbounded ? 'none' : 'yes',
			query,
		]),
	);

/** Names with this in them; a pair without its secrets. */
function filtered(status: TsdbStatus, filter = ''): TsdbStatus {
	const wanted = filter.toLowerCase();
	const some = (counts: readonly Counted[]) => counts.filter(({ name }) => name.toLowerCase().includes(wanted));
	return {
		...status,
		seriesByMetric: some(status.seriesByMetric),
		valuesByLabel: some(status.valuesByLabel),
		bytesByLabel: some(status.bytesByLabel),
		seriesByPair: some(status.seriesByPair.map(({ name, count }) => ({ name: shownPair(name), count }))),
	};
}

const countsJson = (counts: readonly Counted[]): Json => counts.map(({ name, count }) => ({ name, count }));

const findingJson = ({ label, count, shape, unbounded, why, examples, metric, query }: LabelFinding): Json => ({
	label,
	count,
	shape,
	unbounded,
	why,
	examples,
	metric,
	query,
});

const instantJson = (at: number): Json => (Number.isNaN(at) ? null : timeJson(at));

export const cardinalityPrinter: Printer<CardinalityPlace, CardinalityFindings> = {
	nothing: noCardinalityFindings,
	main: () => 'status',
	blocks: ({ findings, place }) => {
		const known = lastValueOf(findings.status);
		if (known === undefined) return [];
		const status = filtered(known, place.filter);
		const labels = lastValueOf(findings.labels) ?? [];
		const flagged = labels.filter(({ unbounded }) => unbounded);
		return [
			paragraph(`${formatCount(status.series)} series.`),
			...flagged.map(({ label, why }) => paragraph(`${label}: ${why}`)),
			...(labels.length === 0 ? [] : [heading('Labels that were looked into'), labelTable(labels)]),
			...countedTable('Values by label', status.valuesByLabel),
			...countedTable('Series by metric', status.seriesByMetric),
			...countedTable('Series by pair', status.seriesByPair),
			...countedTable('Memory by label', status.bytesByLabel, formatMemory),
		];
	},
	json: ({ findings, place }) => {
		const known = lastValueOf(findings.status);
		if (known === undefined) return {};
		const status = filtered(known, place.filter);
		return {
			series: numberJson(status.series),
			labelPairs: numberJson(status.labelPairs),
			chunks: numberJson(status.chunks),
			from: instantJson(status.from),
			to: instantJson(status.to),
			labels: lastValueOf(findings.labels)?.map(findingJson),
			seriesByMetric: countsJson(status.seriesByMetric),
			valuesByLabel: countsJson(status.valuesByLabel),
			bytesByLabel: countsJson(status.bytesByLabel),
			seriesByPair: countsJson(status.seriesByPair),
		};
	},
};

import { hour, type Milliseconds, type TimeRange } from '../../model/time.ts';
import { BadData } from './parameters.ts';
import type { Handled } from './query-routes.ts';
import type { Storage } from './storage.ts';

/** The head block holds what came within this time; older samples have been compacted. */
export const headLength: Milliseconds = 2 * hour;

type Count = { readonly name: string; readonly value: number };

const largest = (counts: ReadonlyMap<string, number>, limit: number): readonly Count[] =>
	[...counts]
		.map(([name, value]) => ({ name, value }))
		.sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
		.slice(0, limit);

const limitOf = (parameters: URLSearchParams): number => {
	const limit = Number(parameters.get('limit') ?? 10);
	if (!Number.isInteger(limit) || limit < 1) throw new BadData('limit must be a positive number');
	return limit;
};

/** `/api/v1/status/tsdb`: what the series of the head are made of, counted as Prometheus counts its postings. */
export const tsdbStatusQuery = (parameters: URLSearchParams, storage: Storage, { from, to }: TimeRange): Handled => {
	const limit = limitOf(parameters);
	const series = storage.select([]).filter(each => each.isIn(from, to));
	const metrics = new Map<string, number>();
	const pairs = new Map<string, number>();
	const values = new Map<string, Set<string>>();
	const bytes = new Map<string, number>();
	const add = (counts: Map<string, number>, name: string, count: number) =>
		counts.set(name, (counts.get(name) ?? 0) + count);
	for (const { labels } of series) {
		add(metrics, labels.__name__ ?? '', 1);
		for (const [name, value] of Object.entries(labels)) {
			add(pairs, `${name}=${value}`, 1);
			add(bytes, name, Buffer.byteLength(value));
			values.set(name, (values.get(name) ?? new Set()).add(value));
		}
	}
	const valueCounts = new Map([...values].map(([name, { size }]) => [name, size]));
	return {
		data: {
			headStats: {
				numSeries: series.length,
				numLabelPairs: pairs.size,
				chunkCount: series.length,
				minTime: from,
				maxTime: to,
			},
			seriesCountByMetricName: largest(metrics, limit),
			labelValueCountByLabelName: largest(valueCounts, limit),
			memoryInBytesByLabelName: largest(bytes, limit),
			seriesCountByLabelValuePair: largest(pairs, limit),
		},
	};
};

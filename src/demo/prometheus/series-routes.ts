import { type Labels, labelsKey } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import { families } from './families.ts';
import { ordered } from './label-order.ts';
import { BadData, limitOf, selectorsOf, timeOf } from './parameters.ts';
import type { Handled } from './query-routes.ts';
import type { Storage } from './storage.ts';

/** The label sets of all series that match one of the selectors and have a sample within start and end. */
const matchingLabels = (parameters: URLSearchParams, storage: Storage, now: Milliseconds): readonly Labels[] => {
	const start = timeOf(parameters, 'start', 0);
	const end = timeOf(parameters, 'end', now);
	const selectors = selectorsOf(parameters);
	const matchers = selectors.length > 0 ? selectors.map(selector => selector.matchers) : [[]];
	const found = new Map<string, Labels>();
	for (const each of matchers) {
		for (const series of storage.select(each)) {
			if (series.isIn(start, Math.min(end, now))) found.set(labelsKey(series.labels), series.labels);
		}
	}
	return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, labels]) => labels);
};

const cut = (items: readonly unknown[], limit: number): Handled =>
	items.length > limit
		? { data: items.slice(0, limit), warnings: ['results truncated due to limit'] }
		: { data: items };

/** `/api/v1/series` */
export const seriesQuery = (parameters: URLSearchParams, storage: Storage, now: Milliseconds): Handled => {
	if (!parameters.has('match[]')) throw new BadData('no match[] parameter provided');
	return cut(matchingLabels(parameters, storage, now).map(ordered), limitOf(parameters));
};

/** `/api/v1/labels` */
export const labelNamesQuery = (parameters: URLSearchParams, storage: Storage, now: Milliseconds): Handled => {
	const names = new Set(matchingLabels(parameters, storage, now).flatMap(labels => Object.keys(labels)));
	return cut([...names].sort(), limitOf(parameters));
};

/** `/api/v1/label/<name>/values` */
export const labelValuesQuery = (
	name: string,
	parameters: URLSearchParams,
	storage: Storage,
	now: Milliseconds,
): Handled => {
	if (name === '') throw new BadData(`invalid label name: ${JSON.stringify(name)}`);
	const values = new Set(matchingLabels(parameters, storage, now).flatMap(labels => labels[name] ?? []));
	return cut([...values].sort(), limitOf(parameters));
};

/** `/api/v1/metadata` */
export const metadataQuery = (parameters: URLSearchParams): Handled => {
	const wanted = parameters.get('metric');
	const entries = Object.entries(families)
		.filter(([name]) => wanted === null || name === wanted)
		.slice(0, limitOf(parameters));
	return { data: Object.fromEntries(entries.map(([name, { type, help }]) => [name, [{ type, unit: '', help }]])) };
};

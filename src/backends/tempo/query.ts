import { hour, type TimeRange } from '../../model/time.ts';
import type { HttpRequest } from '../message.ts';
import { spanReading } from './read-span.ts';
import { costOf } from './to-model.ts';

type Parameters = readonly (readonly [name: string, value: string])[];

/** Tempo takes whole seconds only, and the start must lie before the end. */
const rangeParameters = ({ from, to }: TimeRange): Parameters => {
	const start = Math.max(0, Math.floor(from / 1000));
	return [
		['start', String(start)],
		['end', String(Math.max(start + 1, Math.ceil(to / 1000)))],
	];
};

/**
 * A trace by its ID. The window only spares the server blocks to look into; spans outside it are missing without a word,
 * so it is widened by an hour on either side.
 */
export const traceRequest = (version: 'v1' | 'v2', id: string, hint: TimeRange | undefined): HttpRequest => ({
	path: `/api/${version === 'v2' ? 'v2/' : ''}traces/${id}`,
	parameters: hint === undefined ? [] : rangeParameters({ from: hint.from - hour, to: hint.to + hour }),
	costOf,
	items: spanReading(),
});

/** Of each trace one matching span is sent (`spss`): only how many matched is shown. */
export const searchRequest = (traceql: string, range: TimeRange, limit: number): HttpRequest => ({
	path: '/api/search',
	parameters: [['q', traceql], ...rangeParameters(range), ['limit', String(limit)], ['spss', '1']],
	query: traceql,
	costOf,
});

/** How many spans there were in all of a range (TraceQL metrics, https://grafana.com/docs/tempo/latest/metrics-from-traces/). */
export const countRequest = (range: TimeRange): HttpRequest => ({
	path: '/api/metrics/query_range',
	parameters: [['q', '{ } | count_over_time()'], ...rangeParameters(range), ['step', '60s']],
	query: '{ } | count_over_time()',
});

/** What can be asked for; older servers look past `limit`. */
export const tagsRequest = (version: 'v1' | 'v2', range: TimeRange, limit: number): HttpRequest => ({
	path: `/api/${version === 'v2' ? 'v2/' : ''}search/tags`,
	parameters: [...rangeParameters(range), ['limit', String(limit)]],
	costOf,
});

/** Some values of one tag, of spans that `filter` selects where the server heeds it. */
export const tagValuesRequest = (
	version: 'v1' | 'v2',
	tag: string,
	{ filter, range, limit }: { readonly filter?: string; readonly range: TimeRange; readonly limit: number },
): HttpRequest => ({
	path: `/api/${version === 'v2' ? 'v2/' : ''}search/tag/${encodeURIComponent(tag)}/values`,
	parameters: [
		...(filter === undefined ? [] : [['q', filter] as const]),
		...rangeParameters(range),
		['limit', String(limit)],
	],
	costOf,
});

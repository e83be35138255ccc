import type { AlertRule } from '../../model/alert.ts';
import { type Answer, answer } from '../../model/answer.ts';
import { failureOf } from '../../model/failure.ts';
import type { Labels } from '../../model/labels.ts';
import type { Exemplar, Grid, HistogramSeries, Sample, Series } from '../../model/series.ts';
import type { Milliseconds, TimeRange } from '../../model/time.ts';
import type { TsdbStatus } from '../../model/tsdb.ts';
import { distinctNames } from '../distinct-names.ts';
import type { Asking, Http, HttpRequest } from '../http.ts';
import { histogramsAnswer, histogramsOf } from './histograms.ts';
import { askMimirCardinality } from './mimir-cardinality.ts';
import {
	exemplarParameters,
	gridParameters,
	instantParameters,
	labelValuesPath,
	matchParameters,
	rangeParameters,
	tsdbParameters,
} from './query.ts';
import { createRulesAsking, hidesPath } from './rules.ts';
import { type Envelope, exemplarsAnswer, namesAnswer, queryAnswer, seriesAnswer, tsdbAnswer } from './schema.ts';
import {
	costOf,
	cutSeries,
	exemplarsOf,
	mapped,
	samplesOf,
	samplesReadOf,
	saysCut,
	seriesOf,
	tsdbOf,
} from './to-model.ts';

/** The questions smokejumper has for Prometheus and what speaks its API. Each rejects with a `FailureError`. */
export type Prometheus = {
	/** Alerting rules with their active alerts. VictoriaMetrics without vmalert has none, which is noted. */
	rules(asking: Asking): Promise<Answer<readonly AlertRule[]>>;
	/** An instant query; `at` is the server's now when absent. */
	query(promql: string, at: Milliseconds | undefined, asking: Asking): Promise<Answer<readonly Sample[]>>;
	queryRange(promql: string, grid: Grid, asking: Asking): Promise<Answer<readonly Series[]>>;
	/** The native histograms of a range query; VictoriaMetrics answers none. Series of numbers are left out and noted. */
	queryHistograms(promql: string, grid: Grid, asking: Asking): Promise<Answer<readonly HistogramSeries[]>>;
	/** Label sets of the series that match any of the selectors, at most `limit`; a cut is noted. */
	series(
		selectors: readonly string[],
		range: TimeRange,
		limit: number,
		asking: Asking,
	): Promise<Answer<readonly Labels[]>>;
	labelNames(selectors: readonly string[], range: TimeRange, asking: Asking): Promise<Answer<readonly string[]>>;
	/** Some of a label's values, at most `limit`; which, the server decides. */
	labelValues(
		name: string,
		selectors: readonly string[],
		range: TimeRange,
		limit: number,
		asking: Asking,
	): Promise<Answer<readonly string[]>>;
	/**
	 * What the newest samples are made of, at most `limit` of each, as Prometheus or as Mimir counts it. Cortex and older
	 * Thanos do not: `not-found`.
	 */
	tsdbStatus(limit: number, asking: Asking): Promise<Answer<TsdbStatus>>;
	/** Empty where the server keeps no exemplars, or the expression holds no selector. */
	exemplars(promql: string, range: TimeRange, asking: Asking): Promise<Answer<readonly Exemplar[]>>;
};

/** Prometheus behind one HTTP door. */
export function createPrometheus(http: Http): Prometheus {
	const ask = createFormAsking(http);
	return {
		rules: createRulesAsking(http),
		query: async (promql, at, asking) => {
			const request = queryRequest('/api/v1/query', promql, instantParameters(promql, at));
			return mapped(await ask(request, queryAnswer, asking), samplesOf);
		},
		queryRange: async (promql, grid, asking) => {
			const request = queryRequest('/api/v1/query_range', promql, gridParameters(promql, grid));
			return mapped(await ask(request, queryAnswer, asking), seriesOf);
		},
		queryHistograms: async (promql, grid, asking) => {
			const request = queryRequest('/api/v1/query_range', promql, gridParameters(promql, grid));
			return mapped(await ask(request, histogramsAnswer, asking), histogramsOf);
		},
		series: async (selectors, range, limit, asking) => {
			// One more than wanted: whoever knows `limit` cuts there, and whether there are more is known all the same.
			const parameters = [
				...matchParameters(selectors),
				...rangeParameters(range),
				['limit', String(limit + 1)] as const,
			];
			const given = await ask({ path: '/api/v1/series', parameters }, seriesAnswer, asking);
			const { value, notes } = mapped(given, found => cutSeries(found ?? [], limit));
			return answer(value, value.length < limit ? notes : notes.filter(note => !saysCut(note)));
		},
		labelNames: async (selectors, range, asking) => {
			const parameters = [...matchParameters(selectors), ...rangeParameters(range)];
			return names(await ask({ path: '/api/v1/labels', parameters }, namesAnswer, asking));
		},
		labelValues: async (name, selectors, range, limit, asking) => {
			const parameters = [...matchParameters(selectors), ...rangeParameters(range), ['limit', String(limit)] as const];
			const { value, notes } = names(await http.json({ path: labelValuesPath(name), parameters }, namesAnswer, asking));
			return answer(
				value.slice(0, limit),
				notes.filter(note => !saysCut(note)),
			);
		},
		tsdbStatus: async (limit, asking) => {
			const request: HttpRequest = { path: '/api/v1/status/tsdb', parameters: tsdbParameters(limit) };
			try {
				return mapped(await http.json(request, tsdbAnswer, asking), tsdbOf);
			} catch (error) {
				const failure = failureOf(error);
				if (!hidesPath.includes(failure.kind)) throw error;
				return await askMimirCardinality(http, limit, asking).catch(other => {
					// Who knows neither is no Mimir; one that knows its own has the better reason.
					throw failureOf(other).status === failure.status ? error : other;
				});
			}
		},
		exemplars: async (promql, range, asking) => {
			const request = queryRequest('/api/v1/query_exemplars', promql, exemplarParameters(promql, range));
			const given = await ask(request, exemplarsAnswer, asking);
			return given === undefined ? answer([]) : mapped(given, data => answer(exemplarsOf(data)));
		},
	};
}

/** Asks by form, which has room for long queries; by URL when the server takes no forms (405), from then on. */
function createFormAsking(http: Http): Http['json'] {
	let method: 'POST' | 'GET' = 'POST';
	return async (request, schema, asking) => {
		const tried = method;
		try {
			return await http.json({ ...request, method: tried }, schema, asking);
		} catch (error) {
			if (tried === 'GET' || failureOf(error).status !== 405) throw error;
			method = 'GET';
			return http.json({ ...request, method }, schema, asking);
		}
	};
}

const queryRequest = (path: string, query: string, parameters: HttpRequest['parameters'] = []): HttpRequest => ({
	path,
	parameters,
	query,
	costOf,
	samplesOf: samplesReadOf,
});

const names = (given: Envelope<readonly string[] | null | undefined>): Answer<readonly string[]> =>
	mapped(given, data => answer(distinctNames(data)));

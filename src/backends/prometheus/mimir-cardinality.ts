import * as z from 'zod/mini';
import { type Answer, answer, type Note } from '../../model/answer.ts';
import type { Counted, TsdbStatus } from '../../model/tsdb.ts';
import type { Asking, Http } from '../http.ts';

/*
 * Mimir keeps its newest samples in many ingesters and has no status of one of them; it counts series and values over
 * all of them instead, where its operators allow it
 * (https://grafana.com/docs/mimir/latest/references/http-api/#label-names-cardinality and the next section there).
 * Unlike the rest of the API these answers have no envelope.
 */

const namesCardinality = z.object({
	label_values_count_total: z.number(),
	cardinality: z.nullish(z.array(z.object({ label_name: z.string(), label_values_count: z.number() }))),
});

const valuesCardinality = z.object({
	series_count_total: z.number(),
	labels: z.nullish(
		z.array(
			z.object({
				label_name: z.string(),
				cardinality: z.nullish(z.array(z.object({ label_value: z.string(), series_count: z.number() }))),
			}),
		),
	),
});

type ValuesCardinality = z.infer<typeof valuesCardinality>;

/** More are refused (400). */
const mostItems = 500;

/** Labels that say where series come from: few values with many series each, of which the pairs are told. */
const pairLabels = ['cluster', 'namespace', 'job', 'service_name', 'service', 'instance', 'pod', 'container'];

const onlySomePairs: Note = {
	kind: 'partial',
	text: 'Mimir counts the pairs of a few labels only, and no bytes, chunks or times.',
};

/** What Mimir's ingesters hold, at most `limit` of each list and of each label's pairs. */
export async function askMimirCardinality(http: Http, limit: number, asking: Asking): Promise<Answer<TsdbStatus>> {
	const most = ['limit', String(Math.min(limit, mostItems))] as const;
	const labels = ['__name__', ...pairLabels].map(name => ['label_names[]', name] as const);
	const [names, values] = await Promise.all([
		http.json({ path: '/api/v1/cardinality/label_names', parameters: [most] }, namesCardinality, asking),
		http.json({ path: '/api/v1/cardinality/label_values', parameters: [...labels, most] }, valuesCardinality, asking),
	]);
	const status: TsdbStatus = {
		series: values.series_count_total,
		// A value of a label is a pair of the two.
		labelPairs: names.label_values_count_total,
		chunks: NaN,
		from: NaN,
		to: NaN,
		seriesByMetric: seriesBy('__name__', values).slice(0, limit),
		valuesByLabel: (names.cardinality ?? [])
			.map(({ label_name: name, label_values_count: count }) => ({ name, count }))
			.slice(0, limit),
		bytesByLabel: [],
		seriesByPair: pairLabels
			.flatMap(label => seriesBy(label, values).map(({ name, count }) => ({ name: `${label}=${name}`, count })))
			.sort((a, b) => b.count - a.count)
			.slice(0, limit),
	};
	return answer(status, [onlySomePairs]);
}

/** How many series have each value of the label, the most first as the server has them. */
const seriesBy = (label: string, { labels }: ValuesCardinality): readonly Counted[] =>
	(labels?.find(({ label_name: name }) => name === label)?.cardinality ?? []).map(
		({ label_value: name, series_count: count }) => ({ name, count }),
	);

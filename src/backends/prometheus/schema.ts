import * as z from 'zod/mini';
import { readableItems } from '../readable-items.ts';

/*
 * The answers of the Prometheus HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/), as Prometheus 2 and
 * 3, VictoriaMetrics, Mimir and Thanos give them. Unknown keys are dropped; enumerations stay open.
 */

export const labels = z.record(z.string(), z.string());

/** A point is `[seconds, "value"]`. Checked by hand: a chart has ten thousands of them. */
const point = z.custom<readonly [number, string]>(
	value => Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string',
);

/** What stands round every answer. */
export type Envelope<Data> = {
	readonly data: Data;
	readonly warnings?: readonly string[] | null | undefined;
	/** Apart from `warnings` since Prometheus 2.54. */
	readonly infos?: readonly string[] | null | undefined;
	/** VictoriaMetrics' cluster: a storage node did not answer. */
	readonly isPartial?: boolean | undefined;
};

/** An answer with this in it. */
export const envelope = <Data>(data: z.ZodMiniType<Data>): z.ZodMiniType<Envelope<Data>> =>
	z.object({
		status: z.literal('success'),
		data,
		warnings: z.nullish(z.array(z.string())),
		infos: z.nullish(z.array(z.string())),
		isPartial: z.optional(z.boolean()),
	});

/** An element of a vector has one of the two. */
const vectorElement = z.object({ metric: labels, value: z.optional(point), histogram: z.optional(z.unknown()) });

/** An element of a matrix has one of the two, or both. */
const matrixElement = z.object({
	metric: labels,
	values: z.optional(z.array(point)),
	histograms: z.optional(z.array(z.unknown())),
});

export type VectorElement = z.infer<typeof vectorElement>;
export type MatrixElement = z.infer<typeof matrixElement>;

const queryData = z.discriminatedUnion('resultType', [
	z.object({ resultType: z.literal('vector'), result: z.array(vectorElement) }),
	z.object({ resultType: z.literal('matrix'), result: z.array(matrixElement) }),
	z.object({ resultType: z.literal('scalar'), result: point }),
	z.object({ resultType: z.literal('string'), result: point }),
]);

export type QueryData = z.infer<typeof queryData>;

export const queryAnswer = envelope(queryData);

export const namesAnswer = envelope(z.nullish(z.array(z.string())));

export const seriesAnswer = envelope(z.nullish(z.array(labels)));

const exemplarsData = z.nullish(
	z.array(
		z.object({
			seriesLabels: labels,
			exemplars: z.nullish(z.array(z.object({ labels, value: z.string(), timestamp: z.number() }))),
		}),
	),
);

export type ExemplarsData = z.infer<typeof exemplarsData>;

/** The one answer that may be empty: 204 for an expression without a selector. */
export const exemplarsAnswer = z.optional(envelope(exemplarsData));

const buildInfoData = z.object({
	/** VictoriaMetrics: `2.24.0` for ever, none in old releases. */
	version: z.optional(z.string()),
	revision: z.optional(z.string()),
	goVersion: z.optional(z.string()),
	/** What is no Prometheus says so: `Grafana Mimir`. */
	application: z.optional(z.string()),
});

export type BuildInfoData = z.infer<typeof buildInfoData>;

export const buildInfoAnswer = envelope(buildInfoData);

/** vmalert leaves empty parts out; Grafana writes `null` for an instant that it does not know. */
const alert = z.object({
	labels: z._default(labels, {}),
	annotations: z._default(labels, {}),
	state: z.string(),
	activeAt: z.nullish(z.string()),
	value: z.optional(z.string()),
});

export type WireAlert = z.infer<typeof alert>;

/** `alerts` is `null` where they were not asked for. */
const rule = z.discriminatedUnion('type', [
	z.object({
		type: z.literal('alerting'),
		name: z.string(),
		query: z.string(),
		duration: z.optional(z.number()),
		labels: z._default(labels, {}),
		annotations: z._default(labels, {}),
		health: z._default(z.string(), 'unknown'),
		lastError: z.optional(z.string()),
		alerts: z.nullish(readableItems(alert)),
	}),
	z.object({
		type: z.literal('recording'),
		name: z._default(z.string(), ''),
		query: z._default(z.string(), ''),
		labels: z._default(labels, {}),
	}),
]);

export type WireRule = Extract<z.infer<typeof rule>, { type: 'alerting' }>;

/** vmalert writes `null` for the rules of an empty group. */
const rulesData = z.object({
	groups: z.array(z.object({ name: z.string(), file: z.optional(z.string()), rules: z.nullable(readableItems(rule)) })),
});

export type RulesData = z.infer<typeof rulesData>;

export const rulesAnswer = envelope(rulesData);

const alertsData = z.object({ alerts: readableItems(alert) });

export type AlertsData = z.infer<typeof alertsData>;

/** `GET /api/v1/alerts`: the active alerts without their rules (https://prometheus.io/docs/prometheus/latest/querying/api/#alerts). */
export const alertsAnswer = envelope(alertsData);

const counted = z.nullish(z.array(z.object({ name: z.string(), value: z.number() })));

/** VictoriaMetrics has totals in place of the head's, and does not count bytes. */
const tsdbData = z.object({
	headStats: z.optional(
		z.object({
			numSeries: z.optional(z.number()),
			numLabelPairs: z.optional(z.number()),
			chunkCount: z.optional(z.number()),
			minTime: z.optional(z.number()),
			maxTime: z.optional(z.number()),
		}),
	),
	totalSeries: z.optional(z.number()),
	totalLabelValuePairs: z.optional(z.number()),
	seriesCountByMetricName: counted,
	labelValueCountByLabelName: counted,
	memoryInBytesByLabelName: counted,
	seriesCountByLabelValuePair: counted,
});

export type TsdbData = z.infer<typeof tsdbData>;

/** `GET /api/v1/status/tsdb` (https://prometheus.io/docs/prometheus/latest/querying/api/#tsdb-stats). */
export const tsdbAnswer = envelope(tsdbData);

/** What a query cost: Prometheus inside `data` when asked, VictoriaMetrics beside it always. */
export const costs = z.object({
	data: z.nullish(
		z.object({
			stats: z.optional(z.object({ samples: z.optional(z.object({ totalQueryableSamples: z.number() })) })),
		}),
	),
	stats: z.optional(z.object({ seriesFetched: z.string(), executionTimeMsec: z.number() })),
});

const answeredSeries = z.object({
	values: z.optional(z.array(z.unknown())),
	histograms: z.optional(z.array(z.unknown())),
});
export type AnsweredSeries = z.infer<typeof answeredSeries>;

/** How many points an answer holds, whatever they are. */
export const answeredPoints = z.object({ data: z.nullish(z.object({ result: z.array(answeredSeries) })) });

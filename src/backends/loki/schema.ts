import * as z from 'zod/mini';
import { firstWrong, type LogValue } from './log-value.ts';

/**
 * What Loki sends (HTTP API of 2.6 to 3.7). Objects are open: every release adds statistics. What Loki omits when it is
 * empty is optional here, and nothing else is.
 */

const labels = z.record(z.string(), z.string());

const logValues = z.custom<readonly LogValue[]>(Array.isArray).check(({ value, issues }) => {
	const found = firstWrong(value);
	if (found !== undefined) issues.push({ code: 'invalid_type', input: value, ...found });
});

const stream = z.object({ stream: labels, values: z.nullish(logValues) });

/** `[<unix seconds>, "<Go float>"]` */
const sample = z.tuple([z.number(), z.string()]);

const data = z.discriminatedUnion('resultType', [
	z.object({ resultType: z.literal('streams'), result: z.nullable(z.array(stream)) }),
	z.object({
		resultType: z.literal('matrix'),
		result: z.nullable(z.array(z.object({ metric: labels, values: z.array(sample) }))),
	}),
	z.object({
		resultType: z.literal('vector'),
		result: z.nullable(z.array(z.object({ metric: labels, value: sample }))),
	}),
	z.object({ resultType: z.literal('scalar'), result: sample }),
]);

/** `/query_range`, and `/query` and `/index/volume`, which answer in the same shape. */
export const queryAnswer = z.object({ data, warnings: z.nullish(z.array(z.string())) });
export type QueryAnswer = z.infer<typeof queryAnswer>;
export type QueryData = QueryAnswer['data'];
export type LogStream = z.infer<typeof stream>;

/** The part of a query's answer that says what it cost. */
export const costAnswer = z.object({
	data: z.object({
		stats: z.object({ summary: z.object({ totalBytesProcessed: z.number(), totalLinesProcessed: z.number() }) }),
	}),
});

/** `/labels` and `/label/{name}/values`: `data` is missing when there is nothing. */
export const namesAnswer = z.object({ data: z.nullish(z.array(z.string())) });

export const seriesAnswer = z.object({ data: z.nullish(z.array(labels)) });

/** `/index/stats`: no envelope. */
export const statsAnswer = z.object({
	streams: z.number(),
	chunks: z.number(),
	bytes: z.number(),
	entries: z.number(),
});

/** `/patterns`: samples are `[<unix seconds>, <lines>]`. */
export const patternsAnswer = z.object({
	data: z.nullish(
		z.array(
			z.object({
				pattern: z.string(),
				level: z.nullish(z.string()),
				samples: z.nullish(z.array(z.tuple([z.number(), z.number()]))),
			}),
		),
	),
});

/** A frame of `/tail`. Each line comes as a stream of its own; of what was left out only the instants matter. */
export const tailFrame = z.object({
	streams: z.nullish(z.array(stream)),
	dropped_entries: z.nullish(z.array(z.object({ timestamp: z.unknown() }))),
});
export type TailFrame = z.infer<typeof tailFrame>;

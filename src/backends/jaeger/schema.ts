import * as z from 'zod/mini';
import { traceV1Answer } from '../tempo/schema.ts';

/**
 * What Jaeger's query service sends: the JSON of its own pages (`/api`, https://www.jaegertracing.io/docs/latest/architecture/apis/),
 * never promised to stay, and API v3 (`/api/v3`), OTLP as JSON.
 */

const text = z.nullish(z.string());
const figure = z.nullish(z.union([z.number(), z.string()]));

/** `type` is `string`, `bool`, `int64`, `float64` or `binary`; an int64 beyond 2^53 comes as text, binary as base64. */
const tag = z.object({ key: z.string(), type: text, value: z.nullish(z.unknown()) });
const tags = z.nullish(z.array(tag));
export type Tag = z.infer<typeof tag>;

const process = z.object({ serviceName: text, tags });
export type Process = z.infer<typeof process>;

/** Times in microseconds since 1970. */
export const jaegerSpan = z.object({
	traceID: text,
	spanID: z.string(),
	/** Before references there was this one. */
	parentSpanID: text,
	operationName: text,
	references: z.nullish(z.array(z.object({ refType: text, traceID: text, spanID: text }))),
	startTime: figure,
	duration: figure,
	tags,
	logs: z.nullish(z.array(z.object({ timestamp: figure, fields: tags }))),
	processID: text,
	process: z.nullish(process),
	warnings: z.nullish(z.array(z.string())),
});
export type JaegerSpan = z.infer<typeof jaegerSpan>;

/** Spans are checked one by one, so that a strange one does not hide the others. */
export const jaegerTrace = z.object({
	traceID: text,
	spans: z.array(z.unknown()),
	processes: z.nullish(z.record(z.string(), process)),
	warnings: z.nullish(z.array(z.string())),
});
export type JaegerTrace = z.infer<typeof jaegerTrace>;

const problems = z.nullish(z.array(z.object({ code: z.nullish(z.number()), msg: text })));

/** `/api/traces` and `/api/traces/{id}`: data and errors may both be there. */
export const tracesAnswer = z.object({ data: z.nullish(z.array(jaegerTrace)), errors: problems });
export type TracesAnswer = z.infer<typeof tracesAnswer>;

/** `/api/services` and `/api/services/{service}/operations` */
export const namesAnswer = z.object({ data: z.nullish(z.array(z.string())), errors: problems });

/** `/api/v3/traces` and `/api/v3/traces/{id}`; older gateways stream several of them in a row. */
export const v3Answer = z.object({ result: traceV1Answer });

/** `/api/v3/services` */
export const v3ServicesAnswer = z.object({ services: z.nullish(z.array(z.string())) });

/** `/api/v3/operations`: one for each kind of span */
export const v3OperationsAnswer = z.object({ operations: z.nullish(z.array(z.object({ name: z.string() }))) });

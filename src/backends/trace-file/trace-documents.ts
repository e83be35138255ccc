import type { Note } from '../../model/answer.ts';
import type { Steps } from '../../model/steps.ts';
import { jaegerTrace } from '../jaeger/schema.ts';
import { otlpSteps } from '../jaeger/to-otlp.ts';
import { partialNotes } from '../tempo/partial.ts';
import { type ResourceSpans, traceV1Answer } from '../tempo/schema.ts';
import { isZipkinSpan, zipkinSteps } from './zipkin.ts';

/** The spans of one JSON document, whoever wrote it, and what it says of itself. */
export type TraceDocument = { readonly resourceSpans: readonly ResourceSpans[]; readonly notes: readonly Note[] };

/** Lists within lists: Zipkin nests two deep. */
const deepest = 4;

/**
 * A JSON document as spans of OTLP, in steps; `undefined` when there is no trace in it. The shape tells who wrote it:
 *
 *     { resourceSpans }            OTLP: collectors, Grafana
 *     { batches }                  Tempo, API v1
 *     { trace: { … }, status }     Tempo, API v2
 *     { result: { … } }            Jaeger, API v3
 *     { data: [{ spans, … }] }     Jaeger's older API, and the files of its pages; one of the list alone, too
 *     [{ traceId, id, … }]         Zipkin, API v2; a list of such lists, too
 */
export function* documentSteps(json: unknown, depth = 0): Steps<TraceDocument | undefined> {
	if (depth > deepest) return undefined;
	if (Array.isArray(json)) return yield* listSteps(json, depth);
	if (!isRecord(json)) return undefined;
	if (isRecord(json.trace)) return withNotes(yield* documentSteps(json.trace, depth + 1), partialNotes(json));
	if (isRecord(json.result)) return yield* documentSteps(json.result, depth + 1);
	if (Array.isArray(json.resourceSpans) || Array.isArray(json.batches)) return otlpDocument(json);
	if (Array.isArray(json.data)) return yield* listSteps(json.data, depth);
	if (Array.isArray(json.spans) && ('traceID' in json || 'processes' in json)) return yield* jaegerSteps(json);
	return isZipkinSpan(json) ? { resourceSpans: yield* zipkinSteps([json]), notes: [] } : undefined;
}

function otlpDocument(json: unknown): TraceDocument | undefined {
	const read = traceV1Answer.safeParse(json);
	return read.success ? { resourceSpans: read.data.resourceSpans ?? read.data.batches ?? [], notes: [] } : undefined;
}

function* jaegerSteps(json: unknown): Steps<TraceDocument | undefined> {
	const read = jaegerTrace.safeParse(json);
	if (!read.success) return undefined;
	const { wire, notes } = yield* otlpSteps(read.data);
	return { resourceSpans: wire.resourceSpans ?? [], notes };
}

function* listSteps(list: readonly unknown[], depth: number): Steps<TraceDocument | undefined> {
	if (list.some(isZipkinSpan)) return { resourceSpans: yield* zipkinSteps(list), notes: [] };
	const documents: (TraceDocument | undefined)[] = [];
	for (const item of list) documents.push(yield* documentSteps(item, depth + 1));
	return merged(documents);
}

/** Several as one; `undefined` when none holds a trace. */
export function merged(documents: readonly (TraceDocument | undefined)[]): TraceDocument | undefined {
	const known = documents.filter(document => document !== undefined);
	if (known.length === 0) return undefined;
	return {
		resourceSpans: known.flatMap(({ resourceSpans }) => resourceSpans),
		notes: known.flatMap(({ notes }) => notes),
	};
}

const withNotes = (document: TraceDocument | undefined, notes: readonly Note[]): TraceDocument | undefined =>
	document && { ...document, notes: [...notes, ...document.notes] };

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
	typeof json === 'object' && json !== null && !Array.isArray(json);

import * as z from 'zod/mini';

/**
 * What Tempo sends (HTTP API of 2.1 to 3.0): protobuf as JSON, in which every zero is omitted, so that nearly all is
 * optional. Enumerations come as names from Tempo and as numbers from others; 64-bit numbers come as text.
 */

const nanoseconds = z.union([z.string().check(z.regex(/^\d{1,20}$/)), z.number().check(z.nonnegative())]);
const enumeration = z.union([z.string(), z.number()]);

/** Attributes are read by hand: they nest, and there are many. */
const attributes = z.optional(z.unknown());

const event = z.object({ timeUnixNano: z.nullish(nanoseconds), name: z.nullish(z.string()), attributes });
const link = z.object({ traceId: z.nullish(z.string()), spanId: z.nullish(z.string()), attributes });

/** One span of OTLP. */
export const wireSpan = z.object({
	spanId: z.string(),
	parentSpanId: z.nullish(z.string()),
	name: z.nullish(z.string()),
	kind: z.nullish(enumeration),
	startTimeUnixNano: z.nullish(nanoseconds),
	endTimeUnixNano: z.nullish(nanoseconds),
	attributes,
	events: z.nullish(z.array(event)),
	links: z.nullish(z.array(link)),
	status: z.nullish(z.object({ code: z.nullish(enumeration), message: z.nullish(z.string()) })),
});
export type WireSpan = z.infer<typeof wireSpan>;

/** The span in an item, `undefined` where it is none. Nearly all pass a look by hand, which takes a tenth of the time. */
export const wireSpanIn = (item: unknown): WireSpan | undefined =>
	isPlainSpan(item) ? item : wireSpan.safeParse(item).data;

/** A span as `wireSpan` has it, without events and links. */
const isPlainSpan = (item: unknown): item is WireSpan =>
	isRecord(item) &&
	typeof item.spanId === 'string' &&
	isText(item.parentSpanId) &&
	isText(item.name) &&
	isEnumeration(item.kind) &&
	isInstant(item.startTimeUnixNano) &&
	isInstant(item.endTimeUnixNano) &&
	isNullish(item.events) &&
	isNullish(item.links) &&
	(isNullish(item.status) || (isRecord(item.status) && isEnumeration(item.status.code) && isText(item.status.message)));

const isNullish = (value: unknown): value is null | undefined => value === null || value === undefined;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' || isNullish(value);
const isEnumeration = (value: unknown): boolean => typeof value === 'number' || isText(value);
const isInstant = (value: unknown): boolean =>
	isNullish(value) || (typeof value === 'string' && /^\d{1,20}$/.test(value));

/** Spans are checked one by one, so that a strange one does not hide the others. */
const scopeSpans = z.nullish(z.array(z.object({ spans: z.nullish(z.array(z.unknown())) })));

export const resourceSpans = z.object({
	resource: z.nullish(z.object({ attributes })),
	scopeSpans,
	/** The name before OTLP 0.15. */
	instrumentationLibrarySpans: scopeSpans,
});
export type ResourceSpans = z.infer<typeof resourceSpans>;

/** Looked at by hand first: there may be a hundred thousand, with a hundred thousand spans, and they are not to be copied. */
const batches = z.pipe(
	z.unknown(),
	z.transform((value, context): ResourceSpans[] => {
		if (!Array.isArray(value)) {
			context.issues.push({ code: 'invalid_type', expected: 'array', input: value });
			return z.NEVER;
		}
		const strange = value.findIndex(each => !isResourceSpans(each));
		const read = strange < 0 ? undefined : resourceSpans.safeParse(value[strange]);
		for (const issue of read?.error?.issues ?? []) {
			if (issue.code !== 'invalid_type') continue;
			const { code, expected, path } = issue;
			context.issues.push({ code, expected, path: [strange, ...path], input: value });
		}
		return value;
	}),
);

const isScopes = (value: unknown): boolean =>
	isNullish(value) ||
	(Array.isArray(value) && value.every(each => isRecord(each) && (isNullish(each.spans) || Array.isArray(each.spans))));

/** What `resourceSpans` says. */
const isResourceSpans = (value: unknown): boolean =>
	isRecord(value) &&
	(isNullish(value.resource) || isRecord(value.resource)) &&
	isScopes(value.scopeSpans) &&
	isScopes(value.instrumentationLibrarySpans);

const trace = z.object({
	/** The name of API v2 and of OTLP. */
	resourceSpans: z.nullish(batches),
	/** The name of API v1. */
	batches: z.nullish(batches),
});
export type WireTrace = z.infer<typeof trace>;

/** `/api/v2/traces/{id}`: an empty or absent trace is one the server does not have. */
export const traceAnswer = z.object({
	trace: z.nullish(trace),
	/** `PARTIAL` when the trace is larger than the server gives. */
	status: z.nullish(enumeration),
	message: z.nullish(z.string()),
});

/** `/api/traces/{id}`. */
export const traceV1Answer = trace;

const spanSet = z.object({ spans: z.nullish(z.array(z.unknown())), matched: z.nullish(z.number()) });

const summary = z.object({
	traceID: z.string(),
	rootServiceName: z.nullish(z.string()),
	rootTraceName: z.nullish(z.string()),
	startTimeUnixNano: z.nullish(nanoseconds),
	durationMs: z.nullish(z.number()),
	/** Before 2.2 the only one, now a copy of the first of `spanSets`. */
	spanSet: z.nullish(spanSet),
	spanSets: z.nullish(z.array(spanSet)),
	serviceStats: z.nullish(
		z.record(z.string(), z.object({ spanCount: z.nullish(z.number()), errorCount: z.nullish(z.number()) })),
	),
});
export type WireSummary = z.infer<typeof summary>;

/** `/api/search` */
export const searchAnswer = z.object({
	traces: z.nullish(z.array(summary)),
	metrics: z.nullish(z.object({ completedJobs: z.nullish(z.number()), totalJobs: z.nullish(z.number()) })),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;

const texts = z.nullish(z.array(z.string()));

/** `/api/v2/search/tags`, since 2.2. */
export const scopedTagsAnswer = z.object({
	scopes: z.nullish(z.array(z.object({ name: z.string(), tags: texts }))),
});

/** `/api/search/tags`: names without their scopes. */
export const tagsAnswer = z.object({ tagNames: texts });

/** `/api/v2/search/tag/{tag}/values`, since 2.1: the type decides how TraceQL writes the value. */
export const typedValuesAnswer = z.object({
	tagValues: z.nullish(z.array(z.object({ type: z.nullish(z.string()), value: z.nullish(z.string()) }))),
});

/** `/api/search/tag/{tag}/values`: bare text. */
export const valuesAnswer = z.object({ tagValues: texts });

/** The part of any answer that says what it cost. */
export const costAnswer = z.object({ metrics: z.object({ inspectedBytes: z.coerce.number() }) });

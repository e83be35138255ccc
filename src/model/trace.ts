import type { Nanoseconds } from './time.ts';

/** An attribute's value; 64-bit integers beyond 2^53 stay text. */
export type AttributeValue =
	| string
	| number
	| boolean
	| null
	| readonly AttributeValue[]
	| { readonly [key: string]: AttributeValue };
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Attributes are always asked for in their scope: without one Tempo reads both spans and resources, slowly. */
export const attributeScopes = ['resource', 'span', 'event', 'link', 'instrumentation'] as const;
export type AttributeScope = (typeof attributeScopes)[number];

/** An attribute in its scope, or what TraceQL itself calls something of a span or a trace: `status`, `rootName`. */
export type AttributeName = { readonly scope: AttributeScope | 'intrinsic'; readonly name: string };

/** A value as it is written; TraceQL has texts in quotes, and numbers, truth values and words like `error` without. */
export type AttributeText = { readonly text: string; readonly isQuoted: boolean };

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer' | 'unspecified';
export type SpanStatus = 'unset' | 'ok' | 'error';

export type SpanEvent = { readonly name: string; readonly at: Nanoseconds; readonly attributes: Attributes };
export type SpanLink = { readonly traceId: string; readonly spanId: string; readonly attributes: Attributes };

/** One span (OpenTelemetry trace data model). Identifiers are lower-case hex: 32 digits for a trace, 16 for a span. */
export type Span = {
	/** Unique in its trace: of spans that were sent with one ID, all but one have their kind appended, `…:client`. */
	readonly id: string;
	/** Absent on a root; present and unknown on an orphan. */
	readonly parentId?: string;
	readonly service: string;
	readonly name: string;
	readonly kind: SpanKind;
	readonly start: Nanoseconds;
	/** May lie before `start` when a clock jumped: shown as such, never repaired in silence. */
	readonly end: Nanoseconds;
	readonly status: SpanStatus;
	readonly statusMessage: string;
	readonly attributes: Attributes;
	readonly resource: Attributes;
	readonly events: readonly SpanEvent[];
	readonly links: readonly SpanLink[];
};

/** What the store has of one trace: spans in no order, possibly without a root. */
export type Trace = { readonly id: string; readonly spans: readonly Span[] };

/** A row of a trace search (`/api/search`). */
export type TraceSummary = {
	readonly id: string;
	readonly rootService: string;
	readonly rootName: string;
	readonly start: Nanoseconds;
	readonly duration: Nanoseconds;
	/** How many spans matched the query, which is not how many the trace has. */
	readonly matched: number;
	readonly services: readonly { readonly name: string; readonly spans: number; readonly errors: number }[];
};

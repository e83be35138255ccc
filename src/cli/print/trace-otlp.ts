import type { Attributes, AttributeValue, Span, SpanKind, SpanStatus, Trace } from '../../model/trace.ts';
import type { Json } from './json.ts';

/**
 * A trace as OTLP JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): hex IDs, numbers for
 * enumerations, 64-bit integers as text. Spans keep their order, those in a row with one resource stand together. What was
 * read of it again is the same trace: spans that were told apart get their common ID back.
 */
export function otlpJson({ id, spans }: Trace): Json {
	const ids = new Set(spans.map(span => span.id));
	const sent = new Map(spans.map(span => [span.id, sentIdOf(span.id, ids)]));
	const byId = new Map(spans.map(span => [span.id, span]));
	const groups: { readonly key: string; readonly resource: Json; readonly spans: Json[] }[] = [];
	for (const span of spans) {
		const resource = attributesJson(resourceOf(span));
		const key = JSON.stringify(resource);
		const last = groups.at(-1);
		const group = last?.key === key ? last : { key, resource, spans: [] };
		group.spans.push(spanJson(span, { id, sent, byId }));
		if (group !== last) groups.push(group);
	}
	return {
		resourceSpans: groups.map(({ resource, spans: own }) => ({
			resource: { attributes: resource },
			scopeSpans: [{ scope: {}, spans: own }],
		})),
	};
}

/** `a1:client` was sent as `a1` where there is another `a1`. */
const sentIdOf = (id: string, ids: ReadonlySet<string>): string => {
	const [plain = id] = /^.+?(?=:)/.exec(id) ?? [];
	return ids.has(plain) ? plain : id;
};

/** A span that names its service only where it was not told has no name for it. */
const resourceOf = ({ service, resource }: Span): Attributes =>
	resource['service.name'] === service || (service === 'unknown service' && resource['service.name'] === undefined)
		? resource
		: { ...resource, 'service.name': service };

type Sent = {
	readonly id: string;
	readonly sent: ReadonlyMap<string, string>;
	readonly byId: ReadonlyMap<string, Span>;
};

function spanJson(span: Span, { id, sent, byId }: Sent): Json {
	const spanId = sent.get(span.id) ?? span.id;
	const caller = span.parentId === undefined ? undefined : byId.get(span.parentId);
	// A callee was put below the caller that shares its ID.
	const isShared = caller !== undefined && caller !== span && sent.get(caller.id) === spanId && caller.id !== spanId;
	const parentId = isShared ? caller.parentId : span.parentId;
	return {
		traceId: id,
		spanId,
		parentSpanId: parentId === undefined ? undefined : (sent.get(parentId) ?? parentId),
		name: span.name,
		kind: kinds[span.kind],
		startTimeUnixNano: String(span.start),
		endTimeUnixNano: String(span.end),
		attributes: attributesJson(span.attributes),
		events: span.events.map(({ name, at, attributes }) => ({
			timeUnixNano: String(at),
			name,
			attributes: attributesJson(attributes),
		})),
		links: span.links.map(link => ({
			traceId: link.traceId,
			spanId: link.spanId,
			attributes: attributesJson(link.attributes),
		})),
		status: { code: statuses[span.status], message: span.statusMessage },
	};
}

/** Numbers of the protocol: `SpanKind` and `StatusCode`. */
const kinds: Readonly<Record<SpanKind, number>> = {
	unspecified: 0,
	internal: 1,
	server: 2,
	client: 3,
	producer: 4,
	consumer: 5,
};
const statuses: Readonly<Record<SpanStatus, number>> = { unset: 0, ok: 1, error: 2 };

const attributesJson = (attributes: Attributes): readonly Json[] =>
	Object.entries(attributes).map(([key, value]) => ({ key, value: valueJson(value) }));

function valueJson(value: AttributeValue): Json {
	if (value === null) return {};
	if (typeof value === 'string') return { stringValue: value };
	if (typeof value === 'boolean') return { boolValue: value };
	if (typeof value === 'number') return numberJson(value);
	if (isList(value)) return { arrayValue: { values: value.map(valueJson) } };
	return { kvlistValue: { values: attributesJson(value) } };
}

/** JSON has neither NaN nor infinities: OTLP writes them as text. */
const numberJson = (value: number): Json => {
	if (Number.isSafeInteger(value)) return { intValue: String(value) };
	return { doubleValue: Number.isFinite(value) ? value : String(value) };
};

const isList = (value: AttributeValue): value is readonly AttributeValue[] => Array.isArray(value);

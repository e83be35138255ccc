import type { Attributes, AttributeValue, Span, SpanEvent, SpanLink } from '../../model/trace.ts';
import type { StoredTrace } from './match-spans.ts';
import { spansBy } from './spans-by.ts';

/** OTLP's `ResourceSpans`, one for each service, as Tempo's JSON has them: zero values left out, IDs in base64. */
export function resourceSpansOf({ id, spans }: StoredTrace): readonly object[] {
	const byResource = spansBy(spans, ({ service, resource }) => `${service}/${String(resource['service.version'])}`);
	return [...byResource.values()].map(group => ({
		resource: { attributes: keyValues(group[0]?.resource ?? {}) },
		scopeSpans: [{ scope: { name: scopeName }, spans: group.map(span => spanJson(span, id)) }],
	}));
}

const scopeName = 'nightline.telemetry';

const spanJson = (span: Span, traceId: string): object => ({
	traceId: base64(traceId),
	spanId: base64(span.id),
	...(span.parentId === undefined ? {} : { parentSpanId: base64(span.parentId) }),
	name: span.name,
	...(span.kind === 'unspecified' ? {} : { kind: `SPAN_KIND_${span.kind.toUpperCase()}` }),
	startTimeUnixNano: span.start.toString(),
	endTimeUnixNano: span.end.toString(),
	...given('attributes', keyValues(span.attributes)),
	...given('events', span.events.map(eventJson)),
	...given('links', span.links.map(linkJson)),
	status: {
		...(span.statusMessage === '' ? {} : { message: span.statusMessage }),
		...(span.status === 'unset' ? {} : { code: `STATUS_CODE_${span.status.toUpperCase()}` }),
	},
});

const eventJson = ({ at, name, attributes }: SpanEvent): object => ({
	timeUnixNano: at.toString(),
	name,
	...given('attributes', keyValues(attributes)),
});

const linkJson = ({ traceId, spanId, attributes }: SpanLink): object => ({
	traceId: base64(traceId),
	spanId: base64(spanId),
	...given('attributes', keyValues(attributes)),
});

const given = (name: string, items: readonly object[]): object => (items.length > 0 ? { [name]: items } : {});

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

const keyValues = (attributes: Attributes): readonly object[] =>
	Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

/** OTLP's `AnyValue`: 64-bit integers are text, null is the empty object. */
export function anyValue(value: AttributeValue): object {
	if (value === null) return {};
	if (typeof value === 'string') return { stringValue: value };
	if (typeof value === 'boolean') return { boolValue: value };
	if (typeof value === 'number') {
		return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
	}
	if (isList(value)) return { arrayValue: given('values', value.map(anyValue)) };
	return { kvlistValue: given('values', keyValues(value)) };
}

const isList = (value: AttributeValue): value is readonly AttributeValue[] => Array.isArray(value);

import type { Note } from '../../model/answer.ts';
import { isTurn, type Steps } from '../../model/steps.ts';
import { wireHex } from '../tempo/ids.ts';
import type { ResourceSpans, WireTrace } from '../tempo/schema.ts';
import { nanosecondsOf, wireTimesOf } from './microseconds.ts';
import { type JaegerSpan, type JaegerTrace, jaegerSpan, type Process, type Tag } from './schema.ts';

/** Attributes as OTLP writes them. */
type WireAttribute = { readonly key: string; readonly value: Readonly<Record<string, unknown>> };

/** A trace as OTLP, and what Jaeger itself found odd about it or its spans. */
export type JaegerAsOtlp = { readonly wire: WireTrace; readonly notes: readonly Note[] };

/**
 * A trace of Jaeger's own JSON as OTLP, in steps, by the mapping of OpenTelemetry
 * (https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/): kind, status and its description are tags there,
 * events are logs, and the resource is the process. What is no span stays as it came, to be counted with the unreadable.
 */
export function* otlpSteps({ traceID, spans, processes, warnings }: JaegerTrace): Steps<JaegerAsOtlp> {
	const groups = new Map<string, { readonly resource: ResourceSpans['resource']; readonly spans: unknown[] }>();
	const said = new Set(warnings ?? []);
	for (const [at, sent] of spans.entries()) {
		if (isTurn(at)) yield;
		const { data } = jaegerSpan.safeParse(sent);
		const name = data?.processID ?? '';
		const own = data?.process ?? undefined;
		const key = own === undefined ? name : `${name} ${JSON.stringify(own)}`;
		const group = groups.get(key) ?? { resource: resourceOf(own ?? processes?.[name]), spans: [] };
		group.spans.push(data === undefined ? sent : spanOf({ ...data, traceID: data.traceID ?? traceID }));
		groups.set(key, group);
		for (const warning of data?.warnings ?? []) said.add(warning);
	}
	return {
		wire: {
			resourceSpans: [...groups.values()].map(({ resource, spans: own }) => ({
				resource,
				scopeSpans: [{ spans: own }],
			})),
		},
		notes: warningNotes([...said]),
	};
}

function warningNotes([first, ...others]: readonly string[]): readonly Note[] {
	if (first === undefined) return [];
	const more = others.length > 0 ? `, and ${others.length} more of the kind` : '';
	// That Jaeger shifted no clock takes nothing from the trace, and most of its answers say so.
	const kind = [first, ...others].every(each => each.startsWith('clock skew adjustment')) ? 'info' : 'warning';
	return [{ kind, text: `Jaeger warns: ${first.replace(/\.$/, '')}${more}.` }];
}

const resourceOf = (process: Process | undefined): ResourceSpans['resource'] => ({
	attributes: [
		...attributesOf(process?.tags),
		...(process?.serviceName ? [{ key: 'service.name', value: { stringValue: process.serviceName } }] : []),
	],
});

function spanOf(span: JaegerSpan): Readonly<Record<string, unknown>> {
	const tags = span.tags ?? [];
	const { parent, followed, links } = relationsOf(span);
	return {
		traceId: wireHex(span.traceID, 32),
		spanId: wireHex(span.spanID, 16),
		parentSpanId: parent,
		name: span.operationName,
		kind: textIn(tags, 'span.kind')?.toUpperCase(),
		...wireTimesOf(span.startTime, span.duration),
		status: statusOf(tags),
		attributes: [
			...attributesOf(tags.filter(({ key }) => !mapped.has(key))),
			...(followed ? [{ key: refType, value: { stringValue: 'follows_from' } }] : []),
			...warningsOf(span),
		],
		events: (span.logs ?? []).map(({ timestamp, fields }) => eventOf(nanosecondsOf(timestamp), fields ?? [])),
		links,
	};
}

/** Tags that have a field of their own in OTLP. */
const mapped: ReadonlySet<string> = new Set(['span.kind', 'otel.status_code', 'otel.status_description']);

/** OpenTelemetry's name for how a span of OpenTracing refers to another. */
const refType = 'opentracing.ref_type';

/** The parent is the first `CHILD_OF` within the trace, else the first `FOLLOWS_FROM` there; all others are links. */
function relationsOf({ traceID, parentSpanID, references }: JaegerSpan) {
	const all = references ?? [];
	const own = all.filter(({ traceID: of }) => !of || wireHex(of, 32) === wireHex(traceID, 32));
	const chosen = own.find(({ refType: type }) => type !== 'FOLLOWS_FROM') ?? own[0];
	return {
		parent: wireHex(chosen?.spanID ?? parentSpanID, 16),
		followed: chosen?.refType === 'FOLLOWS_FROM',
		links: all
			.filter(reference => reference !== chosen)
			.map(reference => ({
				traceId: wireHex(reference.traceID || traceID, 32),
				spanId: wireHex(reference.spanID, 16),
				attributes: [{ key: refType, value: { stringValue: reference.refType?.toLowerCase() ?? 'child_of' } }],
			})),
	};
}

/** `otel.status_code` where there is one; else the `error` of OpenTracing, true or what went wrong. */
function statusOf(tags: readonly Tag[]) {
	const code = textIn(tags, 'otel.status_code');
	const error = tags.find(({ key }) => key === 'error')?.value;
	const failed = error !== undefined && error !== null && !/^(?:false|0|)$/i.test(String(error));
	const words = typeof error === 'string' && !/^(?:true|1)$/i.test(error) ? error : undefined;
	return {
		code: code?.toUpperCase() ?? (failed ? 'ERROR' : 'UNSET'),
		message: textIn(tags, 'otel.status_description') ?? (failed ? words : undefined),
	};
}

const warningsOf = ({ warnings }: JaegerSpan): readonly WireAttribute[] =>
	warnings && warnings.length > 0
		? [{ key: 'jaeger.warnings', value: { arrayValue: { values: warnings.map(stringValue => ({ stringValue })) } } }]
		: [];

/** The fields by which OpenTracing logs an error, and those of OpenTelemetry's exception event. */
const exceptionFields: Readonly<Record<string, string>> = {
	'error.kind': 'exception.type',
	message: 'exception.message',
	stack: 'exception.stacktrace',
};

function eventOf(at: bigint | undefined, fields: readonly Tag[]): Readonly<Record<string, unknown>> {
	const event = textIn(fields, 'event');
	const isError = event === 'error' && fields.some(({ key }) => Object.hasOwn(exceptionFields, key));
	const attributes = attributesOf(fields.filter(({ key }) => key !== 'event'));
	return {
		timeUnixNano: String(at ?? 0n),
		name: isError ? 'exception' : (event ?? 'log'),
		attributes: isError
			? attributes.map(each => ({ ...each, key: exceptionFields[each.key] ?? each.key }))
			: attributes,
	};
}

const attributesOf = (tags: readonly Tag[] | null | undefined): readonly WireAttribute[] =>
	(tags ?? []).map(({ key, type, value }) => ({ key, value: wireValueOf(type, value) }));

function wireValueOf(type: string | null | undefined, value: unknown): WireAttribute['value'] {
	if (value === null || value === undefined) return {};
	if (type === 'int64') return { intValue: value };
	if (type === 'float64') return { doubleValue: value };
	if (type === 'bool') return { boolValue: String(value) === 'true' };
	if (typeof value === 'object') return { stringValue: JSON.stringify(value) };
	return typeof value === 'boolean' ? { boolValue: value } : { stringValue: value };
}

const textIn = (tags: readonly Tag[], key: string): string | undefined => {
	const value = tags.find(tag => tag.key === key)?.value;
	return typeof value === 'string' && value !== '' ? value : undefined;
};

import * as z from 'zod/mini';
import { isTurn, type Steps } from '../../model/steps.ts';
import { nanosecondsOf, wireTimesOf } from '../jaeger/microseconds.ts';
import { wireHex } from '../tempo/ids.ts';
import type { ResourceSpans } from '../tempo/schema.ts';

const text = z.nullish(z.string());
const figure = z.nullish(z.union([z.number(), z.string()]));
const endpoint = z.nullish(z.object({ serviceName: text, ipv4: text, ipv6: text, port: z.nullish(z.number()) }));

/** A span of Zipkin's API v2 (https://zipkin.io/zipkin-api/zipkin2-api.yaml); times in microseconds. */
const zipkinSpan = z.object({
	traceId: z.string(),
	id: z.string(),
	parentId: text,
	name: text,
	/** Absent for what neither calls nor is called. */
	kind: text,
	timestamp: figure,
	duration: figure,
	localEndpoint: endpoint,
	remoteEndpoint: endpoint,
	annotations: z.nullish(z.array(z.object({ timestamp: figure, value: text }))),
	tags: z.nullish(z.record(z.string(), z.unknown())),
});
type ZipkinSpan = z.infer<typeof zipkinSpan>;

/** What Zipkin lists: an ID of a trace beside one of a span, where OTLP has `spanId`. */
export const isZipkinSpan = (json: unknown): boolean =>
	typeof json === 'object' && json !== null && 'traceId' in json && 'id' in json && !('spanId' in json);

/**
 * Spans of Zipkin as OTLP, in steps, by the mapping of OpenTelemetry
 * (https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/): the tag `error` is the status, annotations are
 * events, the local endpoint is the resource. What is no span stays as it came, to be counted with the unreadable.
 */
export function* zipkinSteps(spans: readonly unknown[]): Steps<readonly ResourceSpans[]> {
	const resources = new Map<string, { local: ZipkinSpan['localEndpoint']; spans: unknown[] }>();
	for (const [at, sent] of spans.entries()) {
		if (isTurn(at)) yield;
		const read = zipkinSpan.safeParse(sent);
		const local = read.success ? read.data.localEndpoint : undefined;
		const key = JSON.stringify([local?.serviceName, local?.ipv4, local?.ipv6, local?.port]);
		const group = resources.get(key) ?? { local, spans: [] };
		group.spans.push(read.success ? spanOf(read.data) : sent);
		resources.set(key, group);
	}
	return [...resources.values()].map(({ local, spans: own }) => ({
		resource: {
			attributes: endpointAttributes(local, { name: 'service.name', address: 'host.ip', port: 'host.port' }),
		},
		scopeSpans: [{ spans: own }],
	}));
}

const peer = { name: 'peer.service', address: 'network.peer.address', port: 'network.peer.port' };

function spanOf(span: ZipkinSpan): Readonly<Record<string, unknown>> {
	const tags = Object.entries(span.tags ?? {}).map(([key, value]) => [key, String(value)] as const);
	const tag = (name: string) => tags.find(([key]) => key === name)?.[1];
	const error = tag('error');
	return {
		traceId: wireHex(span.traceId, 32),
		spanId: wireHex(span.id, 16),
		parentSpanId: wireHex(span.parentId, 16),
		name: span.name,
		kind: span.kind?.toUpperCase() ?? 'INTERNAL',
		...wireTimesOf(span.timestamp, span.duration),
		status: {
			code: tag('otel.status_code')?.toUpperCase() ?? (error === undefined || error === 'false' ? 'UNSET' : 'ERROR'),
			message: tag('otel.status_description') ?? (error === 'true' || error === 'false' ? undefined : error),
		},
		attributes: [
			...tags
				.filter(([key]) => key !== 'otel.status_code' && key !== 'otel.status_description')
				.map(([key, stringValue]) => ({ key, value: { stringValue } })),
			...endpointAttributes(span.remoteEndpoint, peer),
		],
		events: (span.annotations ?? []).map(({ timestamp, value }) => ({
			timeUnixNano: String(nanosecondsOf(timestamp) ?? 0n),
			name: value ?? '',
		})),
	};
}

function endpointAttributes(
	endpoint: ZipkinSpan['localEndpoint'],
	keys: { readonly name: string; readonly address: string; readonly port: string },
) {
	const address = endpoint?.ipv4 || endpoint?.ipv6;
	return [
		...(endpoint?.serviceName ? [{ key: keys.name, value: { stringValue: endpoint.serviceName } }] : []),
		...(address ? [{ key: keys.address, value: { stringValue: address } }] : []),
		...(endpoint?.port ? [{ key: keys.port, value: { intValue: endpoint.port } }] : []),
	];
}

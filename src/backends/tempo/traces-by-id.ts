import { traceIdIn } from './ids.ts';
import type { ResourceSpans, WireTrace } from './schema.ts';

/**
 * Spans of OTLP apart by the trace they are of, in the order in which the traces begin: searches of Jaeger and files of
 * collectors put all of them into one list. Spans that name no trace are kept under the empty ID.
 */
export function tracesById(all: readonly ResourceSpans[]): ReadonlyMap<string, WireTrace> {
	const traces = new Map<string, ResourceSpans[]>();
	for (const { resource, scopeSpans, instrumentationLibrarySpans } of all) {
		const spans = (scopeSpans ?? instrumentationLibrarySpans ?? []).flatMap(scope => scope.spans ?? []);
		for (const [id, own] of grouped(spans)) {
			const known = traces.get(id);
			const part: ResourceSpans = { resource, scopeSpans: [{ spans: own }] };
			if (known === undefined) traces.set(id, [part]);
			else known.push(part);
		}
	}
	return new Map([...traces].map(([id, resourceSpans]) => [id, { resourceSpans }]));
}

function grouped(spans: readonly unknown[]): ReadonlyMap<string, unknown[]> {
	const groups = new Map<string, unknown[]>();
	for (const span of spans) {
		const id = traceOfSpan(span);
		const group = groups.get(id);
		if (group === undefined) groups.set(id, [span]);
		else group.push(span);
	}
	return groups;
}

function traceOfSpan(span: unknown): string {
	const wire = typeof span === 'object' && span !== null && 'traceId' in span ? span.traceId : undefined;
	if (typeof wire !== 'string' || wire === '') return '';
	return traceIdIn(/^[0-9a-f]{1,31}$/i.test(wire) ? wire.padStart(32, '0') : wire);
}

import { isTurn, type Steps } from '../model/steps.ts';
import type { SpanKind } from '../model/trace.ts';
import type { TraceTree } from './trace-tree.ts';

/** A number for each service, and for each operation of each kind: two spans are alike when theirs are equal. By index. */
export type SpanLikeness = {
	readonly services: Int32Array;
	readonly operations: Int32Array;
	readonly calls: Int32Array;
};

/** Numbers in place of names, so that a hundred thousand spans are grouped without a text for each. */
export function* likenessSteps({ nodes }: TraceTree): Steps<SpanLikeness> {
	const services = new Int32Array(nodes.length);
	const operations = new Int32Array(nodes.length);
	const calls = new Int32Array(nodes.length);
	const known = new Map<string, { readonly service: number; readonly names: Map<string, number> }>();
	let count = 0;
	for (const { index, span } of nodes) {
		if (isTurn(index)) yield;
		const { service, names } = known.get(span.service) ?? { service: known.size, names: new Map<string, number>() };
		if (names.size === 0) known.set(span.service, { service, names });
		const operation = names.get(span.name) ?? count++;
		names.set(span.name, operation);
		services[index] = service;
		operations[index] = operation;
		calls[index] = operation * kinds.length + kinds.indexOf(span.kind);
	}
	return { services, operations, calls };
}

const kinds: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer', 'unspecified'];

import { isTurn, type Steps } from '../model/steps.ts';
import type { SpanKind } from '../model/trace.ts';
import { withoutNumbers } from './numbered-names.ts';
import type { TraceTree } from './trace-tree.ts';

/** Numbers by index: two spans are alike when theirs are equal. */
export type SpanLikeness = {
	readonly services: Int32Array;
	/** For each operation of a service. */
	readonly operations: Int32Array;
	/** For each operation of each kind. */
	readonly calls: Int32Array;
	/** The same with operations as one that differ by numbers in their names alone: `shard-1`, `shard-2`. */
	readonly families: Int32Array;
};

/** Numbers in place of names, so that a hundred thousand spans are grouped without a text for each. */
export function* likenessSteps({ nodes }: TraceTree): Steps<SpanLikeness> {
	const services = new Int32Array(nodes.length);
	const operations = new Int32Array(nodes.length);
	const calls = new Int32Array(nodes.length);
	const families = new Int32Array(nodes.length);
	const known = new Map<string, Known>();
	let [operationCount, familyCount] = [0, 0];
	for (const { index, span } of nodes) {
		if (isTurn(index)) yield;
		let of = known.get(span.service);
		if (of === undefined) {
			of = { service: known.size, operations: new Map(), families: new Map() };
			known.set(span.service, of);
		}
		let operation = of.operations.get(span.name);
		if (operation === undefined) {
			const plain = withoutNumbers(span.name);
			const family = of.families.get(plain) ?? familyCount++;
			of.families.set(plain, family);
			operation = { number: operationCount++, family };
			of.operations.set(span.name, operation);
		}
		const kind = kinds.indexOf(span.kind);
		services[index] = of.service;
		operations[index] = operation.number;
		calls[index] = operation.number * kinds.length + kind;
		families[index] = operation.family * kinds.length + kind;
	}
	return { services, operations, calls, families };
}

/** What is known of a service: its operations by their names, and the families of these by what is left without numbers. */
type Known = {
	readonly service: number;
	readonly operations: Map<string, { readonly number: number; readonly family: number }>;
	readonly families: Map<string, number>;
};

const kinds: readonly SpanKind[] = ['internal', 'server', 'client', 'producer', 'consumer', 'unspecified'];

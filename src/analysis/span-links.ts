import type { SpanLink } from '../model/trace.ts';
import { remembered } from './remembered.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * Where a link of a span leads.
 * - `here`: to a span of the same trace;
 * - `unsent`: to a span of the same trace that nobody sent;
 * - `elsewhere`: to another trace, which may be there or not;
 * - `nowhere`: it names no trace.
 */
export type LinkTarget =
	| { readonly kind: 'here'; readonly node: SpanNode }
	| { readonly kind: 'unsent' | 'elsewhere' | 'nowhere' };

export function linkTargetOf({ traceId, spanId }: SpanLink, { id, byKey }: TraceTree): LinkTarget {
	if (!/[1-9a-f]/i.test(traceId)) return { kind: 'nowhere' };
	if (!isSameId(traceId, id)) return { kind: 'elsewhere' };
	const node = byKey.get(spanId);
	return node === undefined || node.missing ? { kind: 'unsent' } : { kind: 'here', node };
}

/** Leading zeros are dropped by some. */
const isSameId = (a: string, b: string): boolean => a.replace(/^0+/, '') === b.replace(/^0+/, '');

/** The spans of this trace to which a consumer is linked, beside its parent: who sent the messages that it handles. */
export function sendersOf({ span, parent }: SpanNode, tree: TraceTree): readonly SpanNode[] {
	if (span.kind !== 'consumer' || span.links.length === 0) return [];
	const found = span.links.map(link => linkTargetOf(link, tree));
	const nodes = found.flatMap(target => (target.kind === 'here' && target.node !== parent ? [target.node] : []));
	return [...new Set(nodes)].filter(node => node.span !== span);
}

/** The consumers that are linked to a span of their trace, by that span, in the order of their start. */
export const handlersIn: (tree: TraceTree) => ReadonlyMap<SpanNode, readonly SpanNode[]> = (() => {
	const handlers = remembered<TraceTree, undefined, ReadonlyMap<SpanNode, readonly SpanNode[]>>(
		1,
		() => '',
		findHandlers,
	);
	return tree => handlers(tree, undefined);
})();

function findHandlers(tree: TraceTree): ReadonlyMap<SpanNode, readonly SpanNode[]> {
	const found = new Map<SpanNode, SpanNode[]>();
	for (const node of tree.nodes) {
		for (const sender of sendersOf(node, tree)) {
			const known = found.get(sender);
			if (known === undefined) found.set(sender, [node]);
			else known.push(node);
		}
	}
	for (const handlers of found.values()) handlers.sort((a, b) => a.start - b.start);
	return found;
}

import type { SpanNode, TraceTree } from './trace-tree.ts';

/** A span below a failed one explains it when it took this much of its time: what failed had waited for it. */
const explains = 0.8;

/**
 * The span to look at first: of the errors that no error below them explains, the one with the most time of its own on
 * the critical path; without an error `slowest`, what the trace spent its time in. An error that only waited leads on to
 * what it waited for:
 *
 *     berths PUT            ━━━━━━━━━━━━━━━✗   deadline exceeded
 *       manifest SELECT      ███████████████   the culprit
 */
export function culpritOf(
	tree: TraceTree,
	critical: readonly number[],
	slowest: SpanNode | undefined,
): SpanNode | undefined {
	const failed = heaviest(deepestErrorsOf(tree), critical);
	if (failed === undefined) return slowest ?? tree.main;
	const below = tree.nodes.slice(failed.index + 1, failed.subtreeEnd).filter(({ missing }) => !missing);
	const awaited = heaviest(below, critical);
	const isExplained =
		awaited !== undefined &&
		(critical[awaited.index] ?? 0) >= (failed.end - failed.start) * explains &&
		failed.end > failed.start;
	return isExplained ? awaited : failed;
}

/** Failed spans in preorder that have no failed span below them. */
export function deepestErrorsOf(tree: TraceTree): readonly SpanNode[] {
	const failedBelow = new Set<SpanNode>();
	for (const node of tree.nodes.toReversed()) {
		if (node.parent === undefined) continue;
		if (node.span.status === 'error' || failedBelow.has(node)) failedBelow.add(node.parent);
	}
	return tree.nodes.filter(node => node.span.status === 'error' && !failedBelow.has(node));
}

/** Of equals the deeper one, then the earlier one. */
const heaviest = (nodes: readonly SpanNode[], critical: readonly number[]): SpanNode | undefined =>
	nodes.reduce<SpanNode | undefined>((best, node) => {
		if (best === undefined) return node;
		const difference = (critical[node.index] ?? 0) - (critical[best.index] ?? 0);
		return difference > 0 || (difference === 0 && node.depth > best.depth) ? node : best;
	}, undefined);

/** Why a span failed in its own words: its status message, else its exception's; empty when it says nothing. */
export function errorWordsOf({ span }: SpanNode): string {
	if (span.statusMessage !== '') return span.statusMessage;
	const exception = span.events.find(({ name }) => name === 'exception');
	const words = [exception?.attributes['exception.type'], exception?.attributes['exception.message']];
	return words.filter(word => typeof word === 'string' && word !== '').join(': ');
}

import { formatDuration, formatShare } from './format.ts';
import { oneLine } from './span-words.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/** What one service, or one operation of it, took. Lengths in nanoseconds. */
export type Spent = {
	readonly service: string;
	/** Absent in the sums by service. */
	readonly operation?: string;
	/** Sum of the self times of its spans; may exceed the trace's length where they run side by side. */
	readonly self: number;
	/** Its part of the critical path. */
	readonly critical: number;
	readonly count: number;
	readonly errors: number;
};

export type TimeSpent = {
	/** Length of the main root: what the critical path sums to. */
	readonly total: number;
	/** `97.2 % of 2.07 s is self time of payments pool.acquire (on the critical path)`. */
	readonly sentence: string;
	/** The same without what stands in brackets, for where there is little room. */
	readonly shortSentence: string;
	/** Largest part of the critical path first, then largest self time. */
	readonly byOperation: readonly Spent[];
	readonly byService: readonly Spent[];
};

/** Where the time of a trace went. `self` and `critical` hold nanoseconds by the node's index. */
export function timeSpentOf(tree: TraceTree, self: readonly number[], critical: readonly number[]): TimeSpent {
	const sum = (keyOf: (node: SpanNode) => string, nameOf: (node: SpanNode) => { operation?: string }) => {
		const sums = new Map<string, Spent>();
		for (const node of tree.nodes) {
			if (node.missing) continue;
			const key = keyOf(node);
			const before = sums.get(key);
			sums.set(key, {
				service: node.span.service,
				...nameOf(node),
				self: (before?.self ?? 0) + (self[node.index] ?? 0),
				critical: (before?.critical ?? 0) + (critical[node.index] ?? 0),
				count: (before?.count ?? 0) + 1,
				errors: (before?.errors ?? 0) + (node.span.status === 'error' ? 1 : 0),
			});
		}
		return [...sums.values()].sort((a, b) => b.critical - a.critical || b.self - a.self);
	};
	const byOperation = sum(
		({ span }) => JSON.stringify([span.service, span.name]),
		({ span }) => ({ operation: span.name }),
	);
	const byService = sum(
		({ span }) => span.service,
		() => ({}),
	);
	const total = tree.main === undefined ? 0 : tree.main.end - tree.main.start;
	const unrecorded = tree.nodes.reduce((sum, { missing, index }) => sum + (missing ? (critical[index] ?? 0) : 0), 0);
	return { total, ...sentencesOf(total, byOperation[0], unrecorded), byOperation, byService };
}

function sentencesOf(
	total: number,
	top: Spent | undefined,
	unrecorded: number,
): Pick<TimeSpent, 'sentence' | 'shortSentence'> {
	const only = (sentence: string) => ({ sentence, shortSentence: sentence });
	if (top === undefined) return only('This trace has no spans');
	if (total === 0) return only('No span of this trace has a length');
	const length = formatDuration(total / 1e6);
	if (unrecorded > top.critical) {
		return only(`${formatShare(unrecorded / total)} of ${length} is not covered by any span that Tempo has`);
	}
	const spans = top.count > 1 ? `${top.count} spans, ` : '';
	const operation = oneLine(`${top.service} ${top.operation ?? ''}`);
	const shortSentence = `${formatShare(top.critical / total)} of ${length} is self time of ${operation}`;
	return { sentence: `${shortSentence} (${spans}on the critical path)`, shortSentence };
}

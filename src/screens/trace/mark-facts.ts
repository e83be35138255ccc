import type { FoldedTrace } from '../../analysis/folded-trace.ts';
import { lazily } from '../../analysis/lazily.ts';
import type { SpanMatches } from '../../analysis/span-search.ts';
import type { SpanNode } from '../../analysis/trace-tree.ts';

/** What is told of the spans that a bar or a mark stands for. */
export type MarkFacts = {
	/** How many spans these are, those of folded runs among them. */
	readonly count: number;
	/** One of them failed, or is a run with one that did. */
	readonly failed: boolean;
	/** Whether something laid out is one of them. */
	readonly holds: (laidOut: SpanNode) => boolean;
	/** Whether one of them holds what is searched, itself or in what it hides. */
	readonly isFound: (matches: SpanMatches) => boolean;
};

const known = new WeakMap<FoldedTrace, WeakMap<readonly SpanNode[], MarkFacts>>();

/** Found once for the spans of a mark: it may stand for a hundred thousand, and is painted at every key. */
export function markFactsOf(nodes: readonly SpanNode[], folded: FoldedTrace): MarkFacts {
	const ofTrace = known.get(folded) ?? new WeakMap<readonly SpanNode[], MarkFacts>();
	known.set(folded, ofTrace);
	const facts = ofTrace.get(nodes) ?? factsOf(nodes, folded);
	ofTrace.set(nodes, facts);
	return facts;
}

/** The same of one span, which is quickly told. */
export function spanFactsOf(node: SpanNode, { hiddenIn, holderOf }: FoldedTrace): MarkFacts {
	const run = hiddenIn(node);
	return {
		count: run?.spans ?? 1,
		failed: (run?.errors ?? 0) > 0 || node.span.status === 'error',
		holds: laidOut => holderOf(node) === laidOut,
		isFound: matches =>
			matches.has(node) || (run?.members ?? []).some(each => matches.within(each.index, each.subtreeEnd) > 0),
	};
}

function factsOf(nodes: readonly SpanNode[], folded: FoldedTrace): MarkFacts {
	let [count, failed] = [0, false];
	for (const node of nodes) {
		const run = folded.hiddenIn(node);
		count += run?.spans ?? 1;
		if ((run?.errors ?? 0) > 0 || node.span.status === 'error') failed = true;
	}
	const holders = lazily(() => new Set(nodes.map(folded.holderOf)));
	const found = new WeakMap<SpanMatches, boolean>();
	const isFound = (matches: SpanMatches): boolean => {
		const isOne = found.get(matches) ?? nodes.some(node => spanFactsOf(node, folded).isFound(matches));
		found.set(matches, isOne);
		return isOne;
	};
	return { count, failed, holds: laidOut => holders().has(laidOut), isFound };
}

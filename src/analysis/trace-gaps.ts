import type { CriticalSection, SectionsByNode } from './critical-path.ts';
import type { SpanNode } from './trace-tree.ts';

/**
 * A stretch of the critical path in which a span called others before or after, and nothing was recorded: its own work,
 * or calls without spans. Instants in nanoseconds after the origin.
 */
export type TraceGap = {
	/** In which span. */
	readonly node: SpanNode;
	readonly from: number;
	readonly to: number;
	/** The child that ran before it, and the one that came next; one of them is there. */
	readonly after: SpanNode | undefined;
	readonly before: SpanNode | undefined;
};

/**
 * The gaps of the critical path, largest first:
 *
 *     orders POST     ██────██──███──██     3 gaps: 2 before a, 2 between b and c, 2 after c
 *       a               ████                on the path
 *       b                   ──              not on it, but it tells what was done
 *       c                       ███         on the path
 *
 * What a span without children did is its own time and no gap. Between a call and the span that answers it the network
 * and queues take time: that is told by `hopOf`, and is no gap. What is shorter than `least` is left out before anything is
 * sorted: most gaps of a large trace are.
 */
export function gapsOf(sections: SectionsByNode, least = 0): readonly TraceGap[] {
	const gaps: TraceGap[] = [];
	for (const [node, own] of sections) {
		if (node.end - node.start < least || node.missing || node.children.length === 0 || isHop(node)) continue;
		for (const gap of gapsIn(node, own)) if (gap.to - gap.from >= least) gaps.push(gap);
	}
	return gaps.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
}

const isHop = ({ span, children }: SpanNode): boolean =>
	(span.kind === 'client' || span.kind === 'producer') &&
	children.every(({ span: { kind } }) => kind === 'server' || kind === 'consumer');

/** One pass over sections and children, which are both in the order of their start. */
function gapsIn(node: SpanNode, sections: readonly CriticalSection[]): readonly TraceGap[] {
	const gaps: TraceGap[] = [];
	const children = node.children.filter(({ start, end }) => end >= node.start && start <= node.end);
	/** The child that ended last of those that were passed. */
	let last: SpanNode | undefined;
	let next = 0;
	for (const { from, to } of sections) {
		let reached = Math.max(from, last?.end ?? from);
		for (let child = children[next]; child !== undefined && child.start < to; child = children[++next]) {
			if (child.start > reached) gaps.push({ node, from: reached, to: child.start, after: last, before: child });
			reached = Math.max(reached, child.end);
			if (last === undefined || child.end > last.end) last = child;
		}
		const before = children[next];
		if (reached < to && (last ?? before) !== undefined) gaps.push({ node, from: reached, to, after: last, before });
	}
	return gaps;
}

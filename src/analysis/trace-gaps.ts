import type { CriticalSection } from './critical-path.ts';
import { formatSpanTime, oneLine } from './span-words.ts';
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
 *     orders POST     ██────█████──██     3 gaps: 2 before a, 5 between a and b, 2 after b
 *       a               ████
 *       b                        ██
 *
 * What a span without children did is its own time and no gap. Between a call and the span that answers it the network
 * and queues take time: that is told by `hopOf`, and is no gap.
 */
export function gapsOf(path: readonly CriticalSection[]): readonly TraceGap[] {
	const gaps: TraceGap[] = [];
	for (const { node, from, to } of path) {
		if (node.missing || node.children.length === 0 || isHop(node)) continue;
		const neighbours = neighboursOf(node, from, to);
		if (neighbours.before !== undefined || neighbours.after !== undefined) gaps.push({ node, from, to, ...neighbours });
	}
	return gaps.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
}

const isHop = ({ span, children }: SpanNode): boolean =>
	(span.kind === 'client' || span.kind === 'producer') &&
	children.every(({ span: { kind } }) => kind === 'server' || kind === 'consumer');

/**
 * The nearest children of the span that lie in it at least in part. They are in the order of their start: those before
 * the gap are searched by halves, and but few of them looked at.
 */
function neighboursOf(node: SpanNode, from: number, to: number): Pick<TraceGap, 'after' | 'before'> {
	const { children } = node;
	let [low, high] = [0, children.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((children[middle]?.start ?? 0) < to) low = middle + 1;
		else high = middle;
	}
	const next = children[low];
	const earlier = children.slice(Math.max(0, low - mostLookedAt), low).filter(({ end }) => end > node.start);
	return {
		before: next !== undefined && next.start < node.end ? next : undefined,
		after: earlier.findLast(({ end }) => end <= from) ?? earlier.at(-1),
	};
}

const mostLookedAt = 50;

/** `120 ms before payments stripe: nothing recorded in orders POST`. */
export function gapWords({ node, from, to, before, after }: TraceGap): string {
	const place = before !== undefined ? `before ${nameOf(before)}` : after !== undefined ? `after ${nameOf(after)}` : '';
	return `${formatSpanTime(to - from)} ${place}: nothing recorded in ${nameOf(node)}`;
}

const nameOf = ({ span }: SpanNode): string => oneLine(`${span.service} ${span.name}`);

import { finished, isTurn, type Steps } from '../model/steps.ts';
import { isHandedOn } from './handed-on.ts';
import { sortedAtOnce, sortSteps } from './sort-steps.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/** A stretch of time in which nothing but this span's own work kept the root from ending. Nanoseconds after the origin. */
export type CriticalSection = { readonly node: SpanNode; readonly from: number; readonly to: number };

/**
 * The critical path as Jaeger defines it: walk back from the end of the root; whoever finished last was waited for.
 *
 *     root     ███──────────█████──────██      █ on the critical path, ─ not
 *     a           ██████████                   finished last before b began
 *     b                     ·    ██████        finished last
 *     c           ──────                       finished before a: nobody waited for it
 *
 * The sections come in time order, touch each other, and cover the main root from its start to its end, so that their
 * lengths sum to its length. Children are clipped to their parent, as far as it was waited for; one that lies outside
 * of it has no part in the path, nor has one that consumes a message or only follows from its parent: nobody has waited for
 * it. Jaeger leaves out the sending of messages as well; here it counts, since a slow broker holds up whoever sends to it.
 */
export const criticalPathOf = (tree: TraceTree): readonly CriticalSection[] => finished(criticalPathSteps(tree));

/** The same in steps. O(n log n). */
export function* criticalPathSteps({ main }: TraceTree): Steps<readonly CriticalSection[]> {
	if (main === undefined) return [];
	const sections: CriticalSection[] = [];
	const add = (node: SpanNode, from: number, to: number) => {
		if (to > from) sections.push({ node, from, to });
	};
	const open: Frame[] = [];
	let entered: CriticalSection | undefined = { node: main, from: main.start, to: main.end };
	for (let turn = 0; ; turn++) {
		if (isTurn(turn)) yield;
		if (entered !== undefined) {
			const frame = frameOf(entered);
			if (!sortedAtOnce(frame.children, compareFinishers)) yield* sortSteps(frame.children, compareFinishers);
			open.push(frame);
			entered = undefined;
		}
		const frame = open.at(-1);
		if (frame === undefined) return sections.reverse();
		const last = lastFinisher(frame);
		if (last === undefined) {
			add(frame.node, frame.from, frame.until);
			open.pop();
			continue;
		}
		add(frame.node, last.to, frame.until);
		frame.until = last.from;
		if (last.node.children.length === 0) add(last.node, last.from, last.to);
		else entered = last;
	}
}

/** Nanoseconds of the critical path in each node, by its index. */
export function criticalTimesOf(tree: TraceTree, path: readonly CriticalSection[]): readonly number[] {
	const times = new Array<number>(tree.nodes.length).fill(0);
	for (const { node, from, to } of path) times[node.index] = (times[node.index] ?? 0) + to - from;
	return times;
}

/** The sections that are each node's own, in time order. */
export type SectionsByNode = ReadonlyMap<SpanNode, readonly CriticalSection[]>;

/** Puts the sections of a path under their nodes. */
export function* sectionSteps(path: readonly CriticalSection[]): Steps<SectionsByNode> {
	const sections = new Map<SpanNode, CriticalSection[]>();
	let turn = 0;
	for (const section of path) {
		if (isTurn(turn++)) yield;
		const own = sections.get(section.node);
		if (own === undefined) sections.set(section.node, [section]);
		else own.push(section);
	}
	return sections;
}

type Frame = {
	readonly node: SpanNode;
	readonly from: number;
	/** What lies after this instant is accounted for. */
	until: number;
	/** Children clipped to the frame; the last finisher at the end. */
	readonly children: CriticalSection[];
};

function frameOf({ node, from, to }: CriticalSection): Frame {
	const children: CriticalSection[] = [];
	for (const child of node.children) {
		if (isHandedOn(child.span) && !node.missing) continue;
		const begin = Math.max(from, child.start);
		const end = Math.min(to, child.end);
		if (end > begin) children.push({ node: child, from: begin, to: end });
	}
	return { node, from, until: to, children };
}

const compareFinishers = (a: CriticalSection, b: CriticalSection): number => a.to - b.to || b.from - a.from;

/** Takes the child that ended last before `until`; those that ended later were not waited for. */
function lastFinisher(frame: Frame): CriticalSection | undefined {
	let child = frame.children.pop();
	while (child !== undefined && child.to > frame.until) child = frame.children.pop();
	return child;
}

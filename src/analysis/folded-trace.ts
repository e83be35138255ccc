import { type FlameLanes, flameLanesOf, type LaneTree } from './flame-lanes.ts';
import type { FoldRun, FoldRuns } from './fold-runs.ts';
import { remembered } from './remembered.ts';
import type { TraceReading } from './trace-reading.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/** Which runs the operator wants folded. */
export type Folds = {
	/** All of them one way; absent: each as its size says. */
	readonly all?: 'folded' | 'open' | undefined;
	/** Keys of the runs that are the other way. */
	readonly toggled: readonly string[];
};

export const asTheyCome: Folds = { toggled: [] };

/**
 * A trace as it is laid out, with folded runs in the place of their spans. What it gives away are always spans of the
 * trace itself: a run is stood for by its slowest span.
 */
export type FoldedTrace = {
	readonly tree: LaneTree;
	readonly lanes: FlameLanes;
	/** Nothing is folded. */
	readonly isWhole: boolean;
	/** Where a span of the trace is laid out: itself, or the run that hides it. */
	readonly holderOf: (node: SpanNode) => SpanNode;
	/** The span of the trace that something laid out stands for. */
	readonly spanOf: (laidOut: SpanNode) => SpanNode;
	/** The folded run that hides a span of the trace, itself or with an ancestor. */
	readonly hiddenIn: (node: SpanNode) => FoldRun | undefined;
	/** The span of the trace with this key. */
	readonly spanWith: (key: string) => SpanNode | undefined;
};

/** From so many on a run comes folded: ten rows are half of what a waterfall shows in a terminal of 24. */
const foldedFrom = 10;

export const isFolded = (run: FoldRun, { all, toggled }: Folds): boolean => {
	const usually = all === undefined ? run.members.length >= foldedFrom : all === 'folded';
	return usually !== toggled.includes(run.key);
};

/** The folds with this run the other way. */
export const toggledFold = (folds: Folds, { key }: FoldRun): Folds => ({
	...folds,
	toggled: folds.toggled.includes(key) ? folds.toggled.filter(each => each !== key) : [...folds.toggled, key],
});

/** The innermost run to which a span belongs, itself or with an ancestor; of folded ones the one that is to be seen. */
export function runAround(
	{ runOf }: FoldRuns,
	{ hiddenIn }: Pick<FoldedTrace, 'hiddenIn'>,
	node: SpanNode,
): FoldRun | undefined {
	const hidden = hiddenIn(node);
	if (hidden !== undefined) return hidden;
	for (let at: SpanNode | undefined = node; at !== undefined; at = at.parent) {
		const run = runOf(at);
		if (run !== undefined) return run;
	}
	return undefined;
}

/** Folds a trace; the very trees and lanes that it has where nothing is folded. The last few ways are remembered. */
export const foldedTraceOf: (trace: Pick<TraceReading, 'tree' | 'lanes' | 'runs'>, folds: Folds) => FoldedTrace =
	remembered(
		4,
		(folds: Folds) => JSON.stringify(folds),
		({ tree, lanes, runs }, folds) => {
			const folded = new Set(runs.runs.filter(run => isFolded(run, folds)));
			if (folded.size > 0) return withRunsFolded(tree, runs, folded);
			const same = (node: SpanNode) => node;
			return {
				tree,
				lanes,
				isWhole: true,
				holderOf: same,
				spanOf: same,
				hiddenIn: () => undefined,
				spanWith: key => tree.byKey.get(key),
			};
		},
	);

type Growing = { -readonly [Name in keyof SpanNode]: SpanNode[Name] } & { readonly children: SpanNode[] };

function withRunsFolded(tree: TraceTree, { runOf }: FoldRuns, folded: ReadonlySet<FoldRun>): FoldedTrace {
	const nodes: Growing[] = [];
	/** What each of the nodes stands for. */
	const spans: SpanNode[] = [];
	const runs: (FoldRun | undefined)[] = [];
	const holders = new Int32Array(tree.nodes.length);
	const slots = new Map<FoldRun, number>();
	const add = (node: SpanNode, run?: FoldRun): number => {
		const parent = node.parent === undefined ? undefined : nodes[holders[node.parent.index] ?? 0];
		// Written out: there may be a hundred thousand of them, and a key is waiting.
		const added: Growing = {
			index: nodes.length,
			key: node.key,
			span: node.span,
			missing: node.missing,
			parent,
			children: [],
			depth: node.depth,
			start: run?.from ?? node.start,
			end: run?.to ?? node.end,
			subtreeEnd: 0,
		};
		nodes.push(added);
		spans.push(node);
		runs.push(run);
		parent?.children.push(added);
		return added.index;
	};
	for (let index = 0; index < tree.nodes.length; ) {
		const node = tree.nodes[index];
		if (node === undefined) break;
		const run = runOf(node);
		if (run === undefined || !folded.has(run)) {
			holders[index] = add(node);
			index++;
			continue;
		}
		const slot = slots.get(run) ?? add(run.slowest, run);
		slots.set(run, slot);
		holders.fill(slot, index, node.subtreeEnd);
		index = node.subtreeEnd;
	}
	for (let index = nodes.length - 1; index >= 0; index--) {
		const node = nodes[index];
		if (node !== undefined) node.subtreeEnd = node.children.at(-1)?.subtreeEnd ?? index + 1;
	}
	const holderOf = (node: SpanNode) => nodes[holders[node.index] ?? 0] ?? node;
	const pruned = { nodes, roots: nodes.filter(({ parent }) => parent === undefined) };
	return {
		tree: pruned,
		lanes: flameLanesOf(pruned),
		isWhole: false,
		holderOf,
		spanOf: laidOut => spans[laidOut.index] ?? laidOut,
		hiddenIn: node => runs[holders[node.index] ?? 0],
		spanWith: key => tree.byKey.get(key),
	};
}

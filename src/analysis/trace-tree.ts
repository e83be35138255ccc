import { finished, isTurn, type Steps } from '../model/steps.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { Span, Trace } from '../model/trace.ts';
import { type DrawnSpan, plausibleSteps } from './plausible-times.ts';
import { sortedAtOnce, sortSteps } from './sort-steps.ts';
import { type KeyedSpans, keyedSteps, linkSteps, type SpanLinks } from './span-parents.ts';

/**
 * A span in its place. Instants are nanoseconds after the tree's `origin`, as numbers: exact for 104 days round it,
 * which is longer than any trace.
 */
export type SpanNode = {
	/** Position in `TraceTree.nodes`. */
	readonly index: number;
	/** The span's ID; `ID#2`, `ID#3` for other spans that came with the same one. */
	readonly key: string;
	readonly span: DrawnSpan;
	/** True for a parent that spans name and nobody sent: made up, and as long as what hangs below it. */
	readonly missing: boolean;
	readonly parent: SpanNode | undefined;
	/** By start, longer ones first. */
	readonly children: readonly SpanNode[];
	readonly depth: number;
	readonly start: number;
	/** Never before `start`, whatever the span says. */
	readonly end: number;
	/** The subtree is `nodes[index]` up to and without `nodes[subtreeEnd]`. */
	readonly subtreeEnd: number;
};

/** What had to be mended to make a tree; all zero for a sound trace. */
export type TreeFlaws = {
	/** Spans that came twice; one of each was kept. */
	readonly duplicates: number;
	/** Spans whose parent is not in the trace. */
	readonly orphans: number;
	/** Links to a parent that were cut because they led back to the span itself. */
	readonly cycles: number;
	/** Spans that end before they start; drawn without length. */
	readonly backwards: number;
	/** Spans with a start or an end that cannot be; drawn as long as what hangs below them. */
	readonly implausible: number;
};

/** A trace as a forest. Every span of the trace is in `nodes` once, in preorder, and made-up parents beside them. */
export type TraceTree = {
	readonly id: string;
	readonly nodes: readonly SpanNode[];
	readonly byKey: ReadonlyMap<string, SpanNode>;
	/** Roots by start, then the made-up parents of orphans by start. */
	readonly roots: readonly SpanNode[];
	/** The longest root; the longest made-up one only when there is no other. Absent in an empty trace. */
	readonly main: SpanNode | undefined;
	/** Start of `main`. */
	readonly origin: Nanoseconds;
	readonly flaws: TreeFlaws;
};

/**
 * Builds the tree of a trace whatever its spans claim. Orphans gather below one made-up `missing parent` for each
 * parent they name; a cycle is cut at its earliest span, which becomes a root.
 */
export const traceTreeOf = (trace: Trace): TraceTree => finished(treeSteps(trace));

/** The same in steps. O(n log n). */
export function* treeSteps(trace: Trace): Steps<TraceTree> {
	const keyed = yield* keyedSteps(yield* plausibleSteps(trace.spans));
	const links = yield* linkSteps(keyed);
	const seeds = seedsOf(keyed, links);
	const forest = yield* forestSteps(seeds, longestRoot(seeds));
	return {
		id: trace.id,
		...forest,
		flaws: {
			duplicates: trace.spans.length - keyed.spans.length,
			orphans: [...links.orphans.values()].reduce((count, { length }) => count + length, 0),
			cycles: links.cycles,
			backwards: keyed.spans.reduce((count, { start, end }) => (end < start ? count + 1 : count), 0),
			implausible: keyed.spans.reduce((count, { sent }) => (sent === undefined ? count : count + 1), 0),
		},
	};
}

/**
 * The same forest with other times: each node has the same parent, and children are in the order of their new start.
 * `spanOf` gives each node's span with the times that it has from now on; made-up parents stay as they are.
 */
export function* retimedSteps(tree: TraceTree, spanOf: (node: SpanNode) => Span): Steps<TraceTree> {
	const spans: Span[] = [];
	const above = new Int32Array(tree.nodes.length).fill(-1);
	for (const node of tree.nodes) {
		if (isTurn(node.index)) yield;
		spans.push(node.missing ? node.span : spanOf(node));
		above[node.index] = node.parent?.index ?? -1;
	}
	const isMissing = (index: number) => tree.nodes[index]?.missing ?? false;
	const forest = yield* forestSteps(
		{ keys: tree.nodes.map(({ key }) => key), spans, above, isMissing },
		tree.main?.index ?? -1,
	);
	return { ...tree, ...forest };
}

/** What a forest grows from, by index: spans, made-up ones among them, and the index of each one's parent, or -1. */
type Seeds = {
	readonly keys: readonly string[];
	readonly spans: readonly DrawnSpan[];
	readonly above: Int32Array;
	readonly isMissing: (index: number) => boolean;
};

/** The spans, and behind them the parents that had to be made up. */
function seedsOf(keyed: KeyedSpans, links: SpanLinks): Seeds {
	const sent = keyed.spans.length;
	const spans = [...keyed.spans];
	const keys = [...keyed.keys];
	const above = new Int32Array(sent + links.orphans.size).fill(-1);
	above.set(links.above);
	for (const [id, children] of links.orphans) {
		for (const child of children) above[child] = spans.length;
		spans.push(missingParent(id, children, keyed.spans));
		let key = `missing ${id}`;
		while (keyed.firsts.has(key)) key = `missing ${key}`;
		keys.push(key);
	}
	return { keys, spans, above, isMissing: index => index >= sent };
}

export const isWithin = (node: SpanNode, ancestor: SpanNode): boolean =>
	node.index >= ancestor.index && node.index < ancestor.subtreeEnd;

/** The node's ancestors, the root first, without the node itself. */
export function ancestorsOf(node: SpanNode): readonly SpanNode[] {
	const found: SpanNode[] = [];
	for (let up = node.parent; up !== undefined; up = up.parent) found.push(up);
	return found.reverse();
}

/** The node of a span's ID (or of a node's key); the first one when several spans share the ID. */
export const nodeOf = (tree: TraceTree, key: string | undefined): SpanNode | undefined =>
	key === undefined ? undefined : tree.byKey.get(key);

function missingParent(id: string, children: readonly number[], spans: readonly Span[]): Span {
	const first = spans[children[0] ?? -1];
	let [start, end] = [first?.start ?? 0n, first?.end ?? 0n];
	for (const child of children) {
		const span = spans[child];
		if (span !== undefined && span.start < start) start = span.start;
		if (span !== undefined && span.end > end) end = span.end;
	}
	return {
		id,
		service: '?',
		name: 'missing parent',
		kind: 'unspecified',
		start,
		end,
		status: 'unset',
		statusMessage: '',
		attributes: {},
		resource: {},
		events: [],
		links: [],
	};
}

type Forest = Pick<TraceTree, 'nodes' | 'byKey' | 'roots' | 'main' | 'origin'>;

/** A node on its way to its place. Until it is there, `end` is as the span has it. */
type Growing = { -readonly [Name in keyof SpanNode]: SpanNode[Name] } & { readonly children: Growing[] };

/** `main` is the index of the main root, -1 in an empty trace. */
function* forestSteps(seeds: Seeds, main: number): Steps<Forest> {
	const origin = seeds.spans[main]?.start ?? 0n;
	const grown: Growing[] = [];
	for (const span of seeds.spans) {
		const index = grown.length;
		if (isTurn(index)) yield;
		grown.push(growing(seeds.keys[index] ?? span.id, span, seeds.isMissing(index), origin));
	}
	const roots: Growing[] = [];
	const madeUp: Growing[] = [];
	const byKey = new Map<string, SpanNode>();
	let index = 0;
	for (const node of grown) {
		if (isTurn(index)) yield;
		const parent = grown[seeds.above[index++] ?? -1];
		byKey.set(node.key, node);
		node.parent = parent;
		if (parent !== undefined) parent.children.push(node);
		else if (node.missing) madeUp.push(node);
		else roots.push(node);
	}
	yield* sortSteps(roots, compareGrowing);
	yield* sortSteps(madeUp, compareGrowing);
	const tops = [...roots, ...madeUp];
	const nodes = yield* preorder(tops);
	return { nodes, byKey, roots: tops, main: grown[main], origin };
}

/** Index of the longest root; of the longest made-up one only when there is no other. -1 when there is none. */
function longestRoot({ spans, above, isMissing }: Seeds): number {
	let [longest, length] = [-1, 0n];
	for (let index = 0; index < spans.length; index++) {
		const span = above[index] === -1 ? spans[index] : undefined;
		if (span === undefined) continue;
		if (longest >= 0 && isMissing(index) && !isMissing(longest)) continue;
		const isFirst = longest < 0 || (isMissing(longest) && !isMissing(index));
		if (isFirst || span.end - span.start > length) [longest, length] = [index, span.end - span.start];
	}
	return longest;
}

const growing = (key: string, span: Span, missing: boolean, origin: Nanoseconds): Growing => ({
	index: 0,
	key,
	span,
	missing,
	parent: undefined,
	children: [],
	depth: 0,
	start: Number(span.start - origin),
	end: Number(span.end - origin),
	subtreeEnd: 0,
});

const compareGrowing = (a: Growing, b: Growing): number =>
	a.start - b.start || b.end - a.end || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Puts every node into its place. Without recursion: a chain of spans may be deeper than the stack. */
function* preorder(roots: readonly Growing[]): Steps<readonly SpanNode[]> {
	const nodes: Growing[] = [];
	const waiting = roots.toReversed();
	for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
		if (isTurn(nodes.length)) yield;
		node.index = nodes.length;
		node.depth = node.parent === undefined ? 0 : node.parent.depth + 1;
		node.end = Math.max(node.start, node.end);
		nodes.push(node);
		const { children } = node;
		if (!sortedAtOnce(children, compareGrowing)) yield* sortSteps(children, compareGrowing);
		for (let at = children.length - 1; at >= 0; at--) {
			const child = children[at];
			if (child !== undefined) waiting.push(child);
		}
	}
	for (let at = nodes.length - 1; at >= 0; at--) {
		const node = nodes[at];
		if (node !== undefined) node.subtreeEnd = node.children.at(-1)?.subtreeEnd ?? node.index + 1;
	}
	return nodes;
}

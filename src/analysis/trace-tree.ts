import { finished, isTurn, type Steps } from '../model/steps.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { Span, Trace } from '../model/trace.ts';
import { sortSteps } from './sort-steps.ts';
import { type KeyedSpan, keyedSteps, linkSteps, type SpanLinks } from './span-parents.ts';

/**
 * A span in its place. Instants are nanoseconds after the tree's `origin`, as numbers: exact for 104 days round it,
 * which is longer than any trace.
 */
export type SpanNode = {
	/** Position in `TraceTree.nodes`. */
	readonly index: number;
	/** The span's ID; `ID#2`, `ID#3` for other spans that came with the same one. */
	readonly key: string;
	readonly span: Span;
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

/** A node before it has its place. Instants as those of a node, but `end` as the span has it. */
type Draft = {
	readonly key: string;
	readonly span: Span;
	readonly missing: boolean;
	readonly children: Draft[];
	start: number;
	end: number;
};

const draftOf = (key: string, span: Span, missing = false): Draft => ({
	key,
	span,
	missing,
	children: [],
	start: 0,
	end: 0,
});

/**
 * Builds the tree of a trace whatever its spans claim. Orphans gather below one made-up `missing parent` for each
 * parent they name; a cycle is cut at its earliest span, which becomes a root.
 */
export const traceTreeOf = (trace: Trace): TraceTree => finished(treeSteps(trace));

/** The same in steps. O(n log n). */
export function* treeSteps(trace: Trace): Steps<TraceTree> {
	const spans = yield* keyedSteps(trace.spans);
	const links = yield* linkSteps(spans);
	const { roots, madeUp } = hung(spans, links);
	const forest = yield* forestOf(roots, madeUp);
	return {
		id: trace.id,
		...forest,
		flaws: {
			duplicates: trace.spans.length - spans.length,
			orphans: madeUp.reduce((count, { children }) => count + children.length, 0),
			cycles: links.cycles,
			backwards: spans.reduce((count, { span }) => (span.end < span.start ? count + 1 : count), 0),
		},
	};
}

/**
 * The same forest with other times: each node has the same parent, and children are in the order of their new start.
 * `spanOf` gives each node's span with the times that it has from now on; made-up parents stay as they are.
 */
export function* retimedSteps(tree: TraceTree, spanOf: (node: SpanNode) => Span): Steps<TraceTree> {
	const drafts: Draft[] = [];
	for (const node of tree.nodes) {
		if (isTurn(node.index)) yield;
		const draft = draftOf(node.key, node.missing ? node.span : spanOf(node), node.missing);
		drafts.push(draft);
		if (node.parent !== undefined) drafts[node.parent.index]?.children.push(draft);
	}
	const tops = tree.roots.flatMap(({ index }) => drafts[index] ?? []);
	const forest = yield* forestOf(
		tops.filter(({ missing }) => !missing),
		tops.filter(({ missing }) => missing),
	);
	return { ...tree, ...forest };
}

/** Each span below its parent. */
function hung(spans: readonly KeyedSpan[], { above, orphans }: SpanLinks) {
	const drafts = spans.map(({ key, span }) => draftOf(key, span));
	const keys = new Set(spans.map(({ key }) => key));
	const isOrphan = new Set([...orphans.values()].flat());
	const roots: Draft[] = [];
	for (const [index, draft] of drafts.entries()) {
		const parent = drafts[above[index] ?? -1];
		if (parent !== undefined) parent.children.push(draft);
		else if (!isOrphan.has(index)) roots.push(draft);
	}
	const madeUp = [...orphans].map(([id, indices]) => {
		const children = indices.flatMap(index => drafts[index] ?? []);
		let key = `missing ${id}`;
		while (keys.has(key)) key = `missing ${key}`;
		keys.add(key);
		return missingParent(id, key, children);
	});
	return { roots, madeUp };
}

type Forest = Pick<TraceTree, 'nodes' | 'byKey' | 'roots' | 'main' | 'origin'>;

function* forestOf(roots: Draft[], madeUp: Draft[]): Steps<Forest> {
	const main = longest(roots) ?? longest(madeUp);
	const origin = main?.span.start ?? 0n;
	const tops = [...roots, ...madeUp];
	yield* timed(tops, origin);
	yield* sortSteps(roots, compareDrafts);
	yield* sortSteps(madeUp, compareDrafts);
	const nodes = yield* preorder([...roots, ...madeUp]);
	const byKey = new Map<string, SpanNode>();
	for (const node of nodes) {
		if (isTurn(node.index)) yield;
		byKey.set(node.key, node);
	}
	return {
		nodes,
		byKey,
		roots: nodes.filter(node => node.parent === undefined),
		main: main === undefined ? undefined : byKey.get(main.key),
		origin,
	};
}

/** Instants as numbers: what follows compares them often. */
function* timed(tops: readonly Draft[], origin: Nanoseconds): Steps<void> {
	const waiting = [...tops];
	let count = 0;
	for (let draft = waiting.pop(); draft !== undefined; draft = waiting.pop()) {
		if (isTurn(count++)) yield;
		draft.start = Number(draft.span.start - origin);
		draft.end = Number(draft.span.end - origin);
		for (const child of draft.children) waiting.push(child);
	}
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

function missingParent(id: string, key: string, children: readonly Draft[]): Draft {
	let [start, end] = [children[0]?.span.start ?? 0n, children[0]?.span.end ?? 0n];
	for (const { span } of children) {
		if (span.start < start) start = span.start;
		if (span.end > end) end = span.end;
	}
	const span: Span = {
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
	return { ...draftOf(key, span, true), children: [...children] };
}

const compareDrafts = (a: Draft, b: Draft): number =>
	a.start - b.start || b.end - a.end || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

const longest = (drafts: readonly Draft[]): Draft | undefined =>
	drafts.reduce<Draft | undefined>(
		(best, draft) =>
			best === undefined || draft.span.end - draft.span.start > best.span.end - best.span.start ? draft : best,
		undefined,
	);

type Growing = { -readonly [Name in keyof SpanNode]: SpanNode[Name] } & { readonly children: SpanNode[] };

/** Without recursion: a chain of spans may be deeper than the stack. */
function* preorder(roots: readonly Draft[]): Steps<readonly SpanNode[]> {
	const nodes: Growing[] = [];
	const waiting: { readonly draft: Draft; readonly parent: Growing | undefined }[] = [];
	const push = (drafts: readonly Draft[], parent: Growing | undefined) => {
		for (let at = drafts.length - 1; at >= 0; at--) {
			const draft = drafts[at];
			if (draft !== undefined) waiting.push({ draft, parent });
		}
	};
	push(roots, undefined);
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { draft, parent } = next;
		const node = grown(draft, parent, nodes.length);
		nodes.push(node);
		parent?.children.push(node);
		if (draft.children.length > 1) yield* sortSteps(draft.children, compareDrafts);
		push(draft.children, node);
		if (isTurn(node.index)) yield;
	}
	for (let at = nodes.length - 1; at >= 0; at--) {
		const node = nodes[at];
		if (node !== undefined) node.subtreeEnd = node.children.at(-1)?.subtreeEnd ?? node.index + 1;
	}
	return nodes;
}

const grown = (draft: Draft, parent: Growing | undefined, index: number): Growing => ({
	index,
	key: draft.key,
	span: draft.span,
	missing: draft.missing,
	parent,
	children: [],
	depth: parent === undefined ? 0 : parent.depth + 1,
	start: draft.start,
	end: Math.max(draft.start, draft.end),
	subtreeEnd: index + 1,
});

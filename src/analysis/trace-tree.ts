import type { Nanoseconds } from '../model/time.ts';
import type { Span, Trace } from '../model/trace.ts';
import { cutCycles, keyed, parentsOf, withoutDuplicates } from './span-parents.ts';

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
	/** Roots by start, then the made-up parents of orphans by start. */
	readonly roots: readonly SpanNode[];
	/** The longest root; the longest made-up one only when there is no other. Absent in an empty trace. */
	readonly main: SpanNode | undefined;
	/** Start of `main`. */
	readonly origin: Nanoseconds;
	readonly flaws: TreeFlaws;
};

type Draft = { readonly key: string; readonly span: Span; readonly missing: boolean; readonly children: Draft[] };

/**
 * Builds the tree of a trace whatever its spans claim. Orphans gather below one made-up `missing parent` for each
 * parent they name; a cycle is cut at its earliest span, which becomes a root.
 */
export function traceTreeOf(trace: Trace): TraceTree {
	const unique = withoutDuplicates(trace.spans);
	const spans = keyed(unique);
	const { parents, cycles } = cutCycles(spans, parentsOf(spans));

	const drafts = spans.map(({ key, span }): Draft => ({ key, span, missing: false, children: [] }));
	const draftOf = new Map(drafts.map(draft => [draft.key, draft]));
	const roots: Draft[] = [];
	const orphans = new Map<string, Draft[]>();
	for (const [index, draft] of drafts.entries()) {
		const link = parents[index];
		if (link === undefined) roots.push(draft);
		else if ('key' in link) draftOf.get(link.key)?.children.push(draft);
		else {
			const siblings = orphans.get(link.missing) ?? [];
			siblings.push(draft);
			orphans.set(link.missing, siblings);
		}
	}
	const madeUp = [...orphans].map(([id, children]) => missingParent(id, children));
	const byStart = [...roots.sort(compareDrafts), ...madeUp.sort(compareDrafts)];
	const main = longest(roots) ?? longest(madeUp);
	const origin = main?.span.start ?? 0n;
	const nodes = preorder(byStart, origin);
	return {
		id: trace.id,
		nodes,
		roots: nodes.filter(node => node.parent === undefined),
		main: main === undefined ? undefined : nodes.find(node => node.key === main.key && node.missing === main.missing),
		origin,
		flaws: {
			duplicates: trace.spans.length - unique.length,
			orphans: madeUp.reduce((count, { children }) => count + children.length, 0),
			cycles,
			backwards: unique.filter(({ start, end }) => end < start).length,
		},
	};
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
	key === undefined ? undefined : tree.nodes.find(node => node.key === key);

function missingParent(id: string, children: readonly Draft[]): Draft {
	const [start = 0n] = children.map(({ span }) => span.start).sort(compare);
	const ends = children.map(({ span }) => span.end).sort(compare);
	const span: Span = {
		id,
		service: '?',
		name: 'missing parent',
		kind: 'unspecified',
		start,
		end: ends.at(-1) ?? start,
		status: 'unset',
		statusMessage: '',
		attributes: {},
		resource: {},
		events: [],
		links: [],
	};
	return { key: `missing ${id}`, span, missing: true, children: [...children] };
}

const compareDrafts = ({ span: a, key: aKey }: Draft, { span: b, key: bKey }: Draft): number =>
	compare(a.start, b.start) || compare(b.end, a.end) || compare(aKey, bKey);

const compare = <Value extends bigint | string>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);

const longest = (drafts: readonly Draft[]): Draft | undefined =>
	drafts.reduce<Draft | undefined>(
		(best, draft) =>
			best === undefined || draft.span.end - draft.span.start > best.span.end - best.span.start ? draft : best,
		undefined,
	);

type Growing = { -readonly [Name in keyof SpanNode]: SpanNode[Name] } & { readonly children: SpanNode[] };

/** Without recursion: a chain of spans may be deeper than the stack. */
function preorder(roots: readonly Draft[], origin: Nanoseconds): readonly SpanNode[] {
	const nodes: Growing[] = [];
	const waiting: { readonly draft: Draft; readonly parent: Growing | undefined }[] = [];
	const push = (drafts: readonly Draft[], parent: Growing | undefined) => {
		for (const draft of drafts.toReversed()) waiting.push({ draft, parent });
	};
	push(roots, undefined);
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { draft, parent } = next;
		const start = Number(draft.span.start - origin);
		const node: Growing = {
			index: nodes.length,
			key: draft.key,
			span: draft.span,
			missing: draft.missing,
			parent,
			children: [],
			depth: parent === undefined ? 0 : parent.depth + 1,
			start,
			end: Math.max(start, Number(draft.span.end - origin)),
			subtreeEnd: nodes.length + 1,
		};
		nodes.push(node);
		parent?.children.push(node);
		push(draft.children.sort(compareDrafts), node);
	}
	for (const node of nodes.toReversed()) {
		node.subtreeEnd = node.children.at(-1)?.subtreeEnd ?? node.index + 1;
	}
	return nodes;
}

import { isHandedOn } from './handed-on.ts';
import { remembered } from './remembered.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * How a child lies outside its parent. Lengths are in nanoseconds.
 * - `skewed`: another process, and moving it by `by` would fit it in: its clock is ahead (positive) or behind (negative);
 * - `outlives`: it went on for `by` after its parent ended: work that nobody waited for;
 * - `after`: it began `by` after its parent had ended: work that was handed on;
 * - `backwards`: the span ends `by` before it starts, which no clock that runs forwards can measure;
 * - `implausible`: by its times it took `by`, which no request does, or ran in another year: they are not drawn.
 */
export type SkewMark = {
	readonly kind: 'skewed' | 'outlives' | 'after' | 'backwards' | 'implausible';
	readonly by: number;
};

/**
 * Tells clocks that disagree from work that goes on. Nothing is moved: a guess about clocks belongs beside the figures,
 * not into them.
 *
 *     parent  ──────────
 *     child              ───    same process: began after the parent ended   `after`
 *     child         ──────      same process, or longer than the parent      `outlives`
 *     child  ───                cannot begin before its cause                `skewed`
 *     child         ──────      called in another process, and would fit     `skewed`
 */
export function skewMarkOf(node: SpanNode): SkewMark | undefined {
	const { parent, span } = node;
	if (span.sent !== undefined) return { kind: 'implausible', by: Number(span.sent.end - span.sent.start) };
	// A node never ends before it starts, so that most need no comparison of large integers.
	if (node.end === node.start && span.end < span.start) {
		return { kind: 'backwards', by: Number(span.start - span.end) };
	}
	if (parent === undefined || parent.missing) return undefined;
	const early = parent.start - node.start;
	const late = node.end - parent.end;
	if (early <= 0 && late <= 0) return undefined;
	if (early > 0) return { kind: 'skewed', by: -early };
	const fits = node.end - node.start <= parent.end - parent.start;
	if (isCall(parent, node) && fits) return { kind: 'skewed', by: late };
	return node.start >= parent.end ? { kind: 'after', by: node.start - parent.end } : { kind: 'outlives', by: late };
}

/** The parent waited for the child in another process. What was handed on may run later. */
const isCall = (parent: SpanNode, child: SpanNode): boolean =>
	parent.span.kind !== 'producer' &&
	!isHandedOn(child.span) &&
	child.span.kind !== 'producer' &&
	(parent.span.service !== child.span.service || (parent.span.kind === 'client' && child.span.kind === 'server'));

/** Clocks that disagree by so much that what is told of the trace may be wrong. */
export type TellingSkew = {
	/** Whose spans lie outside of their parents; at least one. */
	readonly services: ReadonlySet<string>;
	/** By how many nanoseconds at least, the largest. */
	readonly by: number;
};

/** Clocks that are off by less than this share of the trace misplace nothing that one looks at. */
const leastShare = 0.05;

/** `undefined` where all clocks agree well enough. */
export const tellingSkewOf = (tree: TraceTree): TellingSkew | undefined => skewIn(tree, undefined).telling;

/** True when some span's clock disagrees with that of its parent. */
export const hasSkew = (tree: TraceTree): boolean => skewIn(tree, undefined).isThere;

type SkewFound = { readonly isThere: boolean; readonly telling: TellingSkew | undefined };

const skewIn = remembered<TraceTree, undefined, SkewFound>(1, () => '', findSkew);

function findSkew({ nodes, main }: TraceTree): SkewFound {
	const least = main === undefined ? 0 : (main.end - main.start) * leastShare;
	const services = new Set<string>();
	let [isThere, most] = [false, 0];
	for (const node of nodes) {
		const mark = skewMarkOf(node);
		if (mark?.kind !== 'skewed') continue;
		isThere = true;
		if (Math.abs(mark.by) < least) continue;
		services.add(node.span.service);
		most = Math.max(most, Math.abs(mark.by));
	}
	return { isThere, telling: services.size === 0 ? undefined : { services, by: most } };
}

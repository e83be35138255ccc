import { remembered } from './remembered.ts';
import { formatAttribute } from './span-words.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/** The spans of a trace that hold a text. */
export type SpanMatches = {
	readonly count: number;
	readonly has: (node: SpanNode) => boolean;
	/** How many of the spans `nodes[from]` up to and without `nodes[to]` match. */
	readonly within: (from: number, to: number) => number;
};

/**
 * The spans that hold the text in their service, operation, status message or attributes (`name=value`), whatever its
 * case. Each text is looked for once in each trace, not at every paint; one that goes on where the last one stopped is
 * looked for among its matches alone.
 */
export const spanMatchesOf: (tree: TraceTree, search: string) => SpanMatches = remembered(
	4,
	(search: string) => search,
	findMatches,
);

/** The last search of each trace, for the one that goes on from it. */
const lastSearch = new WeakMap<TraceTree, { readonly search: string; readonly matches: SpanMatches }>();

function findMatches(tree: TraceTree, search: string): SpanMatches {
	const last = lastSearch.get(tree);
	const among = last !== undefined && search.startsWith(last.search) ? last.matches : undefined;
	const holds = textSearch(search);
	const before = new Int32Array(tree.nodes.length + 1);
	for (const [index, node] of tree.nodes.entries()) {
		const isMatch = (among === undefined || among.has(node)) && holds(node);
		before[index + 1] = (before[index] ?? 0) + (isMatch ? 1 : 0);
	}
	const within = (from: number, to: number) => (before[to] ?? 0) - (before[from] ?? 0);
	const matches: SpanMatches = {
		count: before[tree.nodes.length] ?? 0,
		has: ({ index }) => within(index, index + 1) > 0,
		within,
	};
	lastSearch.set(tree, { search, matches });
	return matches;
}

/** Names are few, so each is looked at once; to know a value again costs more than to look through it. */
function textSearch(search: string): (node: SpanNode) => boolean {
	const text = search.toLowerCase();
	const holds = (value: string) => value.toLowerCase().includes(text);
	const spansBoth = text.includes('=');
	const names = new Map<string, boolean>();
	const nameHolds = (name: string): boolean => {
		let known = names.get(name);
		if (known === undefined) {
			known = holds(name);
			names.set(name, known);
		}
		return known;
	};
	return ({ span }) => {
		if (nameHolds(span.service) || nameHolds(span.name) || holds(span.statusMessage)) return true;
		const { attributes } = span;
		for (const name in attributes) {
			if (!spansBoth && nameHolds(name)) return true;
			const value = attributes[name] ?? null;
			const shown = typeof value === 'string' && value !== '' ? value : formatAttribute(value);
			if (holds(spansBoth ? `${name}=${shown}` : shown)) return true;
		}
		return false;
	};
}

import { remembered } from './remembered.ts';
import { isWithin, type SpanNode, type TraceTree } from './trace-tree.ts';

/** A stretch of time, and the longest of the spans that cover it. */
export type Recorded = { readonly from: number; to: number; by: SpanNode };

/** When spans ran that do not hang below the main root: stretches that do not touch, in the order of time. */
export const recordedElsewhere: (tree: TraceTree) => readonly Recorded[] = (() => {
	const found = remembered<TraceTree, undefined, readonly Recorded[]>(1, () => '', findRecorded);
	return tree => found(tree, undefined);
})();

function findRecorded({ roots, main }: TraceTree): readonly Recorded[] {
	const others = roots.filter(root => root !== main).flatMap(root => (root.missing ? root.children : [root]));
	const stretches: Recorded[] = [];
	for (const by of others.sort((a, b) => a.start - b.start)) {
		const last = stretches.at(-1);
		if (by.end <= by.start) continue;
		if (last === undefined || by.start > last.to) stretches.push({ from: by.start, to: by.end, by });
		else {
			last.to = Math.max(last.to, by.end);
			if (by.end - by.start > last.by.end - last.by.start) last.by = by;
		}
	}
	return stretches;
}

/** Index of the first stretch that ends after an instant. */
export function firstEndingAfter(recorded: readonly Recorded[], at: number): number {
	let [low, high] = [0, recorded.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((recorded[middle]?.to ?? at) <= at) low = middle + 1;
		else high = middle;
	}
	return low;
}

/**
 * How long a span was at work itself while spans ran that do not hang below the main root: some of that time may be theirs,
 * whose parent is missing. Nanoseconds; 0 for what does not hang below the main root either.
 */
export function selfElsewhere(tree: TraceTree, node: SpanNode): number {
	const { main } = tree;
	const recorded = recordedElsewhere(tree);
	if (main === undefined || main.missing || !isWithin(node, main) || recorded.length === 0) return 0;
	let sum = 0;
	let reached = node.start;
	for (const child of node.children) {
		if (child.start >= node.end) break;
		sum += coveredIn(recorded, reached, child.start);
		reached = Math.max(reached, child.end);
	}
	return sum + coveredIn(recorded, reached, node.end);
}

function coveredIn(recorded: readonly Recorded[], from: number, to: number): number {
	let sum = 0;
	for (let at = firstEndingAfter(recorded, from); at < recorded.length; at++) {
		const stretch = recorded[at];
		if (stretch === undefined || stretch.from >= to) break;
		sum += Math.min(to, stretch.to) - Math.max(from, stretch.from);
	}
	return sum;
}

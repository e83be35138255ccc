import type { CriticalSection } from './critical-path.ts';
import type { FoldRun } from './fold-runs.ts';
import type { Stretch } from './folded-view.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/** Sections closer than this part of the run's length become one: no screen has so many columns. */
const finest = 1 / 2000;

const known = new WeakMap<FoldRun, readonly Stretch[]>();

/** Where the critical path runs through a run or through what hangs below it, in time order. Found once for each run. */
export function criticalStretchesOf(
	run: FoldRun,
	{
		tree,
		sections,
	}: { readonly tree: TraceTree; readonly sections: ReadonlyMap<SpanNode, readonly CriticalSection[]> },
): readonly Stretch[] {
	const found = known.get(run) ?? joined(collected(run, tree, sections), (run.to - run.from) * finest);
	known.set(run, found);
	return found;
}

function collected(
	{ members }: FoldRun,
	{ nodes }: TraceTree,
	sections: ReadonlyMap<SpanNode, readonly CriticalSection[]>,
): readonly Stretch[] {
	const stretches: Stretch[] = [];
	for (const { index, subtreeEnd } of members) {
		for (let at = index; at < subtreeEnd; at++) {
			const node = nodes[at];
			if (node !== undefined) stretches.push(...(sections.get(node) ?? []));
		}
	}
	return stretches.sort((a, b) => a.from - b.from);
}

function joined(stretches: readonly Stretch[], gap: number): readonly Stretch[] {
	const done: { from: number; to: number }[] = [];
	for (const { from, to } of stretches) {
		const last = done.at(-1);
		if (last !== undefined && from - last.to <= gap) last.to = Math.max(last.to, to);
		else done.push({ from, to });
	}
	return done;
}

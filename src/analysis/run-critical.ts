import type { FoldRun } from './fold-runs.ts';
import type { Stretch } from './folded-view.ts';
import type { TraceReading } from './trace-reading.ts';

/** Stretches closer than this part of the run's length become one: no screen has so many columns. */
const finest = 1 / 2000;

type Runs = Pick<TraceReading, 'runs' | 'path' | 'tree'>;

const known = new WeakMap<Runs['path'], ReadonlyMap<FoldRun, readonly Stretch[]>>();

/**
 * Where the critical path runs through a run or through what hangs below it, in time order. Found once for all runs of a
 * reading.
 */
export function criticalStretchesOf(run: FoldRun, reading: Runs): readonly Stretch[] {
	const found = known.get(reading.path) ?? stretchesByRun(reading);
	known.set(reading.path, found);
	return found.get(run) ?? [];
}

/** The path is in the order of time, so that one walk along it is all: nothing has to be collected and sorted. */
function stretchesByRun({ runs: { runs }, path, tree }: Runs): ReadonlyMap<FoldRun, readonly Stretch[]> {
	const joining = runs.map(({ from, to }) => joiningWithin((to - from) * finest));
	const { innermost, around } = nesting(runs, tree.nodes.length);
	for (const { node, from, to } of path) {
		for (let at = innermost[node.index] ?? -1; at >= 0; at = around[at] ?? -1) joining[at]?.add(from, to);
	}
	return new Map(runs.map((run, at) => [run, joining[at]?.stretches ?? []]));
}

/** Stretches that are added in the order of time; those no further apart than `gap` become one. */
function joiningWithin(gap: number) {
	const stretches: { from: number; to: number }[] = [];
	let last: { from: number; to: number } | undefined;
	const add = (from: number, to: number): void => {
		if (last !== undefined && from - last.to <= gap) last.to = to;
		else {
			last = { from, to };
			stretches.push(last);
		}
	};
	return { stretches, add };
}

/**
 * The number of the run that each node is a member of or hangs below, and of the run that each run hangs below; -1 for
 * none. A run stands before those below it.
 */
function nesting(runs: readonly FoldRun[], nodes: number) {
	const innermost = new Int32Array(nodes).fill(-1);
	const around = new Int32Array(runs.length).fill(-1);
	for (const [at, { members }] of runs.entries()) {
		around[at] = innermost[members[0]?.index ?? -1] ?? -1;
		for (const { index, subtreeEnd } of members) innermost.fill(at, index, subtreeEnd);
	}
	return { innermost, around };
}

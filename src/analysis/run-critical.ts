import type { CriticalSection } from './critical-path.ts';
import type { FoldRun } from './fold-runs.ts';
import type { Stretch } from './folded-view.ts';

/** Stretches closer than this part of the run's length become one: no screen has so many columns. */
const finest = 1 / 2000;

const known = new WeakMap<FoldRun, readonly Stretch[]>();

/** Where the critical path runs through a run or through what hangs below it, in time order. Found once for each run. */
export function criticalStretchesOf(
	run: FoldRun,
	{ path }: { readonly path: readonly CriticalSection[] },
): readonly Stretch[] {
	const found = known.get(run) ?? stretchesIn(run, path);
	known.set(run, found);
	return found;
}

/** The path is in the order of time, so that nothing has to be collected and sorted: a run may hold all but the root. */
function stretchesIn(run: FoldRun, path: readonly CriticalSection[]): readonly Stretch[] {
	const isInside = membership(run);
	const gap = (run.to - run.from) * finest;
	const done: { from: number; to: number }[] = [];
	for (let at = firstFrom(path, run.from); at < path.length; at++) {
		const section = path[at];
		if (section === undefined || section.from >= run.to) break;
		if (!isInside(section.node.index)) continue;
		const last = done.at(-1);
		if (last !== undefined && section.from - last.to <= gap) last.to = section.to;
		else done.push({ from: section.from, to: section.to });
	}
	return done;
}

/** Tells of the index of a node whether it is a member of the run or hangs below one. */
function membership({ members }: FoldRun): (index: number) => boolean {
	const first = members.reduce((least, { index }) => Math.min(least, index), Number.POSITIVE_INFINITY);
	const end = members.reduce((most, { subtreeEnd }) => Math.max(most, subtreeEnd), 0);
	const inside = new Uint8Array(Math.max(0, end - first));
	for (const { index, subtreeEnd } of members) inside.fill(1, index - first, subtreeEnd - first);
	return index => inside[index - first] === 1;
}

/** Index of the first section that begins at this instant or later, by halves. */
function firstFrom(path: readonly CriticalSection[], from: number): number {
	let [low, high] = [0, path.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((path[middle]?.from ?? from) < from) low = middle + 1;
		else high = middle;
	}
	return low;
}

import { finished, isTurn, type Steps } from '../model/steps.ts';
import { skewMarkOf } from './clock-skew.ts';
import { lazily } from './lazily.ts';
import { commonName } from './numbered-names.ts';
import { likenessSteps, type SpanLikeness } from './span-likeness.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * Like siblings: spans of the same service, operation and kind under one parent, whatever lies between them. What is no run
 * by its operation may be one by that without its numbers: `shard-1`, `shard-2`. Lengths and instants in nanoseconds, as in
 * the tree.
 */
export type FoldRun = {
	/** Key of its first span; no other run has it. */
	readonly key: string;
	readonly parent: SpanNode | undefined;
	/** The operation; where operations differ by numbers alone what they have in common, `shard-1..8`. */
	readonly name: string;
	/** By start; at least three. */
	readonly members: readonly SpanNode[];
	/** Stands for the others where only one can be shown. */
	readonly slowest: SpanNode;
	/** From the start of the first to the end of the last. */
	readonly from: number;
	readonly to: number;
	/** Sum of their lengths, and the longest one's. */
	readonly sum: number;
	readonly max: number;
	/** How many spans they are with all that hang below them, and how many of those failed. */
	readonly spans: number;
	readonly errors: number;
	/** Calls out of the service, one after the other under one parent: the pattern that is known as N+1. */
	readonly isNPlusOne: boolean;
	/** Calls out of the service, one after the other, of which all failed, or all but the last: the same one tried again. */
	readonly isRetried: boolean;
};

/** The runs of a trace, and of which of them a span is a member. */
export type FoldRuns = {
	readonly runs: readonly FoldRun[];
	readonly runOf: (node: SpanNode) => FoldRun | undefined;
};

/** Two of a kind are sooner seen than a word about them. */
const leastMembers = 3;

/** From here on calls one after the other are a pattern: a handful is how many programs begin. */
const leastCalls = 5;

/** Nobody tries more often within one request; more calls that fail are many calls. */
const mostTries = 15;

/** The runs of a tree that has no reading yet. */
export const foldRunsOf = (tree: TraceTree): FoldRuns => finished(runSteps(tree, finished(likenessSteps(tree))));

/** Runs of like siblings. Spans whose clock is off are left out: what is odd is to be seen, and would stretch the run. */
export function* runSteps(tree: TraceTree, likeness: Likeness): Steps<FoldRuns> {
	const errorsBefore = lazily(() => errorCounts(tree));
	const isRepeated = repetition(likeness.families);
	const runs: FoldRun[] = [];
	const runByIndex = new Map<number, FoldRun>();
	const find = (siblings: readonly SpanNode[]) => {
		if (siblings.length < leastMembers || !isRepeated(siblings)) return;
		for (const members of groupsOf(siblings, likeness, tree.main)) {
			const run = runOfMembers(members, errorsBefore());
			runs.push(run);
			for (const { index } of members) runByIndex.set(index, run);
		}
	};
	find(tree.roots);
	for (const { index, children } of tree.nodes) {
		if (isTurn(index)) yield;
		find(children);
	}
	return { runs, runOf: ({ index }) => runByIndex.get(index) };
}

type Likeness = Pick<SpanLikeness, 'calls' | 'families'>;

/** How many spans before each index failed. */
function errorCounts({ nodes }: TraceTree): Int32Array {
	const counts = new Int32Array(nodes.length + 1);
	for (const { index, span } of nodes) {
		counts[index + 1] = (counts[index] ?? 0) + (span.status === 'error' ? 1 : 0);
	}
	return counts;
}

/** Tells, without anything made for it, whether some call is there often enough: most families have no run. */
function repetition(families: Int32Array): (siblings: readonly SpanNode[]) => boolean {
	const seenIn = new Int32Array(families.reduce((most, each) => Math.max(most, each), 0) + 1);
	const counts = new Int32Array(seenIn.length);
	let asked = 0;
	return siblings => {
		asked++;
		for (const { index } of siblings) {
			const family = families[index] ?? 0;
			counts[family] = seenIn[family] === asked ? (counts[family] ?? 0) + 1 : 1;
			seenIn[family] = asked;
			if ((counts[family] ?? 0) >= leastMembers) return true;
		}
		return false;
	};
}

type Alike = readonly [SpanNode, ...(readonly SpanNode[])];

/** Siblings of one operation; of those that are too few for a run such as differ by numbers in their names alone. */
function groupsOf(
	siblings: readonly SpanNode[],
	{ calls, families }: Likeness,
	main: SpanNode | undefined,
): readonly Alike[] {
	const foldable = siblings.filter(node => !node.missing && node !== main);
	const byCall = groupedBy(foldable, calls);
	const few = foldable.filter(({ index }) => (byCall.get(calls[index] ?? 0)?.length ?? 0) < leastMembers);
	const found: Alike[] = [];
	for (const group of [...byCall.values(), ...groupedBy(few, families).values()]) {
		if (group.length < leastMembers) continue;
		const [first, ...others] = group.filter(isOnTime);
		if (first !== undefined && others.length >= leastMembers - 1) found.push([first, ...others]);
	}
	return found;
}

function groupedBy(nodes: readonly SpanNode[], numbers: Int32Array): ReadonlyMap<number, readonly SpanNode[]> {
	const groups = new Map<number, SpanNode[]>();
	for (const node of nodes) {
		const number = numbers[node.index] ?? 0;
		const group = groups.get(number);
		if (group === undefined) groups.set(number, [node]);
		else group.push(node);
	}
	return groups;
}

function isOnTime(node: SpanNode): boolean {
	const mark = skewMarkOf(node)?.kind;
	return mark !== 'skewed' && mark !== 'backwards' && mark !== 'implausible';
}

function runOfMembers(members: Alike, errorsBefore: Int32Array): FoldRun {
	const [first] = members;
	let [to, sum, spans, errors, overlap] = [first.start, 0, 0, 0, 0];
	let slowest = first;
	for (const node of members) {
		overlap += Math.max(0, Math.min(to, node.end) - node.start);
		to = Math.max(to, node.end);
		sum += node.end - node.start;
		spans += node.subtreeEnd - node.index;
		errors += (errorsBefore[node.subtreeEnd] ?? 0) - (errorsBefore[node.index] ?? 0);
		if (node.end - node.start > slowest.end - slowest.start) slowest = node;
	}
	const isSequence = first.parent !== undefined && overlap <= sum * overlapAllowed && isCallOut(slowest);
	const name = commonName(members.map(({ span }) => span.name));
	const isOneCall = name === first.span.name || namesTries.test(name);
	const isRetried =
		isSequence &&
		isOneCall &&
		members.length <= mostTries &&
		members.slice(0, -1).every(({ span }) => span.status === 'error');
	return {
		key: first.key,
		parent: first.parent,
		name,
		members,
		slowest,
		from: first.start,
		to,
		sum,
		max: slowest.end - slowest.start,
		spans,
		errors,
		isNPlusOne: isSequence && !isRetried && members.length >= leastCalls,
		isRetried,
	};
}

/** Calls with different numbers are different ones, unless it is the tries that are numbered. */
const namesTries = /\b(?:attempt|try|retry)\b/i;

/** Clocks of microseconds let the end of a call and the start of the next overlap. */
const overlapAllowed = 0.01;

/** Attributes that only calls to a database carry (OpenTelemetry semantic conventions for databases, new and old names). */
const databaseAttributes = ['db.system.name', 'db.system', 'db.query.text', 'db.statement'] as const;

const isCallOut = ({ span }: SpanNode): boolean =>
	span.kind === 'client' || databaseAttributes.some(name => span.attributes[name] !== undefined);

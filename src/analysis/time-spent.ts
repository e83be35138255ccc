import { isTurn, type Steps } from '../model/steps.ts';
import { calleeOf } from './callee.ts';
import type { FoldRuns } from './fold-runs.ts';
import { formatShare } from './format.ts';
import { selfElsewhere } from './recorded-elsewhere.ts';
import { type RetryWait, retryWaitsOf } from './retry-waits.ts';
import { retryWaitWords } from './run-words.ts';
import { sortSteps } from './sort-steps.ts';
import { formatSpanTime, inWords } from './span-words.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';
import { waitingOf, waitingWords } from './waiting.ts';

/** What one service, or one operation of it, took. Lengths in nanoseconds. */
export type Spent = {
	readonly service: string;
	/** Absent in the sums by service. */
	readonly operation?: string;
	/** Sum of the self times of its spans; may exceed the trace's length where they run side by side. */
	readonly self: number;
	/** Its part of the critical path. */
	readonly critical: number;
	readonly count: number;
	readonly errors: number;
};

export type TimeSpent = {
	/** Length of the main root: what the critical path sums to. */
	readonly total: number;
	/** `97.2 % of 2.07 s is payments pool.acquire, waiting for a connection (on the critical path)`. */
	readonly sentence: string;
	/** The same without what stands in brackets, for where there is little room. */
	readonly shortSentence: string;
	/** What the sentence names, and its part of the critical path; absent where nothing recorded took most. */
	readonly said: { readonly name: string; readonly words: string; readonly critical: number } | undefined;
	/** Of the operation that took most, the span with the most time on the critical path. */
	readonly heaviest: SpanNode | undefined;
	/** Largest part of the critical path first, then largest self time. */
	readonly byOperation: readonly Spent[];
	readonly byService: readonly Spent[];
};

/** What is known of a trace when it is asked where its time went. */
export type Measured = {
	readonly tree: TraceTree;
	/** Nanoseconds by the node's index. */
	readonly self: readonly number[];
	readonly critical: readonly number[];
	readonly runs: FoldRuns;
};

/** Where the time of a trace went, in steps. */
export function* timeSpentSteps(measured: Measured): Steps<TimeSpent> {
	const { tree, self, critical } = measured;
	const services = new Map<string, { readonly sum: Sum; readonly operations: Map<string, Sum> }>();
	const byOperation: Sum[] = [];
	let unrecorded = 0;
	for (const node of tree.nodes) {
		if (isTurn(node.index)) yield;
		const { service, name } = node.span;
		if (node.missing) {
			unrecorded += critical[node.index] ?? 0;
			continue;
		}
		let known = services.get(service);
		if (known === undefined) {
			known = { sum: nothing({ service }), operations: new Map<string, Sum>() };
			services.set(service, known);
		}
		let operation = known.operations.get(name);
		if (operation === undefined) {
			operation = nothing({ service, operation: name });
			known.operations.set(name, operation);
			byOperation.push(operation);
		}
		const own = {
			self: self[node.index] ?? 0,
			critical: critical[node.index] ?? 0,
			failed: node.span.status === 'error',
		};
		add(own, known.sum);
		add(own, operation);
	}
	const byService = [...services.values()].map(({ sum }) => sum);
	yield* sortSteps(byOperation, compareSpent);
	yield* sortSteps(byService, compareSpent);
	const total = tree.main === undefined ? 0 : tree.main.end - tree.main.start;
	const [top] = byOperation;
	const heaviest = top === undefined ? undefined : heaviestOf(tree, top, critical);
	const spread = top === undefined ? undefined : spreadOver(total, top, byService);
	const told = spread ?? top;
	const isTold = told !== undefined && total > 0 && unrecorded <= told.critical;
	const wordsOf = (each: Spent) =>
		spread === undefined
			? operationWords(measured, each, heaviest)
			: spreadWords(spread, services.get(spread.service)?.operations.size ?? 0);
	const said = isTold ? { ...told, name: nameOf(told), words: wordsOf(told) } : undefined;
	const elsewhere = heaviest === undefined || spread !== undefined ? 0 : selfElsewhere(tree, heaviest);
	const sentences =
		said === undefined ? alone(nothingSaid(tree, total, unrecorded)) : sentencesOf(total, said, elsewhere);
	return { total, said, ...sentences, heaviest, byOperation, byService };
}

/** An operation that took less of the trace than this says little of where its time went. */
const littlePart = 0.1;

/** By how much the service that took most must stand out from the operation that did, to be told in its place. */
const standsOut = 3;

/** The service that took most, where its time is spread over so many operations that none of them tells much. */
function spreadOver(total: number, top: Spent, [service]: readonly Spent[]): Spent | undefined {
	const isSpread = top.critical < total * littlePart && (service?.critical ?? 0) > top.critical * standsOut;
	return isSpread ? service : undefined;
}

const spreadWords = ({ service }: Spent, operations: number): string =>
	`self time of ${inWords(service)}, spread over ${operations} operations`;

type Sum = { -readonly [Name in keyof Spent]: Spent[Name] };

const nothing = (name: Pick<Spent, 'service' | 'operation'>): Sum => ({
	...name,
	self: 0,
	critical: 0,
	count: 0,
	errors: 0,
});

type Own = Pick<Spent, 'self' | 'critical'> & { readonly failed: boolean };

function add({ self, critical, failed }: Own, sum: Sum): void {
	sum.self += self;
	sum.critical += critical;
	sum.count++;
	if (failed) sum.errors++;
}

const compareSpent = (a: Spent, b: Spent): number => b.critical - a.critical || b.self - a.self;

function heaviestOf(tree: TraceTree, { service, operation }: Spent, critical: readonly number[]): SpanNode | undefined {
	let heaviest: SpanNode | undefined;
	for (const node of tree.nodes) {
		if (node.missing || node.span.service !== service || node.span.name !== operation) continue;
		const isHeavier = heaviest === undefined || (critical[node.index] ?? 0) > (critical[heaviest.index] ?? 0);
		if (isHeavier) heaviest = node;
	}
	return heaviest;
}

/**
 * `payments pool.acquire, waiting for a connection`, `till POST, calling external api.stripe.example`, `self time of till
 * render`: an operation, and what it did as far as its heaviest span tells.
 */
function operationWords(measured: Measured, top: Spent, heaviest: SpanNode | undefined): string {
	const name = nameOf(top);
	const waiting = heaviest === undefined ? undefined : waitingOf(heaviest.span);
	if (waiting !== undefined) return `${name}, ${waitingWords(waiting)}`;
	const wait = heaviest === undefined ? undefined : waitBetweenTries(heaviest, measured);
	if (wait !== undefined) return `${name}, ${retryWaitWords(wait)}`;
	const callee = heaviest === undefined ? undefined : calleeOf(measured.tree, heaviest);
	return callee === undefined ? `self time of ${name}` : `${name}, calling ${inWords(callee.words)}`;
}

const nameOf = ({ service, operation = '' }: Spent): string => inWords(`${service} ${operation}`.trimEnd());

/** Waits between tries tell what a span's own time is where they are more than half of it. */
const tellingPart = 0.5;

function waitBetweenTries(node: SpanNode, { self, runs }: Measured): RetryWait | undefined {
	return retryWaitsOf(runs)
		.get(node)
		?.find(({ sum }) => sum > (self[node.index] ?? 0) * tellingPart);
}

type Sentences = Pick<TimeSpent, 'sentence' | 'shortSentence'>;

/** Work below another root is told where it is this part of what the sentence is about. */
const tellingElsewhere = 0.1;

function sentencesOf(
	total: number,
	{ words, critical, count }: Spent & { readonly words: string },
	elsewhere: number,
): Sentences {
	const remarks = [
		...(count > 1 ? [`${count} spans`] : []),
		'on the critical path',
		...(elsewhere < critical * tellingElsewhere
			? []
			: [`${formatSpanTime(elsewhere)} of it recorded under another root`]),
	];
	const shortSentence = `${formatShare(critical / total)} of ${formatSpanTime(total)} is ${words}`;
	return { sentence: `${shortSentence} (${remarks.join(', ')})`, shortSentence };
}

const alone = (sentence: string): Sentences => ({ sentence, shortSentence: sentence });

function nothingSaid({ main }: TraceTree, total: number, unrecorded: number): string {
	if (main === undefined) return 'This trace has no spans';
	if (total === 0) return 'No span of this trace has a length';
	return `${formatShare(unrecorded / total)} of ${formatSpanTime(total)} is not covered by any span`;
}

import { finished, isTurn, type Steps } from '../model/steps.ts';
import type { PathProfile, RequestProfile } from './request-profile.ts';
import { sortSteps } from './sort-steps.ts';

/** What requests of one kind spend on a path, on average: a request without the path counts as nothing. */
export type PathMeans = {
	/** Nanoseconds in which the spans themselves were at work, each for itself. */
	readonly self: number;
	/** Their part of the request's own time: what runs at once shares it (`sharedTimesOf`). */
	readonly shared: number;
	/** `shared` with all that hangs below: of the root the time that a request takes. */
	readonly total: number;
	/** Spans of a request. */
	readonly count: number;
	readonly errors: number;
};

/** Whether slow requests spend more or less there than usual ones, by enough to be told. */
export type Change = 'more' | 'less' | 'alike';

/** A path through the services, in slow requests and in usual ones. */
export type ComparedPath = {
	/** Position in `ComparedRequests.paths`. */
	readonly index: number;
	/** The last step of the path (`pathKey`). */
	readonly step: string;
	readonly service: string;
	readonly operation: string;
	readonly parent: ComparedPath | undefined;
	readonly depth: number;
	readonly slow: PathMeans;
	readonly usual: PathMeans;
	/** Self time of the slow ones without that of the usual ones: nanoseconds of a request. */
	readonly more: number;
	readonly change: Change;
	/** The slow request that spent most here, or the usual one where no slow one came here. */
	readonly example: { readonly trace: string; readonly span: string; readonly at: number };
};

export type ComparedRequests = {
	/** In preorder; siblings in the order in which requests come to them. */
	readonly paths: readonly ComparedPath[];
	/** Those in which a request was at work in itself more or less, largest difference first, more before less. */
	readonly bySize: readonly ComparedPath[];
	/** Mean self time of whole requests, in nanoseconds: where work runs at once that is more than they last. */
	readonly slow: number;
	readonly usual: number;
};

/** A difference that is told is at least this share of all that the slow requests spend more. */
const tellingShare = 0.05;
/** And at least this share of what they spend: two samples are never quite alike. */
const noiseShare = 0.02;

type Sum = { self: number; shared: number; count: number; errors: number };
type Growing = {
	readonly step: string;
	readonly service: string;
	readonly operation: string;
	readonly slow: Sum;
	readonly usual: Sum;
	begins: number;
	example: ComparedPath['example'] & { readonly self: number; readonly isSlow: boolean };
	readonly below: Map<string, Growing>;
};

/** Merges slow and usual requests to one tree of paths, with the means of both. Without a request on a side its means are 0. */
export const comparedRequestsOf = (
	slow: readonly RequestProfile[],
	usual: readonly RequestProfile[],
): ComparedRequests => finished(comparedSteps(slow, usual));

/** The same in steps. O(n log n) by the number of paths. */
export function* comparedSteps(
	slow: readonly RequestProfile[],
	usual: readonly RequestProfile[],
): Steps<ComparedRequests> {
	const top = new Map<string, Growing>();
	for (const request of slow) yield* merge(request, true, top);
	for (const request of usual) yield* merge(request, false, top);
	const drafts = yield* preorder(top);
	const means = meansOf(drafts, { slow: Math.max(1, slow.length), usual: Math.max(1, usual.length) });
	const whole = { slow: sumOf(means, 'slow'), usual: sumOf(means, 'usual') };
	const isJudged = slow.length > 0 && usual.length > 0;
	const least = Math.max(
		tellingShare * Math.abs(whole.slow - whole.usual),
		noiseShare * Math.max(whole.slow, whole.usual),
		1,
	);
	const paths: ComparedPath[] = [];
	for (const [index, { draft, parent }] of drafts.entries()) {
		if (isTurn(index)) yield;
		const mean = means[index] ?? { slow: nothing, usual: nothing };
		const more = mean.slow.self - mean.usual.self;
		const { self: _, isSlow: __, ...example } = draft.example;
		const above = parent === undefined ? undefined : paths[parent];
		paths.push({
			index,
			step: draft.step,
			service: draft.service,
			operation: draft.operation,
			parent: above,
			depth: above === undefined ? 0 : above.depth + 1,
			...mean,
			more,
			change: !isJudged || Math.abs(more) < least ? 'alike' : more > 0 ? 'more' : 'less',
			example,
		});
	}
	const bySize = [...paths];
	yield* sortSteps(bySize, largestFirst);
	return { paths, bySize, ...whole };
}

const nothing: PathMeans = { self: 0, shared: 0, total: 0, count: 0, errors: 0 };

const largestFirst = (a: ComparedPath, b: ComparedPath): number =>
	Math.abs(b.more) - Math.abs(a.more) || b.more - a.more || a.index - b.index;

/** Adds a request to the paths. Without recursion: calls may be nested deeper than the stack. */
function* merge(request: RequestProfile, isSlow: boolean, top: Map<string, Growing>): Steps<void> {
	let count = 0;
	const waiting: { readonly from: ReadonlyMap<string, PathProfile>; readonly to: Map<string, Growing> }[] = [
		{ from: request.top, to: top },
	];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		for (const [key, path] of next.from) {
			if (isTurn(count++)) yield;
			const { longest } = path;
			const example = { trace: request.trace, span: longest.span, at: request.at, self: longest.self, isSlow };
			const known = next.to.get(key) ?? begun(key, path, example);
			next.to.set(key, known);
			const sum = isSlow ? known.slow : known.usual;
			sum.self += path.self;
			sum.shared += path.shared;
			sum.count += path.count;
			sum.errors += path.errors;
			known.begins = Math.min(known.begins, path.begins);
			if (example.isSlow === known.example.isSlow && example.self > known.example.self) known.example = example;
			if (path.below.size > 0) waiting.push({ from: path.below, to: known.below });
		}
	}
}

const begun = (step: string, { service, operation, begins }: PathProfile, example: Growing['example']): Growing => ({
	step,
	service,
	operation,
	slow: { self: 0, shared: 0, count: 0, errors: 0 },
	usual: { self: 0, shared: 0, count: 0, errors: 0 },
	begins,
	example,
	below: new Map(),
});

type Placed = { readonly draft: Growing; readonly parent: number | undefined };

function* preorder(top: ReadonlyMap<string, Growing>): Steps<readonly Placed[]> {
	const placed: Placed[] = [];
	const waiting: Placed[] = [];
	const push = (drafts: Iterable<Growing>, parent: number | undefined) => {
		// The first of them is taken last.
		for (const draft of [...drafts].sort((a, b) => b.begins - a.begins)) waiting.push({ draft, parent });
	};
	push(top.values(), undefined);
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		placed.push(next);
		if (isTurn(placed.length)) yield;
		push(next.draft.below.values(), placed.length - 1);
	}
	return placed;
}

type Sides = { readonly slow: number; readonly usual: number };
type Means = { readonly slow: PathMeans; readonly usual: PathMeans };

/** Children come after their parents, so that from the end on each total is whole when it is added to its parent's. */
function meansOf(drafts: readonly Placed[], requests: Sides): readonly Means[] {
	const totals = drafts.map(({ draft }) => ({
		slow: draft.slow.shared / requests.slow,
		usual: draft.usual.shared / requests.usual,
	}));
	for (let index = drafts.length - 1; index >= 0; index--) {
		const own = totals[index];
		const above = totals[drafts[index]?.parent ?? -1];
		if (own === undefined || above === undefined) continue;
		above.slow += own.slow;
		above.usual += own.usual;
	}
	const meanOf = ({ self, shared, count, errors }: Sum, total: number, of: number): PathMeans => ({
		self: self / of,
		shared: shared / of,
		total,
		count: count / of,
		errors: errors / of,
	});
	return drafts.map(({ draft }, index) => ({
		slow: meanOf(draft.slow, totals[index]?.slow ?? 0, requests.slow),
		usual: meanOf(draft.usual, totals[index]?.usual ?? 0, requests.usual),
	}));
}

const sumOf = (means: readonly Means[], side: keyof Means): number =>
	means.reduce((sum, mean) => sum + mean[side].self, 0);

/** The paths from the root to this one, itself included. */
export function pathTo(path: ComparedPath): readonly ComparedPath[] {
	const found: ComparedPath[] = [];
	for (let up: ComparedPath | undefined = path; up !== undefined; up = up.parent) found.push(up);
	return found.reverse();
}

/** The path with these steps from the root on, if there is one. */
export function pathOfSteps({ paths }: ComparedRequests, steps: readonly string[]): ComparedPath | undefined {
	let reached: ComparedPath | undefined;
	for (const path of paths) {
		const depth = reached === undefined ? 0 : reached.depth + 1;
		if (depth === steps.length) break;
		if (path.parent === reached && path.step === steps[depth]) reached = path;
	}
	return reached !== undefined && reached.depth === steps.length - 1 ? reached : undefined;
}

import { finished, isTurn, type Steps } from '../model/steps.ts';
import type { Trace } from '../model/trace.ts';
import { tellingSkewOf } from './clock-skew.ts';
import { redactSteps } from './redact-trace.ts';
import { selfTimesOf } from './self-time.ts';
import { sharedTimeSteps } from './shared-time.ts';
import { oneLine } from './span-words.ts';
import { type SpanNode, treeSteps } from './trace-tree.ts';

/**
 * What one request spent on one way through the services: all its spans of one service and operation below the same
 * spans above. Lengths in nanoseconds.
 */
export type PathProfile = {
	readonly service: string;
	readonly operation: string;
	readonly count: number;
	readonly errors: number;
	/** Time of the spans themselves, without what their children cover. */
	readonly self: number;
	/** Their part of the root's own time (`sharedTimesOf`): less than `self` where others are at work at once. */
	readonly shared: number;
	/** When the first of the spans began, after the request did. */
	readonly begins: number;
	/** The span that was at work itself for the longest time. */
	readonly longest: { readonly span: string; readonly self: number };
	readonly below: ReadonlyMap<string, PathProfile>;
};

/** A request with its spans merged by path. Small: it has no attributes, and a loop of a thousand calls is one path. */
export type RequestProfile = {
	readonly trace: string;
	/** The longest root. Absent in a trace without a root. */
	readonly root: { readonly service: string; readonly operation: string } | undefined;
	/** From the first start to the last end of all spans, as Tempo counts it (`traceDuration`). */
	readonly duration: number;
	/** When the root began, in milliseconds. */
	readonly at: number;
	readonly spans: number;
	/** Clocks of its services disagree, so that a caller's time may be taken for that of whom it called, and the other way. */
	readonly isSkewed: boolean;
	/** Roots by `pathKey`: usually one; made-up parents of orphans stand beside it. */
	readonly top: ReadonlyMap<string, PathProfile>;
};

/** Spans of the same service and operation under the same path are one step of a way. */
export const pathKey = (service: string, operation: string): string => JSON.stringify([service, operation]);

/** Merges the spans of a request by path. Works on any set of spans; secrets are taken out first. */
export const requestProfileOf = (trace: Trace): RequestProfile => finished(profileSteps(trace));

type Growing = { -readonly [Name in Exclude<keyof PathProfile, 'below'>]: PathProfile[Name] } & {
	readonly below: Map<string, Growing>;
};

/** The same in steps. O(n), whatever the depth. */
export function* profileSteps(trace: Trace): Steps<RequestProfile> {
	const tree = yield* treeSteps(yield* redactSteps(trace));
	const self = selfTimesOf(tree);
	const shared = yield* sharedTimeSteps(tree);
	const top = new Map<string, Growing>();
	const pathOf: Growing[] = [];
	let [first, last] = [0, 0];
	for (const node of tree.nodes) {
		if (isTurn(node.index)) yield;
		const above = node.parent === undefined ? top : pathOf[node.parent.index]?.below;
		first = Math.min(first, node.start);
		last = Math.max(last, node.end);
		pathOf.push(grown(above ?? top, node, { self: self[node.index] ?? 0, shared: shared[node.index] ?? 0 }));
	}
	const { main } = tree;
	return {
		trace: trace.id,
		root:
			main === undefined || main.missing
				? undefined
				: { service: main.span.service, operation: oneLine(main.span.name) },
		duration: last - first,
		at: Number(tree.origin / 1_000_000n),
		spans: tree.nodes.length,
		isSkewed: tellingSkewOf(tree) !== undefined,
		top,
	};
}

type Times = Pick<PathProfile, 'self' | 'shared'>;

function grown(siblings: Map<string, Growing>, { span, start, missing }: SpanNode, { self, shared }: Times): Growing {
	const operation = oneLine(span.name);
	const key = pathKey(span.service, operation);
	const errors = span.status === 'error' ? 1 : 0;
	const known = siblings.get(key);
	if (known === undefined) {
		const longest = { span: missing ? '' : span.id, self };
		const path = { service: span.service, operation, count: 1, errors, self, shared, begins: start, longest };
		const added: Growing = { ...path, below: new Map() };
		siblings.set(key, added);
		return added;
	}
	known.count++;
	known.errors += errors;
	known.self += self;
	known.shared += shared;
	known.begins = Math.min(known.begins, start);
	if (self > known.longest.self) known.longest = { span: span.id, self };
	return known;
}

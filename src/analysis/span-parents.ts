import { isTurn, type Steps } from '../model/steps.ts';
import type { Span } from '../model/trace.ts';
import type { DrawnSpan } from './plausible-times.ts';

/** The spans of a trace without those that came twice, each under a key that no other has. */
export type KeyedSpans = {
	readonly spans: readonly DrawnSpan[];
	/** In the order of the spans. */
	readonly keys: readonly string[];
	/** Index of the first span with an ID. */
	readonly firsts: ReadonlyMap<string, number>;
};

/**
 * Each span under its ID, and later spans with the same ID under `ID#2`, `ID#3`. The ID alone does not tell what came
 * twice: different spans may carry the same one, and none of them is to disappear.
 */
export function* keyedSteps(sent: readonly DrawnSpan[]): Steps<KeyedSpans> {
	const firsts = new Map<string, number>();
	const spans: DrawnSpan[] = [];
	const keys: string[] = [];
	const others: DrawnSpan[] = [];
	let turn = 0;
	for (const span of sent) {
		if (isTurn(turn++)) yield;
		if (firsts.has(span.id)) {
			others.push(span);
			continue;
		}
		firsts.set(span.id, spans.length);
		spans.push(span);
		keys.push(span.id);
	}
	const counts = new Map<string, number>();
	const seen = new Set<string>();
	for (const [index, span] of others.entries()) {
		if (isTurn(index)) yield;
		const first = spans[firsts.get(span.id) ?? -1];
		const identity = identityOf(span);
		if ((first !== undefined && identityOf(first) === identity) || seen.has(identity)) continue;
		seen.add(identity);
		let count = (counts.get(span.id) ?? 1) + 1;
		while (firsts.has(`${span.id}#${count}`)) count++;
		counts.set(span.id, count);
		spans.push(span);
		keys.push(`${span.id}#${count}`);
	}
	return { spans, keys, firsts };
}

const identityOf = ({ id, start, kind, name }: Span): string => `${id} ${start} ${kind} ${name}`;

/** Where each span hangs, by its index. */
export type SpanLinks = {
	/** Index of the parent; -1 for a root and for an orphan. */
	readonly above: Int32Array;
	/** The spans that hang below an ID that nobody sent, by that ID. */
	readonly orphans: ReadonlyMap<string, readonly number[]>;
	/** How many links were cut because they led back to the span itself. */
	readonly cycles: number;
};

/** The parent that each span names; a span that names itself is a cycle of one. Of spans with one ID the first is meant. */
export function* linkSteps({ spans, firsts }: KeyedSpans): Steps<SpanLinks> {
	const above = new Int32Array(spans.length).fill(-1);
	const orphans = new Map<string, number[]>();
	for (let index = 0; index < spans.length; index++) {
		if (isTurn(index)) yield;
		const parentId = spans[index]?.parentId;
		if (parentId === undefined || parentId === '') continue;
		const parent = firsts.get(parentId);
		const siblings = orphans.get(parentId);
		if (parent !== undefined) above[index] = parent;
		else if (siblings === undefined) orphans.set(parentId, [index]);
		else siblings.push(index);
	}
	const cycles = yield* cutCycles(spans, above);
	return { above, orphans, cycles };
}

/** Cuts every cycle at its earliest span, so that following parents always ends. Each span is visited twice at most. */
function* cutCycles(spans: readonly Span[], above: Int32Array): Steps<number> {
	const aboveOf = (index: number): number => above[index] ?? -1;
	/** The walk in which a span was first seen. */
	const seenIn = new Int32Array(spans.length).fill(-1);
	let cycles = 0;
	for (let walk = 0; walk < spans.length; walk++) {
		if (isTurn(walk)) yield;
		let at = walk;
		while (at >= 0 && seenIn[at] === -1) {
			seenIn[at] = walk;
			at = aboveOf(at);
		}
		if (at < 0 || seenIn[at] !== walk) continue;
		above[earliestOfCycle(at, aboveOf, spans)] = -1;
		cycles++;
	}
	return cycles;
}

function earliestOfCycle(entry: number, above: (index: number) => number, spans: readonly Span[]): number {
	const startOf = (index: number) => spans[index]?.start ?? 0n;
	let earliest = entry;
	for (let at = above(entry); at >= 0 && at !== entry; at = above(at)) {
		if (startOf(at) < startOf(earliest)) earliest = at;
	}
	return earliest;
}

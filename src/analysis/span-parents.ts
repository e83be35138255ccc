import { isTurn, type Steps } from '../model/steps.ts';
import type { Span } from '../model/trace.ts';

/** A span under a key that no other span of the trace has. */
export type KeyedSpan = { readonly key: string; readonly span: Span };

/**
 * Without what came twice, each under its ID, and later spans with the same ID under `ID#2`, `ID#3`. The ID alone does not
 * tell what came twice: different spans may carry the same one, and none of them is to disappear.
 */
export function* keyedSteps(spans: readonly Span[]): Steps<readonly KeyedSpan[]> {
	const firsts = new Map<string, Span>();
	for (const span of spans) if (!firsts.has(span.id)) firsts.set(span.id, span);
	const counts = new Map<string, number>();
	const seen = new Set<string>();
	const keyed: KeyedSpan[] = [];
	for (const [index, span] of spans.entries()) {
		if (isTurn(index)) yield;
		const first = firsts.get(span.id);
		if (first === span && !counts.has(span.id)) {
			counts.set(span.id, 1);
			keyed.push({ key: span.id, span });
			continue;
		}
		const identity = identityOf(span);
		if ((first !== undefined && identityOf(first) === identity) || seen.has(identity)) continue;
		seen.add(identity);
		let count = (counts.get(span.id) ?? 1) + 1;
		while (firsts.has(`${span.id}#${count}`)) count++;
		counts.set(span.id, count);
		keyed.push({ key: `${span.id}#${count}`, span });
	}
	return keyed;
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
export function* linkSteps(spans: readonly KeyedSpan[]): Steps<SpanLinks> {
	const firsts = new Map<string, number>();
	for (const [index, { span }] of spans.entries()) if (!firsts.has(span.id)) firsts.set(span.id, index);
	const above = new Int32Array(spans.length).fill(-1);
	const orphans = new Map<string, number[]>();
	for (const [index, { span }] of spans.entries()) {
		if (isTurn(index)) yield;
		const { parentId } = span;
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
function* cutCycles(spans: readonly KeyedSpan[], above: Int32Array): Steps<number> {
	const aboveOf = (index: number): number => above[index] ?? -1;
	/** The walk in which a span was first seen. */
	const seenIn = new Int32Array(spans.length).fill(-1);
	let cycles = 0;
	for (const walk of spans.keys()) {
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

function earliestOfCycle(entry: number, above: (index: number) => number, spans: readonly KeyedSpan[]): number {
	const startOf = (index: number) => spans[index]?.span.start ?? 0n;
	let earliest = entry;
	for (let at = above(entry); at >= 0 && at !== entry; at = above(at)) {
		if (startOf(at) < startOf(earliest)) earliest = at;
	}
	return earliest;
}

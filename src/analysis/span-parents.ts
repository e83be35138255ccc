import type { Span } from '../model/trace.ts';

/** A span under a key that no other span of the trace has. */
export type KeyedSpan = { readonly key: string; readonly span: Span };

/** Where a span hangs: below another one, or below an ID that nobody sent. `undefined`: it is a root. */
export type ParentLink = { readonly key: string } | { readonly missing: string } | undefined;

/**
 * Without what came twice. The ID alone does not tell: different spans may carry the same one, and none of them is to
 * disappear.
 */
export function withoutDuplicates(spans: readonly Span[]): readonly Span[] {
	const seen = new Set<string>();
	return spans.filter(({ id, start, kind, name }) => {
		const identity = `${id} ${start} ${kind} ${name}`;
		return !seen.has(identity) && seen.add(identity) !== undefined;
	});
}

/** The span's ID as its key; later spans with the same ID become `ID#2`, `ID#3`. */
export function keyed(spans: readonly Span[]): readonly KeyedSpan[] {
	const counts = new Map<string, number>();
	return spans.map(span => {
		const count = (counts.get(span.id) ?? 0) + 1;
		counts.set(span.id, count);
		return { key: count === 1 ? span.id : `${span.id}#${count}`, span };
	});
}

/** The parent that each span names, in the order of the spans; a span that names itself is a cycle of one. */
export function parentsOf(spans: readonly KeyedSpan[]): readonly ParentLink[] {
	const firstKeys = new Map<string, string>();
	for (const { key, span } of spans) if (!firstKeys.has(span.id)) firstKeys.set(span.id, key);
	return spans.map(({ span: { parentId } }): ParentLink => {
		if (parentId === undefined || parentId === '') return undefined;
		const key = firstKeys.get(parentId);
		return key === undefined ? { missing: parentId } : { key };
	});
}

/** Cuts every cycle at its earliest span, so that following parents always ends. Each span is visited twice at most. */
export function cutCycles(
	spans: readonly KeyedSpan[],
	links: readonly ParentLink[],
): { readonly parents: readonly ParentLink[]; readonly cycles: number } {
	const parents = [...links];
	const indexOf = new Map(spans.map(({ key }, index) => [key, index]));
	const above = (index: number): number | undefined => {
		const link = parents[index];
		return link !== undefined && 'key' in link ? indexOf.get(link.key) : undefined;
	};
	/** The walk in which a span was first seen. */
	const seenIn = new Map<number, number>();
	let cycles = 0;
	for (const walk of spans.keys()) {
		let at: number | undefined = walk;
		while (at !== undefined && !seenIn.has(at)) {
			seenIn.set(at, walk);
			at = above(at);
		}
		if (at === undefined || seenIn.get(at) !== walk) continue;
		parents[earliestOfCycle(at, above, spans)] = undefined;
		cycles++;
	}
	return { parents, cycles };
}

function earliestOfCycle(
	entry: number,
	above: (index: number) => number | undefined,
	spans: readonly KeyedSpan[],
): number {
	const startOf = (index: number) => spans[index]?.span.start ?? 0n;
	let earliest = entry;
	for (let at = above(entry); at !== undefined && at !== entry; at = above(at)) {
		if (startOf(at) < startOf(earliest)) earliest = at;
	}
	return earliest;
}

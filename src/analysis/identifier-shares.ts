import type { Identifier, LogRecord } from '../model/log-entry.ts';

/** A field in which lines name their request or their trace, and which share of the lines does (0…1). */
export type IdentifierShare = Pick<Identifier, 'name' | 'origin'> & { readonly share: number };

export type IdentifierShares = {
	readonly lines: number;
	/** The commonest first. */
	readonly requests: readonly IdentifierShare[];
	readonly traces: readonly IdentifierShare[];
};

/** Under which names these lines carry the IDs of requests and traces. */
export const identifierSharesIn = (records: readonly LogRecord[]): IdentifierShares => ({
	lines: records.length,
	requests: sharesOf(
		records.flatMap(({ requestId }) => requestId ?? []),
		records.length,
	),
	traces: sharesOf(
		records.flatMap(({ traceId }) => traceId ?? []),
		records.length,
	),
});

function sharesOf(identifiers: readonly Identifier[], lines: number): readonly IdentifierShare[] {
	const counts = new Map<string, { readonly name: string; readonly origin: Identifier['origin']; count: number }>();
	for (const { name, origin } of identifiers) {
		const key = `${origin} ${name}`;
		const known = counts.get(key) ?? { name, origin, count: 0 };
		known.count++;
		counts.set(key, known);
	}
	return [...counts.values()]
		.sort((a, b) => b.count - a.count)
		.map(({ name, origin, count }) => ({ name, origin, share: count / lines }));
}

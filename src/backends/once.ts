/**
 * Items that came twice, once: a server behind a proxy that joins replicas, or pages that overlap, tells the same series or
 * the same alert again, and whatever counts or adds them up would lie. The first of each key stays, in its place.
 */
export function once<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
	if (items.length < 2) return items;
	const seen = new Map<string, Item>();
	for (const item of items) {
		const key = keyOf(item);
		if (!seen.has(key)) seen.set(key, item);
	}
	return seen.size === items.length ? items : [...seen.values()];
}

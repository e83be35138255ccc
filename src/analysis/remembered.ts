/**
 * What is derived from something large and a key, kept as long as the large thing lives: for what every key press and
 * every paint asks again. Keeps the last `most` results of each; what was asked for the longest time ago goes first.
 */
export function remembered<Source extends object, Asked, Result>(
	most: number,
	keyOf: (asked: Asked) => string,
	make: (source: Source, asked: Asked) => Result,
): (source: Source, asked: Asked) => Result {
	const bySource = new WeakMap<Source, Map<string, { readonly result: Result }>>();
	return (source, asked) => {
		const kept = bySource.get(source) ?? new Map<string, { readonly result: Result }>();
		bySource.set(source, kept);
		const key = keyOf(asked);
		const found = kept.get(key) ?? { result: make(source, asked) };
		// A map gives its keys in the order of their insertion: what is asked again goes to the end.
		kept.delete(key);
		kept.set(key, found);
		for (const first of kept.keys()) {
			if (kept.size <= most) break;
			kept.delete(first);
		}
		return found.result;
	};
}

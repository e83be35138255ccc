/**
 * Things by key, at most so many. When there are too many, those that were met only once go first, and of them, or of
 * all, the one that was not met for the longest: a burst of unique things must not drive out what comes again and again.
 */
export type BoundedStore<Value> = {
	/** The thing under this key, which has been met once more. */
	readonly meet: (key: string) => Value | undefined;
	/** Puts a new thing, met once, under a key that is not in use; gives back the one that had to go. */
	readonly put: (key: string, value: Value) => Value | undefined;
	/** Takes a thing out. */
	readonly drop: (key: string) => void;
	readonly values: () => readonly Value[];
};

export function boundedStore<Value>(most: number): BoundedStore<Value> {
	// A map gives its keys in the order of their insertion: the first is the one that was not met for the longest.
	const once = new Map<string, Value>();
	const often = new Map<string, Value>();
	return {
		meet(key) {
			const value = once.get(key) ?? often.get(key);
			if (value === undefined) return undefined;
			once.delete(key);
			often.delete(key);
			often.set(key, value);
			return value;
		},
		put(key, value) {
			const gone = once.size + often.size < most ? undefined : (takeFirst(once) ?? takeFirst(often));
			once.set(key, value);
			return gone;
		},
		drop(key) {
			once.delete(key);
			often.delete(key);
		},
		values: () => [...often.values(), ...once.values()],
	};
}

function takeFirst<Value>(map: Map<string, Value>): Value | undefined {
	const first = map.entries().next();
	if (first.done === true) return undefined;
	const [key, value] = first.value;
	map.delete(key);
	return value;
}

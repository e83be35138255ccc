/** The value for a key, made once and kept while it is among the last `room` that were made. */
export function remembered<Value>(kept: Map<number, Value>, room: number, key: number, make: () => Value): Value {
	const known = kept.get(key);
	if (known !== undefined) return known;
	const value = make();
	if (kept.size >= room) {
		for (const oldest of kept.keys()) {
			kept.delete(oldest);
			break;
		}
	}
	kept.set(key, value);
	return value;
}

/**
 * What is made at the first call, and had again at every other: for tables that take milliseconds to derive, which every
 * start of the program would pay and few use.
 */
export function lazily<Value>(make: () => Value): () => Value {
	let made: { readonly value: Value } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

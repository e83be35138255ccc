/** Numbers that only seem to be random: the same seed gives the same ones (xorshift32, G. Marsaglia 2003). */
export type Chance = {
	/** From 0 up to but not including `below`. */
	readonly below: (below: number) => number;
	readonly oneOf: <Item>(items: readonly Item[]) => Item;
};

export function chanceOf(seed: number): Chance {
	let state = seed | 0 || 1;
	const next = (): number => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return state >>> 0;
	};
	for (let warming = 0; warming < 20; warming++) next();
	const below = (most: number): number => next() % most;
	return {
		below,
		oneOf: items => {
			const item = items[below(items.length)];
			if (item === undefined) throw new Error('There is nothing to choose from.');
			return item;
		},
	};
}

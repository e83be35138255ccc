/**
 * Spreads 32 bits over 32 bits, one to one, so that neighbours look unrelated (constants found by Chris Wellons'
 * hash-prospector, public domain). Gives a signed number: V8 keeps those unboxed, which the first second of a run feels.
 */
const spread = (value: number): number => {
	let x = value | 0;
	x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
	x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
	return x ^ (x >>> 15);
};

/** The same as an unsigned number. */
export const mixed = (value: number): number => spread(value) >>> 0;

/** One 32-bit number for several; the order counts. */
export const mixedOf = (a: number, b: number, c = 0): number => spread((spread((spread(a) + b) | 0) + c) | 0) >>> 0;

/** A number in [0, 1) for a 32-bit one. */
export const fractionOf = (bits: number): number => bits / 4_294_967_296;

const stride = 0x9e3779b9 | 0;

/** Draws that depend on nothing but the key and their own order: the demo's only source of variety. */
export class Chance {
	#state: number;

	constructor(key: number) {
		this.#state = key | 0;
	}

	/** In [0, 1). */
	next(): number {
		this.#state = (this.#state + stride) | 0;
		return fractionOf(mixed(this.#state));
	}

	/** True in `share` of the cases. */
	happens(share: number): boolean {
		return this.next() < share;
	}

	/** Evenly between two bounds. */
	between(low: number, high: number): number {
		return low + (high - low) * this.next();
	}

	/** As latencies are: mostly near `low`, seldom near `high`, one in a hundred up to three times `high`. */
	latency(low: number, high: number): number {
		const draw = this.next();
		const usual = low + (high - low) * draw * draw;
		return draw > 0.99 ? usual * (1 + (draw - 0.99) * 200) : usual;
	}

	/** A whole number of `low` to `high`, both possible. */
	whole(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	pick<Item>(items: readonly [Item, ...Item[]]): Item {
		return items[Math.floor(this.next() * items.length)] ?? items[0];
	}
}

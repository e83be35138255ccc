/**
 * A computation in pieces of a few milliseconds. At each `yield` others have their turn, the keys among them, and it
 * may be left for good. Pieces are measured by what is worked on and not by a clock, so that a question is always cut alike.
 */
export type Piecework<Value> = Generator<undefined, Value, undefined>;

/** All pieces at once. */
export function finished<Value>(work: Piecework<Value>): Value {
	for (;;) {
		const { done, value } = work.next();
		if (done === true) return value;
	}
}

/**
 * Values by number that are worked out once and kept while they are among the last `room`. Several who ask for the same
 * work at it in turns; what one of them leaves unfinished, the next goes on with.
 */
export class KeptWork<Value> {
	readonly #least: number;
	#room: number;
	readonly #workOut: (key: number) => Piecework<Value>;
	readonly #kept = new Map<number, Value>();
	readonly #underway = new Map<number, Piecework<Value>>();

	constructor(room: number, workOut: (key: number) => Piecework<Value>) {
		this.#least = room;
		this.#room = room;
		this.#workOut = workOut;
	}

	*of(key: number): Piecework<Value> {
		for (;;) {
			const known = this.#kept.get(key);
			if (known !== undefined) return known;
			const work = this.#underway.get(key) ?? this.#workOut(key);
			this.#underway.delete(key);
			const { done, value } = work.next();
			if (done === true) this.#keep(key, value);
			else this.#underway.set(key, work);
			yield;
		}
	}

	/** The same at once. */
	at(key: number): Value {
		return this.#kept.get(key) ?? finished(this.of(key));
	}

	/** Keeps so many while they are asked for; with each that is made the room shrinks again to what it usually is. */
	needs(count: number): void {
		this.#room = Math.max(this.#room, count);
	}

	#keep(key: number, value: Value): void {
		this.#kept.set(key, value);
		for (const oldest of this.#kept.keys()) {
			if (this.#kept.size <= this.#room) break;
			this.#kept.delete(oldest);
		}
		this.#room = Math.max(this.#least, this.#room - 1);
	}
}

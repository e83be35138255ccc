/** Does a piece of work; whether there is more of it. */
type Step = () => boolean;

/**
 * One piece in each turn of the event loop, however many works there are: they take turns, so that a short one does not
 * wait for the end of a long one, nor a key for a piece of each.
 */
export class PieceTurns {
	readonly #waiting: Step[] = [];
	#isUnderway = false;

	add(step: Step): void {
		this.#waiting.push(step);
		if (!this.#isUnderway) this.#goOn();
	}

	#goOn(): void {
		this.#isUnderway = this.#waiting.length > 0;
		if (this.#isUnderway) setImmediate(() => this.#next());
	}

	#next(): void {
		const step = this.#waiting.shift();
		if (step?.() === true) this.#waiting.push(step);
		this.#goOn();
	}
}

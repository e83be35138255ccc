import type { Place } from '../model/place.ts';

/** A question near the one that found nothing, already asked. */
export type RungTo<To extends Place, Key extends string> = {
	/** The key that goes there; `undefined` when there is nothing to go to. */
	readonly key: Key | undefined;
	/** What was found, in a few words: `37 lines in 5 h`. */
	readonly found: string;
	/** What was asked: `any of 12 spellings of the ID`. */
	readonly query: string;
	readonly to: To;
};

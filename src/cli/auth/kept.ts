import type { Milliseconds } from '../../model/time.ts';

/** Something that is fetched once for all who ask, and again when it has run out or was forgotten. */
export type Kept<Value> = {
	get(): Promise<Value>;
	/** True when there was something to forget. */
	forget(): boolean;
};

export type Fetched<Value> = {
	readonly value: Value;
	/** By the clock that `keep` was given. */
	readonly until: Milliseconds;
};

/** A fetch that fails fails for all who wait for it; whoever asks next has it tried again. */
export function keep<Value>(fetch: () => Promise<Fetched<Value>>, now: () => Milliseconds): Kept<Value> {
	let under: Promise<Fetched<Value>> | undefined;
	let known: Fetched<Value> | undefined;
	const begin = (): Promise<Fetched<Value>> => {
		const mine = fetch();
		under = mine;
		mine.then(
			fetched => {
				if (under === mine) [known, under] = [fetched, undefined];
			},
			() => {
				if (under === mine) under = undefined;
			},
		);
		return mine;
	};
	return {
		async get() {
			if (known !== undefined && now() < known.until) return known.value;
			return (await (under ?? begin())).value;
		},
		forget() {
			const hadAny = known !== undefined || under !== undefined;
			[known, under] = [undefined, undefined];
			return hadAny;
		},
	};
}

/** Names that differ by their numbers alone have this in common: `GET /items/17` and `GET /items/4` are `GET /items/#`. */
export const withoutNumbers = (name: string): string => name.replaceAll(/\d+/g, '#');

/**
 * One name for names that differ by their numbers alone: `GET /items/*`, or `shard-1..8` where one number differs and none
 * between its ends is left out. Numbers that are the same in all stay: `GET /v1/items/*`.
 */
export function commonName(names: readonly string[]): string {
	const [first = ''] = names;
	const varying = varyingNumbers(names);
	if (varying.length === 0) return first;
	const told = new Map(varying.map(at => [at, '*']));
	const [only, ...others] = varying;
	if (only !== undefined && others.length === 0) told.set(only, rangeOf(names, only) ?? '*');
	let at = 0;
	return first.replaceAll(/\d+/g, number => told.get(at++) ?? number);
}

/** Which of the numbers in the names, from the left, are not the same in all of them. */
function varyingNumbers(names: readonly string[]): readonly number[] {
	const first = numbersIn(names[0] ?? '');
	const varying = new Set<number>();
	for (const name of new Set(names)) {
		for (const [at, number] of numbersIn(name).entries()) if (number !== first[at]) varying.add(at);
	}
	return [...varying].sort((a, b) => a - b);
}

const numbersIn = (name: string): readonly string[] => name.match(/\d+/g) ?? [];

/** More digits are an ID, and no number to count by. */
const longestCounted = 6;

function rangeOf(names: readonly string[], at: number): string | undefined {
	const numbers = new Set(names.map(name => numbersIn(name)[at] ?? ''));
	if ([...numbers].some(number => number.length > longestCounted)) return undefined;
	const [least, most] = [...numbers].reduce(
		([low, high], number) => [
			Number(number) < Number(low) ? number : low,
			Number(number) > Number(high) ? number : high,
		],
		[[...numbers][0] ?? '', [...numbers][0] ?? ''],
	);
	return Number(most) - Number(least) + 1 === numbers.size ? `${least}..${most}` : undefined;
}

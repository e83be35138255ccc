import type { Steps } from '../model/steps.ts';

/** Sorted in no time. */
const run = 2048;

/**
 * Sorts a list in place if it is short; false for a long one, which is left to `sortSteps`. A trace has thousands of short
 * lists, most of them in order, and neither a copy nor a generator is made for such a one. Stable.
 */
export function sortedAtOnce<Item>(items: Item[], compare: (a: Item, b: Item) => number): boolean {
	if (items.length > run) return false;
	for (let at = 1; at < items.length; at++) {
		const [before, item] = [items[at - 1], items[at]];
		if (before !== undefined && item !== undefined && compare(before, item) > 0) {
			items.sort(compare);
			break;
		}
	}
	return true;
}

/** Sorts a list in place, however long, in steps that are short: in runs first, which are then merged two by two. Stable. */
export function* sortSteps<Item>(items: Item[], compare: (a: Item, b: Item) => number): Steps<void> {
	if (sortedAtOnce(items, compare) || (yield* isSorted(items, compare))) return;
	let from = items.slice();
	for (let start = 0; start < from.length; start += run) {
		const sorted = from.slice(start, start + run).sort(compare);
		for (const [at, item] of sorted.entries()) from[start + at] = item;
		yield;
	}
	let to = items;
	for (let width = run; width < items.length; width *= 2) {
		for (let start = 0; start < items.length; start += 2 * width) {
			yield* merge({ from, to, start, middle: start + width, end: start + 2 * width }, compare);
		}
		[from, to] = [to, from];
	}
	if (from !== items) for (const [at, item] of from.entries()) items[at] = item;
}

function* isSorted<Item>(items: readonly Item[], compare: (a: Item, b: Item) => number): Steps<boolean> {
	let before = items[0];
	for (const [at, item] of items.entries()) {
		if (before !== undefined && compare(before, item) > 0) return false;
		before = item;
		if (at % run === run - 1) yield;
	}
	return true;
}

type Halves<Item> = {
	readonly from: readonly Item[];
	readonly to: Item[];
	readonly start: number;
	readonly middle: number;
	readonly end: number;
};

/** Merges `from[start…middle)` with `from[middle…end)`, both sorted, into the same places of `to`. */
function* merge<Item>(
	{ from, to, start, middle, end }: Halves<Item>,
	compare: (a: Item, b: Item) => number,
): Steps<void> {
	const last = Math.min(end, from.length);
	let left = start;
	let right = Math.min(middle, last);
	const leftEnd = right;
	for (let at = start; at < last; at++) {
		const [one, other] = [from[left], from[right]];
		const takesLeft =
			right >= last || (left < leftEnd && one !== undefined && other !== undefined && compare(one, other) <= 0);
		const item = takesLeft ? one : other;
		if (item === undefined) break;
		if (takesLeft) left++;
		else right++;
		to[at] = item;
		if (at % run === run - 1) yield;
	}
}

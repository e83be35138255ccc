import type { Correction } from '../model/alert.ts';

/** Two corrections of the same: the later one stands in place of the other. */
const isOfSame = (a: Correction, b: Correction): boolean => a.alert === b.alert && a.taken === b.taken;

/**
 * The corrections after one more: it takes the place of an earlier one of the same alert that was taken for the same
 * service; without a service of its own it only takes that one away.
 */
export const correctedBy = <Kept extends Correction>(
	corrections: readonly Kept[],
	correction: Correction,
): readonly (Kept | Correction)[] => [
	...corrections.filter(earlier => !isOfSame(earlier, correction)),
	...(correction.service === '' ? [] : [correction]),
];

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortSteps } from '../../src/analysis/sort-steps.ts';
import { finished } from '../../src/model/steps.ts';

type Card = { readonly rank: number; readonly place: number };

const byRank = (a: Card, b: Card): number => a.rank - b.rank;

/** Cards with few ranks, so that many are equal, and with stretches that are sorted already. */
const cards = fc
	.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 9973 }))
	.map(([length, ranks, step]) =>
		Array.from({ length }, (_, place): Card => ({ rank: Math.floor((place * step) / 7) % ranks, place })),
	);

test('a list of any length comes out as it would from a stable sort', () => {
	fc.assert(
		fc.property(cards, list => {
			const sorted = list.toSorted(byRank);
			finished(sortSteps(list, byRank));
			expect(list.map(({ place }) => place)).toEqual(sorted.map(({ place }) => place));
		}),
		{ numRuns: 40 },
	);
});

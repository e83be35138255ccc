import { expect, test } from 'vitest';
import { firstScrape } from '../../../src/demo/prometheus/scrape.ts';
import { createTally, type Page } from '../../../src/demo/prometheus/tally.ts';
import { createStory } from '../../../src/demo/story.ts';
import { hour } from '../../../src/model/time.ts';
import { demoNow } from '../../helpers/demo.ts';

/** Cancelled bookings, by when they were answered. */
const page: Page = {
	width: 1,
	route: 'cancel',
	count: ({ visits: [{ start, duration }] }, rowAt, counts) => {
		const row = rowAt(start + duration);
		if (row !== undefined) counts[row] = (counts[row] ?? 0) + 1;
	},
};
const feed = { page: 'cancelled', from: 0, to: 0 };

test('a total is the sum of all that came before, however long that is and in what order it is asked for', () => {
	const story = createStory({ seed: 401, now: demoNow });
	const tally = createTally(story, { cancelled: page });
	const first = firstScrape(story.beganAt);
	const increments = new Array<number>(1 + (9 * hour) / 5000).fill(0);
	tally.addIncrements(feed, first, increments);
	const sumTo = (at: number) => increments.slice(0, at + 1).reduce((sum, increment) => sum + increment, 0);
	for (const at of [6400, 3, 719, 6399, 4000, 720, 3, 6480, 180, 181]) {
		expect([at, tally.total(feed, first + at)]).toEqual([at, sumTo(at)]);
	}
	expect(sumTo(6480)).toBeGreaterThan(1000);
});

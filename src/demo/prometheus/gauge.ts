import type { Labels } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import { fractionOf, mixedOf } from '../chance.ts';
import type { Story } from '../story.ts';
import { firstScrape, lastScrape, scrapeTime } from './scrape.ts';
import type { StoredSeries } from './series.ts';

/** The value of a series at a scrape; `undefined` when the target does not have it then. */
type Reading = (at: Milliseconds) => number | undefined;

/** Makes a series whose value follows from the instant alone. */
export type Gauge = (name: string, labels: Labels, read: Reading) => StoredSeries;

export const gaugeOf =
	(story: Story): Gauge =>
	(name, labels, read) => ({
		labels: { ...labels, __name__: name },
		isIn: (from, to) => sampled(read, Math.max(from, story.beganAt) - 1, to).times.length > 0,
		samples: (from, to) => sampled(read, Math.max(from, story.beganAt - 1), to),
	});

const sampled = (read: Reading, from: Milliseconds, to: Milliseconds): ReturnType<StoredSeries['samples']> => {
	const times: Milliseconds[] = [];
	const values: number[] = [];
	for (let scrape = firstScrape(from + 1); scrape <= lastScrape(to); scrape++) {
		const at = scrapeTime(scrape);
		const value = read(at);
		if (value === undefined) continue;
		times.push(at);
		values.push(value);
	}
	return { times, values };
};

/** In [0, 1), the same for the same instant. */
export const noise = (story: Story, at: Milliseconds, purpose: number): number =>
	fractionOf(mixedOf(story.seed, lastScrape(at), purpose));

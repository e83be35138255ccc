import type { Labels } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import { operations } from '../cast.ts';
import type { Story } from '../story.ts';
import { boundsOf, leOf, spanBounds } from './buckets.ts';
import type { Cell } from './cells.ts';
import { firstScrape, lastScrape, scrapeTime } from './scrape.ts';
import type { StoredSeries } from './series.ts';
import type { Feed, Tally } from './tally.ts';

/** The processes were two days old when the story began, and every minute had been like its first. */
const minutesBefore = 2 * 24 * 60;
/** And each result had occurred this often besides, always quickly, so that no counter starts from nothing. */
const formerly = 200;
const formerSeconds = 0.004;

type Fed = { readonly feed: Feed; readonly formerly: number };

/** A counter as it is scraped: it only grows, but for the restart of `fares` at its release. */
export const counterSeries = (
	story: Story,
	tally: Tally,
	{ labels, cells, part }: { readonly labels: Labels; readonly cells: readonly Cell[]; readonly part: Part },
): StoredSeries => {
	const fed = cells.map(cell => fedBy(cell, part));
	const restarts = cells.some(cell => operations[cell.operation].service === 'fares');
	const restart = restarts ? firstScrape(story.releasedAt) : Number.POSITIVE_INFINITY;
	const first = firstScrape(story.beganAt);
	const sum = (read: (feed: Feed) => number): number => fed.reduce((all, { feed }) => all + read(feed), 0);
	const total = (scrape: number): number => sum(feed => tally.total(feed, scrape));
	let base: number | undefined;
	const height = (): number => {
		base ??= fed.reduce((all, each) => all + each.formerly + minutesBefore * firstMinute(tally, each.feed, first), 0);
		return base;
	};
	const samples: StoredSeries['samples'] = (from, to, purpose) => {
		const begin = Math.max(firstScrape(from + 1), first);
		const end = lastScrape(to);
		const times: Milliseconds[] = [];
		const values: number[] = [];
		const exact = purpose === 'values' || restarts;
		let value = 0;
		for (let scrape = begin; scrape <= end; scrape++) {
			if (scrape === begin) value = height() + (exact ? total(scrape) : 0);
			else value += sum(feed => tally.increment(feed, scrape));
			if (scrape === restart) value = 0;
			else if (scrape === begin && scrape > restart) value = total(scrape) - total(restart);
			times.push(scrapeTime(scrape));
			values.push(value);
		}
		return { times, values };
	};
	const bucket = part.kind === 'bucket' && part.of === 'own' ? { bucket: { cells, number: part.bucket } } : {};
	return {
		labels,
		samples,
		...bucket,
		isIn: (from, to) => to >= scrapeTime(first) && lastScrape(to) >= firstScrape(from),
	};
};

/** What of its cells a counter counts. `bucket` counts that bucket and all below. */
export type Part =
	| { readonly kind: 'count' | 'sum'; readonly of: 'own' | 'span' }
	| { readonly kind: 'bucket'; readonly of: 'own' | 'span'; readonly bucket: number };

const fedBy = (cell: Cell, part: Part): Fed => {
	if (part.kind === 'sum') {
		const feed = { route: cell.route, from: cell.sum, to: cell.sum };
		return { feed, formerly: formerly * formerSeconds };
	}
	const from = part.of === 'own' ? cell.own : cell.span;
	const bounds = part.of === 'own' ? boundsOf(cell.operation) : spanBounds;
	const last = part.kind === 'bucket' ? part.bucket : bounds.length;
	return { feed: { route: cell.route, from, to: from + last }, formerly };
};

const firstMinute = (tally: Tally, feed: Feed, first: number): number => {
	let sum = 0;
	for (let scrape = first + 2; scrape < first + 14; scrape++) sum += tally.increment(feed, scrape);
	return sum;
};

/** The three families of a classic histogram, `_bucket`, `_sum` and `_count`. */
export const histogramSeries = (
	story: Story,
	tally: Tally,
	{
		name,
		labels,
		cells,
		of,
	}: {
		readonly name: string;
		readonly labels: Labels;
		readonly cells: readonly Cell[];
		readonly of: 'own' | 'span';
	},
): readonly StoredSeries[] => {
	const [cell] = cells;
	if (cell === undefined) return [];
	const bounds = of === 'own' ? boundsOf(cell.operation) : spanBounds;
	const buckets = Array.from({ length: bounds.length + 1 }, (_, bucket) =>
		counterSeries(story, tally, {
			labels: { ...labels, __name__: `${name}_bucket`, le: leOf(bounds, bucket) },
			cells,
			part: { kind: 'bucket', of, bucket },
		}),
	);
	const whole = (kind: 'count' | 'sum'): StoredSeries =>
		counterSeries(story, tally, { labels: { ...labels, __name__: `${name}_${kind}` }, cells, part: { kind, of } });
	return [...buckets, whole('count'), whole('sum')];
};

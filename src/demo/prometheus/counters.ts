import type { Labels } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import { operations } from '../cast.ts';
import type { Story } from '../story.ts';
import { boundsOf, leOf, spanBounds } from './buckets.ts';
import type { Cell } from './cells.ts';
import { firstScrape, lastScrape, scrapeInterval, scrapeTime } from './scrape.ts';
import type { Purpose, StoredSeries } from './series.ts';
import type { Feed, Tally } from './tally.ts';

/** The processes were two days old when the story began, and every minute had been like its first. */
const minutesBefore = 2 * 24 * 60;
/** The scrapes of that minute, and the two before it. */
const scrapesOfHeight = 14;
/** And each result had occurred this often besides, always quickly, so that no counter starts from nothing. */
const formerly = 200;
const formerSeconds = 0.004;

/** Where a counter begins when its height does not matter, so that `rate` sees no start from zero in it. */
const farFromZero = 1e6;

/** A feed, and how much of it there was before the story began, besides what two days had brought. */
export type Fed = { readonly feed: Feed; readonly formerly: number };

/** A counter of cells as it is scraped: it only grows, but for the restart of `fares` at its release. */
export const counterSeries = (
	story: Story,
	tally: Tally,
	{ labels, cells, part }: { readonly labels: Labels; readonly cells: readonly Cell[]; readonly part: Part },
): StoredSeries => {
	const fed = cells.map(cell => fedBy(cell, part));
	const restarts = cells.some(cell => operations[cell.operation].service === 'fares');
	const series = fedSeries(story, tally, { labels, fed, restarts });
	if (part.kind !== 'bucket' || part.of !== 'own') return series;
	return { ...series, bucket: { cells, number: part.bucket } };
};

/** A counter that feeds make grow, and that may begin anew at the release. */
export const fedSeries = (
	story: Story,
	tally: Tally,
	{
		labels,
		fed,
		restarts = false,
	}: { readonly labels: Labels; readonly fed: readonly Fed[]; readonly restarts?: boolean },
): StoredSeries => {
	const restart = restarts ? firstScrape(story.releasedAt) : Number.POSITIVE_INFINITY;
	const first = firstScrape(story.beganAt);
	const { total, increments } = sumsOf(tally, fed);
	let base: number | undefined;
	const height = (): number => {
		base ??= fed.reduce(
			(all, each) => all + each.formerly,
			minutesBefore * sumOf(increments(first + 2, scrapesOfHeight - 2)),
		);
		return base;
	};
	const isExact = (purpose: Purpose): boolean => purpose === 'values' || restarts;
	const samples: StoredSeries['samples'] = (from, to, purpose) => {
		const begin = Math.max(firstScrape(from + 1), first);
		const count = Math.max(0, lastScrape(to) - begin + 1);
		const grown = increments(begin, count);
		const times: Milliseconds[] = [];
		const values: number[] = [];
		let value = isExact(purpose) ? height() + total(begin) : farFromZero;
		if (begin > restart) value = total(begin) - total(restart);
		for (let at = 0; at < count; at++) {
			if (at > 0) value += grown[at] ?? 0;
			if (begin + at === restart) value = 0;
			times.push(scrapeTime(begin + at));
			values.push(value);
		}
		return { times, values };
	};
	return {
		labels,
		samples,
		*prepare(from, to, purpose) {
			const begin = Math.max(firstScrape(from + 1), first);
			for (const { feed } of fed) {
				if (isExact(purpose)) {
					if (base === undefined) yield* tally.prepare(feed.page, first, first + scrapesOfHeight);
					yield* tally.prepareTotal(feed.page, begin);
				}
				if (begin > restart) yield* tally.prepareTotal(feed.page, restart);
				yield* tally.prepare(feed.page, begin, lastScrape(to));
			}
		},
		every: scrapeInterval,
		isIn: (from, to) => to >= scrapeTime(first) && lastScrape(to) >= firstScrape(from),
	};
};

/** What all feeds add up to: up to a scrape, and between each of some scrapes and the one before. */
const sumsOf = (tally: Tally, fed: readonly Fed[]) => ({
	total: (scrape: number): number => fed.reduce((all, { feed }) => all + tally.total(feed, scrape), 0),
	increments: (from: number, count: number): readonly number[] => {
		const sums = new Array<number>(count).fill(0);
		for (const { feed } of fed) tally.addIncrements(feed, from, sums);
		return sums;
	},
});

/** What of its cells a counter counts. `bucket` counts that bucket and all below. */
export type Part =
	| { readonly kind: 'count' | 'sum'; readonly of: 'own' | 'span' }
	| { readonly kind: 'bucket'; readonly of: 'own' | 'span'; readonly bucket: number };

const fedBy = (cell: Cell, part: Part): Fed => {
	if (part.kind === 'sum') {
		const feed = { page: cell.route, from: cell.sum, to: cell.sum };
		return { feed, formerly: formerly * formerSeconds };
	}
	const from = part.of === 'own' ? cell.own : cell.span;
	const bounds = part.of === 'own' ? boundsOf(cell.operation) : spanBounds;
	const last = part.kind === 'bucket' ? part.bucket : bounds.length;
	return { feed: { page: cell.route, from, to: from + last }, formerly };
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

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

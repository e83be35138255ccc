import { second } from '../../model/time.ts';
import type { EdgeOperation, OperationName } from '../cast.ts';
import { longestRequest, type Story, type Visit } from '../story.ts';
import { type Bounds, boundsOf, bucketOf, spanBounds } from './buckets.ts';
import { type Cell, layouts } from './cells.ts';
import { firstScrape, scrapeTime } from './scrape.ts';

/** Some neighbouring numbers among the cells of a route, both ends included: a sum, a bucket, or several buckets. */
export type Feed = { readonly route: EdgeOperation; readonly from: number; readonly to: number };

/** What all requests of the story add up to, scrape by scrape; counted when asked for and remembered for some hours. */
export type Tally = {
	/** What came to a feed between the scrape before and this one. */
	readonly increment: (feed: Feed, scrape: number) => number;
	/** What came to a feed from the beginning of the story up to a scrape. */
	readonly total: (feed: Feed, scrape: number) => number;
};

/** A minute of scrapes is counted at once. */
const scrapesPerBlock = 12;
/** Five routes over about four hours: some 17 MB. */
const mostBlocks = 1_200;
const mostTotals = 9_000;

const blockOf = (scrape: number): number => Math.floor(scrape / scrapesPerBlock);

export const createTally = (story: Story): Tally => {
	const firstBlock = blockOf(firstScrape(story.beganAt));
	const blocks = new Map<string, Float64Array>();
	const totals = new Map<string, Float64Array>();

	const countsOf = (route: EdgeOperation, block: number): Float64Array => {
		const key = `${route} ${block}`;
		const known = blocks.get(key);
		if (known !== undefined) return known;
		if (blocks.size >= mostBlocks) dropOldest(blocks);
		const counts = countBlock(story, route, block);
		blocks.set(key, counts);
		return counts;
	};

	/** Everything before a block. */
	const totalsBefore = (route: EdgeOperation, block: number): Float64Array => {
		const width = layouts[route].width;
		let at = block;
		while (at > firstBlock && !totals.has(`${route} ${at}`)) at--;
		let sums = totals.get(`${route} ${at}`) ?? new Float64Array(width);
		for (; at < block; at++) {
			sums = summed(sums, countsOf(route, at));
			if (totals.size >= mostTotals) dropOldest(totals);
			totals.set(`${route} ${at + 1}`, sums);
		}
		return sums;
	};

	const increment = ({ route, from, to }: Feed, scrape: number): number => {
		const block = blockOf(scrape);
		if (block < firstBlock) return 0;
		const row = (scrape - block * scrapesPerBlock) * layouts[route].width;
		return sumOf(countsOf(route, block), row + from, row + to);
	};

	const total = (feed: Feed, scrape: number): number => {
		const block = blockOf(scrape);
		if (block < firstBlock) return 0;
		let sum = sumOf(totalsBefore(feed.route, block), feed.from, feed.to);
		for (let at = block * scrapesPerBlock; at <= scrape; at++) sum += increment(feed, at);
		return sum;
	};

	return { increment, total };
};

const dropOldest = (map: Map<string, unknown>): void => {
	for (const key of map.keys()) {
		map.delete(key);
		return;
	}
};

const sumOf = (numbers: Float64Array, from: number, to: number): number => {
	let sum = 0;
	for (let at = from; at <= to; at++) sum += numbers[at] ?? 0;
	return sum;
};

/** A row of sums with all rows of a block added to it. */
const summed = (sums: Float64Array, counts: Float64Array): Float64Array => {
	const result = sums.slice();
	for (let at = 0; at < counts.length; at++) {
		const column = at % sums.length;
		result[column] = (result[column] ?? 0) + (counts[at] ?? 0);
	}
	return result;
};

/** A visit is counted when it ends, so a block also holds requests that began before it. */
const countBlock = (story: Story, route: EdgeOperation, block: number): Float64Array => {
	const { cells, width } = layouts[route];
	const counts = new Float64Array(width * scrapesPerBlock);
	const finder = cellFinder(cells);
	const begin = scrapeTime(block * scrapesPerBlock - 1);
	const end = scrapeTime((block + 1) * scrapesPerBlock - 1);
	const firstSecond = Math.floor(Math.max(begin - longestRequest, story.beganAt) / second);
	for (let at = firstSecond; at * second <= end; at++) {
		const requests = story.countIn(at);
		for (let index = 0; index < requests; index++) {
			const turn = { second: at, index };
			if (story.operationOf(turn) !== route) continue;
			const { offset, visits } = story.outlineOf(turn);
			for (const visit of visits) {
				const ended = at * second + (offset + visit.start + visit.duration) / 1e6;
				if (ended <= begin || ended > end) continue;
				const row = firstScrape(ended) - block * scrapesPerBlock;
				count(counts, row * width, visit, finder(visit.operation, visit.status));
			}
		}
	}
	return counts;
};

type Counted = { readonly cell: Cell; readonly bounds: Bounds };

const cellFinder = (cells: readonly Cell[]): ((operation: OperationName, status: number) => Counted) => {
	const counted = cells.map(cell => ({ cell, bounds: boundsOf(cell.operation) }));
	return (operation, status) => {
		const found = counted.find(({ cell }) => cell.operation === operation && cell.status === status);
		if (found === undefined) throw new Error(`no cell counts ${operation} with ${status}`);
		return found;
	};
};

const count = (counts: Float64Array, row: number, visit: Visit, { cell, bounds }: Counted): void => {
	const seconds = visit.duration / 1e9;
	const add = (column: number, amount: number): void => {
		counts[row + column] = (counts[row + column] ?? 0) + amount;
	};
	add(cell.sum, seconds);
	add(cell.own + bucketOf(bounds, seconds), 1);
	add(cell.span + bucketOf(spanBounds, seconds), 1);
};

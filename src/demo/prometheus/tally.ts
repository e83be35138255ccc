import { second } from '../../model/time.ts';
import { type EdgeOperation, edgeRoutes, type OperationName } from '../cast.ts';
import { longestRequest, type Story, type Visit } from '../story.ts';
import { type Bounds, boundsOf, bucketOf, spanBounds } from './buckets.ts';
import { type Cell, layouts } from './cells.ts';
import { firstScrape, scrapeTime } from './scrape.ts';

/** Some neighbouring numbers among the cells of a route, both ends included: a sum, a bucket, or several buckets. */
export type Feed = { readonly route: EdgeOperation; readonly from: number; readonly to: number };

/** What all requests of the story add up to, scrape by scrape; counted when asked for and remembered for some hours. */
export type Tally = {
	/** Adds what came to a feed between each scrape and the one before, from `first` on; one number for each scrape. */
	readonly addIncrements: (feed: Feed, first: number, increments: number[]) => void;
	/** What came to a feed from the beginning of the story up to a scrape. */
	readonly total: (feed: Feed, scrape: number) => number;
};

/** A minute of scrapes is counted at once. */
const scrapesPerBlock = 12;
/** Five routes over about four hours: some 17 MB. */
const mostBlocks = 1_200;
const mostTotals = 9_000;

const blockOf = (scrape: number): number => Math.floor(scrape / scrapesPerBlock);

/** The blocks that have been counted, and the totals before them. */
class Counts {
	readonly firstBlock: number;
	readonly #story: Story;
	readonly #blocks = new Map<number, Float64Array>();
	readonly #totals = new Map<number, Float64Array>();

	constructor(story: Story) {
		this.#story = story;
		this.firstBlock = blockOf(firstScrape(story.beganAt));
	}

	/** A block's numbers: for each scrape in turn, those of all cells of the route. */
	of(route: EdgeOperation, block: number): Float64Array {
		const key = keyOf(route, block);
		const known = this.#blocks.get(key);
		if (known !== undefined) return known;
		if (this.#blocks.size >= mostBlocks) dropOldest(this.#blocks);
		const counts = countBlock(this.#story, route, block);
		this.#blocks.set(key, counts);
		return counts;
	}

	/** What all cells of a route add up to before a block. */
	before(route: EdgeOperation, block: number): Float64Array {
		let at = block;
		while (at > this.firstBlock && !this.#totals.has(keyOf(route, at))) at--;
		let sums = this.#totals.get(keyOf(route, at)) ?? new Float64Array(layouts[route].width);
		for (; at < block; at++) {
			sums = summed(sums, this.of(route, at));
			if (this.#totals.size >= mostTotals) dropOldest(this.#totals);
			this.#totals.set(keyOf(route, at + 1), sums);
		}
		return sums;
	}
}

const routes = edgeRoutes.map(({ operation }) => operation);
const keyOf = (route: EdgeOperation, block: number): number => block * routes.length + routes.indexOf(route);

/** Counts the story's requests. */
export const createTally = (story: Story): Tally => {
	const counts = new Counts(story);

	const addIncrements = ({ route, from, to }: Feed, first: number, increments: number[]): void => {
		const { width } = layouts[route];
		const end = first + increments.length;
		let scrape = Math.max(first, counts.firstBlock * scrapesPerBlock);
		while (scrape < end) {
			const block = blockOf(scrape);
			const numbers = counts.of(route, block);
			const next = Math.min(end, (block + 1) * scrapesPerBlock);
			for (; scrape < next; scrape++) {
				const row = (scrape - block * scrapesPerBlock) * width;
				const at = scrape - first;
				increments[at] = (increments[at] ?? 0) + sumOf(numbers, row + from, row + to);
			}
		}
	};

	const total = (feed: Feed, scrape: number): number => {
		const block = blockOf(scrape);
		if (block < counts.firstBlock) return 0;
		const begin = block * scrapesPerBlock;
		const increments = new Array<number>(scrape - begin + 1).fill(0);
		addIncrements(feed, begin, increments);
		const before = sumOf(counts.before(feed.route, block), feed.from, feed.to);
		return increments.reduce((sum, increment) => sum + increment, before);
	};

	return { addIncrements, total };
};

const dropOldest = (map: Map<number, unknown>): void => {
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
	const counted = cellsByResult(cells);
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
				count(counts, row * width, visit, counted.get(visit.operation)?.get(visit.status));
			}
		}
	}
	return counts;
};

type Counted = { readonly cell: Cell; readonly bounds: Bounds };

/** The cells of a route by operation and status, as they are looked up for every visit. */
const cellsByResult = (cells: readonly Cell[]): ReadonlyMap<OperationName, ReadonlyMap<number, Counted>> => {
	const found = new Map<OperationName, Map<number, Counted>>();
	for (const cell of cells) {
		const results = found.get(cell.operation) ?? new Map<number, Counted>();
		results.set(cell.status, { cell, bounds: boundsOf(cell.operation) });
		found.set(cell.operation, results);
	}
	return found;
};

const count = (counts: Float64Array, row: number, visit: Visit, counted: Counted | undefined): void => {
	if (counted === undefined) throw new Error(`no cell counts ${visit.operation} with ${visit.status}`);
	const { cell, bounds } = counted;
	const seconds = visit.duration / 1e9;
	const own = row + cell.own + bucketOf(bounds, seconds);
	const span = row + cell.span + bucketOf(spanBounds, seconds);
	counts[row + cell.sum] = (counts[row + cell.sum] ?? 0) + seconds;
	counts[own] = (counts[own] ?? 0) + 1;
	counts[span] = (counts[span] ?? 0) + 1;
};

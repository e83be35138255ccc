import { second } from '../../model/time.ts';
import type { EdgeOperation } from '../cast.ts';
import { KeptWork, type Piecework } from '../piecework.ts';
import { longestRequest, type Outline, type Story } from '../story.ts';
import { firstScrape, scrapeTime } from './scrape.ts';

/** Some neighbouring numbers of a page, both ends included: a sum, a bucket, or several buckets. */
export type Feed = { readonly page: string; readonly from: number; readonly to: number };

/** What is counted together: so many numbers for each scrape. */
export type Page = {
	readonly width: number;
	/** The requests that are counted on it; all when absent. */
	readonly route?: EdgeOperation;
	/** Counts what a request did, by the row of the scrape that sees it done; `undefined` when none of the block does. */
	readonly count: (outline: Outline, rowAt: (ended: number) => number | undefined, counts: Float64Array) => void;
};

/** What all requests of the story add up to, scrape by scrape; counted when asked for and remembered for a while. */
export type Tally = {
	/** Counts what was not counted yet of a page between two scrapes, so that the others find it. */
	readonly prepare: (page: string, first: number, last: number) => Piecework<void>;
	/** Adds what came to a feed between each scrape and the one before, from `first` on; one number for each scrape. */
	readonly addIncrements: (feed: Feed, first: number, increments: number[]) => void;
	/** What came to a feed from the beginning of the story up to a scrape. */
	readonly total: (feed: Feed, scrape: number) => number;
};

/** A minute of scrapes is counted at once. */
const scrapesPerBlock = 12;
/** Five routes over more than the hour that is on show: some 9 MB. */
const mostBlocks = 360;
const mostTotals = 9_000;

const blockOf = (scrape: number): number => Math.floor(scrape / scrapesPerBlock);

/** The blocks that have been counted, and the totals before them. */
class Counts {
	readonly firstBlock: number;
	readonly #pages: Readonly<Record<string, Page>>;
	readonly #names: readonly string[];
	readonly #blocks: KeptWork<Float64Array>;
	readonly #totals = new Map<number, Float64Array>();

	constructor(story: Story, pages: Readonly<Record<string, Page>>) {
		this.#pages = pages;
		this.#names = Object.keys(pages);
		this.firstBlock = blockOf(firstScrape(story.beganAt));
		this.#blocks = new KeptWork(mostBlocks, key => {
			const name = this.#names[key % this.#names.length] ?? '';
			return countBlock(story, this.page(name), Math.floor(key / this.#names.length));
		});
	}

	page(name: string): Page {
		const page = this.#pages[name];
		if (page === undefined) throw new Error(`no page is called ${name}`);
		return page;
	}

	/** A block's numbers: for each scrape in turn, those of the page. */
	of(name: string, block: number): Float64Array {
		return this.#blocks.at(this.#keyOf(name, block));
	}

	*prepare(name: string, block: number): Piecework<void> {
		yield* this.#blocks.of(this.#keyOf(name, block));
	}

	/** What all numbers of a page add up to before a block. */
	before(name: string, block: number): Float64Array {
		let at = block;
		while (at > this.firstBlock && !this.#totals.has(this.#keyOf(name, at))) at--;
		let sums = this.#totals.get(this.#keyOf(name, at)) ?? new Float64Array(this.page(name).width);
		for (; at < block; at++) {
			sums = summed(sums, this.of(name, at));
			if (this.#totals.size >= mostTotals) dropOldest(this.#totals);
			this.#totals.set(this.#keyOf(name, at + 1), sums);
		}
		return sums;
	}

	#keyOf(name: string, block: number): number {
		return block * this.#names.length + this.#names.indexOf(name);
	}
}

/** Counts the story's requests on the pages that are asked for. */
export const createTally = (story: Story, pages: Readonly<Record<string, Page>>): Tally => {
	const counts = new Counts(story, pages);

	const addIncrements = ({ page, from, to }: Feed, first: number, increments: number[]): void => {
		const { width } = counts.page(page);
		const end = first + increments.length;
		let scrape = Math.max(first, counts.firstBlock * scrapesPerBlock);
		while (scrape < end) {
			const block = blockOf(scrape);
			const numbers = counts.of(page, block);
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
		const before = sumOf(counts.before(feed.page, block), feed.from, feed.to);
		return increments.reduce((sum, increment) => sum + increment, before);
	};

	function* prepare(page: string, first: number, last: number): Piecework<void> {
		for (let block = Math.max(blockOf(first), counts.firstBlock); block <= blockOf(last); block++) {
			yield* counts.prepare(page, block);
		}
	}

	return { prepare, addIncrements, total };
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

/** The spans of so many requests take some milliseconds. */
const requestsPerPiece = 100;

/** A visit is counted when it ends, so a block also holds requests that began before it. */
function* countBlock(story: Story, { width, route, count }: Page, block: number): Piecework<Float64Array> {
	const counts = new Float64Array(width * scrapesPerBlock);
	let counted = 0;
	const begin = scrapeTime(block * scrapesPerBlock - 1);
	const end = scrapeTime((block + 1) * scrapesPerBlock - 1);
	const firstSecond = Math.floor(Math.max(begin - longestRequest, story.beganAt) / second);
	for (let at = firstSecond; at * second <= end; at++) {
		const requests = story.countIn(at);
		for (let index = 0; index < requests; index++) {
			const turn = { second: at, index };
			if (route !== undefined && story.operationOf(turn) !== route) continue;
			const outline = story.outlineOf(turn);
			const rowAt = (after: number): number | undefined => {
				const ended = at * second + (outline.offset + after) / 1e6;
				return ended <= begin || ended > end ? undefined : (firstScrape(ended) - block * scrapesPerBlock) * width;
			};
			count(outline, rowAt, counts);
			if (++counted % requestsPerPiece === 0) yield;
		}
	}
	return counts;
}

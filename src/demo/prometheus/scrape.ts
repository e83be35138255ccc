import { type Milliseconds, second } from '../../model/time.ts';

/** Every target is scraped this often, all at once. */
export const scrapeInterval: Milliseconds = 5 * second;

const offset: Milliseconds = 1_700;

/** Scrapes are numbered since the epoch. */
export const scrapeTime = (scrape: number): Milliseconds => scrape * scrapeInterval + offset;

/** The last scrape at or before an instant. */
export const lastScrape = (at: Milliseconds): number => Math.floor((at - offset) / scrapeInterval);

/** The first scrape that sees what happened at an instant. */
export const firstScrape = (at: Milliseconds): number => Math.ceil((at - offset) / scrapeInterval);

import { type Milliseconds, minute, second } from '../../model/time.ts';
import type { EdgeOperation } from '../cast.ts';
import { traceIdOf } from '../identifiers.ts';
import type { Piecework } from '../piecework.ts';
import { longestRequest, type Story } from '../story.ts';
import { boundsOf, bucketOf } from './buckets.ts';

/** A visit that a bucket remembers: when it ended, how long it took, and its trace. */
export type Observation = { readonly at: Milliseconds; readonly seconds: number; readonly traceId: string };

type Remembered = { readonly key: string; readonly observation: Observation };

/** Names a bucket of an operation's own histogram. */
export const bucketKey = (operation: string, status: number, bucket: number): string =>
	`${operation} ${status} ${bucket}`;

/** Of all routes more than the hour that is usually on show; and what longer windows may need. */
const usualPages = 360;
const mostPages = 1_800;

/** Some milliseconds, their routes among others included. */
const requestsPerPiece = 100;

/** What the client libraries remember: the last request that fell into each bucket, one a minute. */
export class ExemplarBook {
	readonly #story: Story;
	readonly #now: () => Milliseconds;
	/** Minutes that are over, by route and minute. */
	readonly #pages = new Map<string, readonly Remembered[]>();
	#room = usualPages;

	constructor(story: Story, now: () => Milliseconds) {
		this.#story = story;
		this.#now = now;
	}

	/** What was remembered of some routes between two instants. */
	*between(from: Milliseconds, to: Milliseconds, routes: ReadonlySet<EdgeOperation>): Piecework<readonly Remembered[]> {
		const found: Remembered[] = [];
		const first = Math.floor(Math.max(from, this.#story.beganAt) / minute);
		const last = Math.floor(Math.min(to, this.#now()) / minute);
		this.#room = Math.min(mostPages, Math.max(usualPages, (last - first + 1) * routes.size));
		for (let page = first; page <= last; page++) {
			for (const route of routes) {
				for (const remembered of yield* this.#page(route, page)) {
					const { at } = remembered.observation;
					if (at >= from && at <= to) found.push(remembered);
				}
				yield;
			}
		}
		return found;
	}

	*#page(route: EdgeOperation, page: number): Piecework<readonly Remembered[]> {
		const key = `${route} ${page}`;
		const known = this.#pages.get(key);
		if (known !== undefined) return known;
		const end = Math.min((page + 1) * minute, this.#now());
		const written = yield* this.#write(route, page * minute, end);
		if (end < this.#now()) this.#pages.set(key, written);
		for (const oldest of this.#pages.keys()) {
			if (this.#pages.size <= this.#room) break;
			this.#pages.delete(oldest);
		}
		return written;
	}

	*#write(route: EdgeOperation, from: Milliseconds, to: Milliseconds): Piecework<readonly Remembered[]> {
		const { countIn, operationOf, outlineOf, seed, beganAt } = this.#story;
		let told = 0;
		const lasts = new Map<string, Omit<Observation, 'traceId'> & { readonly index: number; readonly second: number }>();
		for (let at = Math.floor(Math.max(from - longestRequest, beganAt) / second); at * second < to; at++) {
			for (let index = 0; index < countIn(at); index++) {
				const turn = { second: at, index };
				if (operationOf(turn) !== route) continue;
				if (++told % requestsPerPiece === 0) yield;
				const { offset, visits } = outlineOf(turn);
				for (const { operation, status, start, duration } of visits) {
					const ended = at * second + (offset + start + duration) / 1e6;
					if (ended < from || ended >= to) continue;
					const seconds = duration / 1e9;
					const key = bucketKey(operation, status, bucketOf(boundsOf(operation), seconds));
					if ((lasts.get(key)?.at ?? 0) <= ended) lasts.set(key, { at: ended, seconds, ...turn });
				}
			}
		}
		return [...lasts].map(([key, { at, seconds, ...turn }]) => ({
			key,
			observation: { at, seconds, traceId: traceIdOf(turn, seed) },
		}));
	}
}

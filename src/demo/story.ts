import { day, hour, type Milliseconds, minute, second as oneSecond } from '../model/time.ts';
import { type EdgeOperation, edgeRoutes, type OperationName } from './cast.ts';
import { Chance, fractionOf, mixedOf } from './chance.ts';
import type { Turn } from './identifiers.ts';
import { scripts } from './scripts.ts';

/**
 * The incident, in short. Every booking has its berth held by `berths`, which has the passengers entered by
 * `manifest`. A crew-roster export of `manifest` takes the row locks of the coaches and keeps them: entering a
 * passenger waits for seconds, `berths` gives up after two and answers DeadlineExceeded, the edge answers 504.
 * `manifest` itself answers 200 every time; its lock wait is seen in a trace and nowhere else. Meanwhile `berths`
 * keeps a connection open per waiting hold, so that its pool runs full: the symptom that pages. Six minutes before,
 * `fares` was released with a cold cache and has an alert of its own: the false trail. `trackside` warns all day.
 */
export type Story = Plot & {
	readonly seed: number;
	/** How many requests begin in a second. */
	readonly countIn: (second: number) => number;
	/** What was asked at the edge. Cheap: one draw. */
	readonly operationOf: (turn: Turn) => EdgeOperation;
	readonly outlineOf: (turn: Turn) => Outline;
};

/** The instants that the story turns on. */
export type Plot = {
	/** Nothing is known before this instant. */
	readonly beganAt: Milliseconds;
	/** `fares` was released. */
	readonly releasedAt: Milliseconds;
	/** The export took the locks. */
	readonly brokeAt: Milliseconds;
};

/** One service's part in a request, as its own metrics count it. Lengths are whole nanoseconds. */
export type Visit = {
	readonly operation: OperationName;
	/** An HTTP status, a gRPC code, or 0 for a message. */
	readonly status: number;
	/** Since the request began at the edge. */
	readonly start: number;
	readonly duration: number;
	/** The part of `duration` that went by in waiting: `manifest` for a lock, `berths` for a connection, `fares` for a tariff that was not in its cache; for `trackside` the age of the reading that it gave. */
	readonly waited: number;
	/** The visit that made this one, by its place in the outline. */
	readonly caller: number | undefined;
};

/** What happened to one request, without its spans. */
export type Outline = {
	readonly turn: Turn;
	/** Nanoseconds from the beginning of its second to its own. */
	readonly offset: number;
	/** The edge's own visit first, callers before those they call. */
	readonly visits: readonly [Visit, ...Visit[]];
	/** Draws of what is left open: names, numbers, the sharing out of time within a visit. */
	readonly key: number;
};

/** The longest that any visit ends after its request began. */
export const longestRequest: Milliseconds = 6 * oneSecond;

const requestsPerSecond = 20;

const plotAt = (now: Milliseconds): Plot => {
	const wholeNow = Math.floor(now / oneSecond) * oneSecond;
	const brokeAt = wholeNow - 25 * minute;
	return { beganAt: wholeNow - hour, brokeAt, releasedAt: brokeAt - 6 * minute };
};

/** Where each edge route's share of [0, 1) ends. */
const shareEnds: readonly number[] = edgeRoutes.map((_, at) =>
	edgeRoutes.slice(0, at + 1).reduce((sum, { share }) => sum + share, 0),
);

/** Asked for every request, most of which the asker then skips: no iterator, no object. */
const edgeOperationAt = (draw: number): EdgeOperation => {
	let at = 0;
	while (at < shareEnds.length - 1 && draw >= (shareEnds[at] ?? 1)) at++;
	return (edgeRoutes[at] ?? edgeRoutes[0]).operation;
};

/** The story as it looks to somebody who is paged at `now`; the same seed and instant tell the same story. */
export const createStory = ({ seed, now }: { readonly seed: number; readonly now: Milliseconds }): Story =>
	storyOf(seed, plotAt(now));

/** The same hour a day before, when nothing was released and nothing broke. */
export const dayBefore = ({ seed, beganAt }: Pick<Story, 'seed' | 'beganAt'>): Story =>
	storyOf(seed, {
		beganAt: beganAt - day,
		releasedAt: Number.POSITIVE_INFINITY,
		brokeAt: Number.POSITIVE_INFINITY,
	});

const storyOf = (seed: number, plot: Plot): Story => {
	const keyOf = ({ second, index }: Turn): number => mixedOf(seed, second, index);
	const countIn = (second: number): number =>
		requestsPerSecond - 3 + Math.floor(fractionOf(mixedOf(seed, second, 0x5ec)) * 7);
	const operationOf = (turn: Turn): EdgeOperation => edgeOperationAt(fractionOf(keyOf(turn)));
	const outlineOf = (turn: Turn): Outline => {
		const key = keyOf(turn);
		const chance = new Chance(key);
		const offset = Math.floor(((turn.index + chance.next()) / countIn(turn.second)) * 1e9);
		const at = turn.second * oneSecond + offset / 1e6;
		return { turn, offset, key, visits: scripts[operationOf(turn)]({ chance, at, plot }) };
	};
	return { ...plot, seed, countIn, operationOf, outlineOf };
};

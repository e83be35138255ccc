import type { Output } from './screen.ts';

/** What is measured of the link between program and terminal. Times are in milliseconds, sizes in bytes. */
export type LinkFigures = {
	/** How often the terminal was asked whether it is there, and how often it has answered. */
	readonly asked: number;
	readonly answered: number;
	/** How long answers took: the newest, and the least and the most of the last five. Absent before the first. */
	readonly roundTrip?: { readonly newest: number; readonly least: number; readonly most: number };
	readonly frames: number;
	readonly bytes: number;
	readonly newestFrame: number;
	readonly largestFrame: number;
	/** Bytes of the last minute. */
	readonly lastMinute: number;
	/** How long the terminal has stood full, so that the program had to wait for it: in all, and at the longest. */
	readonly held: { readonly times: number; readonly longest: number };
	/** How long it has been measured. */
	readonly since: number;
	/** Why the link is called slow; absent while it is not. */
	readonly slow?: 'round trip' | 'output';
};

export type LinkMeter = {
	asked(): void;
	answered(): void;
	/** The stream, measured. */
	metered(output: Output): Output;
	readonly figures: LinkFigures;
};

/** A key is seen to be late from about a fifth of a second on; between continents a round trip takes up to 0.3 s. */
export const slowFrom = 300;
/** Below this a link that was called slow is so no longer: not at the same bound, or it would go back and forth. */
export const quickBelow = 150;
/** So many answers in a row decide: one alone may have waited for a busy moment of the program. */
export const telling = 3;
const keptTrips = 5;

/** A write that takes longer has waited for the terminal. */
const heldFrom = 50;
/** The output counts as full when the terminal has held it for this long within the last `heldWithin`. */
export const heldTooLong = 1000;
const heldWithin = 10_000;
/** And stays so until it has not been held for this long: fewer frames would make it look quick at once. */
const heldStays = 300_000;

const minute = 60_000;

/** Measures a link by a clock of milliseconds that only goes up. */
export function createLinkMeter(clock: () => number): LinkMeter {
	return new Meter(clock);
}

class Meter implements LinkMeter {
	private readonly clock: () => number;
	private readonly begun: number;
	private askedAt: number | undefined;
	private trips: readonly number[] = [];
	private counts = { asked: 0, answered: 0, frames: 0, bytes: 0, newestFrame: 0, largestFrame: 0 };
	private sent: { readonly at: number; readonly bytes: number }[] = [];
	private holds: { readonly at: number; readonly took: number }[] = [];
	private held = { times: 0, longest: 0 };
	private isTripSlow = false;
	private fullUntil = Number.NEGATIVE_INFINITY;

	constructor(clock: () => number) {
		this.clock = clock;
		this.begun = clock();
	}

	asked(): void {
		this.askedAt = this.clock();
		this.counts.asked++;
	}

	answered(): void {
		if (this.askedAt === undefined) return;
		this.trips = [...this.trips, this.clock() - this.askedAt].slice(-keptTrips);
		this.askedAt = undefined;
		this.counts.answered++;
		const last = this.trips.slice(-telling);
		if (last.length < telling) return;
		if (Math.min(...last) >= slowFrom) this.isTripSlow = true;
		if (Math.min(...last) < quickBelow) this.isTripSlow = false;
	}

	metered(output: Output): Output {
		return {
			write: bytes => {
				const begun = this.clock();
				const taken = output.write(bytes);
				this.wrote(Buffer.byteLength(bytes), this.clock() - begun);
				return taken;
			},
			get writableNeedDrain() {
				return output.writableNeedDrain === true;
			},
			once: (event, listener) => {
				const begun = this.clock();
				output.once?.(event, () => {
					this.heldFor(this.clock() - begun);
					listener();
				});
			},
		};
	}

	get figures(): LinkFigures {
		const now = this.clock();
		this.forget(now);
		const newest = this.trips.at(-1);
		const slow = this.isTripSlow ? 'round trip' : now < this.fullUntil ? 'output' : undefined;
		return {
			...this.counts,
			...(newest === undefined
				? {}
				: { roundTrip: { newest, least: Math.min(...this.trips), most: Math.max(...this.trips) } }),
			lastMinute: this.sent.reduce((sum, { bytes }) => sum + bytes, 0),
			held: { ...this.held },
			since: now - this.begun,
			...(slow === undefined ? {} : { slow }),
		};
	}

	/** Writes to a terminal block the program on Linux and macOS: how long one took is how long the terminal was full. */
	private wrote(bytes: number, took: number): void {
		this.counts.frames++;
		this.counts.bytes += bytes;
		this.counts.newestFrame = bytes;
		this.counts.largestFrame = Math.max(this.counts.largestFrame, bytes);
		this.sent.push({ at: this.clock(), bytes });
		this.forget(this.clock());
		if (took >= heldFrom) this.heldFor(took);
	}

	private heldFor(took: number): void {
		const now = this.clock();
		this.held.times++;
		this.held.longest = Math.max(this.held.longest, took);
		this.holds = [...this.holds.filter(({ at }) => now - at < heldWithin), { at: now, took }];
		const inAll = this.holds.reduce((sum, hold) => sum + hold.took, 0);
		if (inAll >= heldTooLong || now < this.fullUntil) this.fullUntil = now + heldStays;
	}

	private forget(now: number): void {
		const kept = this.sent.findIndex(({ at }) => now - at < minute);
		this.sent = kept < 0 ? [] : this.sent.slice(kept);
	}
}

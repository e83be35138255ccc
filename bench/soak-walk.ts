import { shownBy } from './shown.ts';
import { pause, type Running } from './terminal.ts';

/** Who walks through the demo, again and again. */
export type Walker = {
	/** Once through all places that there are: whatever is kept of places is full after it. */
	seeAll(): Promise<void>;
	/** From the alerts down to the trace of a request and back. */
	walk(): Promise<void>;
	/** Leaves the program as its operator would. */
	leave(): void;
};

const services = ['concierge', 'timetable', 'fares', 'berths', 'manifest', 'till', 'herald', 'trackside'] as const;
const everywhere: readonly string[] = [
	'silences',
	'cardinality',
	'compare concierge',
	'traces --service concierge --errors',
	...services.flatMap(service => [
		`service ${service} --since 1h`,
		`logs --service ${service} --since 1h`,
		`service ${service} --since 30m`,
		`logs --service ${service} --since 30m`,
	]),
];
const escapeKey = '\x1b';
const pageUp = '\x02';
const manyPages = 45;
/** The last hour of one route, and of all. */
const lastHours = [':service concierge --route /bookings --since 1h\r', ':service concierge --since 1h\r'] as const;
/** How long lines are followed, in milliseconds of the wall. */
const followed = 400;
/** A screen that writes nothing for so many milliseconds has its answers, or is waited for no longer. */
const settled = 80;
const deepest = 12;
/** An escape that closes something else leaves the trail as it is. */
const mostWaits = 100;
const glance = 20;

/** Waits for what there is to see, never for time, but while lines are followed. */
export async function createWalker(running: Running): Promise<Walker> {
	const shown = await shownBy(running);
	const press = async (keys: string, pattern: RegExp) => {
		running.press(keys);
		await shown.sees(pattern);
	};

	const trail = (): string => shown.finds(/│ (alerts.*?) {3}/)?.[1] ?? '';

	/** Up to the alerts, where every trail begins. The next key waits for the step before: behind an escape it would be Alt. */
	async function rise(): Promise<void> {
		for (let steps = 0; steps < deepest && trail() !== 'alerts'; steps++) {
			const before = trail();
			running.press(escapeKey);
			for (let waits = 0; waits < mostWaits && trail() === before; waits++) await pause(glance);
		}
		if (trail() !== 'alerts') throw new Error(`There is no way up from ${trail()}.`);
	}

	let walks = 0;
	return {
		async seeAll() {
			await shown.sees(/ConciergeBookingErrors/);
			for (const place of everywhere) {
				running.press(`:${place}\r`);
				await running.settles(settled);
			}
			// What is read of a line is kept for as many lines as some screens show.
			for (let page = 0; page < manyPages; page++) {
				running.press(pageUp);
				await running.settles(settled);
			}
			await press(':alerts\r', /ConciergeBookingErrors/);
		},
		async walk() {
			await shown.sees(/ConciergeBookingErrors/);
			await press(lastHours[walks++ % 2] ?? '', /live {2}last 1h/);
			await shown.sees(/ERRORS +\d/);
			await press('\r', /request done/);
			// The newest lines in the place of those that were followed the last time.
			running.press('R');
			await press('l', /live tail, /);
			await pause(followed);
			await press('l', / l live tail/);
			await press('e', /✗ error/);
			await press('\r', /request .* \d+ lines/);
			await press('\r', /\d+ spans/);
			await rise();
		},
		leave() {
			running.press('\x03');
			shown.close();
		},
	};
}

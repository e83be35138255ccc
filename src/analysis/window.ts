import { fixed, live, type Milliseconds, rangeOf, type Window } from '../model/time.ts';
import { windowLengths } from './format-time.ts';

/**
 * The moves of a window in time. A window whose end reaches now becomes live again, so that panning back and forth
 * ends where it began.
 */

/** Half a window earlier or later; never into the future. */
export function panned(window: Window, direction: 'earlier' | 'later', now: Milliseconds): Window {
	const { from, to } = rangeOf(window, now);
	const half = Math.round((to - from) / 2);
	if (direction === 'earlier') return fixed(from - half, to - half);
	return to + half >= now ? live(to - from) : fixed(from + half, to + half);
}

/**
 * The next shorter or longer round length. `around` stays where it is in the picture; without it a live window keeps
 * its end and a fixed one its middle.
 */
export function zoomed(
	window: Window,
	direction: 'in' | 'out',
	now: Milliseconds,
	around: Milliseconds | undefined = undefined,
): Window {
	const { from, to } = rangeOf(window, now);
	const length = to - from;
	const longer = windowLengths.find(step => step > length) ?? length;
	const shorter = windowLengths.findLast(step => step < length) ?? length;
	const next = direction === 'in' ? shorter : longer;
	if (next === length) return window;
	if (window.kind === 'live' && (around === undefined || direction === 'out')) return live(next);
	const centre = around ?? from + length / 2;
	const share = length === 0 ? 0.5 : (centre - from) / length;
	const start = Math.round(centre - next * share);
	return start + next >= now ? live(next) : fixed(start, start + next);
}

import type { Panes } from '../investigation/board.ts';
import type { Place } from '../model/place.ts';
import { rangeOf } from '../model/time.ts';
import type { Shown, Size } from '../screens/screen.ts';
import { shownFrame } from './history.ts';
import { withCountdown } from './resting.ts';
import { askedSince, findingsAt, type State, slotAt } from './state.ts';

/** Rows that the shell keeps for itself: header and headline above, message and keys below. */
export const chromeRows = 4;

/** Smaller than this, nothing useful can be drawn. */
export const smallest: Size = { width: 60, height: 15 };

export const isTooSmall = ({ width, height }: Size): boolean => width < smallest.width || height < smallest.height;

/** What the screen on show gets to see. */
export function shownOf(state: State): Shown<Place, Panes, unknown> {
	const { place, state: own } = shownFrame(state.history);
	const slot = slotAt(state, place);
	const since = askedSince(state);
	return {
		place,
		findings: withCountdown(findingsAt(state, place), state),
		state: own,
		range: slot?.range ?? rangeOf(place.window, state.now),
		now: state.now,
		size: { width: state.size.width, height: Math.max(0, state.size.height - chromeRows) },
		timeFormat: state.timeFormat,
		paused: state.paused,
		...(since === undefined ? {} : { askedSince: since }),
		...(state.lacks === undefined ? {} : { lacks: state.lacks }),
		...(slot?.asking === undefined ? {} : { asking: slot.asking }),
	};
}

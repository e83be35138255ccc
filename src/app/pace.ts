import { formatLength } from '../analysis/format.ts';
import type { Place } from '../model/place.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import { isSlow } from '../terminal/link.ts';
import { screenAt } from './screens.ts';
import type { Slot, State } from './state.ts';

/** A screen that nobody looks at is asked again this much more seldom. */
const unwatchedFactor = 6;
/** So is one on a slow link: with every answer all curves move on. */
export const slowFactor = 3;
const longestRest: Milliseconds = 5 * minute;
/** Not every terminal tells whether it is looked at; where no key was pressed for long, perhaps nobody does. */
const longestUntouched: Milliseconds = minute;
/** After each such time without a sign of the operator, the rests double. */
const patience: Milliseconds = 10 * minute;
/** How often the alerts are asked for at least, whatever is on show: no page waits longer to be heard. */
export const hearEvery: Milliseconds = 30 * second;

/** How long a place rests between two looks; `why`: what makes that longer than usual. */
export type Pace = { readonly rest: Milliseconds; readonly why?: string };

/**
 * A backend that answers slowly is left in peace for as long as it took to answer; all are, the longer nobody has looked.
 * Alerts whose news are to be heard are asked for all the same.
 */
export function paceOf(state: State, place: Place, slot: Pick<Slot, 'askedAt' | 'doneAt'>): Pace {
	const { focused, glances, link, now, watchedAt } = state;
	const { refreshEvery, notice } = screenAt(place);
	const every = refreshEvery * (link !== undefined && isSlow(link) ? slowFactor : 1);
	const usual = Math.max(every, slot.doneAt === undefined ? 0 : slot.doneAt - slot.askedAt);
	const longest = glances && notice !== undefined ? hearEvery : focused ? longestUntouched : longestRest;
	const doubled = 2 ** Math.min(10, Math.floor((now - watchedAt) / patience));
	const rest = Math.max(usual, Math.min(longest, usual * doubled * (focused ? 1 : unwatchedFactor)));
	return rest === usual ? { rest } : { rest, why: focused ? 'no key pressed' : 'not in focus' };
}

/** `refresh 30s, not in focus`; `undefined` while it is as usual. */
export function paceWords({ rest, why }: Pace): string | undefined {
	return why === undefined ? undefined : `refresh ${formatLength(Math.round(rest / second) * second)}, ${why}`;
}

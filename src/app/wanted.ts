import { type Place, placeKey } from '../model/place.ts';
import { type Milliseconds, minute } from '../model/time.ts';
import { screenAt } from './screens.ts';
import { isLive, type Slot, type State, shownPlace, slotAt } from './state.ts';

/** A screen that nobody looks at is asked again this much more seldom. */
const unwatchedFactor = 6;
const longestRest: Milliseconds = 5 * minute;

/** Something to ask: the only cause of IO in the program. `again`: even if it is being asked already. */
export type Want = { readonly key: string; readonly place: Place; readonly again: boolean };

/** What the shown place lacks. What is not wanted any more is aborted: no request outlives its place. */
export function wanted(state: State): readonly Want[] {
	const place = shownPlace(state);
	const slot = slotAt(state, place);
	return isWanted(state, place, slot) ? [{ key: placeKey(place), place, again: slot?.refresh === true }] : [];
}

/** Answers of a live window go stale, but not while the operator has paused it or reads the evidence behind it. */
function isWanted(state: State, place: Place, slot: Slot | undefined): boolean {
	if (slot === undefined || slot.refresh) return true;
	if (slot.stopped) return false;
	if (slot.doneAt === undefined) return true;
	if (!isLive(place.window) || screenAt(place).refreshEvery === Number.POSITIVE_INFINITY) return false;
	if (state.paused || state.overlay?.kind === 'queries') return false;
	return state.now - slot.doneAt >= restOf(state, place, slot);
}

/** A backend that answers slowly is left in peace for as long as it took to answer. */
function restOf(state: State, place: Place, slot: Slot): Milliseconds {
	const took = slot.doneAt === undefined ? 0 : slot.doneAt - slot.askedAt;
	const rest = Math.max(screenAt(place).refreshEvery, took);
	return Math.min(state.focused ? rest : rest * unwatchedFactor, longestRest);
}

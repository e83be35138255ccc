import { type Place, placeKey } from '../model/place.ts';
import { type Milliseconds, minute } from '../model/time.ts';
import { wantsFired } from '../screens/dialogs/dialog.ts';
import { screenAt } from './screens.ts';
import { isLive, type Slot, type State, shownPlace, slotAt } from './state.ts';

/** A screen that nobody looks at is asked again this much more seldom. */
const unwatchedFactor = 6;
const longestRest: Milliseconds = 5 * minute;

/** Something to ask: but for what the operator changes, the only cause of IO. `again`: even if it is being asked already. */
export type Want =
	| { readonly kind: 'place'; readonly key: string; readonly place: Place; readonly again: boolean }
	/** Which alerts fired in the last 24 h, for an open dialog. */
	| { readonly kind: 'fired'; readonly key: string; readonly again: false };

/** What the shown place and the dialog over it lack. What is not wanted any more is aborted: no request outlives its place. */
export function wanted(state: State): readonly Want[] {
	const place = shownPlace(state);
	const slot = slotAt(state, place);
	return [
		...(isWanted(state, place, slot)
			? [{ kind: 'place', key: placeKey(place), place, again: slot?.refresh === true } as const]
			: []),
		...(state.dialog !== undefined && wantsFired(state.dialog)
			? [{ kind: 'fired', key: 'fired', again: false } as const]
			: []),
	];
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

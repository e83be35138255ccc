import type { Aside } from '../investigation/board.ts';
import type { BackendName } from '../model/failure.ts';
import { type Place, placeKey } from '../model/place.ts';
import type { ProfileDraft } from '../model/profile-draft.ts';
import { hour, live, type Milliseconds } from '../model/time.ts';
import { wantsFired } from '../screens/dialogs/dialog.ts';
import { lastOfKind, shownFrame } from './history.ts';
import { hearEvery, paceOf } from './pace.ts';
import { setupWants } from './profiles.ts';
import { failedAtRest } from './resting.ts';
import { screenAt } from './screens.ts';
import { shownOf } from './shown.ts';
import { isLive, type Slot, type State, shownPlace, slotAt } from './state.ts';

/** Something to ask: but for what the operator changes, the only cause of IO. `again`: even if it is being asked already. */
export type Want =
	| { readonly kind: 'place'; readonly key: string; readonly place: Place; readonly again: boolean }
	/** What the operator's reading asks for beside the place itself. */
	| {
			readonly kind: 'aside';
			readonly key: string;
			readonly place: Place;
			readonly aside: Aside;
			readonly again: false;
	  }
	/** Which alerts there are, while another place is on show. */
	| { readonly kind: 'glance'; readonly key: 'glance'; readonly place: Place; readonly again: false }
	/** Which profiles are saved. */
	| { readonly kind: 'profiles'; readonly key: string; readonly again: false }
	/** Whether a backend of the profile in the making can be reached; `rest`: how long its line is left alone first. */
	| {
			readonly kind: 'check';
			readonly key: string;
			readonly backend: BackendName;
			readonly draft: ProfileDraft;
			readonly of: string;
			readonly rest: Milliseconds;
			readonly again: false;
	  }
	/** Which alerts fired in the last 24 h, for an open dialog. */
	| { readonly kind: 'fired'; readonly key: string; readonly again: false };

/**
 * What the shown place and the dialog over it lack, and now and then a glance at the alerts. What is not wanted any more
 * is aborted: no request outlives its place, but for a glance that is under way, which belongs to none.
 */
export function wanted(state: State, isGlancing = false): readonly Want[] {
	// A screen that failed is asked for nothing, and nothing is asked for it.
	if (state.crash !== undefined) return [];
	// What is read is read with its secrets or without them.
	if (state.dialog?.kind === 'secrets') return [];
	const setup = setupWants(state);
	if (state.unconnected) return setup;
	const place = shownPlace(state);
	const slot = slotAt(state, place);
	const isLacking = isWanted(state, place, slot);
	const isBusy = isLacking || slot?.doneAt === undefined;
	return [
		...setup,
		...(isLacking ? [{ kind: 'place', key: placeKey(place), place, again: slot?.refresh === true } as const] : []),
		...(isLacking ? [] : asidesOf(state, place, slot)),
		...(mayGlance(state) && (isGlancing || (!isBusy && isGlanceDue(state)))
			? [{ kind: 'glance', key: 'glance', place: glancedPlace(state), again: false } as const]
			: []),
		...(state.dialog !== undefined && wantsFired(state.dialog)
			? [{ kind: 'fired', key: 'fired', again: false } as const]
			: []),
	];
}

/** The asides of the screen on show that have not been answered yet, once all else has. */
function asidesOf(state: State, place: Place, slot: Slot | undefined): readonly Want[] {
	if (slot?.doneAt === undefined) return [];
	const asides = screenAt(place).asides?.(shownOf(state)) ?? [];
	return asides
		.filter(({ key }) => !slot.asides.has(key))
		.map(aside => ({ kind: 'aside', key: `${placeKey(place)} ${aside.key}`, place, aside, again: false }) as const);
}

/** On their own screen the alerts are looked at anyway; whoever pauses wants no news. */
const mayGlance = (state: State): boolean => state.glances && !state.paused && shownPlace(state).kind !== 'alerts';

/** The alerts that the operator would come back to; those of now, where these are of another time or there are none. */
function glancedPlace({ history }: State): Place {
	const seen = lastOfKind(history, 'alerts');
	const place = seen && shownFrame(seen.history).place;
	return place !== undefined && isLive(place.window) ? place : { kind: 'alerts', window: live(hour) };
}

/** Questions that the operator has stopped are not put behind their back. */
function isGlanceDue(state: State): boolean {
	const slot = slotAt(state, glancedPlace(state));
	if (slot?.stopped) return false;
	const looks = [slot?.doneAt, slot?.glancedAt].filter(at => at !== undefined);
	return state.now - Math.max(...looks) >= hearEvery;
}

/** Answers of a live window go stale, but not while the operator has paused it or reads the evidence behind it. */
function isWanted(state: State, place: Place, slot: Slot | undefined): boolean {
	if (slot === undefined || slot.refresh) return true;
	if (slot.stopped) return false;
	if (slot.doneAt === undefined) return true;
	if (isProbeDue(state, slot)) return !state.paused && state.overlay?.kind !== 'queries';
	if (!isLive(place.window) || screenAt(place).refreshEvery === Number.POSITIVE_INFINITY) return false;
	if (state.paused || state.overlay?.kind === 'queries') return false;
	return state.now - slot.doneAt >= paceOf(state, place, slot).rest;
}

/** A backend of this place that was left alone is to be asked again, as its panes have promised. */
const isProbeDue = (state: State, { findings, doneAt = 0 }: Slot): boolean =>
	Object.values(findings).some(pane => {
		const until = failedAtRest(pane, state.health);
		return until !== undefined && doneAt < until && until <= state.now;
	});

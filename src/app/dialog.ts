import { untilText } from '../analysis/silence-words.ts';
import type { Change } from '../investigation/silencing.ts';
import { sentenceOf } from '../model/failure.ts';
import { second } from '../model/time.ts';
import { type Dialog, pressedInDialog, withFired } from '../screens/dialogs/dialog.ts';
import { alertsAskedAnew } from './slots.ts';
import type { Message, State, Step } from './state.ts';

/** How long a silence can be taken back with one key. */
const undoFor = 60 * second;

/** Opens a dialog, where anything may be changed at all. */
export function asked(state: State, dialog: Dialog): State {
	const { word, readOnly } = state.banner;
	if (!readOnly) return { ...state, dialog };
	const text = `${word} is read-only: nothing is silenced through it. A profile with "readOnly": false may.`;
	return { ...state, message: { text, tone: 'refusal' } };
}

/** A key while a dialog is open. */
export function pressedInOpenDialog(state: State, dialog: Dialog, key: string, text: string | undefined): Step {
	const step = pressedInDialog(dialog, key, text);
	if (step.type === 'stay') return { state: { ...state, dialog: step.dialog }, effects: [] };
	const { dialog: _, ...closed } = state;
	return step.type === 'leave' ? { state: closed, effects: [] } : changing({ ...closed, draft: dialog }, step.change);
}

/** The same state, told that the change is on its way. */
export function changing(state: State, change: Change): Step {
	const text = change.kind === 'expire' ? `Ending the silence of ${change.about}.` : `Silencing ${change.about}.`;
	return { state: { ...state, message: { text, tone: 'plain' } }, effects: [{ type: 'change', change }] };
}

export const recalled = (state: State, { fired }: Extract<Message, { type: 'recalled' }>): State =>
	state.dialog === undefined ? state : { ...state, dialog: withFired(state.dialog, fired) };

/** The state after a change: what was done is told, and the alerts are asked anew. */
export function changed(before: State, { change, changed, now }: Extract<Message, { type: 'changed' }>): State {
	const { undo, draft: _, ...rest } = alertsAskedAnew({ ...before, now });
	if (changed.kind === 'ended') {
		const isUndone = change.kind === 'expire' && change.id === undo?.id;
		const kept = isUndone || undo === undefined ? rest : { ...rest, undo };
		return { ...kept, message: { text: `Ended the silence of ${change.about}.`, tone: 'plain' } };
	}
	const { id, until } = changed;
	const verb = change.kind === 'acknowledge' ? 'Acknowledged' : 'Silenced';
	const text = `${verb} ${change.about} ${untilText(until, rest.timeFormat, now)}. u undoes it for 60 s.`;
	return { ...rest, undo: { id, about: change.about, until: now + undoFor }, message: { text, tone: 'plain' } };
}

/** The state after a change that failed. What was typed is not lost when the server did not accept it. */
export function unchanged(before: State, { failure }: Extract<Message, { type: 'unchanged' }>): State {
	const { draft, ...rest } = before;
	const state: State = { ...rest, message: { text: sentenceOf(failure), tone: 'refusal' } };
	const isMendable = failure.kind === 'bad-query' && draft !== undefined && state.dialog === undefined;
	return isMendable ? { ...state, dialog: draft } : state;
}

/** Takes the silence that was made last back, as long as it is fresh. */
export function undone(state: State): Step {
	const { undo, now } = state;
	if (undo !== undefined && now < undo.until) {
		return changing(state, { kind: 'expire', id: undo.id, about: undo.about });
	}
	const text = 'There is nothing to undo: only a silence of the last 60 s. :silences lists them all.';
	return { state: { ...state, message: { text, tone: 'refusal' } }, effects: [] };
}

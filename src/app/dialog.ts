import { untilText } from '../analysis/silence-words.ts';
import type { Change } from '../investigation/silencing.ts';
import type { Correction } from '../model/alert.ts';
import { sentenceOf } from '../model/failure.ts';
import { second } from '../model/time.ts';
import { type Dialog, pressedInDialog, withFired } from '../screens/dialogs/dialog.ts';
import { alertsAskedAnew } from './slots.ts';
import type { Kept, Message, State, Step } from './state.ts';

/** How long a silence can be taken back with one key. */
const undoFor = 60 * second;

/**
 * Opens a dialog, where anything may be changed at all; while one change is on its way, a second might be the same. What
 * the operator says of an alert changes nothing on a server.
 */
export function asked(state: State, dialog: Dialog): State {
	if (dialog.kind === 'correction') return { ...state, dialog };
	const { word, readOnly } = state.banner;
	if (readOnly) {
		return refused(
			state,
			`${word} is read-only: nothing is silenced through it. A profile with "readOnly": false may.`,
		);
	}
	return state.sent === undefined ? { ...state, dialog } : refused(state, underWay(state.sent.change));
}

const refused = (state: State, text: string): State => ({ ...state, message: { text, tone: 'refusal' } });

const underWay = ({ about }: Change): string =>
	`Alertmanager has not answered yet on ${about}. Wait for that, so that nothing is done twice.`;

/** A key while a dialog is open. */
export function pressedInOpenDialog(state: State, dialog: Dialog, key: string, text: string | undefined): Step {
	const step = pressedInDialog(dialog, key, text);
	if (step.type === 'stay') return { state: { ...state, dialog: step.dialog }, effects: [] };
	const { dialog: _, ...closed } = state;
	switch (step.type) {
		case 'leave':
			return { state: dialog.kind === 'secrets' ? keptMasked(closed) : closed, effects: [] };
		case 'showSecrets':
			return { state: { ...closed, secretsShown: true }, effects: [step] };
		case 'correct':
			return { state: closed, effects: [step] };
		case 'make':
			return sending(closed, { change: step.change, dialog });
	}
}

const keptMasked = (state: State): State => ({
	...state,
	message: { text: 'Secrets stay masked.', tone: 'plain' },
});

/** The state after a correction: what holds now, and where it is kept, is told, and the alerts are asked anew. */
export function corrected(before: State, { correction, kept, now }: Extract<Message, { type: 'corrected' }>): State {
	const tone = kept.why === undefined ? 'plain' : 'refusal';
	return { ...alertsAskedAnew({ ...before, now }), message: { text: correctedText(correction, kept), tone } };
}

function correctedText({ alert, taken, service }: Correction, { profile, why }: Kept): string {
	const isTakenBack = service === '';
	const about = isTakenBack ? `about ${taken === '' ? 'no service' : taken} again` : `about ${service} now`;
	if (profile !== undefined) {
		return `${alert} is ${about}; ${isTakenBack ? `profile ${profile} corrects it no longer` : `kept in profile ${profile}`}.`;
	}
	if (why !== undefined) return `${alert} is ${about}, for this run only. ${why}`;
	return isTakenBack ? `${alert} is ${about}.` : `${alert} is ${about}, for this run only: no saved profile is open.`;
}

/** The same state, told that the change is on its way. */
function sending(state: State, sent: Exclude<State['sent'], undefined>): Step {
	const { change } = sent;
	const text = change.kind === 'expire' ? `Ending the silence of ${change.about}.` : `Silencing ${change.about}.`;
	return { state: { ...state, sent, message: { text, tone: 'plain' } }, effects: [{ type: 'change', change }] };
}

export const recalled = (state: State, { fired }: Extract<Message, { type: 'recalled' }>): State =>
	state.dialog === undefined ? state : { ...state, dialog: withFired(state.dialog, fired) };

/** The state after a change: what was done is told, and the alerts are asked anew. */
export function changed(before: State, { change, changed, now }: Extract<Message, { type: 'changed' }>): State {
	const { undo, sent: _, ...rest } = alertsAskedAnew({ ...before, now });
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
	const { sent, ...rest } = before;
	const state = refused(rest, sentenceOf(failure));
	const isMendable = failure.kind === 'bad-query' && sent?.dialog !== undefined;
	return isMendable ? { ...state, dialog: sent.dialog } : state;
}

/** Takes the silence that was made last back, as long as it is fresh. */
export function undone(state: State): Step {
	const { undo, now, sent } = state;
	if (sent !== undefined) return { state: refused(state, underWay(sent.change)), effects: [] };
	if (undo !== undefined && now < undo.until) {
		return sending(state, { change: { kind: 'expire', id: undo.id, about: undo.about } });
	}
	const text = 'There is nothing to undo: only a silence of the last 60 s. :silences lists them all.';
	return { state: refused(state, text), effects: [] };
}

import type { StreamChoice } from '../model/stream-choice.ts';
import { logsAskedAnew } from './slots.ts';
import type { Kept, Message, State } from './state.ts';

/** The state after somebody has said where the lines of a service are: what holds now is told, and they are read anew. */
export function selected(before: State, { streams, kept, now }: Extract<Message, { type: 'selected' }>): State {
	const tone = kept.why === undefined ? 'plain' : 'refusal';
	const state = logsAskedAnew({ ...before, now }, streams.service);
	return { ...state, message: { text: selectedText(streams, kept), tone } };
}

function selectedText({ service, selector }: StreamChoice, { profile, why }: Kept): string {
	const isTakenBack = selector === '';
	const lines = isTakenBack
		? `The lines of ${service} are read from where they are found again`
		: `The lines of ${service} are read from ${selector} now`;
	if (profile !== undefined) {
		return `${lines}; ${isTakenBack ? `profile ${profile} says otherwise no longer` : `kept in profile ${profile}`}.`;
	}
	if (why !== undefined) return `${lines}, for this run only. ${why}`;
	return isTakenBack ? `${lines}.` : `${lines}, for this run only: no saved profile is open.`;
}

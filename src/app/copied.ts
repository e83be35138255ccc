import type { Effect, Message, State, Step } from './state.ts';

type Copy = Pick<Extract<Effect, { type: 'copy' }>, 'text' | 'what'>;

/**
 * Copies a text. No terminal says whether it has obeyed: the same key once more lays the text open, so that it can be
 * selected by hand.
 */
export function copied(state: State, { text, what }: Copy): Step {
	const { copied: before, ...rest } = state;
	return before === text
		? { state: rest, effects: [{ type: 'copy', text, what, plain: true }] }
		: { state: { ...rest, copied: text }, effects: [{ type: 'copy', text, what }] };
}

/** After a key that copied nothing, the next one copies anew. */
export function withoutOldCopy(before: State, step: Step): Step {
	if (before.copied === undefined || step.state.copied !== before.copied) return step;
	const { copied: _, ...state } = step.state;
	return { ...step, state };
}

/** The text over the screen, whatever lay there; why it was not copied is told below. */
export function laidOpen(state: State, { text, why }: Extract<Message, { type: 'laidOpen' }>): State {
	const open: State = { ...state, overlay: { kind: 'text', scroll: 0, plain: { text } } };
	return why === undefined ? open : { ...open, message: { text: why, tone: 'refusal' } };
}

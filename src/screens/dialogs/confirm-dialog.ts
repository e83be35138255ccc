import type { Change } from '../../investigation/silencing.ts';
import type { DialogHint, DialogStep } from './dialog.ts';

/** One sentence of what will happen, and whether it shall. */
export type ConfirmDialog = {
	readonly kind: 'confirm';
	readonly title: string;
	readonly sentence: string;
	/** What the button says that does it. */
	readonly verb: string;
	readonly change: Change;
	/** The safe answer has the focus first. */
	readonly focus: 'leave' | 'make';
};

export const confirm = (question: Omit<ConfirmDialog, 'kind' | 'focus'>): ConfirmDialog => ({
	...question,
	kind: 'confirm',
	focus: 'leave',
});

export const confirmHints: readonly DialogHint[] = [
	{ keys: 'tab', label: 'other answer' },
	{ keys: 'enter', label: 'answer' },
	{ keys: 'esc', label: 'leave' },
];

const turning = ['tab', 'shift+tab', 'left', 'right', 'up', 'down', 'h', 'l', 'j', 'k'];

type Answer = ConfirmDialog['focus'];

/** A key between two answers: the other one has the focus, or one is given. */
export function pressedInAnswers(
	focus: Answer,
	key: string,
): { readonly type: 'stay'; readonly focus: Answer } | { readonly type: Answer } {
	if (key === 'escape' || key === 'q') return { type: 'leave' };
	if (turning.includes(key)) return { type: 'stay', focus: focus === 'leave' ? 'make' : 'leave' };
	return key === 'enter' ? { type: focus } : { type: 'stay', focus };
}

export function pressedInConfirm(dialog: ConfirmDialog, key: string): DialogStep<ConfirmDialog> {
	const step = pressedInAnswers(dialog.focus, key);
	if (step.type === 'stay') return { type: 'stay', dialog: { ...dialog, focus: step.focus } };
	return step.type === 'leave' ? { type: 'leave' } : { type: 'make', change: dialog.change };
}

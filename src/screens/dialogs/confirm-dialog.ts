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

export function pressedInConfirm(dialog: ConfirmDialog, key: string): DialogStep<ConfirmDialog> {
	if (key === 'escape' || key === 'q') return { type: 'leave' };
	if (turning.includes(key)) {
		return { type: 'stay', dialog: { ...dialog, focus: dialog.focus === 'leave' ? 'make' : 'leave' } };
	}
	if (key !== 'enter') return { type: 'stay', dialog };
	return dialog.focus === 'leave' ? { type: 'leave' } : { type: 'make', change: dialog.change };
}

import { pressedInAnswers } from './confirm-dialog.ts';
import type { DialogStep } from './dialog.ts';

/** Whether secrets are shown from now on; it is asked before anything else is. */
export type SecretsDialog = { readonly kind: 'secrets'; readonly focus: 'leave' | 'make' };

/** The safe answer has the focus first. */
export const secretsDialog: SecretsDialog = { kind: 'secrets', focus: 'leave' };

export const secretsWords = {
	title: 'Show secrets',
	sentence:
		'Tokens, passwords and keys in lines, spans and alerts will stand on this screen, and in what you copy and save, until you quit. Whoever looks on or records the session reads them too.',
	leave: 'keep them masked',
	verb: 'show secrets',
} as const;

export function pressedInSecrets(dialog: SecretsDialog, key: string): DialogStep<SecretsDialog> {
	const step = pressedInAnswers(dialog.focus, key);
	if (step.type === 'stay') return { type: 'stay', dialog: { ...dialog, focus: step.focus } };
	return step.type === 'leave' ? { type: 'leave' } : { type: 'showSecrets' };
}

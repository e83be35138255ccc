import type { Change } from '../../investigation/silencing.ts';
import type { Correction } from '../../model/alert.ts';
import type { Labels } from '../../model/labels.ts';
import type { Loadable } from '../../model/loadable.ts';
import { type ConfirmDialog, confirmHints, pressedInConfirm } from './confirm-dialog.ts';
import {
	type CorrectionDialog,
	correctionHints,
	pastedInCorrection,
	pressedInCorrection,
} from './correction-dialog.ts';
import { pressedInSecrets, type SecretsDialog } from './secrets-dialog.ts';
import { pastedInSilence, type SilenceDialog, silenceHints } from './silence-dialog.ts';
import { pressedInSilence } from './silence-keys.ts';

/** What lies in the middle of the screen until it is answered; only for what changes the world, what is kept of it, or who may see it. */
export type Dialog = SilenceDialog | ConfirmDialog | CorrectionDialog | SecretsDialog;

/** What a key does in a dialog. */
export type DialogStep<D> =
	| { readonly type: 'stay'; readonly dialog: D }
	| { readonly type: 'leave' }
	| { readonly type: 'make'; readonly change: Change }
	| { readonly type: 'correct'; readonly correction: Correction }
	| { readonly type: 'showSecrets' };

/** A key and what it does, for the footer. */
export type DialogHint = { readonly keys: string; readonly label: string };

export function pressedInDialog(dialog: Dialog, key: string, text: string | undefined): DialogStep<Dialog> {
	switch (dialog.kind) {
		case 'silence':
			return pressedInSilence(dialog, key, text);
		case 'correction':
			return pressedInCorrection(dialog, key, text);
		case 'confirm':
			return pressedInConfirm(dialog, key);
		case 'secrets':
			return pressedInSecrets(dialog, key);
	}
}

export function pastedInDialog(dialog: Dialog, text: string): Dialog {
	switch (dialog.kind) {
		case 'silence':
			return pastedInSilence(dialog, text);
		case 'correction':
			return pastedInCorrection(dialog, text);
		case 'confirm':
		case 'secrets':
			return dialog;
	}
}

export function dialogHints(dialog: Dialog): readonly DialogHint[] {
	switch (dialog.kind) {
		case 'silence':
			return silenceHints(dialog);
		case 'correction':
			return correctionHints;
		case 'confirm':
		case 'secrets':
			return confirmHints;
	}
}

/** True while the dialog wants to know which alerts fired in the last 24 h. */
export const wantsFired = (dialog: Dialog): boolean =>
	dialog.kind === 'silence' && (dialog.fired.status === 'idle' || dialog.fired.status === 'waiting');

export const withFired = (dialog: Dialog, fired: Loadable<readonly Labels[]>): Dialog =>
	dialog.kind === 'silence' ? { ...dialog, fired } : dialog;

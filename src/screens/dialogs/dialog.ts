import type { Change } from '../../investigation/silencing.ts';
import type { Labels } from '../../model/labels.ts';
import type { Loadable } from '../../model/loadable.ts';
import { type ConfirmDialog, confirmHints, pressedInConfirm } from './confirm-dialog.ts';
import { pastedInSilence, type SilenceDialog, silenceHints } from './silence-dialog.ts';
import { pressedInSilence } from './silence-keys.ts';

/** What lies in the middle of the screen until it is answered; only for what changes the world. */
export type Dialog = SilenceDialog | ConfirmDialog;

/** What a key does in a dialog. */
export type DialogStep<D> =
	| { readonly type: 'stay'; readonly dialog: D }
	| { readonly type: 'leave' }
	| { readonly type: 'make'; readonly change: Change };

/** A key and what it does, for the footer. */
export type DialogHint = { readonly keys: string; readonly label: string };

export const pressedInDialog = (dialog: Dialog, key: string, text: string | undefined): DialogStep<Dialog> =>
	dialog.kind === 'silence' ? pressedInSilence(dialog, key, text) : pressedInConfirm(dialog, key);

export const pastedInDialog = (dialog: Dialog, text: string): Dialog =>
	dialog.kind === 'silence' ? pastedInSilence(dialog, text) : dialog;

export const dialogHints = (dialog: Dialog): readonly DialogHint[] =>
	dialog.kind === 'silence' ? silenceHints(dialog) : confirmHints;

/** True while the dialog wants to know which alerts fired in the last 24 h. */
export const wantsFired = (dialog: Dialog): boolean =>
	dialog.kind === 'silence' && (dialog.fired.status === 'idle' || dialog.fired.status === 'waiting');

export const withFired = (dialog: Dialog, fired: Loadable<readonly Labels[]>): Dialog =>
	dialog.kind === 'silence' ? { ...dialog, fired } : dialog;

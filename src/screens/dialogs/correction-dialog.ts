import { takenFor } from '../../analysis/alert-corrections.ts';
import { serviceOfAlert, serviceReasonOf } from '../../analysis/alert-service.ts';
import type { Alert } from '../../model/alert.ts';
import { edited, inserted, type TextField } from '../../widgets/text-field.ts';
import type { DialogHint, DialogStep } from './dialog.ts';
import { type DialogRow, type Drawing, sentenceRows } from './dialog-rows.ts';

/** The service that an alert is about, in the operator's words. */
export type CorrectionDialog = {
	readonly kind: 'correction';
	/** The name of the alert. */
	readonly about: string;
	/** The service that its expression and labels name; empty when they name none. */
	readonly taken: string;
	/** The service that it is said to be about now, by them or by an earlier correction. */
	readonly now: string;
	/** How that was decided, in a sentence. */
	readonly reason: string;
	readonly service: TextField;
	/** The service is as it was written down when the dialog opened: what is typed takes its place. */
	readonly untouched?: true;
	/** What is wrong, until the next key. */
	readonly problem?: string;
};

/** The dialog for an alert, what it is taken for written down already. */
export function correctionOf(alert: Alert): CorrectionDialog {
	const now = serviceOfAlert(alert)?.service ?? '';
	return {
		kind: 'correction',
		about: alert.name,
		taken: takenFor(alert),
		now,
		reason: serviceReasonOf(alert),
		service: { text: now, cursor: now.length },
		untouched: true,
	};
}

export const correctionHints: readonly DialogHint[] = [
	{ keys: 'type', label: 'the service' },
	{ keys: 'enter', label: 'save' },
	{ keys: 'esc', label: 'leave' },
];

export function pressedInCorrection(
	{ problem: _, untouched, ...dialog }: CorrectionDialog,
	key: string,
	text: string | undefined,
): DialogStep<CorrectionDialog> {
	if (key === 'escape') return { type: 'leave' };
	if (key === 'enter') return saved(dialog);
	// A key that moves or deletes means the same whatever text comes with it.
	const isTyped = edited(dialog.service, key, undefined) === undefined;
	const service = edited(untouched && isTyped ? nothing : dialog.service, key, text);
	if (service !== undefined) return { type: 'stay', dialog: { ...dialog, service } };
	return { type: 'stay', dialog: untouched ? { ...dialog, untouched } : dialog };
}

export const pastedInCorrection = (
	{ problem: _, untouched, ...dialog }: CorrectionDialog,
	text: string,
): CorrectionDialog => ({ ...dialog, service: inserted(untouched ? nothing : dialog.service, text) });

const nothing: TextField = { text: '', cursor: 0 };

/** What says nothing new is not kept; what the alert says by itself needs no correction. */
function saved(dialog: CorrectionDialog): DialogStep<CorrectionDialog> {
	const { about: alert, taken, now } = dialog;
	const service = dialog.service.text.trim();
	if (service === now) return { type: 'leave' };
	if (service === '' && now === taken) {
		return { type: 'stay', dialog: { ...dialog, problem: `Type the name of the service that ${alert} is about.` } };
	}
	return { type: 'correct', correction: { alert, taken, service: service === taken ? '' : service } };
}

/**
 * How it was decided, the service, and what enter does with it.
 *
 *     ┌ Whom DbDown is about ────────────────────────────────────┐
 *     │ The alert's expression selects instance="pg-1:9187".     │
 *     │                                                          │
 *     │▌service ledger                                           │
 *     │                                                          │
 *     │ For every DbDown that is taken for pg-1.                 │
 *     └──────────────────────────────────────────────────────────┘
 */
export function correctionRows(dialog: CorrectionDialog, { width, height }: Drawing): readonly DialogRow[] {
	const { role, text } = remarkOf(dialog);
	const remark = sentenceRows(text, width, role, 2);
	const blanks = 2;
	return [
		...sentenceRows(dialog.reason, width, 'text', Math.max(1, height - remark.length - blanks - 1)),
		{ segments: [] },
		{ segments: [{ text: 'service ', role: 'dim' }], field: dialog.service, focused: true },
		{ segments: [] },
		...remark,
	];
}

function remarkOf({ about, taken, now, problem }: CorrectionDialog): {
	readonly text: string;
	readonly role: 'dim' | 'warning';
} {
	if (problem !== undefined) return { text: problem, role: 'warning' };
	const whose =
		taken === '' ? `For every ${about} that names no service.` : `For every ${about} that is taken for ${taken}.`;
	return { text: now === taken ? whose : `${whose} Empty takes the correction back.`, role: 'dim' };
}

import { describe, expect, test } from 'vitest';
import { type CorrectionDialog, correctionOf } from '../../../src/screens/dialogs/correction-dialog.ts';
import { type Dialog, type DialogStep, pastedInDialog, pressedInDialog } from '../../../src/screens/dialogs/dialog.ts';
import { paintDialog } from '../../../src/screens/dialogs/dialog-view.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';
import { alertOf, found, noon, press } from '../alerts/shown-alerts.ts';

const pier = alertOf('PierErrors');
const nobody = alertOf('BackupLate', { labels: { alertname: 'BackupLate' } });
const corrected = alertOf('PierErrors', { corrected: { alert: 'PierErrors', taken: 'pier', service: 'quay' } });

/** Keys one after the other; a word in quotes is typed. */
function pressed(dialog: Dialog, ...keys: readonly string[]): DialogStep<Dialog> {
	let step: DialogStep<Dialog> = { type: 'stay', dialog };
	for (const key of keys.flatMap(each => (each.startsWith('"') ? [...each.slice(1)] : [each]))) {
		if (step.type !== 'stay') throw new Error(`The dialog was answered before ${key}.`);
		step = pressedInDialog(step.dialog, key, key.length === 1 ? key : undefined);
	}
	return step;
}

const drawn = (dialog: CorrectionDialog, unicode = true): string =>
	`\n${frameOf(60, 9, surface =>
		paintDialog(surface, dialog, { theme: createTheme('none', unicode), now: noon, timeFormat: 'utc' }),
	)
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n')
		.trimEnd()}`;

describe('frames', () => {
	test('as it opens', () => {
		expect(drawn(correctionOf(pier))).toMatchInlineSnapshot(`
			"

			┌ Whom PierErrors is about ────────────────────────────────┐
			│ The alert is labelled service="pier".                    │
			│                                                          │
			│▌service pier                                             │
			│                                                          │
			│ For every PierErrors that is taken for pier.             │
			└──────────────────────────────────────────────────────────┘"
		`);
	});
	test('of an alert that is corrected, in ASCII', () => {
		const frame = drawn(correctionOf(corrected), false);
		expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
		expect(frame).toMatchInlineSnapshot(`
			"
			+ Whom PierErrors is about --------------------------------+
			| You corrected it: PierErrors was taken for pier.         |
			|                                                          |
			|>service quay                                             |
			|                                                          |
			| For every PierErrors that is taken for pier. Empty takes |
			| the correction back.                                     |
			+----------------------------------------------------------+"
		`);
	});
	test('of one that names no service, when nothing was typed', () => {
		expect(drawn({ ...correctionOf(nobody), problem: 'Type it.' })).toMatchInlineSnapshot(`
			"

			┌ Whom BackupLate is about ────────────────────────────────┐
			│ Nothing in it names a service.                           │
			│                                                          │
			│▌service                                                  │
			│                                                          │
			│ Type it.                                                 │
			└──────────────────────────────────────────────────────────┘"
		`);
	});
});

describe('keys', () => {
	test('c opens it, on a resolved alert too', () => {
		for (const alert of [pier, alertOf('PierErrors', { state: 'resolved' })]) {
			expect(press('c', { findings: found([alert]) })).toEqual({ type: 'dialog', dialog: correctionOf(pier) });
		}
		expect(press('c', { findings: found([]) })).toMatchObject({ type: 'refuse' });
	});

	test.each<[string, typeof pier, readonly string[], unknown]>([
		['another service', pier, ['ctrl+u', '"quay', 'enter'], { taken: 'pier', service: 'quay' }],
		['with blanks about it', pier, ['ctrl+u', 'space', '"quay ', 'enter'], { taken: 'pier', service: 'quay' }],
		[
			'a service where none was found',
			nobody,
			['"vault', 'enter'],
			{ alert: 'BackupLate', taken: '', service: 'vault' },
		],
		['a third one', corrected, ['ctrl+u', '"till', 'enter'], { taken: 'pier', service: 'till' }],
		['nothing: the correction is taken back', corrected, ['ctrl+u', 'enter'], { taken: 'pier', service: '' }],
		['what the alert says itself', corrected, ['ctrl+u', '"pier', 'enter'], { taken: 'pier', service: '' }],
	])('%s', (_, alert, keys, correction) => {
		expect(pressed(correctionOf(alert), ...keys)).toEqual({
			type: 'correct',
			correction: { alert: 'PierErrors', ...(correction as object) },
		});
	});

	test('leaves without a change', () => {
		expect(pressed(correctionOf(pier), '"x', 'escape')).toEqual({ type: 'leave' });
		for (const alert of [pier, nobody, corrected])
			expect(pressed(correctionOf(alert), 'enter')).toEqual({ type: 'leave' });
	});

	test('nothing at all is no service, and told until the next key', () => {
		const step = pressed(correctionOf(pier), 'ctrl+u', 'enter');
		expect(step).toMatchObject({ dialog: { problem: 'Type the name of the service that PierErrors is about.' } });
		if (step.type === 'stay') expect(pressed(step.dialog, 'left')).not.toHaveProperty('dialog.problem');
	});

	test.each<[readonly string[], string]>([
		[['"quay'], 'quay'],
		[['f5', '"quay'], 'quay'],
		[['end', '"-2'], 'pier-2'],
		[['home', '"new-'], 'new-pier'],
		[['backspace', '"s'], 'pies'],
		[['"q', 'backspace', '"till'], 'till'],
	])('what is typed first takes the place of the service that is written down: %j', (keys, text) => {
		expect(pressed(correctionOf(pier), ...keys)).toMatchObject({ dialog: { service: { text } } });
	});

	test('takes what is pasted', () => {
		expect(pastedInDialog(correctionOf(pier), 'quay')).toMatchObject({ service: { text: 'quay' } });
		const edited = pressed(correctionOf(pier), 'end');
		if (edited.type === 'stay') {
			expect(pastedInDialog(edited.dialog, '-2')).toMatchObject({ service: { text: 'pier-2' } });
		}
		expect(pastedInDialog(correctionOf(nobody), 'va\nult')).toMatchObject({ service: { text: 'va ult' } });
	});
});

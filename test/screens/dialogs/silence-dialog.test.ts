import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/model/answer.ts';
import type { Labels } from '../../../src/model/labels.ts';
import { askedAgain, failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import { minute } from '../../../src/model/time.ts';
import { confirm } from '../../../src/screens/dialogs/confirm-dialog.ts';
import { type Dialog, type DialogStep, pressedInDialog, withFired } from '../../../src/screens/dialogs/dialog.ts';
import { paintDialog } from '../../../src/screens/dialogs/dialog-view.ts';
import { openSilence, type SilenceDialog } from '../../../src/screens/dialogs/silence-dialog.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { noon } from '../../helpers/alert-drawing.ts';
import { frameOf } from '../../helpers/frame.ts';

const pier: Labels = { alertname: 'PierErrors', severity: 'critical', route: '/berths', cluster: 'eu' };
const others: readonly Labels[] = [
	pier,
	{ ...pier, route: '/cranes' },
	{ alertname: 'QuayLatency', severity: 'warning', cluster: 'eu' },
];
const fired = loaded(answer(others.map(({ cluster: _, ...labels }) => labels)), noon);

const opened = (labels = pier): SilenceDialog => ({ ...openSilence('PierErrors', labels, others), fired });

/** Keys one after the other; a word in quotes is typed. */
function pressed(dialog: Dialog, ...keys: readonly string[]): DialogStep<Dialog> {
	let step: DialogStep<Dialog> = { type: 'stay', dialog };
	for (const key of keys) {
		const typed = key.startsWith('"') ? [...key.slice(1)] : [key];
		for (const each of typed) {
			if (step.type !== 'stay') throw new Error(`The dialog was answered before ${each}.`);
			const name = each === ' ' ? 'space' : each;
			step = pressedInDialog(step.dialog, name, each.length === 1 ? each : undefined);
		}
	}
	return step;
}

function dialogAfter(...keys: readonly string[]): SilenceDialog {
	const step = pressed(opened(), ...keys);
	if (step.type !== 'stay' || step.dialog.kind !== 'silence') throw new Error('The dialog was answered.');
	return step.dialog;
}

const drawn = (dialog: Dialog, width = 64, height = 20, unicode = true): string =>
	`\n${frameOf(width, height, surface =>
		paintDialog(surface, dialog, { theme: createTheme('none', unicode), now: noon, timeFormat: 'utc' }),
	)
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n')
		.trimEnd()}`;

describe('frames', () => {
	test('as it opens', () => {
		expect(drawn(opened())).toMatchInlineSnapshot(`
			"



			  ┌ Silence PierErrors ──────────────────────────────────────┐
			  │ [x] alertname="PierErrors"                               │
			  │ [x] severity="critical"                                  │
			  │ [x] route="/berths"                                      │
			  │ [x] cluster="eu"                                         │
			  │                                                          │
			  │ for 30m                                  until 12:30 UTC │
			  │ why                                                      │
			  │                                                          │
			  │ Mutes 1 now: PierErrors.                                 │
			  │ Would have muted 1 in the last 24 h: PierErrors.         │
			  │                                                          │
			  │ ▌ leave       silence 30m                                │
			  └──────────────────────────────────────────────────────────┘"
		`);
	});

	test('where there is hardly room, in plain ASCII: matchers scroll with the focus', () => {
		const frame = drawn(dialogAfter('tab', 'tab', 'tab', 'tab'), 60, 10, false);
		expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
		expect(frame).toMatchInlineSnapshot(`
			"
			+ Silence PierErrors --------------------------------------+
			| [x] severity="critical"                                  |
			|>[x] route="/berths"                                      |
			| [x] cluster="eu"                                  1 more |
			| for 30m                                  until 12:30 UTC |
			| why                                                      |
			| Mutes 1 now: PierErrors.                                 |
			| Would have muted 1 in the last 24 h: PierErrors.         |
			|   leave       silence 30m                                |
			+----------------------------------------------------------+"
		`);
	});

	test('with a length that is none, which is said while it is written', () => {
		const frame = drawn(dialogAfter('shift+tab', 'shift+tab', 'ctrl+u', '"12 parsecs'));
		expect(frame).toContain('│▌for 12 parsecs        no length of time: write 30m or 2h │');
	});

	test('with a matcher that is written anew, and what is wrong with it', () => {
		expect(drawn(dialogAfter('tab', 'tab', 'enter', 'ctrl+u', '"alertname', 'enter'))).toMatchInlineSnapshot(`
			"


			  ┌ Silence PierErrors ──────────────────────────────────────┐
			  │▌[x] alertname                                            │
			  │ [x] severity="critical"                                  │
			  │ [x] route="/berths"                                      │
			  │ [x] cluster="eu"                                         │
			  │                                                          │
			  │ for 30m                                  until 12:30 UTC │
			  │ why                                                      │
			  │                                                          │
			  │ Mutes 1 now: PierErrors.                                 │
			  │ Would have muted 1 in the last 24 h: PierErrors.         │
			  │ A matcher is a name, one of = != =~ !~, and a value:     │
			  │ alertname="PierErrors".                                  │
			  │                                                          │
			  │   leave       silence 30m                                │
			  └──────────────────────────────────────────────────────────┘"
		`);
	});

	test.each([
		[idle, 'Asking what it would have muted in 24 h …'],
		[askedAgain(idle, noon), 'Asking what it would have muted in 24 h …'],
		[loaded(answer([]), noon), 'Prometheus has no ALERTS of this alert.'],
		[
			failedWith(idle, { kind: 'timeout', what: 'Prometheus did not answer.', next: '' }, noon),
			'24 h is not known. Prometheus did not answer.',
		],
		[
			{ ...fired, notes: [{ kind: 'partial', text: 'cut' }] } as typeof fired,
			'Would have muted at least 1 in the last 24 h:',
		],
	])('what is known of the last 24 h', (pane, text) => {
		const words = (frame: string) => frame.replaceAll(/[│\s]+/g, ' ');
		expect(words(drawn(withFired(opened(), pane)))).toContain(text);
	});

	test('a question with two answers', () => {
		const question = confirm({
			title: 'End the silence of PierErrors',
			sentence: 'It ends now, for everybody.',
			verb: 'end it',
			change: { kind: 'expire', about: 'PierErrors', id: 'ab12' },
		});
		expect(drawn(question, 64, 7)).toMatchInlineSnapshot(`
			"

			  ┌ End the silence of PierErrors ───────────────────────────┐
			  │ It ends now, for everybody.                              │
			  │                                                          │
			  │ ▌ leave       end it                                     │
			  └──────────────────────────────────────────────────────────┘"
		`);
	});
});

describe('what the choice mutes', () => {
	test.each([
		['as prefilled', [], 'Mutes 1 now: PierErrors.', 'Would have muted 1'],
		['without the route', ['tab', 'tab', 'j', 'j', 'space'], 'Mutes 2 now: PierErrors ×2.', 'Would have muted 2'],
		[
			'with another route',
			['tab', 'tab', 'j', 'j', 'e', 'ctrl+u', '"route="/x"', 'enter'],
			'Mutes no alert',
			'Would have muted none',
		],
		[
			'a matcher left out is put in by editing',
			['tab', 'tab', 'space', 'e', 'enter'],
			'Mutes 1 now',
			'Would have muted 1',
		],
	])('%s', (_, keys, now, lately) => {
		const frame = drawn(dialogAfter(...keys));
		expect(frame).toContain(now);
		expect(frame).toContain(lately);
	});
});

describe('keys', () => {
	test('the safe answer has the focus, and leaves', () => {
		expect(opened().focus).toBe('leave');
		expect(pressed(opened(), 'enter')).toEqual({ type: 'leave' });
		expect(pressed(opened(), 'escape')).toEqual({ type: 'leave' });
	});

	test('tab and the arrows go round', () => {
		const ring = ['leave', 'make', 0, 1, 2, 3, 'length', 'comment', 'leave'];
		ring.forEach((focus, steps) => {
			expect(dialogAfter(...ring.slice(0, steps).map(() => 'tab')).focus).toBe(focus);
			expect(dialogAfter(...ring.slice(0, steps).map(() => 'down')).focus).toBe(focus);
			expect(dialogAfter(...ring.slice(0, steps).map(() => 'up')).focus).toBe(ring.toReversed()[steps]);
		});
		expect(dialogAfter('right').focus).toBe('make');
		expect(dialogAfter('right', 'left').focus).toBe('leave');
	});

	test('what is typed on an answer is the reason', () => {
		expect(dialogAfter('"crane')).toMatchObject({ focus: 'comment', comment: { text: 'crane' } });
		expect(dialogAfter('"crane', 'enter').focus).toBe('leave');
		expect(dialogAfter('space').comment.text).toBe('');
	});

	test('a reason and a length, and the change is made', () => {
		const keys = [
			'up',
			'"crane is mended',
			'up',
			'backspace',
			'backspace',
			'backspace',
			'"2h',
			'enter',
			'enter',
			'right',
		];
		expect(pressed(opened(), ...keys, 'enter')).toEqual({
			type: 'make',
			change: {
				kind: 'silence',
				about: 'PierErrors',
				matchers: [
					{ name: 'alertname', operator: '=', value: 'PierErrors' },
					{ name: 'severity', operator: '=', value: 'critical' },
					{ name: 'route', operator: '=', value: '/berths' },
					{ name: 'cluster', operator: '=', value: 'eu' },
				],
				length: 120 * minute,
				comment: 'crane is mended',
			},
		});
	});

	test.each([
		['without a reason', ['right', 'enter'], 'comment', 'Say why'],
		[
			'for no time',
			['"why', 'up', 'ctrl+u', 'down', 'down', 'right', 'enter'],
			'length',
			'Nothing is no length of time.',
		],
		[
			'of too much',
			['"why', 'down', 'down', 'down', 'space', 'j', 'j', 'space', 'j', 'space', 'up', 'up', 'up', 'up', 'enter'],
			0,
			'severity="critical" alone',
		],
	])('%s it is not made: what is missing gets the focus', (_, keys, focus, problem) => {
		const dialog = dialogAfter(...keys);
		expect(dialog.focus).toBe(focus);
		expect(dialog.problem).toContain(problem);
		expect(dialogAfter(...keys, 'tab').problem).toBeUndefined();
	});

	test('esc gives up what is being written, and a value that looks like a secret cannot be', () => {
		expect(dialogAfter('tab', 'tab', 'e', '"x', 'escape').choices).toEqual(opened().choices);
		const secret = { ...opened({ password: 'hunter2' }), focus: 0 };
		const step = pressed(secret, 'e');
		expect(step).toMatchObject({ dialog: { problem: expect.stringContaining('looks like a secret') } });
		expect(drawn(secret)).not.toContain('hunter2');
	});

	test('a question is answered by enter on the other answer only', () => {
		const change = { kind: 'expire', about: 'PierErrors', id: 'ab12' } as const;
		const question = confirm({ title: 'End it', sentence: 'It ends.', verb: 'end it', change });
		for (const key of ['enter', 'escape', 'q']) expect(pressed(question, key)).toEqual({ type: 'leave' });
		for (const key of ['tab', 'right', 'l']) expect(pressed(question, key, 'enter')).toEqual({ type: 'make', change });
		expect(pressed(question, 'tab', 'tab', 'enter')).toEqual({ type: 'leave' });
		expect(pressed(question, 'y', 'x')).toEqual({ type: 'stay', dialog: question });
	});
});

import { expect, test } from 'vitest';
import { type DialogStep, pressedInDialog } from '../../../src/screens/dialogs/dialog.ts';
import { paintDialog } from '../../../src/screens/dialogs/dialog-view.ts';
import { type SecretsDialog, secretsDialog } from '../../../src/screens/dialogs/secrets-dialog.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';

const press = (dialog: SecretsDialog, key: string): DialogStep<unknown> => pressedInDialog(dialog, key, undefined);

test('keeps secrets masked unless the other answer is chosen and given', () => {
	expect(press(secretsDialog, 'enter')).toEqual({ type: 'leave' });
	expect(press(secretsDialog, 'escape')).toEqual({ type: 'leave' });
	expect(press(secretsDialog, 'y')).toEqual({ type: 'stay', dialog: secretsDialog });
	const turned: SecretsDialog = { ...secretsDialog, focus: 'make' };
	expect(press(secretsDialog, 'tab')).toEqual({ type: 'stay', dialog: turned });
	expect(press(turned, 'enter')).toEqual({ type: 'showSecrets' });
	expect(press(turned, 'q')).toEqual({ type: 'leave' });
});

test('the frame', () => {
	const theme = createTheme('none', true);
	const frame = frameOf(60, 11, surface => paintDialog(surface, secretsDialog, { theme, now: 0, timeFormat: 'utc' }));
	expect(`\n${frame.trimEnd()}`).toMatchInlineSnapshot(`
		"

		┌ Show secrets ────────────────────────────────────────────┐
		│ Tokens, passwords and keys in lines, spans and alerts    │
		│ will stand on this screen, and in what you copy and      │
		│ save, until you quit. Whoever looks on or records the    │
		│ session reads them too.                                  │
		│                                                          │
		│ ▌ keep them masked       show secrets                    │
		└──────────────────────────────────────────────────────────┘"
	`);
});

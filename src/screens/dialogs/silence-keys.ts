import { readSilenceForm } from '../../analysis/silence-form.ts';
import { formatMatcher, holdsSecret, type MatcherChoice, parseMatcher } from '../../analysis/silence-matchers.ts';
import { edited, type TextField } from '../../widgets/text-field.ts';
import type { DialogStep } from './dialog.ts';
import { fieldOf, focusRing, type SilenceDialog, type SilenceFocus } from './silence-dialog.ts';

type Step = DialogStep<SilenceDialog>;
const stay = (dialog: SilenceDialog): Step => ({ type: 'stay', dialog });

/** A key in the dialog; what was wrong is told until then. */
export function pressedInSilence(before: SilenceDialog, key: string, text: string | undefined): Step {
	const { problem: _, ...dialog } = before;
	const { editing, focus } = dialog;
	if (editing !== undefined && typeof focus === 'number') return pressedInMatcher(dialog, focus, editing, key, text);
	switch (key) {
		case 'escape':
			return { type: 'leave' };
		case 'tab':
		case 'down':
			return stay(moved(dialog, 1));
		case 'shift+tab':
		case 'up':
			return stay(moved(dialog, -1));
	}
	if (typeof focus === 'number') return pressedOnMatcher(dialog, focus, key);
	if (focus === 'length' || focus === 'comment') return pressedInLine(dialog, focus, key, text);
	return pressedOnAnswer(dialog, focus, key, text);
}

function moved(dialog: SilenceDialog, by: 1 | -1): SilenceDialog {
	const ring = focusRing(dialog);
	const next = ring.at((ring.indexOf(dialog.focus) + by) % ring.length);
	return { ...dialog, focus: next ?? 'leave' };
}

function pressedOnMatcher(dialog: SilenceDialog, index: number, key: string): Step {
	const choice = dialog.choices[index];
	if (choice === undefined) return stay(dialog);
	switch (key) {
		case 'j':
			return stay(moved(dialog, 1));
		case 'k':
			return stay(moved(dialog, -1));
		case 'space':
			return stay({ ...dialog, choices: dialog.choices.with(index, { ...choice, chosen: !choice.chosen }) });
		case 'e':
		case 'enter':
			return holdsSecret(choice.matcher)
				? stay({ ...dialog, problem: 'Its value looks like a secret, which is not shown: it can only be in or out.' })
				: stay({ ...dialog, editing: fieldOf(formatMatcher(choice.matcher)) });
		default:
			return stay(dialog);
	}
}

function pressedInMatcher(
	dialog: Omit<SilenceDialog, 'problem'>,
	index: number,
	field: TextField,
	key: string,
	text: string | undefined,
): Step {
	const { editing: _, ...done } = dialog;
	if (key === 'escape') return stay(done);
	if (key !== 'enter') return stay({ ...dialog, editing: edited(field, key, text) ?? field });
	const matcher = parseMatcher(field.text);
	if (matcher === undefined) {
		return stay({ ...dialog, problem: 'A matcher is a name, one of = != =~ !~, and a value: alertname="PierErrors".' });
	}
	const choice: MatcherChoice = { matcher, chosen: true };
	return stay({ ...done, choices: dialog.choices.with(index, choice) });
}

function pressedInLine(dialog: SilenceDialog, name: 'length' | 'comment', key: string, text: string | undefined): Step {
	if (key === 'enter') return stay(moved(dialog, 1));
	return stay({ ...dialog, [name]: edited(dialog[name], key, text) ?? dialog[name] });
}

/** Whoever types on an answer writes the reason: it is the one thing that must be typed. */
function pressedOnAnswer(
	dialog: SilenceDialog,
	focus: Exclude<SilenceFocus, number | 'length' | 'comment'>,
	key: string,
	text: string | undefined,
): Step {
	if (key === 'left' || key === 'right') return stay({ ...dialog, focus: focus === 'leave' ? 'make' : 'leave' });
	if (key === 'enter') return focus === 'leave' ? { type: 'leave' } : made(dialog);
	if (text === undefined || key === 'space') return stay(dialog);
	return pressedInLine({ ...dialog, focus: 'comment' }, 'comment', key, text);
}

/** What is missing gets the focus. */
function made(dialog: SilenceDialog): Step {
	const { choices, length, comment, about } = dialog;
	const form = readSilenceForm({ choices, length: length.text, comment: comment.text });
	if (form.ok) return { type: 'make', change: { kind: 'silence', about, ...form.wish } };
	return stay({ ...dialog, problem: form.problem, focus: form.field === 'matchers' ? 0 : form.field });
}

import { usualLength } from '../../analysis/silence-form.ts';
import { type MatcherChoice, matcherChoices } from '../../analysis/silence-matchers.ts';
import type { Labels } from '../../model/labels.ts';
import { idle, type Loadable } from '../../model/loadable.ts';
import { inserted, type TextField } from '../../widgets/text-field.ts';
import type { DialogHint } from './dialog.ts';

/** What has the focus: a matcher by its number, a line, or one of the two answers. */
export type SilenceFocus = number | 'length' | 'comment' | 'leave' | 'make';

/** A silence in the making. */
export type SilenceDialog = {
	readonly kind: 'silence';
	/** The name of the alert. */
	readonly about: string;
	/** Its labels, as Alertmanager has them. */
	readonly labels: Labels;
	readonly choices: readonly MatcherChoice[];
	readonly length: TextField;
	readonly comment: TextField;
	readonly focus: SilenceFocus;
	/** The focused matcher while it is being written anew. */
	readonly editing?: TextField;
	/** What is wrong, until the next key. */
	readonly problem?: string;
	/** Every alert that Alertmanager has now: what is muted is told of them. */
	readonly alerts: readonly Labels[];
	/** Every alert that fired in the last 24 h. */
	readonly fired: Loadable<readonly Labels[]>;
};

/** The dialog for an alert among those that Alertmanager has: exactly it, for 30 minutes, the safe answer in focus. */
export const openSilence = (about: string, labels: Labels, alerts: readonly Labels[]): SilenceDialog => ({
	kind: 'silence',
	about,
	labels,
	alerts,
	choices: matcherChoices(labels),
	length: fieldOf(usualLength),
	comment: fieldOf(''),
	focus: 'leave',
	fired: idle,
});

export const fieldOf = (text: string): TextField => ({ text, cursor: text.length });

/** From top to bottom, and round again. */
export const focusRing = ({ choices }: SilenceDialog): readonly SilenceFocus[] => [
	...choices.keys(),
	'length',
	'comment',
	'leave',
	'make',
];

/** Pasted text goes where typed text would; on an answer it is the reason. */
export function pastedInSilence(dialog: SilenceDialog, text: string): SilenceDialog {
	const { editing, focus } = dialog;
	if (editing !== undefined) return { ...dialog, editing: inserted(editing, text) };
	if (focus === 'length') return { ...dialog, length: inserted(dialog.length, text) };
	return { ...dialog, focus: 'comment', comment: inserted(dialog.comment, text) };
}

const leave: DialogHint = { keys: 'esc', label: 'leave' };
const move: DialogHint = { keys: 'tab', label: 'next' };

export function silenceHints({ editing, focus }: SilenceDialog): readonly DialogHint[] {
	if (editing !== undefined) {
		return [
			{ keys: 'enter', label: 'keep' },
			{ keys: 'esc', label: 'as it was' },
		];
	}
	if (typeof focus === 'number') {
		return [{ keys: 'space', label: 'in or out' }, { keys: 'enter', label: 'edit' }, move, leave];
	}
	if (focus === 'leave') return [{ keys: 'type', label: 'the reason' }, move, { keys: 'enter', label: 'leave' }];
	if (focus === 'make') return [{ keys: 'enter', label: 'silence it' }, move, leave];
	return [move, leave];
}

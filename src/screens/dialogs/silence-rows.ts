import { chosenMatchers, formatMatcher } from '../../analysis/silence-matchers.ts';
import { countedNames, mutedBy, wouldHaveMuted } from '../../analysis/silence-preview.ts';
import { untilText } from '../../analysis/silence-words.ts';
import { parseLength } from '../../analysis/time-words.ts';
import { lastOf } from '../../model/loadable.ts';
import type { Marked } from '../../widgets/line.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { answersRow, type DialogRow, type Drawing, sentenceRows } from './dialog-rows.ts';
import type { SilenceDialog } from './silence-dialog.ts';

/** Lines that a dialog needs besides its matchers and what is wrong: length, reason, now, lately, answers. */
const otherRows = 5;

/** The dialog's rows, at most `height` of them: matchers that have no room scroll with the focus. */
export function silenceRows(dialog: SilenceDialog, drawing: Drawing): readonly DialogRow[] {
	const { width, height } = drawing;
	const problem = dialog.problem === undefined ? [] : sentenceRows(dialog.problem, width, 'warning', 2);
	const spare = height - otherRows - problem.length - dialog.choices.length;
	const linesEach = spare >= 2 ? 2 : 1;
	return [
		...matcherRows(dialog, Math.max(1, dialog.choices.length + Math.min(0, spare))),
		...(spare >= 3 ? [blank] : []),
		lengthRow(dialog, drawing),
		{ segments: [{ text: 'why ', role: 'dim' }], field: dialog.comment, focused: dialog.focus === 'comment' },
		...(spare >= 4 ? [blank] : []),
		...sentenceRows(mutedNow(dialog, drawing), width, 'text', linesEach),
		...sentenceRows(mutedLately(dialog, drawing), width, 'dim', linesEach),
		...problem,
		...(spare >= 5 ? [blank] : []),
		answersRow(dialog.focus, `silence ${dialog.length.text.trim()}`, drawing.theme),
	];
}

const blank: DialogRow = { segments: [] };

function matcherRows(dialog: SilenceDialog, rows: number): readonly DialogRow[] {
	const { choices, focus, editing } = dialog;
	const cursor = typeof focus === 'number' ? focus : 0;
	const offset = offsetFor(0, cursor, choices.length, rows);
	const hidden = choices.length - rows;
	return choices.slice(offset, offset + rows).map(({ matcher, chosen }, at): DialogRow => {
		const focused = focus === offset + at;
		const after = hidden > 0 && at === rows - 1 ? { after: { text: ` ${hidden} more`, role: 'dim' as const } } : {};
		const box: Marked = { text: chosen ? '[x] ' : '[ ] ', role: chosen ? 'text' : 'dim' };
		return focused && editing !== undefined
			? { segments: [box], field: editing, focused, ...after }
			: { segments: [box, { text: formatMatcher(matcher), role: chosen ? 'text' : 'dim' }], focused, ...after };
	});
}

function lengthRow({ length, focus }: SilenceDialog, { now, timeFormat }: Drawing): DialogRow {
	const parsed = parseLength(length.text.trim());
	return {
		segments: [{ text: 'for ', role: 'dim' }],
		field: length,
		focused: focus === 'length',
		after:
			parsed === undefined
				? { text: 'no length of time: write 30m or 2h', role: 'warning' }
				: { text: untilText(now + parsed, timeFormat, now), role: 'dim' },
	};
}

function mutedNow({ choices, alerts }: SilenceDialog, { theme }: Drawing): string {
	const muted = mutedBy(chosenMatchers(choices), alerts);
	return muted.length === 0
		? 'Mutes no alert that is there now.'
		: `Mutes ${muted.length} now: ${countedNames(muted, theme.glyph('times'))}.`;
}

function mutedLately({ choices, labels, fired }: SilenceDialog, { theme }: Drawing): string {
	if (fired.status === 'failed') return `What it would have muted in 24 h is not known. ${fired.failure.what}`;
	const known = lastOf(fired);
	if (known === undefined) return `Asking what it would have muted in 24 h ${theme.glyph('ellipsis')}`;
	const muted = wouldHaveMuted(chosenMatchers(choices), labels, known.value);
	if (muted === undefined) {
		return 'What it would have muted in 24 h is not known: Prometheus has no ALERTS of this alert.';
	}
	if (muted.length === 0) return 'Would have muted none of the last 24 h.';
	const least = known.notes.some(({ kind }) => kind === 'partial') ? 'at least ' : '';
	return `Would have muted ${least}${muted.length} in the last 24 h: ${countedNames(muted, theme.glyph('times'))}.`;
}

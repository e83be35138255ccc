import type { TimeFormat } from '../../analysis/format-time.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Marked } from '../../widgets/line.ts';
import type { TextField } from '../../widgets/text-field.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';

/** What the rows of a dialog are drawn with; width and height are the room inside its border. */
export type Drawing = {
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
	readonly now: Milliseconds;
	readonly timeFormat: TimeFormat;
};

export type DialogRow = {
	readonly segments: readonly Marked[];
	/** A line that may be typed, after the segments. */
	readonly field?: TextField;
	readonly focused?: boolean;
	/** At the right end. */
	readonly after?: Marked;
};

/** A sentence in at most `most` rows, cut when it has more. */
export function sentenceRows(text: string, width: number, role: Role, most: number): readonly DialogRow[] {
	const lines = wrapText(text, width);
	const [last = '', ...rest] = lines.slice(most - 1);
	const kept = [...lines.slice(0, most - 1), ...(last === '' ? [] : [[last, ...rest].join(' ')])];
	return kept.map(line => ({ segments: [{ text: line, role }] }));
}

/** The two answers, the safe one first; a mark stands before the one in focus. */
export function answersRow(focus: unknown, verb: string, theme: Theme, safe = 'leave'): DialogRow {
	const answer = (text: string, focused: boolean): readonly Marked[] => [
		{ text: focused ? theme.glyph('selection') : ' ' },
		{ text: ` ${text} `, ...(focused ? { role: 'selection' as const } : {}) },
	];
	return { segments: [...answer(safe, focus === 'leave'), { text: '    ' }, ...answer(verb, focus === 'make')] };
}

import type { Matcher } from '../model/labels.ts';
import { day, type Milliseconds, minute } from '../model/time.ts';
import { tooBroad } from './silence-breadth.ts';
import { chosenMatchers, type MatcherChoice } from './silence-matchers.ts';
import { parseLength } from './time-words.ts';

/** What was typed and chosen for a silence. */
export type SilenceForm = {
	readonly choices: readonly MatcherChoice[];
	/** `30m`, `2h`. */
	readonly length: string;
	readonly comment: string;
};

/** What the form asks for, once it says all that it must. */
export type SilenceWish = {
	readonly matchers: readonly Matcher[];
	readonly length: Milliseconds;
	readonly comment: string;
};

export type ReadForm =
	| { readonly ok: true; readonly wish: SilenceWish }
	| { readonly ok: false; readonly field: 'matchers' | 'length' | 'comment'; readonly problem: string };

/** Long enough to look at the cause, short enough to be forgotten without harm. */
export const usualLength = '30m';
/** Longer is no silence but a rule that nobody wants: it should be changed. */
const longest: Milliseconds = 30 * day;

/** Reads the form; the first thing that is missing or too much is told in a sentence. */
export function readSilenceForm({ choices, length: typed, comment }: SilenceForm): ReadForm {
	const matchers = chosenMatchers(choices);
	const broad = tooBroad(matchers);
	if (broad !== undefined) return { ok: false, field: 'matchers', problem: broad };
	const length = parseLength(typed.trim());
	if (length === undefined) {
		return {
			ok: false,
			field: 'length',
			problem: `${typed.trim() || 'Nothing'} is no length of time. Write 30m or 2h.`,
		};
	}
	if (length < minute || length > longest) {
		return { ok: false, field: 'length', problem: 'A silence lasts from 1m to 30d.' };
	}
	if (comment.trim() === '') {
		return { ok: false, field: 'comment', problem: 'Say why: whoever misses the alert will look for the reason.' };
	}
	return { ok: true, wish: { matchers, length, comment: comment.trim() } };
}

import { redact } from '../analysis/redact.ts';
import { sanitizeLines } from '../terminal/sanitize.ts';
import { back, risen, shownFrame, trailOf } from './history.ts';
import { screenAt } from './screens.ts';
import { forgotten } from './slots.ts';
import type { Message, State, Step } from './state.ts';

/** What stands in place of a screen that failed. */
export type Crash = {
	/** What it did when it failed: a part of a sentence. */
	readonly during: string;
	/** What was thrown says of itself, in one line and without secrets. */
	readonly words: string;
	/** Where the report is, or why there is none; absent until that is known. */
	readonly report?: { readonly path: string } | { readonly why: string };
};

const mostWords = 300;

const wordsOf = (thrown: unknown): string => {
	const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
	return redact(sanitizeLines(text.slice(0, 10 * mostWords)).join(' ')).slice(0, mostWords);
};

/** A screen failed: a sheet takes its place, and a report is written. What fails after it, before it is seen, adds nothing. */
export function crashed(state: State, { thrown, during }: Extract<Message, { type: 'crashed' }>): Step {
	if (state.crash !== undefined) return { state, effects: [] };
	const { message: _, ...rest } = state;
	return {
		state: { ...rest, crash: { during, words: wordsOf(thrown) } },
		effects: [{ type: 'report', thrown, during }],
	};
}

/** Where the report is, for the sheet. */
export const reported = (state: State, { report }: Extract<Message, { type: 'reported' }>): State =>
	state.crash === undefined ? state : { ...state, crash: { ...state.crash, report } };

/** Whether something lies over the place that can be closed: then that is what failed, more often than not. */
const coversPlace = ({ overlay, dialog, prompt, setup, unconnected }: State): boolean =>
	[overlay, dialog, prompt, unconnected ? undefined : setup].some(each => each !== undefined);

/**
 * The state at the place before the one that failed: what lay over it closed, or a step up the trail, or back. `undefined`
 * where there was none before.
 */
export function beforeCrash(state: State): State | undefined {
	const open = uncovered(state);
	if (coversPlace(state)) return open;
	if (open.setup !== undefined) return undefined;
	const up = risen(open.history);
	const history = up === open.history ? back(open.history) : up;
	return history === open.history ? undefined : { ...open, history };
}

function uncovered({ crash: _, overlay: _overlay, dialog: _dialog, prompt: _prompt, setup, ...rest }: State): State {
	return rest.unconnected && setup !== undefined ? { ...rest, setup } : rest;
}

/** The crumb of the place before, for the sheet; without asking any screen, which may be the one that fails. */
export function nameBeforeCrash(state: State): string | undefined {
	const before = beforeCrash(state);
	return before && (coversPlace(state) ? 'close' : trailOf(before.history).at(-1)?.place.kind);
}

/** The same place from the beginning: neither its view nor what was found may be what it fails at. */
function again(state: State): State {
	const open = uncovered(state);
	const { place } = shownFrame(open.history);
	return forgotten(open, place, screenAt(place).initial(place));
}

/** Keys while the sheet is on show. */
export function pressedInCrash(state: State, key: string): Step {
	switch (key) {
		case 'escape':
			return { state: beforeCrash(state) ?? state, effects: [] };
		case 'q': {
			const before = beforeCrash(state);
			return before === undefined ? { state, effects: [{ type: 'quit' }] } : { state: before, effects: [] };
		}
		case 'R':
		case 'enter':
			return { state: again(state), effects: [] };
		case 'ctrl+l':
			return { state, effects: [{ type: 'repaint' }] };
		default:
			return { state, effects: [] };
	}
}

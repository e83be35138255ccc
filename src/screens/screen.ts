import type { ReactNode } from 'react';
import type { TimeFormat } from '../analysis/format-time.ts';
import type { QueryFault } from '../analysis/query-syntax.ts';
import type { Aside, Panes } from '../investigation/board.ts';
import type { BackendName, Failure } from '../model/failure.ts';
import type { Place } from '../model/place.ts';
import type { SavedLines } from '../model/saved-lines.ts';
import type { StreamChoice } from '../model/stream-choice.ts';
import type { Milliseconds, TimeRange } from '../model/time.ts';
import type { Marked } from '../widgets/line.ts';
import type { TextField } from '../widgets/text-field.ts';
import type { Theme } from '../widgets/theme.ts';
import type { Dialog } from './dialogs/dialog.ts';

/** Room for a screen, in cells. */
export type Size = { readonly width: number; readonly height: number };

/** What a screen knows when it is drawn and when a key is pressed: its place, what was found, and its own state. */
export type Shown<P extends Place, Findings, State> = {
	readonly place: P;
	readonly findings: Findings;
	readonly state: State;
	/** The two ends of the place's window as the findings were asked for. */
	readonly range: TimeRange;
	readonly now: Milliseconds;
	readonly size: Size;
	readonly timeFormat: TimeFormat;
	/** The operator wants no news for now; false when absent. */
	readonly paused?: boolean;
	/** Since when the questions of the place wait for answers, once that is worth a word. */
	readonly askedSince?: Milliseconds;
	/** Since when the asides that are under way are, by their keys. */
	readonly asking?: ReadonlyMap<string, Milliseconds>;
	/** The backends that nobody configured, as far as that is known from the start; none when absent. */
	readonly lacks?: readonly BackendName[];
};

/** What a key does. */
export type Outcome<State> =
	/** The same place; the message row says `says`, where there is something to say. */
	| { readonly type: 'stay'; readonly state: State; readonly says?: string }
	/** A step down the trail; `esc` comes back to `state`, or to the state as it was. */
	| { readonly type: 'go'; readonly to: Place; readonly state?: State }
	/** The same step of the trail, seen otherwise: another window, another filter. `state` is kept when given. */
	| { readonly type: 'turn'; readonly to: Place; readonly state?: State }
	/** What is being asked for the place ends, what has come stays, and the message row says so. */
	| { readonly type: 'stop'; readonly text: string; readonly state: State }
	/** Nothing happens, and the message row says why. */
	| { readonly type: 'refuse'; readonly why: string }
	/** A line is typed at the bottom: one of the screen's own `prompts`. `state` is kept when given. */
	| { readonly type: 'prompt'; readonly name: string; readonly state?: State }
	/** Asks, in the middle of the screen, before something is changed. Refused where nothing may be. */
	| { readonly type: 'dialog'; readonly dialog: Dialog; readonly state?: State }
	/** From now on the lines of a service are read from these streams; the profile remembers it. */
	| { readonly type: 'select'; readonly streams: StreamChoice }
	/** Keeps lines in a file; what is wrong with its name comes back to the prompt `save` of the screen. */
	| { readonly type: 'save'; readonly lines: SavedLines }
	/** Puts text on the clipboard; it is sanitised and says what it copied. */
	| { readonly type: 'copy'; readonly text: string; readonly what: string; readonly state?: State };

export const stay = <State>(state: State, says?: string): Outcome<State> =>
	says === undefined ? { type: 'stay', state } : { type: 'stay', state, says };
export const go = <State = never>(to: Place, state?: State): Outcome<State> =>
	state === undefined ? { type: 'go', to } : { type: 'go', to, state };
export const turn = <State = never>(to: Place, state?: State): Outcome<State> =>
	state === undefined ? { type: 'turn', to } : { type: 'turn', to, state };
export const stop = <State>(text: string, state: State): Outcome<State> => ({ type: 'stop', text, state });
export const refuse = (why: string): Outcome<never> => ({ type: 'refuse', why });
export const ask = <State = never>(dialog: Dialog, state?: State): Outcome<State> =>
	state === undefined ? { type: 'dialog', dialog } : { type: 'dialog', dialog, state };
export const prompt = <State = never>(name: string, state?: State): Outcome<State> =>
	state === undefined ? { type: 'prompt', name } : { type: 'prompt', name, state };
export const copy = (text: string, what: string): Outcome<never> => ({ type: 'copy', text, what });

/** One row of the table of keys: footer, help, README and the collision test all read it. */
export type Binding<P extends Place, Findings, State> = {
	/** Names as the key parser gives them: `j`, `enter`, `ctrl+d`, `pagedown`, `tab`, `space`. */
	readonly keys: readonly string[];
	/** The key for the other direction, named beside the first in the footer: `h l cursor`. */
	readonly pair?: string;
	/** Two or three words for the footer: `open panels`. */
	readonly label: string;
	/** What it does just now, for the footer, where that depends on what is shown. */
	readonly labelNow?: (shown: Shown<P, Findings, State>) => string;
	/** One sentence for the help. */
	readonly help: string;
	/** Its place in the footer, smallest first; absent: only in the help. */
	readonly footer?: number;
	/** Its place there just now, where that depends on what is shown; `undefined`: only in the help. */
	readonly footerNow?: (shown: Shown<P, Findings, State>) => number | undefined;
	/** It changes something on a server: a profile that may only read refuses it, and its footer does not offer it. */
	readonly changes?: true;
	/** Why it does nothing just now: the footer leaves it out, and who presses it is told. `undefined` when it does. */
	readonly idle?: (shown: Shown<P, Findings, State>) => string | undefined;
	readonly run: (shown: Shown<P, Findings, State>) => Outcome<State>;
};

/** A row of the help over the screen for one key or several, told in one sentence in place of one for each. */
export type HelpRow = { readonly keys: readonly string[]; readonly help: string };

/** A line to be typed: what it begins with, what helps while it is typed, and what `enter` makes of it. */
export type LinePrompt<P extends Place, Findings, State> = {
	/** Before the line: `keep lines with `. */
	readonly label: string;
	/** What `enter` does, for the row above: `enter keeps them`. */
	readonly hint: string;
	readonly begin: (shown: Shown<P, Findings, State>) => string;
	/** What is wrong with it as it stands; `enter` is refused as long as there is something. */
	readonly problem?: (text: string, shown: Shown<P, Findings, State>) => string | undefined;
	/** What may be wrong with it, though the screen cannot be sure: `enter` a second time takes it as it is. */
	readonly doubt?: (text: string, shown: Shown<P, Findings, State>) => string | undefined;
	/** Where something is wrong with it, and what: marked under the very character, also before anything was typed. */
	readonly fault?: (text: string, shown: Shown<P, Findings, State>) => QueryFault | undefined;
	/** `tab`: the line completed as far as that is certain, and what it may become. */
	readonly complete?: (field: TextField, shown: Shown<P, Findings, State>) => Completion;
	/** The state with what is to be known of the line while it is typed, for what the screen asks beside. */
	readonly typed?: (field: TextField, shown: Shown<P, Findings, State>) => State;
	/** The same text in pieces, each with its role. */
	readonly colours?: (text: string) => readonly Marked[];
	readonly enter: (text: string, shown: Shown<P, Findings, State>) => Outcome<State>;
};

export type Completion = TextField & { readonly choices: readonly string[] };

/** What somebody who looks elsewhere is to know: how many alerts fire, and whether that is worth a bell. */
export type Notice = { readonly firing: number; readonly rings: boolean };

export type ViewProps<P extends Place, Findings, State> = Shown<P, Findings, State> & { readonly theme: Theme };

/** All that the shell needs to know of a kind of place. A screen never fetches and never sees the terminal. */
export type Screen<P extends Place, Findings extends Panes, State> = {
	/** The crumb in the trail. */
	readonly title: (place: P, findings: Findings) => string;
	/** Row 2: what is looked at, in a line; the shell adds window and clock. */
	readonly headline: (shown: Shown<P, Findings, State>) => string;
	/** All panes idle. */
	readonly nothing: Findings;
	readonly initial: (place: P) => State;
	/**
	 * The same state with what lies under the cursor written down, so that it stays there when rows come and go. Called
	 * before each key and when all answers are there; gives the very same state when there is nothing to write.
	 */
	readonly settle?: (shown: Shown<P, Findings, State>) => State;
	/** How often a live place is asked again; `Infinity`: only when the operator wants it (`R`). */
	readonly refreshEvery: Milliseconds;
	/** The ends of what is on show, where more has come since it was asked for; those of the question when absent. */
	readonly rangeNow?: (shown: Shown<P, Findings, State>) => TimeRange;
	/** What the operator's reading asks for beside what the place has shown: the page that the cursor nears, a search. */
	readonly asides?: (shown: Shown<P, Findings, State>) => readonly Aside[];
	readonly keys: readonly Binding<P, Findings, State>[];
	/** Where the keys are many: how the help tells them in fewer rows; the others have a row each. */
	readonly helpRows?: readonly HelpRow[];
	/** Key `/`: the state with this filter; the shell owns the text field. Empty text takes the filter away. */
	readonly search?: {
		readonly label: string;
		/** Its place in the footer among the keys; behind them when absent. */
		readonly footer?: number;
		readonly current: (state: State) => string;
		readonly apply: (text: string, shown: Shown<P, Findings, State>) => State;
		/** What is to be known of it as it stands, in a sentence. */
		readonly remark?: (text: string) => string | undefined;
	};
	/** Lines that its keys ask for, by name. */
	readonly prompts?: Readonly<Record<string, LinePrompt<P, Findings, State>>>;
	/** `esc` before it goes up, for what the screen can close, unzoom or stop by itself; `undefined` lets it go up. */
	readonly escape?: (shown: Shown<P, Findings, State>) => Outcome<State> | undefined;
	/** The same in a sentence for the help: what it closes, in which order. */
	readonly escapeHelp?: string;
	/** Why what is on show is old, where the screen has no room for a sentence: the row above the keys tells it. */
	readonly whyOld?: (shown: Shown<P, Findings, State>) => Failure | undefined;
	/** What has changed from one answer to the next that somebody who looks elsewhere is to know. */
	readonly notice?: (before: Findings, after: Findings) => Notice | undefined;
	readonly View: (props: ViewProps<P, Findings, State>) => ReactNode;
};

import type { TimeFormat } from '../analysis/format-time.ts';
import type { Panes } from '../investigation/board.ts';
import type { Change, Changed } from '../investigation/silencing.ts';
import type { Correction } from '../model/alert.ts';
import type { OpenQuery, QueryRecord, SpentBudget } from '../model/answer.ts';
import type { BackendName, Failure } from '../model/failure.ts';
import type { Labels } from '../model/labels.ts';
import type { Loadable } from '../model/loadable.ts';
import { type Place, placeKey } from '../model/place.ts';
import type { ProfileColour } from '../model/profile-colour.ts';
import type { ListedProfile } from '../model/profile-draft.ts';
import type { SavedLines } from '../model/saved-lines.ts';
import type { StreamChoice } from '../model/stream-choice.ts';
import { type Milliseconds, second, type TimeRange, type Window } from '../model/time.ts';
import type { Dialog } from '../screens/dialogs/dialog.ts';
import { secretsDialog } from '../screens/dialogs/secrets-dialog.ts';
import type { Check } from '../screens/profiles/form.ts';
import type { Setup } from '../screens/profiles/setup.ts';
import type { ProfileDeed } from '../screens/profiles/setup-keys.ts';
import type { Notice, Size } from '../screens/screen.ts';
import type { Link, LinkMode } from '../terminal/link.ts';
import type { Crash } from './crash.ts';
import { entered, type History, shownFrame } from './history.ts';
import type { PlainText } from './plain-text.ts';
import type { Opened } from './profiles-port.ts';
import { screenAt } from './screens.ts';

/** What was asked for one place, and what has come of it. */
export type Slot = {
	readonly place: Place;
	readonly findings: Panes;
	/** Those of the last time that everything was answered. */
	readonly before: Panes;
	/** The ends of the window as they were when the questions were put. */
	readonly range: TimeRange;
	readonly askedAt: Milliseconds;
	/** When the last question was answered; absent while some are still open. */
	readonly doneAt?: Milliseconds;
	/** The operator stopped the questions; they are put again by `R` only. */
	readonly stopped?: boolean;
	/** The operator wants it again. */
	readonly refresh?: boolean;
	/** When the alerts were last glanced at from another place. */
	readonly glancedAt?: Milliseconds;
	readonly queries: readonly QueryRecord[];
	/** The asides that have been answered or have failed, by their keys. */
	readonly asides: ReadonlySet<string>;
	/** Since when those that are under way are; one that was given up stays until it is put again. */
	readonly asking?: ReadonlyMap<string, Milliseconds>;
	/** Questions that are under way, oldest first; absent when there are none. */
	readonly open?: readonly OpenQuery[];
};

/** The line being typed at the bottom of the screen. */
export type Prompt = {
	readonly kind: 'command' | 'search' | 'own';
	/** Which of the screen's own prompts it is. */
	readonly name?: string;
	readonly text: string;
	/** Where the next character goes, in UTF-16 units. */
	readonly cursor: number;
	readonly problem?: string;
	/** What is taken when it is entered again: the name of a file that is there already, a query that is doubted. */
	readonly agreed?: string;
	/** The filter to go back to when a search is given up. */
	readonly before: string;
};

export type Overlay =
	| { readonly kind: 'help' | 'queries' | 'link'; readonly scroll: number }
	/** A text alone, to be selected by hand. */
	| { readonly kind: 'text'; readonly scroll: number; readonly plain: PlainText };

/** A silence that was made just now and can be taken back. */
export type Undo = { readonly id: string; readonly about: string; readonly until: Milliseconds };

export type Health = Pick<QueryRecord, 'outcome' | 'took' | 'restsUntil' | 'ahead'>;

/** What the header says of the connection: from the profile, never a secret. */
export type Banner = {
	readonly word: string;
	readonly production: boolean;
	readonly readOnly: boolean;
	/** That of the word; where absent, a word of production is red all the same. */
	readonly colour?: ProfileColour;
	/** Nobody checks whether a server is the one that is meant; false when absent. */
	readonly unchecked?: boolean;
};

/** For how long a correction holds: as long as the profile that keeps it, or for this run; `why` says what failed. */
export type Kept = { readonly profile?: string; readonly why?: string };

/** Bytes in all, and of the last question that read any, with how long it took. */
export type ReadSoFar = {
	readonly bytes: number;
	readonly last?: { readonly bytes: number; readonly took: Milliseconds };
};

/** The whole program between two messages. Only `update` makes a new one. */
export type State = {
	readonly history: History;
	readonly slots: ReadonlyMap<string, Slot>;
	readonly health: ReadonlyMap<BackendName, Health>;
	/** What servers say they have read since the program began. */
	readonly read: ReadSoFar;
	/** What of the budgets of the profile is spent, as far as it was said; empty where it sets none. */
	readonly budgets: ReadonlyMap<BackendName, SpentBudget>;
	readonly banner: Banner;
	/** The backends that nobody configured, as far as that is known from the start; none when absent. */
	readonly lacks?: readonly BackendName[];
	readonly size: Size;
	readonly now: Milliseconds;
	readonly timeFormat: TimeFormat;
	readonly paused: boolean;
	/** False when the terminal says that nobody looks at it. */
	readonly focused: boolean;
	/** What was measured of the link to the terminal, as far as somebody looks at it or something follows from it. */
	readonly link?: Link;
	/** The last sign of the operator: a key, or that the terminal came into view or went out of it. */
	readonly watchedAt: Milliseconds;
	/** The alerts are glanced at while another place is on show. */
	readonly glances: boolean;
	readonly prompt?: Prompt;
	readonly overlay?: Overlay;
	/** The screen that should be on show has failed. */
	readonly crash?: Crash;
	/** True once it was confirmed: the secrets in evidence are not masked. */
	readonly secretsShown?: true;
	/** What must be answered before anything else. */
	readonly dialog?: Dialog;
	/** The profiles, or one in the making, over the screens. */
	readonly setup?: Setup;
	/** Nothing is configured yet: there is nobody to ask. */
	readonly unconnected?: true;
	/** The saved profile that is open. */
	readonly profile?: string;
	/** How far back a place looks that does not say it, where a profile says so. */
	readonly since?: Milliseconds;
	/** Those that are saved, as far as they were read. */
	readonly profiles?: readonly ListedProfile[];
	/** The change that is on its way, and the dialog that it came from: nothing else is changed until it is answered. */
	readonly sent?: { readonly change: Change; readonly dialog?: Dialog };
	readonly undo?: Undo;
	/** What the key before this one has copied. */
	readonly copied?: string;
	readonly message?: { readonly text: string; readonly tone: 'plain' | 'refusal' };
};

export type Message =
	| { readonly type: 'pressed'; readonly key: string; readonly text?: string }
	| { readonly type: 'pasted'; readonly text: string }
	| { readonly type: 'focused'; readonly focused: boolean }
	| { readonly type: 'resized'; readonly size: Size }
	| { readonly type: 'ticked'; readonly now: Milliseconds }
	| { readonly type: 'linked'; readonly link: Link }
	| AnswerMessage
	| Glanced
	/** What the dialog wants to know of the last 24 h. */
	| { readonly type: 'recalled'; readonly fired: Loadable<readonly Labels[]> }
	| { readonly type: 'changed'; readonly change: Change; readonly changed: Changed; readonly now: Milliseconds }
	| { readonly type: 'unchanged'; readonly failure: Failure }
	| { readonly type: 'selected'; readonly streams: StreamChoice; readonly kept: Kept; readonly now: Milliseconds }
	| { readonly type: 'corrected'; readonly correction: Correction; readonly kept: Kept; readonly now: Milliseconds }
	/** The saved profiles; none and `why` when they could not be read. */
	| { readonly type: 'profilesRead'; readonly profiles: readonly ListedProfile[]; readonly why?: string }
	/** What came of a look at a backend of the profile in the making, or that it began. */
	| { readonly type: 'checked'; readonly backend: BackendName; readonly check: Check }
	/** `opened`: from now on everything is asked of that connection. */
	| {
			readonly type: 'profileDone';
			readonly deed: ProfileDeed;
			readonly opened?: Opened;
			readonly now: Milliseconds;
	  }
	| { readonly type: 'profileFailed'; readonly deed: ProfileDeed; readonly why: string }
	/** A name under which nothing was saved, as it was typed; `exists`: the same once more writes over what is there. */
	| { readonly type: 'unsaved'; readonly path: string; readonly why: string; readonly exists: boolean }
	/** What cannot be copied, or was not, laid open instead; `why` when it could not. */
	| { readonly type: 'laidOpen'; readonly text: string; readonly why?: string }
	| { readonly type: 'told'; readonly text: string; readonly tone: 'plain' | 'refusal' }
	/** A screen threw something; `during`: what it was at, as a part of a sentence. */
	| { readonly type: 'crashed'; readonly thrown: unknown; readonly during: string }
	/** What has become of the report of it. */
	| { readonly type: 'reported'; readonly report: NonNullable<Crash['report']> };

/** How the answers for one place come in; `slot` is its `placeKey`. */
export type AnswerMessage =
	| {
			readonly type: 'asked';
			readonly slot: string;
			readonly place: Place;
			readonly range: TimeRange;
			readonly now: Milliseconds;
	  }
	| { readonly type: 'found'; readonly slot: string; readonly findings: Panes; readonly now: Milliseconds }
	| { readonly type: 'answered'; readonly slot: string; readonly now: Milliseconds }
	| {
			readonly type: 'asideAsked' | 'asideAnswered';
			readonly slot: string;
			readonly aside: string;
			readonly now: Milliseconds;
	  }
	| { readonly type: 'recorded'; readonly slot: string; readonly query: QueryRecord }
	/** A question went out; the very same one is over later. */
	| { readonly type: 'began' | 'over'; readonly slot: string; readonly query: OpenQuery };

/** What a glance at the alerts from another place has found, all at once: their place is never half answered by it. */
export type Glanced = {
	readonly type: 'glanced';
	readonly place: Place;
	readonly findings: Panes;
	readonly queries: readonly QueryRecord[];
	readonly now: Milliseconds;
};

/** What the outside world is to do after a message; data, so that `update` stays pure. */
export type Effect =
	| { readonly type: 'quit' }
	| { readonly type: 'repaint' }
	/** A `linked` answers; `mode`: how the link is treated from now on. */
	| { readonly type: 'link'; readonly mode?: LinkMode }
	/** Once, and never again by itself; a `changed` or a `told` answers. */
	| { readonly type: 'change'; readonly change: Change }
	/** A `profileDone` or a `profileFailed` answers. */
	| { readonly type: 'profile'; readonly deed: ProfileDeed }
	/** Holds at once; a `corrected` answers when it is known for how long. */
	| { readonly type: 'correct'; readonly correction: Correction }
	/** From now on what is read is not relieved of its secrets. */
	| { readonly type: 'showSecrets' }
	/** Holds at once; a `selected` answers when it is known for how long. */
	| { readonly type: 'select'; readonly streams: StreamChoice }
	/** A `reported` answers. */
	| { readonly type: 'report'; readonly thrown: unknown; readonly during: string }
	/** From now on as much again may be read of it for this incident. */
	| { readonly type: 'raise'; readonly backend: BackendName }
	/** Tells somebody who looks elsewhere, unless they want quiet. */
	| ({ readonly type: 'notify' } & Notice)
	/** An `unsaved` or a `told` answers. */
	| { readonly type: 'save'; readonly lines: SavedLines; readonly overwrites: boolean }
	/** `plain`: it is laid open, whatever the terminal can do. */
	| { readonly type: 'copy'; readonly text: string; readonly what: string; readonly plain?: true };

export type Step = { readonly state: State; readonly effects: readonly Effect[] };

export type Start = Pick<State, 'banner' | 'lacks' | 'size' | 'now' | 'timeFormat' | 'profile' | 'since' | 'setup'> & {
	readonly place: Place;
	/** False when absent. */
	readonly glances?: boolean;
	/** Whether secrets are to be shown is asked first; false when absent. */
	readonly asksForSecrets?: boolean;
};

export const begin = ({ place, glances = false, asksForSecrets = false, ...rest }: Start): State => ({
	...rest,
	// Whoever begins with a profile in the making has none.
	...(rest.setup === undefined ? {} : { unconnected: true }),
	...(asksForSecrets ? { dialog: secretsDialog } : {}),
	glances,
	history: entered(place, screenAt(place).initial(place)),
	slots: new Map(),
	health: new Map(),
	read: { bytes: 0 },
	budgets: new Map(),
	paused: false,
	focused: true,
	watchedAt: rest.now,
});

export const slotAt = (state: State, place: Place): Slot | undefined => state.slots.get(placeKey(place));

/** The findings of a place, all panes idle when nothing has been asked yet. */
export const findingsAt = (state: State, place: Place): Panes =>
	slotAt(state, place)?.findings ?? screenAt(place).nothing;

export const shownPlace = (state: State): Place => shownFrame(state.history).place;

/** A wait that is shorter is not worth a word. */
const patience = 2 * second;

/** Since when the shown place waits for an answer; `undefined` while that is not long. */
export function askedSince(state: State): Milliseconds | undefined {
	const slot = slotAt(state, shownPlace(state));
	if (slot === undefined || slot.doneAt !== undefined) return undefined;
	return state.now - slot.askedAt < patience ? undefined : slot.askedAt;
}

export const isLive = (window: Window): boolean => window.kind === 'live';

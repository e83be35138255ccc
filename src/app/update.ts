import { placeKey } from '../model/place.ts';
import { pastedInDialog } from '../screens/dialogs/dialog.ts';
import { pastedInSetup } from '../screens/profiles/setup.ts';
import { refuse } from '../screens/screen.ts';
import { laidOpen, withoutOldCopy } from './copied.ts';
import { crashed, pressedInCrash, reported } from './crash.ts';
import { changed, corrected, pressedInOpenDialog, recalled, unchanged } from './dialog.ts';
import { follow } from './follow.ts';
import { globalBindings } from './global-keys.ts';
import { replaced, shownFrame } from './history.ts';
import { formatKey } from './key-names.ts';
import { pressedInOverlay } from './overlay.ts';
import { checked, pressedInOpenSetup, profileDone, profileFailed, profilesRead } from './profiles.ts';
import { pastedInPrompt, pressedInPrompt, unsaved } from './prompt.ts';
import { screenAt } from './screens.ts';
import { selected } from './selected.ts';
import { isTooSmall, shownOf } from './shown.ts';
import { answeredAt, answeredWith, glancedWith } from './slots.ts';
import { type Glanced, type Message, type State, type Step, shownPlace } from './state.ts';

const only = (state: State): Step => ({ state, effects: [] });

/** The state after a message, and what the world is to do about it. Pure: no clock, no request, no terminal. */
export function update(state: State, message: Message): Step {
	switch (message.type) {
		case 'pressed':
			return withoutOldCopy(state, pressed(watched(state), message.key, message.text));
		case 'pasted':
			return only(pasted(watched(state), message.text));
		case 'resized':
			return only({ ...state, size: message.size });
		case 'focused':
			return only({ ...state, focused: message.focused, watchedAt: state.now });
		case 'ticked':
			return only({ ...state, now: message.now });
		case 'linked':
			return only({ ...state, link: message.link });
		case 'unsaved':
			return only(unsaved(state, message));
		case 'laidOpen':
			return only(laidOpen(state, message));
		case 'told':
			return only({ ...state, message: { text: message.text, tone: message.tone } });
		case 'recalled':
			return only(recalled(state, message));
		case 'changed':
			return only(changed(state, message));
		case 'corrected':
			return only(corrected(state, message));
		case 'selected':
			return only(selected(state, message));
		case 'unchanged':
			return only(unchanged(state, message));
		case 'profilesRead':
			return only(profilesRead(state, message));
		case 'checked':
			return checked(state, message);
		case 'profileDone':
			return profileDone(state, message);
		case 'profileFailed':
			return only(profileFailed(state, message));
		case 'crashed':
			return crashed(state, message);
		case 'reported':
			return only(reported(state, message));
		case 'answered':
			return noticed(settled(answeredWith(state, message)), message.slot);
		case 'glanced':
			return glanced(state, message);
		default:
			return only(answeredWith(state, message));
	}
}

/** Somebody is there: what was asked seldom is asked as usual. */
const watched = (state: State): State => (state.watchedAt === state.now ? state : { ...state, watchedAt: state.now });

function pasted(state: State, text: string): State {
	if (state.crash !== undefined) return state;
	if (state.dialog !== undefined) return { ...state, dialog: pastedInDialog(state.dialog, text) };
	if (state.prompt !== undefined) return pastedInPrompt(state, state.prompt, text);
	return state.setup === undefined ? state : { ...state, setup: pastedInSetup(state.setup, text) };
}

/** Tells what all the answers for the place on show have changed. */
function noticed(state: State, slot: string): Step {
	if (state.crash !== undefined) return only(state);
	const place = shownPlace(state);
	const known = placeKey(place) === slot ? state.slots.get(slot) : undefined;
	const notice = known && screenAt(place).notice?.(known.before, known.findings);
	return { state, effects: notice === undefined ? [] : [{ type: 'notify', ...notice }] };
}

/** Tells what has become of the alerts while another place is on show. */
function glanced(state: State, message: Glanced): Step {
	const notice = screenAt(message.place).notice?.(answeredAt(state, message.place), message.findings);
	return { state: glancedWith(state, message), effects: notice === undefined ? [] : [{ type: 'notify', ...notice }] };
}

/**
 * What lies under the cursor is written down, so that it stays there while rows come and go; not while a filter is
 * being typed, which may yet be given up.
 */
function settled(state: State): State {
	if (state.prompt !== undefined || state.crash !== undefined) return state;
	const frame = shownFrame(state.history);
	const own = screenAt(frame.place).settle?.(shownOf(state)) ?? frame.state;
	return own === frame.state ? state : { ...state, history: replaced(state.history, { state: own }) };
}

function pressed(before: State, key: string, text: string | undefined): Step {
	if (key === 'ctrl+c') return { state: before, effects: [{ type: 'quit' }] };
	if (before.crash !== undefined) return isTooSmall(before.size) ? only(before) : pressedInCrash(before, key);
	if (before.prompt !== undefined) return pressedInPrompt(before, before.prompt, key, text);
	const { message: _, ...rest } = before;
	if (rest.dialog !== undefined) {
		// What cannot be seen cannot be answered.
		return isTooSmall(rest.size) ? only(before) : pressedInOpenDialog(rest, rest.dialog, key, text);
	}
	if (rest.overlay !== undefined) return only(pressedInOverlay(rest, rest.overlay, key));
	if (rest.setup !== undefined) {
		return isTooSmall(rest.size) ? only(before) : pressedInOpenSetup(rest, rest.setup, key, text);
	}
	const state = settled(rest);
	return (
		pressedOnScreen(state, key) ??
		globalBindings.find(({ keys }) => keys.includes(key))?.run(state) ??
		only(text === undefined ? state : unbound(state, key))
	);
}

/** A key of another screen, pressed on this one: silence would look like a program that hangs. */
const unbound = (state: State, key: string): State => ({
	...state,
	message: { text: `${formatKey(key)} does nothing here. ? shows the keys that do.`, tone: 'refusal' },
});

/** What the screen itself makes of a key; nothing while it is too small to be seen. */
function pressedOnScreen(state: State, key: string): Step | undefined {
	if (isTooSmall(state.size)) return undefined;
	const screen = screenAt(shownFrame(state.history).place);
	const shown = shownOf(state);
	const own = screen.keys.find(({ keys }) => keys.includes(key));
	const why = own?.idle?.(shown);
	const ran = why === undefined ? own?.run(shown) : refuse(why);
	const outcome = ran ?? (key === 'escape' ? screen.escape?.(shown) : undefined);
	return outcome === undefined ? undefined : follow(state, outcome);
}

import { formatAddress } from '../analysis/address.ts';
import { formatWindow } from '../analysis/format-time.ts';
import { redact } from '../analysis/redact.ts';
import { panned, zoomed } from '../analysis/window.ts';
import type { Place, PlaceKind } from '../model/place.ts';
import { placeKey } from '../model/place.ts';
import { hour, live, rangeOf, type Window } from '../model/time.ts';
import type { HelpRow } from '../screens/screen.ts';
import { raised } from './budget.ts';
import { copied } from './copied.ts';
import { undone } from './dialog.ts';
import { follow } from './follow.ts';
import { back, forward, type History, lastOfKind, replaced, risen, rooted, shownFrame, swapped } from './history.ts';
import { isAskedOnce, screenAt } from './screens.ts';
import { shownOf } from './shown.ts';
import { askedAnew, stoppedAsking } from './slots.ts';
import { isLive, type State, type Step, shownPlace } from './state.ts';

/** A key that means the same on every screen; a screen's own binding of the same key goes before it. */
export type GlobalBinding = {
	readonly keys: readonly string[];
	readonly label: string;
	readonly help: string;
	readonly run: (state: State) => Step;
};

const only = (state: State): Step => ({ state, effects: [] });
const refused = (state: State, why: string): Step => only({ ...state, message: { text: why, tone: 'refusal' } });
const told = (state: State, text: string): Step => only({ ...state, message: { text, tone: 'plain' } });

const walked =
	(walk: (history: History) => History, why: string) =>
	(state: State): Step => {
		const history = walk(state.history);
		return history === state.history ? refused(state, why) : only({ ...state, history });
	};

/** At the root there is nowhere to go up to: whoever waits there wants to wait no longer. */
function up(state: State): Step {
	const history = risen(state.history);
	if (history !== state.history) return only({ ...state, history });
	const stopped = stoppedAsking(state, shownPlace(state));
	return stopped === state ? refused(state, 'This is the root of the trail. q quits.') : told(stopped, stoppedText);
}

const stoppedText = 'Stopped asking. R asks again.';

/** The kinds of places that a number leads to. */
type NumberedKind = Exclude<PlaceKind, 'compare' | 'silences' | 'cardinality'>;

const unseen: Readonly<Record<Exclude<NumberedKind, 'alerts' | 'traces'>, string>> = {
	service: 'You have not looked at a service yet. Open one with enter, or type :service and its name.',
	logs: 'You have not looked at any logs yet. Open some with enter, or type :logs and a selector.',
	trace: 'You have not looked at a trace yet. Open one with enter, or type :trace and its ID.',
};

function jump(kind: NumberedKind) {
	return (state: State): Step => {
		const seen = lastOfKind(state.history, kind);
		if (seen !== undefined) return only({ ...state, history: seen.history });
		if (kind !== 'alerts' && kind !== 'traces') return refused(state, unseen[kind]);
		const place: Place = { kind, window: kind === 'alerts' ? live(state.since ?? hour) : shownPlace(state).window };
		return only({ ...state, history: rooted(state.history, place, screenAt(place).initial(place)) });
	};
}

function turnWindow(change: (window: Window, state: State) => Window, refusal = 'The window goes no further.') {
	return (state: State): Step => {
		const { place } = shownFrame(state.history);
		const turned = { ...place, window: change(place.window, state) };
		if (placeKey(turned) === placeKey(place)) return refused(state, refusal);
		const { window } = turned;
		const text = `Window ${formatWindow(window, rangeOf(window, state.now), state.now, state.timeFormat)}`;
		return told({ ...state, history: replaced(state.history, { place: turned }) }, text);
	};
}

/** What is asked once has no updates to pause: there the key ends a long question, and what has come stays. */
function pause(state: State): Step {
	const place = shownPlace(state);
	if (isAskedOnce(place) || !isLive(place.window)) {
		const own = screenAt(place).escape?.(shownOf(state));
		if (own?.type === 'stop') return follow(state, own);
		const stopped = stoppedAsking(state, place);
		return stopped === state
			? refused(
					state,
					`${isLive(place.window) ? 'This is asked once' : 'The window is fixed'}, so nothing is updated. R asks again.`,
				)
			: told(stopped, stoppedText);
	}
	return told(
		{ ...state, paused: !state.paused },
		state.paused ? 'Updates go on.' : 'Updates are paused. space goes on.',
	);
}

function search(state: State): Step {
	const frame = shownFrame(state.history);
	const { search } = screenAt(frame.place);
	if (search === undefined) return refused(state, 'There is nothing to search here.');
	const text = search.current(frame.state);
	return only({ ...state, prompt: { kind: 'search', text, cursor: text.length, before: text } });
}

const nextFormat = { utc: 'local', local: 'relative', relative: 'utc' } as const;

/** The keys of every screen, in the order of the help. */
export const globalBindings: readonly GlobalBinding[] = [
	{ keys: ['escape'], label: 'up', help: 'Go up the trail, to the row that was left.', run: up },
	{
		keys: ['q'],
		label: 'up, quit',
		help: 'Go up the trail; at its root, quit.',
		run: state => (risen(state.history) === state.history ? { state, effects: [{ type: 'quit' }] } : up(state)),
	},
	{
		keys: ['ctrl+c'],
		label: 'quit',
		help: 'Quit, whatever is going on.',
		run: state => ({ state, effects: [{ type: 'quit' }] }),
	},
	{
		keys: ['['],
		label: 'back',
		help: 'Go back to what was on show before.',
		run: walked(back, 'There is nothing further back.'),
	},
	{
		keys: [']'],
		label: 'forward',
		help: 'Go forward again.',
		run: walked(forward, 'There is nothing further forward.'),
	},
	{
		keys: ['-'],
		label: 'last place',
		help: 'Swap with the last place.',
		run: walked(swapped, 'No other place was looked at yet.'),
	},
	{ keys: ['1'], label: 'alerts', help: 'Go to the alerts.', run: jump('alerts') },
	{ keys: ['2'], label: 'service', help: 'Go to the service looked at last.', run: jump('service') },
	{ keys: ['3'], label: 'logs', help: 'Go to the logs looked at last.', run: jump('logs') },
	{ keys: ['4'], label: 'trace', help: 'Go to the trace looked at last.', run: jump('trace') },
	{ keys: ['5'], label: 'traces', help: 'Search for traces in this window.', run: jump('traces') },
	{
		keys: [':'],
		label: 'go to',
		help: 'Type an address, for instance service ledger --since 3h, profile and its name, or link; tab completes.',
		// The profiles are read anew when one is to be named: another window may have changed them.
		run: ({ profiles: _, ...state }) =>
			only({ ...state, prompt: { kind: 'command', text: '', cursor: 0, before: '' } }),
	},
	{ keys: ['/'], label: 'filter', help: 'Search or filter what is on show.', run: search },
	{
		keys: ['+', '='],
		label: 'shorter window',
		help: 'Zoom in: a shorter window.',
		run: turnWindow((window, { now }) => zoomed(window, 'in', now)),
	},
	{
		keys: ['_'],
		label: 'longer window',
		help: 'Zoom out: a longer window.',
		run: turnWindow((window, { now }) => zoomed(window, 'out', now)),
	},
	{
		keys: ['<'],
		label: 'earlier',
		help: 'Pan half a window into the past.',
		run: turnWindow((window, { now }) => panned(window, 'earlier', now)),
	},
	{
		keys: ['>'],
		label: 'later',
		help: 'Pan half a window towards now.',
		run: turnWindow(
			(window, { now }) => (isLive(window) ? window : panned(window, 'later', now)),
			'The window ends now; there is nothing later.',
		),
	},
	{
		keys: ['0'],
		label: 'reset window',
		help: 'Go back to the window you came with.',
		run: turnWindow((_, { history }) => shownFrame(history).home.window, 'This is the window you came with.'),
	},
	{
		keys: ['space'],
		label: 'pause',
		help: 'Pause or resume live updates; where there are none, stop what is being asked.',
		run: pause,
	},
	{
		keys: ['t'],
		label: 'time format',
		help: 'Write times in UTC, in the zone of this machine, or as ages.',
		run: state => {
			const timeFormat = nextFormat[state.timeFormat];
			return told({ ...state, timeFormat }, `Times are ${timeFormat === 'utc' ? 'in UTC' : timeFormat}.`);
		},
	},
	{
		keys: ['Y'],
		label: 'copy address',
		help: 'Copy the address of this place, for a colleague or a shell.',
		run: state =>
			copied(state, { text: redact(`smokejumper ${formatAddress(shownPlace(state))}`), what: 'the address' }),
	},
	{ keys: ['u'], label: 'undo', help: 'Take back the silence that was made in the last 60 s.', run: undone },
	{
		keys: ['!'],
		label: 'queries',
		help: 'Show the queries behind this screen and what they cost.',
		run: state => only({ ...state, overlay: { kind: 'queries', scroll: 0 } }),
	},
	{
		keys: ['$'],
		label: 'raise budget',
		help: 'Allow as much again to be read for this incident, where its budget is spent.',
		run: raised,
	},
	{
		keys: ['R'],
		label: 'refresh',
		help: 'Ask everything again.',
		run: state => only(askedAnew(state, shownPlace(state))),
	},
	{
		keys: ['ctrl+l'],
		label: 'repaint',
		help: 'Paint the whole screen anew.',
		run: state => ({ state, effects: [{ type: 'repaint' }] }),
	},
	/** The terminal session itself suspends before the key gets here; it stands in the table for the help. */
	{ keys: ['ctrl+z'], label: 'suspend', help: 'Suspend; fg in the shell comes back.', run: only },
	{
		keys: ['?'],
		label: 'help',
		help: 'Show every key of this screen.',
		run: state => only({ ...state, overlay: { kind: 'help', scroll: 0 } }),
	},
];

/** The keys that belong together, each in a row of the help. */
export const globalHelpRows: readonly HelpRow[] = [
	{ keys: ['q', 'ctrl+c'], help: 'Go up the trail, at its root quit; quit at once.' },
	{ keys: ['[', ']', '-'], help: 'Go back, forward again, or swap with the last place.' },
	{ keys: ['1', '2', '3', '4', '5'], help: 'Alerts; service, logs, trace looked at last; search for traces.' },
	{ keys: ['+', '_', '0'], help: 'A shorter window, a longer one, the one you came with; also =.' },
	{ keys: ['<', '>'], help: 'Pan half a window into the past, or towards now.' },
	{ keys: ['R', 'ctrl+l', 'ctrl+z'], help: 'Ask everything again; paint anew; suspend (fg comes back).' },
];

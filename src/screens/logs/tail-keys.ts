import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, type Outcome, refuse, turn } from '../screen.ts';
import { isFollowed } from './follow.ts';
import { layoutOf } from './layout.ts';
import { cursorOf, type LogsShown, type LogsState, movedTo } from './state.ts';

/** Lines as they are written, from the newest on; off again, the cursor stays where it is. */
function follow(shown: LogsShown): Outcome<LogsState> {
	const { place, state } = shown;
	if (place.span !== undefined) return refuse('The lines of a span are read once. esc goes to those of its service.');
	if (place.around !== undefined) return refuse('These are the lines round one. esc goes back to those it is from.');
	if (place.window.kind !== 'live')
		return refuse('The window has an end, so no line is new in it. 0 leads back to the live one.');
	const { follow: isOn, ...still } = place;
	if (isOn === undefined) return turn({ ...place, follow: true }, { ...state, tracks: true });
	return turn(still, movedTo({ ...shown, place: still }, cursorOf(shown), layoutOf(shown).list.height));
}

export const tailKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['l'],
		label: 'live tail',
		labelNow: ({ place }) => (isFollowed(place) ? 'no live tail' : 'live tail'),
		help: 'Show lines as they are written; space pauses them, G goes to the newest.',
		footer: 4.5,
		run: follow,
	},
];

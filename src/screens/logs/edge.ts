import { lastValueOf } from '../../model/loadable.ts';
import { isAmongErrors } from './between-keys.ts';
import { isFollowed } from './follow.ts';
import { cursorOf, type LogsShown } from './state.ts';

const upKeys = new Set(['k', 'g', 'ctrl+u', 'ctrl+b']);

/**
 * Why a movement key leads no further than the row the cursor was put on: the window ends there, or the next page is
 * still being read. `undefined` where it does lead on, or where more lines come by themselves.
 */
export function edgeReached(key: string, to: number | undefined, shown: LogsShown): string | undefined {
	const { state, findings, place } = shown;
	if (state.cursor === undefined || state.seek !== undefined || to !== cursorOf(shown)) return undefined;
	const unread = lastValueOf(findings.records)?.unread;
	if (upKeys.has(key)) {
		if (unread?.older === undefined) return 'This is the oldest line of the window.';
		if (!isAmongErrors(shown)) return 'Older lines are being read.';
		return 'Older errors were not read. m reads every line from here on; L leaves out the milder lines.';
	}
	if (isFollowed(place)) return undefined;
	if (unread?.newer !== undefined) return 'Newer lines are being read.';
	return place.window.kind === 'live'
		? 'This is the newest line that was read. R asks for newer ones, l shows them as they come.'
		: 'This is the newest line of the window.';
}

import { indexOfKey } from '../../analysis/log-stretch.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { LogsPlace } from '../../model/place.ts';
import type { LogsShown, LogsState } from './state.ts';

/** Whether lines are shown as they are written: a window that has ended brings none, and a span or the lines round one are read once. */
export const isFollowed = ({ follow, window, span, around }: LogsPlace): boolean =>
	follow === true && window.kind === 'live' && span === undefined && around === undefined;

/** Whether the cursor stays on the newest line, however many come. */
export const isTracking = ({ place, state }: Pick<LogsShown, 'place' | 'state'>): boolean =>
	isFollowed(place) && (state.tracks === true || state.cursor === undefined);

/** What is remembered of following when the cursor goes to a row: whether it is the newest, and else which one was. */
export function followedTo(
	shown: Pick<LogsShown, 'place' | 'state'>,
	records: readonly LogRecord[],
	index: number,
): Pick<LogsState, 'tracks' | 'left'> {
	if (!isFollowed(shown.place)) return {};
	if (index === records.length - 1) return { tracks: true };
	const left = isTracking(shown) ? records.at(-1)?.key : shown.state.left;
	return left === undefined ? {} : { left };
}

/** How many lines have come since the cursor left the newest, and stand below it. */
export function newLines(
	shown: Pick<LogsShown, 'place' | 'state'>,
	records: readonly LogRecord[],
	cursor: number,
): number {
	const { left } = shown.state;
	if (isTracking(shown) || left === undefined) return 0;
	return records.length - 1 - Math.max(indexOfKey(records, left), cursor);
}

import { lastValueOf } from '../../model/loadable.ts';
import { type Outcome, refuse, stay, turn } from '../screen.ts';
import { isFollowed } from './follow.ts';
import { layoutOf } from './layout.ts';
import { cursorOf, endReached, type Going, type LogsShown, type LogsState, movedTo, selectedRecord } from './state.ts';

const ends: ReadonlyMap<string, Going['end']> = new Map([
	['g', 'start'],
	['G', 'end'],
] as const);

const subjects = { start: 'The first lines of the window', end: 'The newest lines of the window' } as const;

/**
 * To an end of the window whose lines are not held: they are asked for, and the cursor goes there when they have come.
 * `undefined` where the key leads to a line that is held. Where lines are followed the newest come by themselves; whoever
 * goes to the first follows them no longer.
 */
export function toWindowEnd(key: string, shown: LogsShown): Outcome<LogsState> | undefined {
	const { place, state } = shown;
	const end = ends.get(key);
	const page = lastValueOf(shown.findings.records);
	if (end === undefined || page === undefined) return undefined;
	if (end === 'start' ? page.unread.older === undefined : page.unread.newer === undefined || isFollowed(place))
		return undefined;
	const { serial = 0 } = page;
	if (state.goes?.end === end && state.goes.serial === serial) return refuse(`${subjects[end]} are being read.`);
	const { follow: _, ...still } = place;
	const at = movedTo({ ...shown, place: still }, cursorOf(shown), layoutOf(shown).list.height);
	const going: LogsState = { ...at, goes: { end, serial } };
	return place.follow === true ? turn(still, going) : stay(going);
}

/** What is said while the lines of an end are awaited; `undefined` while none are. */
export function goingText({ findings, state: { goes } }: LogsShown): string | undefined {
	if (goes === undefined || goes.serial !== (lastValueOf(findings.records)?.serial ?? 0)) return undefined;
	return goes.end === 'start' ? 'reading the first lines' : 'reading the newest lines';
}

/** The cursor at the end of the window that it was to go to, once the lines are there. */
export const settledAtEnd = (shown: LogsShown): LogsState =>
	endReached(shown) === undefined || selectedRecord(shown) === undefined
		? shown.state
		: movedTo(shown, cursorOf(shown), layoutOf(shown).list.height);

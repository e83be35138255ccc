import { instantAround } from '../../analysis/log-context.ts';
import { type LogMatches, type Seek, soughtMatch } from '../../analysis/log-matches.ts';
import { tellingRecord } from '../../analysis/log-pivots.ts';
import { indexAt, indexOfKey } from '../../analysis/log-stretch.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { WindowEnd } from '../../investigation/window-ends.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { LogsPlace } from '../../model/place.ts';
import type { Nanoseconds } from '../../model/time.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import type { Choosing } from '../choose-range.ts';
import type { Shown } from '../screen.ts';
import { followedTo, isTracking } from './follow.ts';
import type { SideState } from './side-rows.ts';

export type LogsState = {
	/** The row under the cursor, by identity; nobody moved it while absent. */
	readonly cursor?: string;
	/** On which row of the list the cursor stands, so that new lines do not shift what is being read. */
	readonly row?: number;
	/** Where lines are followed: the cursor stands on the newest and stays on it; or the newest one when it left. */
	readonly tracks?: true;
	readonly left?: string;
	readonly wrap: boolean;
	readonly details: boolean;
	/** The field of the row that is being chosen, among `choosableFields`; the details are open meanwhile. */
	readonly picked?: number;
	/** Lines are read on where reading was stopped, and until none is missing round a cursor among older errors. */
	readonly readsOn?: true;
	/** Where a page was being read when the operator stopped it: beyond that edge nothing is read by itself. */
	readonly restsAt?: Nanoseconds;
	/** The end of the window that the cursor goes to when its lines are held; `serial` is that of the lines it leaves. */
	readonly goes?: Going;
	/** The rows that are open, by their keys, and to how many levels of the JSON in their texts. */
	readonly opened?: Readonly<Record<string, number>>;
	/** The line whose trace is looked for, although it names none. */
	readonly guessing?: string;
	/** The first row of the details on show. */
	readonly detailScroll: number;
	/** The pane beside the lines of what they have in common; absent while it is closed. */
	readonly side?: SideState;
	/** The query was edited here: which labels there are is worth asking. */
	readonly edits?: true;
	/** The label whose value is being typed there, as far as it was typed last: which values it has is worth asking. */
	readonly naming?: string;
	/** The range of the volume that is being chosen. */
	readonly choosing?: Choosing;
	/** What is searched for; matches are marked. */
	readonly search: string;
	/** The cursor goes to a match as soon as one is known. */
	readonly seek?: Seek;
};

export type Going = { readonly end: WindowEnd; readonly serial: number };

export type LogsShown = Shown<LogsPlace, LogsFindings, LogsState>;

export const initialState: LogsState = { wrap: false, details: false, detailScroll: 0, search: '' };

/** The cursor stands on the line round which the others are read. */
export const initialStateAt = ({ around }: LogsPlace): LogsState =>
	around?.includes('-') ? { ...initialState, cursor: around } : initialState;

const none: readonly LogRecord[] = [];

/** The rows, oldest first. */
export const recordsOf = ({ findings }: Pick<LogsShown, 'findings'>): readonly LogRecord[] =>
	lastValueOf(findings.records)?.records ?? none;

/** What the search that is on has found among these very lines so far. */
export function matchesOf({ findings, state }: Pick<LogsShown, 'findings' | 'state'>): LogMatches | undefined {
	const matches = lastValueOf(findings.matches);
	return matches?.search === state.search && matches.records === recordsOf({ findings }) ? matches : undefined;
}

export const withoutGuess = ({ guessing: _, ...rest }: LogsState): LogsState => rest;

/** The index of the row under the cursor; −1 when there are no rows. A row that is gone gives way to the most telling one. */
export function cursorOf(shown: Pick<LogsShown, 'place' | 'findings' | 'state'>): number {
	const { seek } = shown.state;
	const at = restingCursor(shown);
	const matches = seek === undefined ? undefined : matchesOf(shown);
	return (seek && matches && soughtMatch(matches, at, seek)) ?? at;
}

/** The same before a search has taken it anywhere. */
function restingCursor(shown: Pick<LogsShown, 'place' | 'findings' | 'state'>): number {
	const records = recordsOf(shown);
	if (isTracking(shown)) return records.length - 1;
	const end = endReached(shown);
	if (end !== undefined) return end === 'start' ? 0 : records.length - 1;
	const { cursor } = shown.state;
	const index = cursor === undefined ? -1 : indexOfKey(records, cursor);
	return index >= 0 ? index : startingIndex(records, shown.place);
}

/** The end of the window that the cursor was to go to, once its lines are held. */
export function endReached({
	findings,
	state: { goes },
}: Pick<LogsShown, 'findings' | 'state'>): WindowEnd | undefined {
	const unread = lastValueOf(findings.records)?.unread;
	if (goes === undefined || unread === undefined) return undefined;
	return (goes.end === 'start' ? unread.older : unread.newer) === undefined ? goes.end : undefined;
}

/** Where the cursor stands by itself: at the line round which the others were read, or the most telling one. */
function startingIndex(records: readonly LogRecord[], { around, route }: LogsPlace): number {
	const at = around === undefined ? undefined : instantAround(around);
	return at === undefined ? tellingIndex(records, route) : Math.min(indexAt(records, at), records.length - 1);
}

const telling = new WeakMap<readonly LogRecord[], { readonly route: string | undefined; readonly index: number }>();

/** Where the cursor stands by itself; −1 when there are no rows. */
function tellingIndex(records: readonly LogRecord[], route: string | undefined): number {
	const known = telling.get(records);
	if (known !== undefined && known.route === route) return known.index;
	const record = tellingRecord(records, route);
	const index = record === undefined ? -1 : indexOfKey(records, record.key);
	telling.set(records, { route, index });
	return index;
}

export const selectedRecord = (shown: Pick<LogsShown, 'place' | 'findings' | 'state'>): LogRecord | undefined =>
	recordsOf(shown)[cursorOf(shown)];

/** The first row on show in a list of so many rows. */
export function offsetOf(shown: Pick<LogsShown, 'place' | 'findings' | 'state'>, height: number): number {
	const cursor = Math.max(0, cursorOf(shown));
	const row = shown.state.row ?? Math.floor(height / 2);
	return offsetFor(cursor - row, cursor, recordsOf(shown).length, height);
}

/** The cursor on another row, the list scrolled no more than needed. */
export function movedTo(
	shown: Pick<LogsShown, 'place' | 'findings' | 'state'>,
	index: number,
	height: number,
): LogsState {
	const records = recordsOf(shown);
	const record = records[index];
	if (record === undefined) return shown.state;
	const offset = offsetFor(offsetOf(shown, height), index, records.length, height);
	const { tracks: _, left: __, seek: ___, guessing: ____, goes: _____, ...state } = shown.state;
	return { ...state, cursor: record.key, row: index - offset, detailScroll: 0, ...followedTo(shown, records, index) };
}

/** The nearest row in a direction that passes the test, from the cursor, once round the ends. */
export function nearestRow(
	shown: Pick<LogsShown, 'place' | 'findings' | 'state'>,
	direction: 1 | -1,
	test: (record: LogRecord) => boolean,
): number | undefined {
	const records = recordsOf(shown);
	const cursor = cursorOf(shown);
	for (let step = 1; step <= records.length; step++) {
		const index = (((cursor + step * direction) % records.length) + records.length) % records.length;
		const record = records[index];
		if (record !== undefined && index !== cursor && test(record)) return index;
	}
	return undefined;
}

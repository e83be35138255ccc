import { mostDigested } from '../../analysis/log-digest.ts';
import { isRequestPlace, isWholeRequest } from '../../analysis/log-pivots.ts';
import { indexAt, isCut } from '../../analysis/log-stretch.ts';
import type { LogsAside, PageAside } from '../../investigation/logs-asides.ts';
import type { LogsPageRead } from '../../investigation/logs-findings.ts';
import type { EndAside } from '../../investigation/window-ends.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { isFollowed } from './follow.ts';
import { isResting, stoppedAt } from './resting.ts';
import { searchOf } from './search.ts';
import { cursorOf, endReached, type LogsShown } from './state.ts';

/** As many rows from an end of what was read the next page is asked for: a few screens, so that nobody waits at the end. */
const nearby = 200;

/** What the lines on show lack for the operator who reads them. */
export function asidesOf(shown: LogsShown): readonly LogsAside[] {
	const page = lastValueOf(shown.findings.records);
	const labels = labelsOf(shown);
	return page === undefined
		? labels
		: [
				...pagesOf(shown, page),
				...tailOf(shown, page),
				...searchOf(shown),
				...missingOf(shown, page),
				...guessOf(shown),
				...digestsOf(shown, page),
				...labels,
			];
}

/** The pages before and after the lines that are held, or the end of the window that the cursor goes to; where lines are followed, those after them are no page. */
export function pagesOf(
	shown: LogsShown,
	{ records, unread, serial = 0 }: LogsPageRead,
): readonly (PageAside | EndAside)[] {
	const { goes } = shown.state;
	if (goes?.serial === serial && endReached(shown) === undefined)
		return [{ key: `${goes.end} ${serial}`, kind: goes.end }];
	if (shown.state.cursor === undefined || isResting(shown)) return [];
	const isWanted = stoppedAt(shown) !== undefined;
	const cursor = cursorOf(shown);
	const first = unread.older === undefined ? 0 : indexAt(records, unread.older);
	const isNear = cursor >= first ? cursor - first < nearby : shown.state.readsOn === true;
	return [
		...(unread.older !== undefined && (isNear || isWanted)
			? [{ key: `older ${serial} ${unread.older} ${records.length}`, kind: 'older' } as const]
			: []),
		...(unread.newer !== undefined &&
		(records.length - cursor < nearby || (isWanted && unread.older === undefined)) &&
		!isFollowed(shown.place)
			? [{ key: `newer ${serial} ${unread.newer} ${records.length}`, kind: 'newer' } as const]
			: []),
	];
}

function tailOf(shown: LogsShown, { records }: LogsPageRead): readonly LogsAside[] {
	if (!isFollowed(shown.place)) return [];
	const near = records.length - cursorOf(shown) < nearby;
	return [{ key: 'tail', kind: 'tail', holds: shown.paused === true, near }];
}

/** Lines that come in one by one are not all taken apart again each time; a tenth more of them is news. */
const growth = Math.log(1.1);
/** The cursor is a quarter of what is taken apart from where it was: other lines are the nearest. */
const drift = mostDigested / 4;

/** What the open pane tells. Loki's own patterns know streams and windows, and nothing of one request. */
function digestsOf(shown: LogsShown, { records, serial = 0 }: LogsPageRead): readonly LogsAside[] {
	const { side } = shown.state;
	if (side === undefined || records.length === 0) return [];
	const cursor = cursorOf(shown);
	const part = records.length <= mostDigested ? 0 : Math.round(cursor / drift);
	const around = records[cursor]?.entry.at;
	const key = `digest ${serial} ${Math.floor(Math.log(records.length) / growth)} ${part}`;
	return [
		{ key, kind: 'digest', ...(around === undefined ? {} : { around }) },
		...(side.pane === 'patterns' && !isRequestPlace(shown.place)
			? [{ key: 'patterns', kind: 'patterns' } as const]
			: []),
	];
}

/** The trace that somebody wants to go to from a line that names none. */
const guessOf = ({ state: { guessing } }: LogsShown): readonly LogsAside[] =>
	guessing === undefined ? [] : [{ key: `guess ${guessing}`, kind: 'guess', record: guessing }];

/** Whoever is silent in a request can be told only when all of its lines are here. */
function missingOf({ place }: LogsShown, page: LogsPageRead): readonly LogsAside[] {
	return isWholeRequest(place) && page.records.length > 0 && !isCut(page) ? [{ key: 'missing', kind: 'missing' }] : [];
}

/** Which labels there are for a query that is edited, and which values the one has that is named just now. */
const labelsOf = ({ state: { edits, naming } }: LogsShown): readonly LogsAside[] => [
	...(edits ? [{ key: 'labels', kind: 'labels' } as const] : []),
	...(naming === undefined ? [] : [{ key: `values ${naming}`, kind: 'label values', label: naming } as const]),
];

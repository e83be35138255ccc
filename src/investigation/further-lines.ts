import { type FurtherLines, isCut, type LogStretch, withNewer, withOlder } from '../analysis/log-stretch.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { LogsPlace } from '../model/place.ts';
import type { TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import { hiddenIn, logRange, ofSpan, pageOf, readLines } from './log-reading.ts';
import { sliceBeyond } from './log-slices.ts';
import type { LogsPageRead, LogsTarget } from './logs-findings.ts';
import type { Asking, LogRange } from './ports.ts';

export type End = 'older' | 'newer';

export type FurtherQuestion = {
	readonly page: LogsPageRead;
	readonly end: End;
	readonly place: LogsPlace;
	readonly target: Pick<LogsTarget, 'queries' | 'companions'>;
	readonly range: TimeRange;
	/** How many lines to read beyond those that the page has. */
	readonly limit: number;
};

/** The lines beyond one end of a page, as the place wants them, of a long window a slice; `undefined` where the page is not cut. */
export async function readFurther(
	{ page, end, place, target, range, limit }: FurtherQuestion,
	world: World,
	asking: Asking,
): Promise<Answer<LogsPageRead> | undefined> {
	const edge = page.unread[end];
	if (edge === undefined) return undefined;
	const window = logRange(range);
	const slice = sliceBeyond(window, edge, end);
	const question = {
		queries: [...target.queries, ...(target.companions ?? [])],
		range: slice,
		// Those of the instant at the edge come again.
		limit: limit + page.records.filter(({ entry }) => entry.at === edge).length,
		direction: end === 'older' ? 'backward' : 'forward',
	} as const;
	const { value: read, notes } = await readLines(question, world, asking);
	const lines = isCut(read) ? read : { ...read, unread: restBeyond(slice, window, end) };
	return answer(pageOf(place.span === undefined ? lines : ofSpan(lines, place.span), place), notes);
}

/** Where a slice that was read as a whole leaves off. */
function restBeyond(slice: LogRange, window: LogRange, end: End): LogStretch['unread'] {
	if (end === 'older') return slice.from > window.from ? { older: slice.from } : {};
	return slice.to < window.to ? { newer: slice.to } : {};
}

/** The page with what was read beyond one end of it, or of the page that it has become since. */
export function joined(page: LogsPageRead, further: LogsPageRead, end: End): LogsPageRead {
	const lines: FurtherLines = { records: further.records, unread: further.unread[end] };
	const stretch = end === 'older' ? withOlder(page, lines) : withNewer(page, lines);
	return { ...page, ...stretch, hidden: hiddenIn(page.hidden, further.hidden) };
}

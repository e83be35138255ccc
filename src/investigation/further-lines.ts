import { type FurtherLines, withNewer, withOlder } from '../analysis/log-stretch.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { LogsPlace } from '../model/place.ts';
import type { TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import { hiddenIn, logRange, ofSpan, pageOf, readLines } from './log-reading.ts';
import type { LogsPageRead } from './logs-findings.ts';
import type { Asking } from './ports.ts';

export type End = 'older' | 'newer';

export type FurtherQuestion = {
	readonly page: LogsPageRead;
	readonly end: End;
	readonly place: LogsPlace;
	readonly queries: readonly string[];
	readonly range: TimeRange;
	/** How many lines to read beyond those that the page has. */
	readonly limit: number;
};

/** The lines beyond one end of a page, as the place wants them; `undefined` where the page is not cut. */
export async function readFurther(
	{ page, end, place, queries, range, limit }: FurtherQuestion,
	world: World,
	asking: Asking,
): Promise<Answer<LogsPageRead> | undefined> {
	const edge = page.unread[end];
	if (edge === undefined) return undefined;
	const window = logRange(range);
	const question = {
		queries,
		range: end === 'older' ? { ...window, to: edge + 1n } : { ...window, from: edge },
		// Those of the instant at the edge come again.
		limit: limit + page.records.filter(({ entry }) => entry.at === edge).length,
		direction: end === 'older' ? 'backward' : 'forward',
	} as const;
	const { value: read, notes } = await readLines(question, world, asking);
	return answer(pageOf(place.span === undefined ? read : ofSpan(read, place.span), place), notes);
}

/** The page with what was read beyond one end of it, or of the page that it has become since. */
export function joined(page: LogsPageRead, further: LogsPageRead, end: End): LogsPageRead {
	const lines: FurtherLines = { records: further.records, unread: further.unread[end] };
	const stretch = end === 'older' ? withOlder(page, lines) : withNewer(page, lines);
	return { ...stretch, hidden: hiddenIn(page.hidden, further.hidden) };
}

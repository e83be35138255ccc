import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastOf, lastValueOf } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import type { AnswerAside, Aside, World } from './board.ts';
import { type End, type FurtherQuestion, joined, readFurther } from './further-lines.ts';
import { cutNotes, logRange, pageLimit } from './log-reading.ts';
import type { LogsFindings, LogsPageRead } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** An end of the window, whose lines are to take the place of those that are held. */
export type WindowEnd = 'start' | 'end';

export type EndAside = { [End in WindowEnd]: Aside & { readonly kind: End } }[WindowEnd];

/**
 * Puts the first or the newest lines of the window in the place of those that are held: what lies between the two is not
 * read, and whoever reads on from there reaches the others again.
 *
 *     window   |·········|older  held  newer|
 *     start    |first  newer|···············|
 */
export const answerEndAside: AnswerAside<LogsPlace, LogsFindings, EndAside> = async (
	{ place, range, aside: { kind } },
	world,
	board,
	asking,
) => {
	const target = lastValueOf(board.findings().target);
	if (target === undefined) return;
	const put = (page: LogsPageRead, notes: readonly Note[]) => {
		const serial = (lastValueOf(board.findings().records)?.serial ?? 0) + 1;
		board.put('records', answer({ ...page, serial }, notes));
	};
	try {
		const { value: page, notes } = await readEnd(kind, { place, target, range }, world, asking);
		put(page, [...notes, ...cutNotes(page)]);
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind === 'cancelled') throw error;
		const held = lastOf(board.findings().records);
		const text = `The ${kind === 'start' ? 'first' : 'newest'} lines of the window are missing. ${sentenceOf(failure)}`;
		if (held !== undefined) put(held.value, [{ kind: 'partial', text }, ...held.notes]);
	}
};

/** As far as the first page that has lines: filters may hold back all that one reading brings. */
async function readEnd(
	kind: WindowEnd,
	question: Pick<FurtherQuestion, 'place' | 'target' | 'range'>,
	world: World,
	asking: Asking,
): Promise<Answer<LogsPageRead>> {
	const { from, to } = logRange(question.range);
	const end: End = kind === 'start' ? 'newer' : 'older';
	const unread = kind === 'start' ? { newer: from } : { older: to - 1n };
	let page: LogsPageRead = { records: [], unread, hidden: { lower: 0, unknown: 0, other: 0 } };
	const notes: Note[] = [];
	for (let limit = pageLimit; page.records.length === 0; ) {
		const further = await readFurther({ ...question, page, end, limit }, world, asking);
		if (further === undefined) break;
		notes.push(...further.notes);
		const next = joined(page, further.value, end);
		// Of an instant of which nothing passes the filters, the rest only comes in a larger page.
		limit = next.unread[end] === page.unread[end] ? limit * 2 : pageLimit;
		page = next;
	}
	return answer(page, notes);
}

import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { indexAt, mergedRecords } from '../../analysis/log-stretch.ts';
import type { World } from '../../investigation/board.ts';
import { type End, joined, readFurther } from '../../investigation/further-lines.ts';
import { cutNotes, olderErrorsCut } from '../../investigation/log-reading.ts';
import type { LogsFindings, LogsPageRead } from '../../investigation/logs-findings.ts';
import type { Asking } from '../../investigation/ports.ts';
import { type Answer, answer } from '../../model/answer.ts';
import { FailureError, failureOf } from '../../model/failure.ts';
import { lastOf, lastValueOf, loaded } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import { rangeOf } from '../../model/time.ts';
import { type Asked, isCancelled } from './ask.ts';

/** Whose lines, how many of them, and who asks for the rest. */
export type UpTo = {
	readonly place: LogsPlace;
	readonly limit: number;
	readonly world: World;
	readonly asking: Asking;
};

/**
 * What was found with as many lines as are wanted: of a request the first, of anything else the newest. Where the screen
 * would have a page, the rest is read; what is left out because no more was wanted is no gap.
 */
export async function withLinesUpTo(
	{ findings, gaps }: Asked<LogsFindings>,
	{ place, limit, world, asking }: UpTo,
): Promise<Asked<LogsFindings>> {
	const known = lastOf(findings.records);
	if (known === undefined || place.around !== undefined) return { findings, gaps };
	const end = isRequestPlace(place) ? 'newer' : 'older';
	const failures = [...gaps.failures];
	let { notes } = known;
	// Without the errors before it: the lines that are printed are one after another.
	let page = end === 'older' ? fromOlderEnd(known.value) : known.value;
	try {
		const read = await readUpTo(page, end, { place, limit, world, asking }, findings);
		page = { ...read.value, records: mergedRecords([read.value.records, page.records]) };
		notes = [...notes, ...read.notes];
	} catch (error) {
		if (isCancelled(error) || !(error instanceof FailureError)) throw error;
		failures.push(failureOf(error));
	}
	const { records } = page;
	const kept = end === 'newer' ? records.slice(0, limit) : records.slice(Math.max(0, records.length - limit));
	const cuts = new Set([...cutNotes(known.value, isRequestPlace(place)), olderErrorsCut].map(({ text }) => text));
	const partial = gaps.partial.filter(text => !cuts.has(text));
	return {
		findings: { ...findings, records: loaded(answer({ ...page, records: kept }, notes), known.at) },
		gaps: { ...gaps, failures, partial },
	};
}

const fromOlderEnd = (page: LogsPageRead): LogsPageRead => ({
	...page,
	records:
		page.unread.older === undefined ? page.records : page.records.slice(indexAt(page.records, page.unread.older)),
});

/** Reads on while lines are lacking; filters may hold back all that one reading brings. */
async function readUpTo(
	known: LogsPageRead,
	end: End,
	{ place, limit, world, asking }: UpTo,
	{ target }: LogsFindings,
): Promise<Answer<LogsPageRead>> {
	const queries = lastValueOf(target)?.queries ?? [];
	const range = rangeOf(place.window, world.now());
	let page = known;
	while (page.records.length < limit) {
		const further = await readFurther(
			{ page, end, place, queries, range, limit: limit - page.records.length },
			world,
			asking,
		);
		if (further === undefined) break;
		const next = joined(page, further.value, end);
		if (next.unread[end] === page.unread[end] && next.records.length === page.records.length) break;
		page = next;
	}
	return answer(page);
}

import { instantAround } from '../../analysis/log-context.ts';
import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { indexAt, mostHeld } from '../../analysis/log-stretch.ts';
import type { World } from '../../investigation/board.ts';
import { type End, joined, readFurther } from '../../investigation/further-lines.ts';
import { cutNotes, olderErrorsCut } from '../../investigation/log-reading.ts';
import type { LogsFindings, LogsPageRead } from '../../investigation/logs-findings.ts';
import type { Asking } from '../../investigation/ports.ts';
import { answer } from '../../model/answer.ts';
import { FailureError, failureOf } from '../../model/failure.ts';
import { lastOf, lastValueOf, loaded } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Nanoseconds, rangeOf } from '../../model/time.ts';
import { type Asked, type Gaps, isCancelled } from './ask.ts';

/** Whose lines, how many of them, and who asks for the rest. */
export type UpTo = {
	readonly place: LogsPlace;
	readonly limit: number;
	readonly world: World;
	readonly asking: Asking;
};

/**
 * What was found with as many lines as are wanted: of a request the first, of those round a line the nearest, of anything
 * else the newest. Where the screen would have a page, the rest is read, as far as lines are held; what is left out because
 * no more was wanted is no gap.
 */
export async function withLinesUpTo({ findings, gaps }: Asked<LogsFindings>, work: UpTo): Promise<Asked<LogsFindings>> {
	const { place, limit } = work;
	const known = lastOf(findings.records);
	if (known === undefined) return { findings, gaps };
	const part = partOf(place, limit);
	const cuts = new Set([...cutNotes(known.value), olderErrorsCut].map(({ text }) => text));
	const partial = gaps.partial.filter(text => !cuts.has(text));
	const put = (page: LogsPageRead, left: Gaps): Asked<LogsFindings> => ({
		findings: { ...findings, records: loaded(answer(part.kept(page), known.notes), known.at) },
		gaps: left,
	});
	// Without the errors before it: the lines that are printed are one after another.
	const start = fromOlderEnd(known.value);
	try {
		const page = await readUpTo(start, part.lacks, work, findings);
		const cut = page.records.length < limit ? cutNotes(page).map(({ text }) => text) : [];
		return put(page, { ...gaps, partial: [...partial, ...cut] });
	} catch (error) {
		if (isCancelled(error) || !(error instanceof FailureError)) throw error;
		return put(start, { ...gaps, partial, failures: [...gaps.failures, failureOf(error)] });
	}
}

/** Which of the lines are wanted. */
type Part = {
	/** At which end how many more lines are lacking. */
	readonly lacks: (page: LogsPageRead) => { readonly end: End; readonly lines: number } | undefined;
	readonly kept: (page: LogsPageRead) => LogsPageRead;
};

function partOf(place: LogsPlace, limit: number): Part {
	const most = Math.min(limit, mostHeld);
	const at = place.around === undefined ? undefined : instantAround(place.around);
	if (at !== undefined) return partAround(at, most);
	const end = isRequestPlace(place) ? 'newer' : 'older';
	return {
		lacks: page => lackingAt(page, end, most - page.records.length),
		kept: page => (end === 'newer' ? cutTo(page, 0, limit) : cutTo(page, Math.max(0, page.records.length - limit))),
	};
}

/** Some of the lines, by index: what was cut off at an end is as unread as what lies beyond it. */
function cutTo(page: LogsPageRead, from: number, to = page.records.length): LogsPageRead {
	const records = page.records.slice(from, to);
	const [first, last] = [records[0], records.at(-1)];
	const older = from > 0 && first !== undefined ? { older: first.entry.at } : {};
	const newer = to < page.records.length && last !== undefined ? { newer: last.entry.at } : {};
	return { ...page, records, unread: { ...page.unread, ...older, ...newer } };
}

const lackingAt = ({ unread }: LogsPageRead, end: End, lines: number) =>
	lines > 0 && unread[end] !== undefined ? { end, lines } : undefined;

/** As many lines before an instant as from it on; more of one side where the window ends on the other. */
function partAround(at: Nanoseconds, most: number): Part {
	const half = Math.floor(most / 2);
	const sidesOf = ({ records }: LogsPageRead) => {
		const before = indexAt(records, at);
		return { before, after: records.length - before };
	};
	return {
		lacks: page => {
			const { before, after } = sidesOf(page);
			return (
				lackingAt(page, 'older', half - before) ??
				lackingAt(page, 'newer', most - Math.min(half, before) - after) ??
				lackingAt(page, 'older', most - after - before)
			);
		},
		kept: page => {
			const { before, after } = sidesOf(page);
			const from = before - Math.min(before, Math.max(half, most - after));
			return cutTo(page, from, from + most);
		},
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
	lacks: Part['lacks'],
	{ place, world, asking }: UpTo,
	findings: LogsFindings,
): Promise<LogsPageRead> {
	const target = lastValueOf(findings.target) ?? { queries: [] };
	const range = rangeOf(place.window, world.now());
	let page = known;
	for (let lacking = lacks(page); lacking !== undefined; lacking = lacks(page)) {
		const { end, lines } = lacking;
		const further = await readFurther({ page, end, place, target, range, limit: lines }, world, asking);
		if (further === undefined) break;
		const next = joined(page, further.value, end);
		if (next.unread[end] === page.unread[end] && next.records.length === page.records.length) break;
		page = next;
	}
	return page;
}

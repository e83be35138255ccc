import { isRequestPlace } from '../analysis/log-pivots.ts';
import { indexAt, isCut, mergedRecords } from '../analysis/log-stretch.ts';
import { isUniqueId } from '../analysis/request-of.ts';
import { type Answer, answer } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastOf } from '../model/loadable.ts';
import type { LogRecord } from '../model/log-entry.ts';
import type { LogsPlace } from '../model/place.ts';
import type { TimeRange } from '../model/time.ts';
import type { Board, World } from './board.ts';
import {
	cutNotes,
	type LinesQuestion,
	logRange,
	olderErrors,
	olderErrorsCut,
	pageLimit,
	pageOf,
	type ReadLines,
	readLines,
} from './log-reading.ts';
import { readFirst } from './log-slices.ts';
import { queriesOf } from './log-target.ts';
import type { LogsFindings, LogsPageRead, LogsTarget } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** What to ask for after the first page, and how what it finds is put beside it. */
type Lacking = {
	readonly question: Omit<LinesQuestion, 'direction'>;
	readonly what: string;
	readonly read: (question: Lacking['question'], world: World, asking: Asking) => Promise<Answer<ReadLines>>;
	/** What of the lines is kept. */
	readonly to: Pick<LogsPlace, 'level' | 'filters'>;
	readonly put: (page: LogsPageRead, added: LogsPageRead) => Answer<LogsPageRead>;
	/** The place is about these lines as well: whoever reads on asks for them too. */
	readonly belongs: boolean;
};

/**
 * What a first page lacks: the lines of the same request that carry only its other identifier, or, when the page was too
 * short for the window, the errors before it.
 */
export function lackingOf(
	{ unread: { older, newer } }: LogsPageRead,
	{ records }: ReadLines,
	{ place, range, target }: { readonly place: LogsPlace; readonly range: TimeRange; readonly target: LogsTarget },
): Lacking | undefined {
	if (records.length === 0) return undefined;
	const within = logRange(range);
	if (isRequestPlace(place)) {
		const companion = companionOf(place, records);
		if (companion === undefined) return undefined;
		const queries = queriesOf(companion, target);
		const known = newer === undefined ? within : { ...within, to: newer + 1n };
		return {
			question: { queries, range: known, limit: pageLimit },
			what: 'Lines that carry only its other identifier',
			read: readFirst,
			to: place,
			put: asFarAsBoth,
			belongs: true,
		};
	}
	if (older === undefined || place.level !== undefined || place.around !== undefined) return undefined;
	const queries = queriesOf({ ...place, level: 'error' }, target);
	return {
		question: { queries, range: { from: within.from, to: older }, limit: olderErrors },
		what: 'Older errors',
		read: (question, ...rest) => readLines({ ...question, direction: 'backward' }, ...rest),
		to: { ...place, level: 'error' },
		put: withOlderErrors,
		belongs: false,
	};
}

/** Both, up to where the nearer of them was cut: what is held beyond that would lack lines of the other. */
function asFarAsBoth(page: LogsPageRead, added: LogsPageRead): Answer<LogsPageRead> {
	const newer = added.unread.newer ?? page.unread.newer;
	const records = mergedRecords([page.records, added.records]);
	const kept = newer === undefined ? records : records.slice(0, indexAt(records, newer + 1n));
	return answer({ ...page, records: kept, unread: { ...page.unread, ...(newer === undefined ? {} : { newer }) } });
}

const withOlderErrors = (page: LogsPageRead, added: LogsPageRead): Answer<LogsPageRead> =>
	answer({ ...page, records: mergedRecords([added.records, page.records]) }, isCut(added) ? [olderErrorsCut] : []);

/** The page with what it lacked; when that cannot be had, the page stays and says so. */
export async function completed(
	page: LogsPageRead,
	{ question, what, read, to, put, belongs }: Lacking,
	{ world, asking, board }: { readonly world: World; readonly asking: Asking; readonly board: Board<LogsFindings> },
): Promise<Answer<LogsPageRead>> {
	const notes = lastOf(board.findings().records)?.notes ?? [];
	try {
		const { value: lines, notes: more } = await read(question, world, asking);
		const all = put(page, pageOf(lines, to));
		if (belongs) alongside(board, question.queries);
		const cutBefore = new Set(cutNotes(page).map(({ text }) => text));
		const others = notes.filter(({ text }) => !cutBefore.has(text));
		return answer(all.value, [...all.notes, ...others, ...cutNotes(all.value), ...more]);
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind === 'cancelled') throw error;
		return answer(page, [{ kind: 'partial', text: `${what} are missing. ${sentenceOf(failure)}` }, ...notes]);
	}
}

function alongside(board: Board<LogsFindings>, companions: readonly string[]): void {
	const target = lastOf(board.findings().target);
	if (target !== undefined) board.put('target', answer({ ...target.value, companions }, target.notes));
}

/** The same request by its other identifier: some services know only the trace, others only the request. */
function companionOf(place: LogsPlace, records: readonly LogRecord[]): LogsPlace | undefined {
	if (place.span !== undefined) return undefined;
	const trace = place.trace === undefined ? soleId(records, 'traceId') : undefined;
	const request = place.request === undefined ? soleId(records, 'requestId') : undefined;
	if (trace === undefined && request === undefined) return undefined;
	const { trace: _trace, request: _request, ...rest } = place;
	return { ...rest, ...(trace === undefined ? {} : { trace }), ...(request === undefined ? {} : { request }) };
}

/** The identifier that all lines share, when there is exactly one and it is no mere counter. */
function soleId(records: readonly LogRecord[], name: 'traceId' | 'requestId'): string | undefined {
	const ids = new Set(records.flatMap(record => record[name]?.value ?? []));
	const [only] = ids;
	return ids.size === 1 && only !== undefined && isUniqueId(only) ? only : undefined;
}

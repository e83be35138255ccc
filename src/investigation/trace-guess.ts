import { formatId } from '../analysis/format.ts';
import { indexOfKey } from '../analysis/log-stretch.ts';
import { redactEvidence } from '../analysis/redact-evidence.ts';
import { isUniqueId } from '../analysis/request-of.ts';
import { clueOf, clueQuery, clueSlack, guessTrace, requestIdQuery, type TraceGuess } from '../analysis/trace-guess.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogRecord } from '../model/log-entry.ts';
import type { LogsPlace } from '../model/place.ts';
import { minute, second, type TimeRange, toMilliseconds } from '../model/time.ts';
import type { TraceSummary } from '../model/trace.ts';
import type { AnswerAside, Aside, World } from './board.ts';
import type { LogsFindings } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** Wants to know which trace a line belongs to that names none; `record` is its key. */
export type GuessAside = Aside & { readonly kind: 'guess'; readonly record: string };

/** What was found for one line. */
export type TraceGuessed = {
	/** Absent when no trace fits. */
	readonly guess?: TraceGuess;
	/** The TraceQL that was asked, in its order. */
	readonly queries: readonly string[];
};

/** Few enough to cost little; with more the line tells too little to choose by. */
const searchLimit = 20;

export const answerGuessAside: AnswerAside<LogsPlace, LogsFindings, GuessAside> = async (
	{ place, aside },
	world,
	board,
	asking,
) => {
	const records = lastValueOf(board.findings().records)?.records ?? [];
	const record = records[indexOfKey(records, aside.record)];
	if (record === undefined) return;
	const before = lastValueOf(board.findings().guesses) ?? new Map<string, TraceGuessed>();
	const guessed = guessTraceOf(record, place, world, asking);
	await board.fill(
		'guesses',
		guessed.then(({ value, notes }) => answer(new Map(before).set(record.key, value), notes)),
	);
};

/**
 * Looks for the trace of a line that names none: by its request ID on a span, and when no span carries it by service, time,
 * status and length. Each is one search over as little time as it may be.
 */
export async function guessTraceOf(
	record: LogRecord,
	place: Pick<LogsPlace, 'request'>,
	world: World,
	asking: Asking,
): Promise<Answer<TraceGuessed>> {
	const request = record.requestId?.value ?? place.request;
	const byId = request !== undefined && isUniqueId(request) ? requestIdQuery(request) : undefined;
	const notes: Note[] = [];
	if (byId !== undefined && request !== undefined) {
		const { value: found, notes: told } = await orNote(search(byId, around(record, 15 * minute), world, asking), byId);
		notes.push(...told);
		const [first, ...others] = found;
		if (first !== undefined) {
			const words = `found by request ${formatId(redactEvidence(request))} on its spans${others.length === 0 ? '' : `, one of ${found.length}`}`;
			const guess: TraceGuess = { id: first.id, start: first.start, sure: 'certain', words };
			return answer({ guess, queries: [byId] }, notes);
		}
	}
	const clue = clueOf(record);
	const query = clueQuery(clue);
	const { value: found, notes: told } = await search(
		query,
		around(record, (clue.took ?? 0) + clueSlack),
		world,
		asking,
	);
	const guess = guessTrace(clue, found, found.length >= searchLimit);
	const queries = [...(byId === undefined ? [] : [byId]), query];
	return answer({ ...(guess === undefined ? {} : { guess }), queries }, [...notes, ...told]);
}

const search = (traceql: string, range: TimeRange, { sources }: World, asking: Asking) =>
	sources.traces.search(traceql, range, searchLimit, asking);

/** Tempo knows whole seconds. */
const around = ({ entry }: LogRecord, slack: number): TimeRange => {
	const at = toMilliseconds(entry.at);
	return {
		from: Math.floor((at - slack) / second) * second,
		to: Math.ceil((at + Math.min(slack, clueSlack)) / second) * second,
	};
};

/** An old server that does not understand the first search may still understand the second. */
async function orNote(
	searching: Promise<Answer<readonly TraceSummary[]>>,
	query: string,
): Promise<Answer<readonly TraceSummary[]>> {
	try {
		const { value } = await searching;
		return answer(value);
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind !== 'bad-query') throw error;
		return answer([], [{ kind: 'warning', text: `No search by ${query} was done. ${sentenceOf(failure)}` }]);
	}
}

import { isCut } from '../analysis/log-stretch.ts';
import { traceFromLogs } from '../analysis/trace-from-logs.ts';
import { readingSteps } from '../analysis/trace-reading.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import { lastOf } from '../model/loadable.ts';
import type { LogsPlace, TracePlace } from '../model/place.ts';
import { inSlices } from '../model/steps.ts';
import { rangeOf } from '../model/time.ts';
import type { AnswerAside, Aside, World } from './board.ts';
import { costOfPlace, createEstimator, tooMuchFailure } from './log-estimate.ts';
import { logRange, pageLimit, type ReadLines } from './log-reading.ts';
import { readFirst } from './log-slices.ts';
import { findTarget, selectorsOf } from './log-target.ts';
import type { Asking } from './ports.ts';
import type { TraceFindings, TraceFound, TraceMissing } from './trace-findings.ts';

/** A trace that is not there is made up from the log lines of its request. */
export type FromLogsAside = Aside & { readonly kind: 'from logs' };

/** Puts what the lines tell in the place of what is missing, or says beside it why they tell nothing. */
export const answerFromLogs: AnswerAside<TracePlace, TraceFindings, FromLogsAside> = async (
	{ place },
	world,
	board,
	asking,
) => {
	const missing = lastOf(board.findings().trace)?.value;
	if (missing?.found !== false) return;
	board.put('trace', await madeUp(missing, place, world, asking));
};

async function madeUp(
	missing: TraceMissing,
	place: TracePlace,
	world: World,
	asking: Asking,
): Promise<Answer<TraceFound | TraceMissing>> {
	const without = (fromLogs: string) => answer({ ...missing, fromLogs });
	try {
		const lines = await linesOf(place, world, asking);
		if (lines.value.records.length === 0) return without('No log line of the window names it.');
		return await readFrom(lines, place, world, asking);
	} catch (error) {
		const failure = failureOf(error);
		if (failure.kind === 'cancelled') throw error;
		return without(`Its log lines could not be read. ${sentenceOf(failure)}`);
	}
}

/** The first lines of the request, as far as they may be read unasked. */
async function linesOf(place: TracePlace, world: World, asking: Asking): Promise<Answer<ReadLines>> {
	const logs: LogsPlace = { kind: 'logs', trace: place.id, window: place.window };
	const range = rangeOf(place.window, world.now());
	const target = await findTarget(logs, range, world, asking);
	const cost = await costOfPlace(logs, selectorsOf(target.value), createEstimator(range, world, asking), world);
	if (cost.value.asks) throw new FailureError(tooMuchFailure(cost.value));
	const question = { queries: target.value.queries, range: logRange(range), limit: pageLimit };
	return readFirst(question, world, asking);
}

async function readFrom(
	{ value: lines, notes }: Answer<ReadLines>,
	place: TracePlace,
	world: World,
	asking: Asking,
): Promise<Answer<TraceFound>> {
	const trace = traceFromLogs(place.id, lines.records);
	const reading = await inSlices(readingSteps(trace), { now: world.now, signal: asking.signal });
	const badge: Note = { kind: 'partial', text: badgeOf(lines, reading.services.length) };
	return answer({ ...reading, found: true, fromLogs: true }, [badge, ...notes]);
}

/** `from logs: made up from 23 lines of 4 services`. */
function badgeOf(lines: ReadLines, services: number): string {
	const { length } = lines.records;
	const count = `${isCut(lines) ? 'the first ' : ''}${length} line${length === 1 ? '' : 's'}`;
	return `from logs: made up from ${count} of ${services} service${services === 1 ? '' : 's'}`;
}

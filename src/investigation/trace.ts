import { readingSteps } from '../analysis/trace-reading.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { TracePlace } from '../model/place.ts';
import { inSlices } from '../model/steps.ts';
import { type Milliseconds, minute, rangeOf } from '../model/time.ts';
import { createBoard, type Investigate, type World } from './board.ts';
import type { Asking } from './ports.ts';
import { type ReadingProgress, readingProgress } from './reading-progress.ts';
import type { TraceFindings, TraceFound, TraceMissing } from './trace-findings.ts';
import { missingTrace } from './trace-missing.ts';

/** Room round the window of the place: a trace found there may have begun before it and gone on after. */
const hintSlack: Milliseconds = 15 * minute;

/**
 * Asks for a trace and reads it once: without secrets, with its tree, critical path and lanes. That Tempo does not have
 * it is an answer, with what was tried and why it may be missing. A large trace is read in slices; the pane that waits for it
 * is told how far.
 */
export const investigateTrace: Investigate<TracePlace, TraceFindings> = async (
	place,
	world,
	previous,
	publish,
	asking,
) => {
	const board = createBoard(previous, publish, world);
	const progress = readingProgress(words => board.progress('trace', words), world);
	await board.fill('trace', findTrace(place, world, asking, progress));
};

/** The trace, read, or why there is none. */
export async function findTrace(
	place: TracePlace,
	world: World,
	asking: Asking,
	progress?: ReadingProgress,
): Promise<Answer<TraceFound | TraceMissing>> {
	const range = rangeOf(place.window, world.now());
	const hint = { from: range.from - hintSlack, to: range.to + hintSlack };
	const { value: trace, notes } = await world.sources.traces.trace(place.id, hint, {
		...asking,
		...(progress && { progress: progress.read }),
	});
	if (trace === undefined || trace.spans.length === 0)
		return answer(missingTrace(place, { hint, range }, world), notes);
	const { signal } = asking;
	const onPause = () => progress?.laidOut(trace.spans.length);
	const reading = await inSlices(readingSteps(trace), { now: world.now, signal, onPause });
	return answer({ ...reading, found: true }, notes);
}

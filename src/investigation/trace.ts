import { formatDuration } from '../analysis/format.ts';
import { readingSteps } from '../analysis/trace-reading.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { TracePlace } from '../model/place.ts';
import { inSlices } from '../model/steps.ts';
import { lengthOf, type Milliseconds, minute, rangeOf, type TimeRange } from '../model/time.ts';
import { createBoard, type Investigate, type World } from './board.ts';
import type { Asking } from './ports.ts';
import { type ReadingProgress, readingProgress } from './reading-progress.ts';
import type { TraceFindings, TraceFound, TraceMissing } from './trace-findings.ts';

/** Room round the window of the place: a trace found there may have begun before it and gone on after. */
const hintSlack: Milliseconds = 15 * minute;

/** Spans reach Tempo's ingesters within seconds and may wait for the end of their trace; after this it is not that. */
const flushTime: Milliseconds = 2 * minute;

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

async function findTrace(
	place: TracePlace,
	world: World,
	asking: Asking,
	progress: ReadingProgress,
): Promise<Answer<TraceFound | TraceMissing>> {
	const range = rangeOf(place.window, world.now());
	const hint = { from: range.from - hintSlack, to: range.to + hintSlack };
	const { value: trace, notes } = await world.sources.traces.trace(place.id, hint, {
		...asking,
		progress: progress.read,
	});
	if (trace === undefined || trace.spans.length === 0) return answer(missing(place.id, hint, range, world), notes);
	const { signal } = asking;
	const onPause = () => progress.laidOut(trace.spans.length);
	const reading = await inSlices(readingSteps(trace), { now: world.now, signal, onPause });
	return answer({ ...reading, found: true }, notes);
}

function missing(id: string, hint: TimeRange, range: TimeRange, world: World): TraceMissing {
	const isFresh = range.to > world.now() - flushTime;
	return {
		found: false,
		id,
		tried: [`the ${formatDuration(lengthOf(hint))} round the window`, 'everything that Tempo keeps'],
		reasons: [
			...(isFresh ? ['It may be seconds old: spans arrive late. R asks again.'] : []),
			'It was not sampled: most set-ups keep only a part of the traces.',
			'It is older than what Tempo keeps (its block retention).',
			'Its services send their spans elsewhere: to another Tempo, or to another tenant of this one.',
		],
	};
}

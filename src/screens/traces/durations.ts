import { type DurationScale, durationScale } from '../../analysis/duration-scale.ts';
import { lengthInMilliseconds, type Milliseconds } from '../../model/time.ts';
import type { TraceSummary } from '../../model/trace.ts';
import { foundTraces, type TracesShown } from './state.ts';

export const durationOf = ({ duration }: TraceSummary): Milliseconds => lengthInMilliseconds(duration);

/** The axis of the durations of all that was found; a filter does not move it. */
export const scaleOf = (shown: Pick<TracesShown, 'findings'>): DurationScale =>
	durationScale(foundTraces(shown).map(durationOf));

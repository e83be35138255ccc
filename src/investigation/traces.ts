import { traceSearchQuery } from '../analysis/traceql.ts';
import { answer } from '../model/answer.ts';
import { lastOf } from '../model/loadable.ts';
import type { TracesPlace } from '../model/place.ts';
import { rangeOf } from '../model/time.ts';
import { createBoard, type Investigate } from './board.ts';
import { searchInSlices } from './trace-slices.ts';
import type { TracesFindings } from './traces-findings.ts';
import { climbTraceLadder } from './traces-ladder.ts';

/**
 * Searches for traces with the TraceQL that the place's conditions make, part by part of its window. What an earlier run
 * found stays until all of it is searched anew: a list must not shrink and grow under the cursor.
 */
export const investigateTraces: Investigate<TracesPlace, TracesFindings> = async (
	place,
	world,
	previous,
	publish,
	asking,
) => {
	const board = createBoard(previous, publish, world);
	const range = rangeOf(place.window, world.now());
	const query = traceSearchQuery(place, place.query);
	const isFirst = lastOf(previous.results) === undefined;
	const search = searchInSlices({ query, range }, world, asking, results => {
		if (isFirst) board.show('results', results);
	});
	const results = await board.fill('results', search);
	if (results === undefined) return;
	if (results.traces.length > 0) board.put('ladder', answer([]));
	else await board.fill('ladder', climbTraceLadder({ place, range }, world, asking));
};

import { redactEvidence } from '../analysis/redact-evidence.ts';
import { traceSearchQuery } from '../analysis/traceql.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { TracesPlace } from '../model/place.ts';
import { rangeOf } from '../model/time.ts';
import type { TraceSummary } from '../model/trace.ts';
import { createBoard, type Investigate, type World } from './board.ts';
import type { Asking } from './ports.ts';
import type { TraceResults, TracesFindings } from './trace-findings.ts';

/** Tempo's own default is 20; a screen or two can be read, and each further trace costs the server as much again. */
export const searchLimit = 50;

/** Searches for traces with the TraceQL that the place's conditions make. */
export const investigateTraces: Investigate<TracesPlace, TracesFindings> = async (
	place,
	world,
	previous,
	publish,
	asking,
) => {
	const board = createBoard(previous, publish, world);
	await board.fill('results', searchTraces(place, world, asking));
};

async function searchTraces(place: TracesPlace, world: World, asking: Asking): Promise<Answer<TraceResults>> {
	const query = traceSearchQuery(place, place.query);
	const range = rangeOf(place.window, world.now());
	const { value, notes } = await world.sources.traces.search(query, range, searchLimit, asking);
	return answer({ traces: value.map(withoutSecrets), query, limit: searchLimit }, notes);
}

const withoutSecrets = (summary: TraceSummary): TraceSummary => ({
	...summary,
	rootName: redactEvidence(summary.rootName),
	rootService: redactEvidence(summary.rootService),
	services: summary.services.map(service => ({ ...service, name: redactEvidence(service.name) })),
});

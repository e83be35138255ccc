import { redactEvidence } from '../analysis/redact-evidence.ts';
import { traceSearchQuery } from '../analysis/traceql.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { type Failure, FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import type { ComparePlace } from '../model/place.ts';
import { lengthOf, type Milliseconds, minute, type TimeRange } from '../model/time.ts';
import type { TraceSummary } from '../model/trace.ts';
import type { World } from './board.ts';
import { inPool } from './in-pool.ts';
import type { Asking } from './ports.ts';

/** Who is searched, in sentences. */
export function searchedStore({ sources }: World): string {
	const store = sources.tracesFrom?.();
	return store?.searched ?? store?.name ?? 'Tempo';
}

/** Service and operation of the root of a request, and attributes that it must have. */
export type Root = { readonly service: string; readonly operation: string } & WithAttributes;

type WithAttributes = Pick<ComparePlace, 'attributes'>;

/** Tempo gives the newest first: a long window is sampled in so many parts, for else all would be of its last seconds. */
const parts = 4;
/** A window as short as this is sampled at once. */
const shortWindow: Milliseconds = 5 * minute;
/** Traces of the whole sample: enough to tell a median and a p95. */
const sampled = 100;
/** Of those that take as long as is asked for; more than are read, since some are of another root. */
const found = 40;
/** At a time, so that others can use the server as well. */
const poolWidth = 2;

/** Traces with a span of a service, and of an operation where it is known. */
export type Sought = { readonly service: string; readonly operation?: string | undefined } & WithAttributes;

export type Sample = { readonly query: string; readonly traces: readonly TraceSummary[] };

/** Some traces from all over the window, each once. Fails where no part can be searched. */
export async function sampleTraces(
	sought: Sought,
	range: TimeRange,
	world: World,
	asking: Asking,
): Promise<Answer<Sample>> {
	const query = traceSearchQuery(sought);
	const ranges = lengthOf(range) <= shortWindow ? [range] : partsOf(range);
	const limit = Math.ceil(sampled / ranges.length);
	const traces = new Map<string, TraceSummary>();
	const notes = new Map<string, Note>();
	const failures: Failure[] = [];
	await inPool(ranges, poolWidth, async part => {
		try {
			const given = await world.sources.traces.search(query, part, limit, asking);
			for (const trace of given.value) traces.set(trace.id, trace);
			for (const note of notesOf(given, limit)) notes.set(note.text, note);
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			failures.push(failure);
		}
	});
	const [failure] = failures;
	if (failure !== undefined && failures.length === ranges.length) throw new FailureError(failure);
	const lost: readonly Note[] =
		failure === undefined
			? []
			: [
					{
						kind: 'partial',
						text: `${failures.length} of ${ranges.length} parts of the window could not be sampled. ${sentenceOf(failure)}`,
					},
				];
	return answer({ query, traces: [...traces.values()] }, [...lost, ...notes.values()]);
}

/** Traces of a root that take as long as is asked for; the first that are found, newest first. */
export async function tracesLasting(
	root: Root,
	lasts: { readonly from: Milliseconds; readonly to?: Milliseconds },
	range: TimeRange,
	world: World,
	asking: Asking,
): Promise<Answer<Sample>> {
	// Lengths are told in whole milliseconds, rounded down.
	const slowerThan = Math.floor(lasts.from);
	const fasterThan = lasts.to === undefined ? undefined : Math.ceil(lasts.to) + 1;
	const query = traceSearchQuery({ ...root, slowerThan, fasterThan });
	const given = await world.sources.traces.search(query, range, found, asking);
	return answer({ query, traces: tracesOfRoot(given.value, root) }, notesOf(given, found));
}

/** Only those whose root it is: others may have such a span further down. */
export const tracesOfRoot = (
	traces: readonly TraceSummary[],
	root: Pick<Root, 'service' | 'operation'>,
): readonly TraceSummary[] =>
	traces.filter(({ rootService, rootName }) => rootService === root.service && rootName === root.operation);

export const redactedRoot = ({ service, operation }: Root): Pick<Root, 'service' | 'operation'> => ({
	service: redactEvidence(service),
	operation: redactEvidence(operation),
});

/** That a search stopped at its limit is what it was asked to do. */
const notesOf = ({ value, notes }: Answer<readonly TraceSummary[]>, limit: number): readonly Note[] =>
	value.length >= limit ? [] : notes;

const partsOf = ({ from, to }: TimeRange): readonly TimeRange[] =>
	Array.from({ length: parts }, (_, index) => ({
		from: from + ((to - from) * (parts - 1 - index)) / parts,
		to: from + ((to - from) * (parts - index)) / parts,
	}));

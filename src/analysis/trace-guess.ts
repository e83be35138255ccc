import type { LogRecord } from '../model/log-entry.ts';
import { lengthInMilliseconds, type Milliseconds, type Nanoseconds, toMilliseconds } from '../model/time.ts';
import type { TraceSummary } from '../model/trace.ts';
import { formatDuration } from './format.ts';
import { formatClock } from './format-time.ts';
import { durationIn, statusIn } from './notable-fields.ts';
import { attributeEquals, spanFilter } from './traceql.ts';

/** What a line without a trace ID says of the trace that it may belong to. */
export type TraceClue = {
	readonly service: string;
	readonly at: Nanoseconds;
	/** HTTP or gRPC. */
	readonly status?: number;
	/** How long it says that it all took. */
	readonly took?: Milliseconds;
};

export function clueOf(record: LogRecord): TraceClue {
	const status = statusIn(record.fields);
	const took = durationIn(record.fields);
	return {
		service: record.service,
		at: record.entry.at,
		...(status === undefined || !/^\d{1,3}$/.test(status) ? {} : { status: Number(status) }),
		...(took === undefined ? {} : { took }),
	};
}

/** Names under which instrumentations, Envoy and people put the ID of a request on a span. */
const requestAttributes = [
	'http.request.id',
	'http.request_id',
	'request.id',
	'request_id',
	'requestId',
	'http.request.header.x-request-id',
	'guid:x-request-id',
	'correlation.id',
	'correlation_id',
];

/** TraceQL for the traces with a span that carries this request ID. */
export const requestIdQuery = (request: string): string =>
	spanFilter([requestAttributes.map(name => attributeEquals('span', name, request)).join(' || ')]);

/** A span may take this much less or more than the line says: they do not measure at the same place. */
const slackOf = (took: Milliseconds): Milliseconds => Math.max(20, took * 0.1);

/** TraceQL for the traces in which the service has a span of this status and length. */
export function clueQuery({ service, status, took }: TraceClue): string {
	const ms = (length: Milliseconds): string => `${Math.max(0, Math.round(length))}ms`;
	return spanFilter([
		attributeEquals('resource', 'service.name', service),
		...(status === undefined ? [] : [`(${statusConditions(status).join(' || ')})`]),
		...(took === undefined
			? []
			: [`duration >= ${ms(took - slackOf(took))}`, `duration <= ${ms(took + slackOf(took))}`]),
	]);
}

/** The current name and the one before 2023 of HTTP; of gRPC, whose codes end at 16. */
const statusConditions = (status: number): readonly string[] =>
	status <= 16
		? ['rpc.grpc.status_code', 'rpc.response.status_code'].map(name => attributeEquals('span', name, status))
		: ['http.response.status_code', 'http.status_code'].map(name => attributeEquals('span', name, status));

/** How far round the line its trace is looked for, beside the time that the line says it took. */
export const clueSlack: Milliseconds = 5000;

/** A trace that a line probably belongs to. */
export type TraceGuess = {
	readonly id: string;
	readonly start: Nanoseconds;
	readonly sure: 'certain' | 'probable' | 'possible';
	/** What speaks for it, for a person: `the only trace of edge at 02:56:15.700 ± 50 ms with status 504 of 2.01 s`. */
	readonly words: string;
};

/** Ever further from the instant at which the line says it happened. */
const tolerances: readonly Milliseconds[] = [50, 250, 1000, clueSlack];

/**
 * Which of the traces that a search by `clueQuery` found the line belongs to: the one whose end is nearest to it where the
 * line tells a length, else one that was under way. `cut`: the search found more than it gave.
 */
export function guessTrace(clue: TraceClue, found: readonly TraceSummary[], cut: boolean): TraceGuess | undefined {
	const distances = found
		.map(summary => ({ summary, distance: distanceOf(clue, summary) }))
		.sort((a, b) => a.distance - b.distance);
	const tolerance = tolerances.find(each => (distances[0]?.distance ?? Number.POSITIVE_INFINITY) <= each);
	const [best] = distances;
	if (best === undefined || tolerance === undefined) return undefined;
	const close = distances.filter(({ distance }) => distance <= tolerance).length;
	const isAlone = close === 1 && !cut;
	const isTold = clue.status !== undefined || clue.took !== undefined;
	const sure = isAlone && isTold && tolerance <= 250 ? 'probable' : 'possible';
	const count = isAlone ? 'the only trace' : `one of ${close}${cut ? ' or more' : ''} traces`;
	return { id: best.summary.id, start: best.summary.start, sure, words: `${count} ${wordsOf(clue, tolerance)}` };
}

/**
 * Milliseconds between the line and the end of the request: services log when they are done. A trace may go on after it,
 * so that with a known length the end is counted from the start of the trace.
 */
function distanceOf({ at, took }: TraceClue, { start, duration }: TraceSummary): Milliseconds {
	const since = lengthInMilliseconds(at - start);
	const length = lengthInMilliseconds(duration);
	if (took !== undefined) return Math.min(Math.abs(since - took), Math.abs(since - length));
	return since < 0 ? -since : Math.max(0, since - length);
}

function wordsOf({ service, at, status, took }: TraceClue, tolerance: Milliseconds): string {
	return [
		`of ${service} at ${formatClock(toMilliseconds(at), 'utc', 'milliseconds')} ± ${formatDuration(tolerance)}`,
		...(status === undefined ? [] : [`with status ${status}`]),
		...(took === undefined ? [] : [`of ${formatDuration(took)}`]),
	].join(' ');
}

/** `probably: the only trace of …`. */
export const sentenceOfGuess = ({ sure, words }: Pick<TraceGuess, 'sure' | 'words'>): string =>
	sure === 'certain' ? words : `${sure === 'probable' ? 'probably' : 'possibly'}: ${words}`;

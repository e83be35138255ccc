import { formatId, formatLength } from '../analysis/format.ts';
import { isRequestId, isUniqueId, requestOf } from '../analysis/request-of.ts';
import { normalSpanId } from '../analysis/trace-id.ts';
import type { Answer } from '../model/answer.ts';
import { failureOf } from '../model/failure.ts';
import type { LogsPlace } from '../model/place.ts';
import {
	fixed,
	lengthOf,
	type Milliseconds,
	second,
	type TimeRange,
	toMilliseconds,
	wholeSeconds,
} from '../model/time.ts';
import type { Attributes, Span } from '../model/trace.ts';
import type { World } from './board.ts';
import { findTarget, queriesOf } from './log-target.ts';
import type { LadderAttempt, LogsTarget } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** Lines of a span are stamped a little before it begins or after it has ended, by another clock. */
const slack: Milliseconds = 2 * second;

/** The lines of a trace, of which none was found, and all streams that they may be in. */
export type LinesOfTrace = { readonly place: LogsPlace; readonly range: TimeRange; readonly target: LogsTarget };

/**
 * Where else lines of a trace may be, by what its spans tell: under the ID of the request, which services write that know no
 * trace, and among all lines of the span's service while the span lasted. Nothing where the trace cannot be had; only
 * cancellation rejects.
 */
export async function attemptsOfTrace(
	{ place, range, target }: LinesOfTrace,
	world: World,
	asking: Asking,
): Promise<readonly LadderAttempt[]> {
	const { trace: id, request } = place;
	if (id === undefined) return [];
	const trace = await unlessFailed(world.sources.traces.trace(id, range, asking));
	if (trace === undefined) return [];
	const { span: wanted, service: _, ...whole } = place;
	const wantedId = wanted === undefined ? undefined : (normalSpanId(wanted) ?? wanted);
	const span = trace.spans.find(each => each.id === wantedId);
	const spans = span === undefined ? trace.spans : [span, ...trace.spans];
	const requestId = request === undefined ? requestIdIn(spans) : undefined;
	return [
		...(requestId === undefined
			? []
			: [
					{
						key: 'r',
						words: `by request ID ${formatId(requestId)}`,
						to: { ...whole, request: requestId },
						range,
						// What the trace's own ID finds is another rung.
						queries: queriesOf({ ...whole, request: requestId }, target, { requests: [requestId], traces: [] }),
					} as const,
				]),
		...(span === undefined ? [] : await linesBeside(span, place, world, asking)),
	];
}

/** This is only to help: its own failure is no news. */
export async function unlessFailed<Value>(question: Promise<Answer<Value>>): Promise<Value | undefined> {
	try {
		return (await question).value;
	} catch (error) {
		if (failureOf(error).kind === 'cancelled') throw error;
		return undefined;
	}
}

/** The first that a span carries under a name for request IDs and that no other request has. */
function requestIdIn(spans: readonly Span[]): string | undefined {
	for (const { attributes } of spans) {
		const id = requestOf(fieldsIn(attributes), '').requestId?.value;
		if (id !== undefined && isRequestId(id) && isUniqueId(id)) return id;
	}
	return undefined;
}

/** Headers are named after themselves and come as lists of one (OpenTelemetry: `http.request.header.<key>`). */
const header = /^http\.(?:request|response)\.header\./;

const fieldsIn = (attributes: Attributes) =>
	Object.entries(attributes).flatMap(([name, value]) => {
		const [only = value] = Array.isArray(value) ? value : [];
		return typeof only === 'string'
			? [{ name: name.replace(header, ''), value: only, origin: 'metadata' as const }]
			: [];
	});

/** All lines of the span's service while it lasted, whoever they are about. */
async function linesBeside(
	{ service, start, end }: Span,
	{ level, filters }: LogsPlace,
	world: World,
	asking: Asking,
): Promise<readonly LadderAttempt[]> {
	const began = toMilliseconds(start);
	const range = wholeSeconds({ from: began - slack, to: Math.max(began, toMilliseconds(end)) + slack });
	const to: LogsPlace = {
		kind: 'logs',
		service,
		...(level === undefined ? {} : { level }),
		...(filters === undefined ? {} : { filters }),
		window: fixed(range.from, range.to),
	};
	const target = await unlessFailed(findTarget(to, range, world, asking));
	if (target === undefined) return [];
	const words = `of ${service} in ${formatLength(lengthOf(range))}, whatever their IDs`;
	return [{ key: 'b', words, to, range, queries: target.queries }];
}

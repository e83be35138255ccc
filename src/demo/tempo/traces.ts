import { lengthInMilliseconds, type Milliseconds, type Nanoseconds } from '../../model/time.ts';
import type { DemoRequest, Incident } from '../incident.ts';
import type { StoredTrace } from './match-spans.ts';

/** What the demo's Tempo answers from. */
export type TraceStore = {
	readonly incident: Incident;
	/** Spans that end later have not arrived. */
	readonly now: () => Milliseconds;
};

/** The trace as far as it has arrived; `undefined` while no span of it has. */
export function traceOf(request: DemoRequest, now: Milliseconds): StoredTrace | undefined {
	const present: Nanoseconds = BigInt(Math.floor(now * 1e3)) * 1000n;
	const spans = request.spans.filter(({ end }) => end <= present);
	const [first] = spans;
	if (first === undefined) return undefined;
	let { start, end } = first;
	for (const span of spans) {
		if (span.start < start) start = span.start;
		if (span.end > end) end = span.end;
	}
	const root = spans.find(({ parentId }) => parentId === undefined);
	const trace = { id: request.traceId, spans, start, duration: lengthInMilliseconds(end - start) };
	return root === undefined ? trace : { ...trace, root };
}

/** The requests that began in [from, to] (milliseconds), newest first, a second at a time. */
export function* requestsBackward(
	{ from, to }: { readonly from: Milliseconds; readonly to: Milliseconds },
	{ incident, now }: TraceStore,
): Generator<DemoRequest> {
	const earliest = Math.max(from, incident.beganAt);
	for (let last = Math.min(to, now()); last >= earliest; ) {
		const second = Math.floor(last / 1000) * 1000;
		yield* [...incident.requestsIn({ from: Math.max(second, earliest), to: last })].reverse();
		last = second - 1;
	}
}

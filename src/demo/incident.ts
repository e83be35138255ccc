import type { Milliseconds, Nanoseconds, TimeRange } from '../model/time.ts';
import type { Span } from '../model/trace.ts';

/** One request of the demo's incident, as it went through all services. */
export type DemoRequest = {
	/** UUID that the services log and pass on. */
	readonly id: string;
	/** 32 hex digits. */
	readonly traceId: string;
	readonly at: Nanoseconds;
	/** The route at the edge. */
	readonly route: string;
	readonly method: string;
	/** HTTP status at the edge. */
	readonly status: number;
	readonly spans: readonly Span[];
};

/** The seeded incident. Pure: the same seed and instants give the same requests, however and in what order asked. */
export type Incident = {
	/** When the fault began. */
	readonly brokeAt: Milliseconds;
	/** Nothing is known before this instant. */
	readonly beganAt: Milliseconds;
	/** Requests that start in the range, oldest first; made as they are asked for. */
	readonly requestsIn: (range: TimeRange) => Iterable<DemoRequest>;
	/** Without walking the hour: the identifier tells when the request was. */
	readonly requestOfTrace: (traceId: string) => DemoRequest | undefined;
	readonly requestOfId: (requestId: string) => DemoRequest | undefined;
};

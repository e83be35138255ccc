import { type Milliseconds, type Nanoseconds, second, type TimeRange, toMilliseconds } from '../model/time.ts';
import type { Span } from '../model/trace.ts';
import { operations } from './cast.ts';
import { requestIdOf, type Turn, traceIdOf, turnOfRequestId, turnOfTraceId } from './identifiers.ts';
import { spansOf } from './spans.ts';
import { createStory, type Outline, type Story } from './story.ts';
import { beginningOf } from './trace-sheet.ts';

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
	/** Made when they are first asked for. */
	readonly spans: readonly Span[];
	/** Each service's part with its status and duration, which the metrics count and the server spans repeat. */
	readonly outline: Outline;
};

/** The seeded incident. Pure: the same seed and instants give the same requests, however and in what order asked. */
export type Incident = {
	/** When the fault began. */
	readonly brokeAt: Milliseconds;
	/** Nothing is known before this instant. */
	readonly beganAt: Milliseconds;
	/** Requests that start in the range, oldest first; made as they are asked for. It goes on into the future. */
	readonly requestsIn: (range: TimeRange) => Iterable<DemoRequest>;
	/** Without walking the hour: the identifier tells when the request was. */
	readonly requestOfTrace: (traceId: string) => DemoRequest | undefined;
	readonly requestOfId: (requestId: string) => DemoRequest | undefined;
	/** What lies behind, for those who only count. */
	readonly story: Story;
};

/** The incident as somebody meets it who is paged at `now`: an hour of history, broken for twenty-five minutes. */
export const createIncident = ({
	seed = 401,
	now,
}: {
	readonly seed?: number;
	readonly now: Milliseconds;
}): Incident => {
	const story = createStory({ seed, now });
	const existing = (turn: Turn | undefined): DemoRequest | undefined => {
		if (turn === undefined || turn.index >= story.countIn(turn.second)) return undefined;
		return turn.second * second < story.beganAt ? undefined : requestOf(story, turn);
	};
	function* requestsIn(range: TimeRange): Iterable<DemoRequest> {
		const from = Math.max(range.from, story.beganAt);
		for (let at = Math.floor(from / second); at * second <= range.to; at++) {
			const count = story.countIn(at);
			for (let index = 0; index < count; index++) {
				const request = requestOf(story, { second: at, index });
				const began = toMilliseconds(request.at);
				if (began >= from && began <= range.to) yield request;
			}
		}
	}
	return {
		brokeAt: story.brokeAt,
		beganAt: story.beganAt,
		requestsIn,
		requestOfTrace: traceId => existing(turnOfTraceId(traceId, seed)),
		requestOfId: requestId => existing(turnOfRequestId(requestId, seed)),
		story,
	};
};

const requestOf = (story: Story, turn: Turn): DemoRequest => new ToldRequest(story, turn);

/** Identifiers and spans cost more than the rest and are seldom wanted, so they are made late. */
class ToldRequest implements DemoRequest {
	readonly outline: Outline;
	readonly at: Nanoseconds;
	readonly #story: Story;
	#spans: readonly Span[] | undefined;

	constructor(story: Story, turn: Turn) {
		this.#story = story;
		this.outline = story.outlineOf(turn);
		this.at = beginningOf(this.outline);
	}

	get id(): string {
		return requestIdOf(this.outline.turn, this.#story.seed);
	}

	get traceId(): string {
		return traceIdOf(this.outline.turn, this.#story.seed);
	}

	get route(): string {
		return this.#edge.route;
	}

	get method(): string {
		return this.#edge.method;
	}

	get status(): number {
		return this.outline.visits[0].status;
	}

	get spans(): readonly Span[] {
		this.#spans ??= spansOf(this.outline, this.#story, this.id);
		return this.#spans;
	}

	get #edge(): { readonly route: string; readonly method: string } {
		return operations[this.#story.operationOf(this.outline.turn)];
	}
}

import { type Failure, FailureError } from '../model/failure.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import { type Endpoint, whoOf } from './endpoint.ts';
import type { Asking, HttpResponse } from './message.ts';

/** So many failures in a row, the first and the last no further apart than this, and the backend is left alone. */
const mostFailures = 5;
const within: Milliseconds = 30 * second;
const firstPause: Milliseconds = 5 * second;
const longestPause: Milliseconds = minute;
/** A server that asks for a longer pause is asked again all the same. */
const longestRetryAfter: Milliseconds = 10 * minute;

/**
 * What a question says of the backend: it answered, whatever it said; it is sick, or slower than it may be; or nothing,
 * because the question was given up.
 */
export type Sign =
	| { readonly kind: 'well' | 'nothing' }
	| { readonly kind: 'ill'; readonly why: string; readonly retryAfter?: Milliseconds };

/** Leave to put a question; `isProbe`: to see whether the backend is well again, so it is put only once. */
export type Leave = { readonly isProbe: boolean };

/**
 * Keeps questions from a backend that does not get well by being asked.
 *
 *     closed ──five failures in 30 s, or the server asks for a pause──▶ open
 *       ▲                                                               │ the pause is over, or the operator insists
 *       └────────── an answer ────────── half open: one question ◀──────┘
 *                                          └── failed: open, for twice as long, up to a minute
 */
export type Breaker = {
	/**
	 * Resolves when the question may be put; `hear` must be told what came of it. While a probe is under way the others
	 * wait for what becomes of it. Rejects with a `FailureError` while the backend is left alone, and when the signal aborts.
	 */
	enter(asking: Pick<Asking, 'signal' | 'insistedAt'>): Promise<Leave>;
	hear(sign: Sign, leave: Leave): void;
	/** Until when the backend is left alone; `undefined` while it is asked as usual. */
	restsUntil(): Milliseconds | undefined;
};

/** In place of an instant: asked for by itself, whatever was asked for at the same time. */
export const anew: Milliseconds = Number.POSITIVE_INFINITY;

type Open = {
	/** When it failed last. */
	readonly failedAt: Milliseconds;
	readonly until: Milliseconds;
	readonly pause: Milliseconds;
	readonly failures: number;
	readonly why: string;
};

/** What a failure says of a backend that is left alone already; `asked`: until when the server itself wants it. */
type Told = { readonly why: string; readonly asked: Milliseconds; readonly isProbe: boolean };

export function createBreaker(endpoint: Endpoint, now: () => Milliseconds): Breaker {
	let failed: readonly Milliseconds[] = [];
	let open: Open | undefined;
	let probe: { readonly over: Promise<void>; readonly end: () => void } | undefined;
	/** The press of a key that had its try. */
	let tried = Number.NEGATIVE_INFINITY;

	async function enter({ signal, insistedAt }: Parameters<Breaker['enter']>[0]): Promise<Leave> {
		for (let isFirst = true; open !== undefined; isFirst = false) {
			if (probe !== undefined) {
				await orAborted(probe.over, signal);
				continue;
			}
			// All questions of a place come from one press of a key: once one of them has tried, the others do not.
			const insists = isFirst && insistedAt !== undefined && insistedAt >= open.failedAt && insistedAt > tried;
			if (!insists && now() < open.until) throw new FailureError(restingFailure(endpoint, open, now()));
			if (insists && insistedAt !== anew) tried = insistedAt;
			probe = deferred();
			return { isProbe: true };
		}
		return { isProbe: false };
	}

	function hear(sign: Sign, { isProbe }: Leave): void {
		if (sign.kind === 'well') {
			failed = [];
			open = undefined;
		} else if (sign.kind === 'ill') open = after(sign, isProbe);
		if (!isProbe) return;
		probe?.end();
		probe = undefined;
	}

	function after({ why, retryAfter = 0 }: Extract<Sign, { kind: 'ill' }>, isProbe: boolean): Open | undefined {
		failed = [...failed.filter(at => at > now() - within), now()];
		const asked = now() + Math.min(longestRetryAfter, retryAfter);
		if (open !== undefined) return stillOpen(open, { why, asked, isProbe });
		if (failed.length >= mostFailures) {
			const until = Math.max(asked, now() + firstPause);
			return { failedAt: now(), until, pause: firstPause, failures: failed.length, why };
		}
		if (retryAfter === 0) return undefined;
		return { failedAt: now(), until: asked, pause: firstPause, failures: failed.length, why };
	}

	/**
	 * What was under way when the backend was given up fails too: that tells nothing new, and makes no pause longer; nor does
	 * a try that the operator has made before its time.
	 */
	function stillOpen(before: Open, { why, asked, isProbe }: Told): Open {
		const isDue = isProbe && now() >= before.until;
		const pause = isDue ? Math.min(longestPause, 2 * before.pause) : before.pause;
		const until = Math.max(before.until, asked, isProbe ? now() + pause : 0);
		return { failedAt: now(), until, pause, failures: before.failures + 1, why };
	}

	return { enter, hear, restsUntil: () => open?.until };
}

/** What the status of an answer says of the backend. A query that is refused (4xx) is the query's own affair. */
export function signOf({ status, retryAfter }: HttpResponse): Sign {
	const isIll = status === 429 || (status >= 500 && status !== 501);
	if (!isIll) return { kind: 'well' };
	return { kind: 'ill', why: String(status), ...(retryAfter === undefined ? {} : { retryAfter }) };
}

/** What a failure says of it; an answer over our own limits is one. */
export function signOfFailure({ kind }: Failure): Sign {
	if (kind === 'too-large') return { kind: 'well' };
	return ofBackend.has(kind) ? { kind: 'ill', why: kind } : { kind: 'nothing' };
}

const ofBackend: ReadonlySet<Failure['kind']> = new Set(['refused', 'dns', 'tls', 'timeout', 'server', 'rate-limited']);

const restingFailure = (endpoint: Endpoint, { until, failures, why }: Open, now: Milliseconds): Failure => ({
	kind: 'resting',
	backend: endpoint.backend,
	what: `${whoOf(endpoint)} failed ${failures === 1 ? 'just now' : `${failures} times`} (${why}).`,
	next: `It is asked again in ${Math.ceil((until - now) / second)} s; R tries now.`,
});

function deferred(): { readonly over: Promise<void>; readonly end: () => void } {
	let end = () => {};
	const over = new Promise<void>(resolve => {
		end = resolve;
	});
	return { over, end };
}

async function orAborted(over: Promise<void>, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	const watching = new AbortController();
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: watching.signal });
	});
	await Promise.race([over, aborted]).finally(() => watching.abort());
}

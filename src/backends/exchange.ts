import type { Dispatcher } from 'undici';
import type { QueryRecord } from '../model/answer.ts';
import { type Failure, FailureError } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { isFinal } from './answer-failure.ts';
import { attempt, type Outcome } from './attempt.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import { type Endpoint, parseBase } from './endpoint.ts';
import type { Asking, HttpRequest, HttpResponse } from './message.ts';
import type { RequestQueue } from './request-queue.ts';
import { jitter, pauseBefore, retries } from './retry.ts';
import {
	badUrlFailure,
	cancelledFailure,
	isGivenUp,
	isReset,
	mayHaveArrived,
	secretFailure,
	totalTimeoutFailure,
	transportFailure,
} from './transport-failure.ts';
import { type Wire, wireOf } from './wire.ts';

/** What the questions to one backend share. */
export type Line = {
	readonly endpoint: Endpoint;
	readonly queue: RequestQueue;
	readonly dispatcher: () => Promise<Dispatcher>;
	readonly connectTimeout: Milliseconds;
	readonly totalTimeout: Milliseconds;
	readonly maxBodyBytes: number;
	readonly longestSilence: Milliseconds;
	readonly now: () => Milliseconds;
	readonly random: () => number;
	readonly sleep: (length: Milliseconds, signal: AbortSignal) => Promise<unknown>;
};

/** An answer of any status, and the evidence of it, which is still to be recorded. */
export type Exchanged = { readonly response: HttpResponse; readonly evidence: QueryRecord };

/**
 * Puts a question and reads its whole answer. When there is none, the evidence is recorded here and it rejects with a
 * `FailureError`; a question that was never sent leaves no evidence.
 */
export async function exchange(line: Line, request: HttpRequest, asking: Asking): Promise<Exchanged> {
	const wire = await addressed(line.endpoint, request);
	return line
		.queue(() => conduct(line, wire, request, asking), asking.signal)
		.catch(error => {
			throw error instanceof FailureError ? error : new FailureError(cancelledFailure(line.endpoint));
		});
}

/** The request as it goes to the backend, with the headers that let it in. */
export async function addressed(endpoint: Endpoint, request: HttpRequest): Promise<Wire> {
	const base = parseBase(endpoint);
	if (base === undefined) throw new FailureError(badUrlFailure(endpoint));
	return wireOf(base, request, await headersOf(endpoint));
}

async function headersOf(endpoint: Endpoint): Promise<Readonly<Record<string, string>>> {
	try {
		return await endpoint.headers();
	} catch (error) {
		throw error instanceof FailureError ? error : new FailureError(secretFailure(endpoint));
	}
}

async function conduct(line: Line, wire: Wire, request: HttpRequest, asking: Asking): Promise<Exchanged> {
	const began = line.now();
	const deadline = createDeadline(asking.signal, line.totalTimeout);
	const patience = { signal: deadline.signal, waited: () => line.now() - began };
	const question = {
		backend: line.endpoint.backend,
		...wire.shown,
		...(request.query === undefined ? {} : { query: request.query }),
	};
	const over = asking.begin?.({ ...question, since: began });
	const outcome = await persist(line, wire, request, patience).finally(() => {
		deadline.clear();
		over?.();
	});
	const evidence = { ...question, took: line.now() - began, bytes: outcome.bytes };
	if ('response' in outcome && !asking.signal.aborted) {
		return { response: outcome.response, evidence: { ...evidence, outcome: outcome.response.status } };
	}
	const broken = 'error' in outcome && !asking.signal.aborted;
	const failure = broken ? brokenFailure(line, outcome, { ...patience, ...deadline }) : cancelledFailure(line.endpoint);
	asking.record({ ...evidence, outcome: failure.kind });
	const isUnclear = !broken || deadline.expired() || mayHaveArrived(outcome.error);
	throw new FailureError(isUnclear ? unclearFailure(failure, request) : failure);
}

/** Whether the server has done it is not known: of a change that must be told, lest it be done twice. */
export const unclearFailure = (failure: Failure, { change }: HttpRequest): Failure =>
	change === undefined ? failure : { ...failure, next: change.unclear };

/** How long a question may take, and how long it has taken. */
type Patience = { readonly signal: AbortSignal; readonly waited: () => Milliseconds };

/** Asks, and asks again while that is safe and may help. */
async function persist(line: Line, wire: Wire, request: HttpRequest, { signal, waited }: Patience): Promise<Outcome> {
	const dispatcher = await line.dispatcher();
	for (let tries = 0; ; tries += 1) {
		const outcome = await attempt(dispatcher, wire, { ...line, signal });
		const wait = request.retry === false ? undefined : waitAfter(outcome, tries, line.random, waited);
		if (wait === undefined || signal.aborted) return outcome;
		await line.sleep(wait, signal).catch(() => undefined);
		if (signal.aborted) return outcome;
	}
}

function waitAfter(
	outcome: Outcome,
	tries: number,
	random: () => number,
	waited: Patience['waited'],
): Milliseconds | undefined {
	if ('response' in outcome)
		return isFinal(outcome.response) ? undefined : pauseBefore(tries, outcome.response, random);
	const unanswered = outcome.status === undefined && isReset(outcome.error);
	return unanswered && !isGivenUp(waited()) && tries < retries ? jitter(tries, random) : undefined;
}

function brokenFailure(
	line: Line,
	{ error, status }: Extract<Outcome, { error: unknown }>,
	{ expired, waited }: Deadline & Patience,
): Failure {
	if (expired()) return totalTimeoutFailure(line.endpoint, line.totalTimeout);
	return transportFailure(error, { ...line, waited: waited(), ...(status === undefined ? {} : { status }) });
}

import type { Dispatcher } from 'undici';
import type { QueryRecord } from '../model/answer.ts';
import { type Failure, FailureError } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { type Admitted, addressed, admitted, isRenewed } from './admission.ts';
import { isFinal } from './answer-failure.ts';
import { attempt, type Outcome } from './attempt.ts';
import { anew, type Breaker, type Sign, signOf, signOfFailure } from './breaker.ts';
import { type Budget, checkBudget } from './budget.ts';
import { createDeadline, type Deadline } from './deadline.ts';
import type { Endpoint } from './endpoint.ts';
import type { Asking, HttpRequest, HttpResponse } from './message.ts';
import type { RequestQueue } from './request-queue.ts';
import { jitter, pauseBefore, retries } from './retry.ts';
import { aheadBy, mostSkew, skewOf } from './skew.ts';
import {
	cancelledFailure,
	isGivenUp,
	isReset,
	lateSecretFailure,
	mayHaveArrived,
	totalTimeoutFailure,
	transportFailure,
} from './transport-failure.ts';

/** What the questions to one backend share. */
export type Line = {
	readonly endpoint: Endpoint;
	readonly queue: RequestQueue;
	readonly breaker: Breaker;
	/** What may be read of it; without bound when absent. */
	readonly budget?: Budget;
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
	return line
		.queue(() => ask(line, request, asking), asking.signal)
		.catch(error => {
			if (error instanceof FailureError) throw error;
			const { signal } = asking;
			throw new FailureError(signal.aborted ? cancelledFailure(line.endpoint) : lateSecretFailure(line));
		});
}

/** A change is the operator's own deed, and no backend is too sick for that. A probe is put once. */
async function ask(line: Line, request: HttpRequest, asking: Asking): Promise<Exchanged> {
	if (line.budget !== undefined && isMetered(request)) checkBudget(line.budget, line.endpoint);
	const leave = await line.breaker.enter(request.change === undefined ? asking : { ...asking, insistedAt: anew });
	let heard = false;
	const hear: Hear = sign => {
		heard = true;
		line.breaker.hear(sign, leave);
		const restsUntil = line.breaker.restsUntil();
		return restsUntil === undefined ? {} : { restsUntil };
	};
	try {
		return await conduct(line, leave.isProbe ? { ...request, retry: false } : request, { asking, hear });
	} finally {
		// It never came to asking.
		if (!heard) hear({ kind: 'nothing' });
	}
}

/** Whether it tells what it reads. */
const isMetered = ({ readOf, samplesOf }: HttpRequest): boolean => readOf !== undefined || samplesOf !== undefined;

/** Told what came of a question, it tells until when the backend is left alone. */
type Hear = (sign: Sign) => Pick<QueryRecord, 'restsUntil'>;

async function conduct(
	line: Line,
	request: HttpRequest,
	{ asking, hear }: { readonly asking: Asking; readonly hear: Hear },
): Promise<Exchanged> {
	const began = line.now();
	const deadline = createDeadline(asking.signal, line.totalTimeout);
	const patience = { signal: deadline.signal, waited: () => line.now() - began };
	const question = {
		backend: line.endpoint.backend,
		...addressed(line.endpoint, request).shown,
		...(request.query === undefined ? {} : { query: request.query }),
	};
	const over = asking.begin?.({ ...question, since: began });
	const outcome = await persist(line, request, patience).finally(() => {
		deadline.clear();
		over?.();
	});
	const evidence = { ...question, took: line.now() - began, bytes: outcome.bytes };
	if ('response' in outcome && !asking.signal.aborted) {
		const { response } = outcome;
		const clock = clockOf(response, began, line.now());
		return { response, evidence: { ...evidence, ...clock, outcome: response.status, ...hear(signOf(response)) } };
	}
	const broken = 'error' in outcome && !asking.signal.aborted;
	const failure = broken ? brokenFailure(line, outcome, { ...patience, ...deadline }) : cancelledFailure(line.endpoint);
	asking.record({ ...evidence, outcome: failure.kind, ...hear(signOfFailure(failure)) });
	const isUnclear = !broken || deadline.expired() || mayHaveArrived(outcome.error);
	throw new FailureError(isUnclear ? unclearFailure(failure, request) : failure);
}

/** How its clock stands to ours, where it would put what it tells at another time. */
function clockOf(response: HttpResponse, sent: Milliseconds, received: Milliseconds): Pick<QueryRecord, 'ahead'> {
	const skew = skewOf(response, sent, received);
	const ahead = skew === undefined ? 0 : aheadBy(skew);
	return Math.abs(ahead) > mostSkew ? { ahead } : {};
}

/** Whether the server has done it is not known: of a change that must be told, lest it be done twice. */
export const unclearFailure = (failure: Failure, { change }: HttpRequest): Failure =>
	change === undefined ? failure : { ...failure, next: change.unclear };

/** How long a question may take, and how long it has taken. */
type Patience = { readonly signal: AbortSignal; readonly waited: () => Milliseconds };

/** Asks, and asks again while that is safe and may help. Rejects when it never came to asking: there are no credentials. */
async function persist(line: Line, request: HttpRequest, { signal, waited }: Patience): Promise<Outcome> {
	const dispatcher = await line.dispatcher();
	let [tries, isSent, isNew] = [0, false, false];
	for (;;) {
		const { outcome, renews } = await letIn(line, request, signal, dispatcher).catch(error => {
			if (!isSent) throw error;
			return { outcome: { error, status: undefined, bytes: 0 } as const, renews: () => false };
		});
		isSent = true;
		if (!isNew && !signal.aborted && renews()) {
			isNew = true;
			continue;
		}
		const wait = request.retry === false ? undefined : waitAfter(outcome, tries, line.random, waited);
		if (wait === undefined || signal.aborted) return outcome;
		await line.sleep(wait, signal).catch(() => undefined);
		if (signal.aborted || line.breaker.restsUntil() !== undefined) return outcome;
		tries += 1;
	}
}

/** One try; `renews` forgets the credentials that it was refused with, and tells whether there are others to be had. */
async function letIn(line: Line, request: HttpRequest, signal: AbortSignal, dispatcher: Dispatcher) {
	const { wire, headers, ...sent } = await admitted(line.endpoint, request, signal);
	const outcome = knowing(sent, await attempt(dispatcher, wire, { ...line, signal }));
	return { outcome, renews: () => 'response' in outcome && isRenewed(line.endpoint, outcome.response, headers) };
}

/** An answer remembers what its words must not repeat, and whether anything could have let the question in. */
const knowing = ({ secrets, isBare }: Pick<Admitted, 'secrets' | 'isBare'>, outcome: Outcome): Outcome =>
	'response' in outcome
		? {
				...outcome,
				response: {
					...outcome.response,
					...(secrets.length > 0 ? { secrets } : {}),
					...(isBare ? { isBare } : {}),
				},
			}
		: outcome;

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
	if (error instanceof FailureError) return error.failure;
	if (expired()) return totalTimeoutFailure(line.endpoint, line.totalTimeout);
	return transportFailure(error, { ...line, waited: waited(), ...(status === undefined ? {} : { status }) });
}

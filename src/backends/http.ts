import { setTimeout as pause } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { type $ZodType, safeParse } from 'zod/v4/core';
import type { QueryRecord } from '../model/answer.ts';
import { failureOf as anyFailureOf, type Failure, FailureError } from '../model/failure.ts';
import { inSlices, type Steps } from '../model/steps.ts';
import { type Milliseconds, minute, second } from '../model/time.ts';
import { answerFailure, emptyFailure, notJsonFailure, wrongShapeFailure } from './answer-failure.ts';
import { createBreaker } from './breaker.ts';
import type { Budget } from './budget.ts';
import type { Endpoint } from './endpoint.ts';
import { exchange, type Line, unclearFailure } from './exchange.ts';
import { openFrames } from './frames.ts';
import { jsonSteps } from './json-steps.ts';
import type { Asking, HttpRequest, HttpResponse } from './message.ts';
import { createRequestQueue } from './request-queue.ts';
import { firstDifference } from './shape.ts';
import { cancelledFailure } from './transport-failure.ts';

export type { Asking, HttpRequest, HttpResponse } from './message.ts';

/** The one door to a backend. Every promise rejects with a `FailureError` and nothing else. */
export type Http = {
	readonly endpoint: Endpoint;
	/**
	 * Parsed and checked JSON of a 2xx answer; 204 or an empty body gives `undefined` to the schema. A long answer is parsed in
	 * slices, and `asking.progress` told how far.
	 */
	json<Value>(request: HttpRequest, schema: $ZodType<Value>, asking: Asking): Promise<Value>;
	/**
	 * The checked JSON of each frame that a websocket brings, from when it stands. It ends only by a rejection: when the
	 * server closes it, the connection is lost, a frame cannot be read, or `asking.signal` aborts.
	 */
	frames<Value>(request: HttpRequest, schema: $ZodType<Value>, asking: Asking): Promise<AsyncIterable<Value>>;
	/** The answer of any status, for callers to whom a status is an answer (Tempo's 404 for a trace it does not have). */
	send(request: HttpRequest, asking: Asking): Promise<HttpResponse>;
	/** The checked JSON of an answer that `send` brought; throws the `FailureError` that `json` would. */
	parse<Value>(response: HttpResponse, request: HttpRequest, schema: $ZodType<Value>): Value;
	/** The same of an answer that may be long, as `json` does it. */
	parseLong<Value>(
		response: HttpResponse,
		request: HttpRequest,
		schema: $ZodType<Value>,
		asking: Asking,
	): Promise<Value>;
	/** Does long work with an answer in slices; rejects as every question does when `asking.signal` aborts meanwhile. */
	inSlices<Value>(steps: Steps<Value>, asking: Asking): Promise<Value>;
	/** The failure that a non-2xx answer is, with the server's own words. */
	failureOf(response: HttpResponse, request: HttpRequest): Failure;
};

export type HttpOptions = {
	/** Answers in place of the network: the demo, a replay, a proxy agent. */
	readonly dispatcher?: Dispatcher;
	/** 5 s when absent. */
	readonly connectTimeout?: Milliseconds;
	/** From its turn in the queue to the end of the answer, all tries together; 30 s when absent. */
	readonly totalTimeout?: Milliseconds;
	/** Cap on a decoded body and on a frame of a websocket; 64 MB when absent. */
	readonly maxBodyBytes?: number;
	/** A websocket that brings nothing for so long, not even an answer to a ping, is lost; 15 s when absent. */
	readonly longestSilence?: Milliseconds;
	/** How many requests may be under way; 8, and 2 for Alertmanager, whose own limit is small and shared by all clients. */
	readonly atOnce?: number;
	/** What may be read of it for one incident, shared with whoever else asks it; without bound when absent. */
	readonly budget?: Budget;
	readonly now: () => Milliseconds;
	/** 0 (inclusive) to 1, for the jitter of retries. */
	readonly random?: () => number;
	readonly sleep?: (length: Milliseconds, signal: AbortSignal) => Promise<unknown>;
};

/** Opens the door to one backend. Nothing is connected before the first question. */
export function createHttp(endpoint: Endpoint, options: HttpOptions): Http {
	const line = lineOf(endpoint, options);

	const failureOf = (response: HttpResponse, request: HttpRequest): Failure =>
		answerFailure(endpoint, request, response);

	function check<Value>(request: HttpRequest, response: HttpResponse, json: unknown, schema: $ZodType<Value>): Value {
		if (!isGood(response)) throw new FailureError(failureOf(response, request));
		if (json === damaged) throw new FailureError(unclearFailure(notJsonFailure(endpoint, response), request));
		const checked = safeParse(schema, json);
		if (checked.success) return checked.data;
		const failure =
			json === undefined
				? emptyFailure(endpoint, response)
				: wrongShapeFailure(endpoint, response, firstDifference(checked.error.issues, json));
		throw new FailureError(unclearFailure(failure, request));
	}

	async function json<Value>(request: HttpRequest, schema: $ZodType<Value>, asking: Asking): Promise<Value> {
		const { response, evidence } = await exchange(line, request, asking);
		const json = await readLong(response.body, request, asking).catch(error => {
			asking.record(evidence);
			throw error;
		});
		const cost = costIn(line, json, request, response);
		try {
			const value = check(request, response, json, schema);
			asking.record({ ...evidence, ...cost });
			return value;
		} catch (error) {
			// A server whose answer cannot be read is not well, whatever status it came with.
			asking.record({ ...evidence, ...cost, ...(isGood(response) ? { outcome: anyFailureOf(error).kind } : {}) });
			throw error;
		}
	}

	async function sliced<Value>(steps: Steps<Value>, asking: Asking, onPause?: () => void): Promise<Value> {
		const slicing = { now: line.now, signal: asking.signal };
		try {
			return await inSlices(steps, onPause === undefined ? slicing : { ...slicing, onPause });
		} catch (error) {
			throw asking.signal.aborted ? new FailureError(cancelledFailure(endpoint)) : error;
		}
	}

	async function readLong(body: string, { items }: HttpRequest, asking: Asking): Promise<unknown> {
		if (body.length < longBody) return readJson(body);
		let position = 0;
		const onRead = (at: number) => {
			position = at;
		};
		const steps = jsonSteps(body, items === undefined ? { onRead } : { onRead, item: items.read });
		try {
			return await sliced(steps, asking, () =>
				asking.progress?.({ items: items?.count() ?? 0, share: position / body.length }),
			);
		} catch (error) {
			if (error instanceof SyntaxError) return damaged;
			throw error;
		}
	}

	async function frames<Value>(request: HttpRequest, schema: $ZodType<Value>, asking: Asking) {
		const texts = await openFrames(line, request, asking);
		return checkedFrames(texts, body => check(request, frameResponse(body), readJson(body), schema));
	}

	async function send(request: HttpRequest, asking: Asking): Promise<HttpResponse> {
		const { response, evidence } = await exchange(line, request, asking);
		const cost = request.costOf === undefined ? {} : costIn(line, readJson(response.body), request, response);
		asking.record({ ...evidence, ...cost });
		return response;
	}

	return {
		endpoint,
		json,
		frames,
		send,
		inSlices: (steps, asking) => sliced(steps, asking),
		parse: (response, request, schema) => check(request, response, readJson(response.body), schema),
		parseLong: async (response, request, schema, asking) =>
			check(request, response, await readLong(response.body, request, asking), schema),
		failureOf,
	};
}

/** A frame as the answer that it is: a websocket stands on a good one. */
const frameResponse = (body: string): HttpResponse => ({ status: 200, contentType: 'application/json', body });

async function* checkedFrames<Value>(texts: AsyncIterable<string>, check: (body: string) => Value) {
	for await (const text of texts) yield check(text);
}

function lineOf(endpoint: Endpoint, options: HttpOptions): Line {
	const { connectTimeout = 5 * second, totalTimeout = minute / 2, maxBodyBytes = 64 * 2 ** 20 } = options;
	const { atOnce = endpoint.backend === 'alertmanager' ? 2 : 8, now, random = Math.random } = options;
	const { longestSilence = 15 * second } = options;
	const { sleep = (length, signal) => pause(length, undefined, { signal }) } = options;
	let agent: Promise<Dispatcher> | undefined;
	const dispatcher = async (): Promise<Dispatcher> => {
		if (options.dispatcher !== undefined) return options.dispatcher;
		// Kept longer than the 5 s between two looks at the alerts, so that each does not begin with a handshake.
		agent ??= import('./ways/dispatcher.ts').then(({ openDispatcher }) =>
			openDispatcher(endpoint, {
				connections: atOnce,
				keepAliveTimeout: minute,
				connectTimeout,
				webSocket: { maxPayloadSize: maxBodyBytes },
			}),
		);
		return agent;
	};
	const queue = createRequestQueue(atOnce);
	return {
		endpoint,
		queue,
		breaker: createBreaker(endpoint, now),
		...(options.budget === undefined ? {} : { budget: options.budget }),
		dispatcher,
		connectTimeout,
		totalTimeout,
		maxBodyBytes,
		longestSilence,
		now,
		random,
		sleep,
	};
}

const isGood = ({ status }: HttpResponse): boolean => status >= 200 && status < 300;

/** In characters: what is shorter is parsed in one go, which takes some 20 ms. */
const longBody = 3_000_000;

const damaged = Symbol('damaged JSON');

function readJson(body: string): unknown {
	if (body.trim() === '') return undefined;
	try {
		return JSON.parse(body);
	} catch {
		return damaged;
	}
}

function costIn(
	{ budget }: Line,
	json: unknown,
	{ costOf, readOf, samplesOf }: HttpRequest,
	response: HttpResponse,
): Pick<QueryRecord, 'cost' | 'read' | 'samples' | 'budget'> {
	if (!isGood(response) || json === damaged) return {};
	const [cost, read, samples] = [costOf?.(json), readOf?.(json), samplesOf?.(json)];
	budget?.spend(read ?? samples ?? 0);
	return {
		...(cost === undefined ? {} : { cost }),
		...(read === undefined ? {} : { read }),
		...(samples === undefined ? {} : { samples }),
		...(budget === undefined ? {} : { budget: budget.spent() }),
	};
}

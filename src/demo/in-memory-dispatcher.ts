import type { Dispatcher } from 'undici';
import BaseDispatcher from 'undici/lib/dispatcher/dispatcher.js';
import WrapHandler from 'undici/lib/handler/wrap-handler.js';
import { PieceTurns } from './piece-turns.ts';
import type { Piecework } from './piecework.ts';
import type { DemoAnswer, DemoReply, DemoRequestLine } from './route.ts';

/** Answers a request to a host; `undefined` when there is no such host. */
export type DemoServers = (origin: string, request: DemoRequestLine) => DemoAnswer | undefined;

/**
 * An undici dispatcher that reaches servers in this process. Answers come asynchronously, as from a network, and one that
 * takes long is worked at piece by piece, so that the screen of the same process never waits for it; a request that is aborted
 * before is never answered, and worked at no more; a host that does not exist fails as DNS does.
 */
export class InMemoryDispatcher extends BaseDispatcher {
	readonly #servers: DemoServers;
	readonly #turns = new PieceTurns();

	constructor(servers: DemoServers) {
		super();
		this.#servers = servers;
	}

	override dispatch(options: Dispatcher.DispatchOptions, legacyHandler: Dispatcher.DispatchHandler): boolean {
		const handler = WrapHandler.wrap(legacyHandler);
		const controller = new Conversation(error => handler.onResponseError?.(controller, error));
		handler.onRequestStart?.(controller, {});
		afterNextTurn(() => {
			unlessAborted(controller, () => {
				const origin = String(options.origin ?? '');
				const found = this.#servers(origin, requestLineOf(options));
				if (found === undefined) controller.abort(notFound(origin));
				else if ('status' in found) answer(handler, controller, found);
				else this.#turns.add(() => moreOf(found, handler, controller));
			});
		});
		return true;
	}

	override close(callback?: () => void): Promise<void> {
		callback?.();
		return Promise.resolve();
	}

	override destroy(...parts: readonly unknown[]): Promise<void> {
		const callback = parts.at(-1);
		if (typeof callback === 'function') callback();
		return Promise.resolve();
	}
}

/** A network takes so long that what one answer brought is on the screen before the next question is worked on. */
const afterNextTurn = (work: () => void) => setImmediate(() => setImmediate(work));

/** Works on at an answer that somebody waits for; whether there is more to do. */
function moreOf(work: Piecework<DemoReply>, handler: Dispatcher.DispatchHandler, controller: Conversation): boolean {
	let isMore = false;
	unlessAborted(controller, () => {
		const { done, value } = work.next();
		if (done === true) answer(handler, controller, value);
		else isMore = true;
	});
	return isMore;
}

function unlessAborted(controller: Conversation, act: () => void): void {
	if (controller.aborted) return;
	try {
		act();
	} catch (error) {
		controller.abort(error instanceof Error ? error : new Error(String(error)));
	}
}

/** One request under way: until it is answered it can be aborted, once. */
class Conversation implements Dispatcher.DispatchController {
	reason: Error | null = null;
	readonly paused = false;
	readonly #fail: (error: Error) => void;
	#ended = false;

	constructor(fail: (error: Error) => void) {
		this.#fail = fail;
	}

	get aborted(): boolean {
		return this.reason !== null;
	}

	abort(reason: Error): void {
		if (this.#ended) return;
		this.#ended = true;
		this.reason = reason;
		this.#fail(reason);
	}

	end(): void {
		this.#ended = true;
	}

	/** The whole answer is in memory; there is nothing to hold back. */
	pause(): void {}

	resume(): void {}
}

function answer(handler: Dispatcher.DispatchHandler, controller: Conversation, reply: DemoReply): void {
	const body = Buffer.from(reply.body);
	const headers = {
		...(reply.contentType === undefined ? {} : { 'content-type': reply.contentType }),
		'content-length': String(body.length),
	};
	handler.onResponseStart?.(controller, reply.status, headers);
	if (controller.aborted) return;
	if (body.length > 0) handler.onResponseData?.(controller, body);
	if (controller.aborted) return;
	controller.end();
	handler.onResponseEnd?.(controller, {});
}

const notFound = (origin: string): Error => {
	const host = URL.canParse(origin) ? new URL(origin).hostname : origin;
	return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
		code: 'ENOTFOUND',
		syscall: 'getaddrinfo',
		hostname: host,
	});
};

function requestLineOf({ path, method, query, headers, body }: Dispatcher.DispatchOptions): DemoRequestLine {
	const url = new URL(path, 'http://any.demo');
	const named = headersOf(headers);
	const text = textOf(body);
	const form = named['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
	const parameters = new URLSearchParams([
		...url.searchParams,
		...new URLSearchParams(queryTextOf(query)),
		...(form ? new URLSearchParams(text) : []),
	]);
	return { method, path: url.pathname, parameters, headers: named, body: form ? '' : text };
}

const queryTextOf = (query: Dispatcher.DispatchOptions['query']): [string, string][] =>
	Object.entries(query ?? {}).flatMap(([name, value]) =>
		(Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
	);

function textOf(body: Dispatcher.DispatchOptions['body']): string {
	if (body === null || body === undefined) return '';
	if (typeof body === 'string') return body;
	if (body instanceof Uint8Array) return Buffer.from(body).toString();
	throw new TypeError('The demo reads bodies of text only.');
}

/** Headers in any of the shapes that undici takes, by lower-case name. */
function headersOf(headers: Dispatcher.DispatchOptions['headers']): Readonly<Record<string, string>> {
	if (headers === null || headers === undefined) return {};
	const pairs = Array.isArray(headers) ? pairsOf(headers) : [...entriesOf(headers)];
	return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), String(value ?? '')]));
}

const pairsOf = (flat: readonly string[]): readonly (readonly [string, unknown])[] =>
	flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]] as const] : []));

const entriesOf = (headers: object): Iterable<readonly [string, unknown]> =>
	Symbol.iterator in headers ? (headers as Iterable<readonly [string, unknown]>) : Object.entries(headers);

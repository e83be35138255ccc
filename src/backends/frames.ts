import type { Duplex } from 'node:stream';
import { type Failure, FailureError, failureOf } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { type Admitted, admitted, isRenewed } from './admission.ts';
import { answerFailure } from './answer-failure.ts';
import { signOfFailure } from './breaker.ts';
import { checkBudget, overBudget } from './budget.ts';
import { whoOf } from './endpoint.ts';
import type { Line } from './exchange.ts';
import { type Handshake, RefusedUpgrade, watched } from './handshake.ts';
import type { Asking, HttpRequest, HttpResponse } from './message.ts';
import { withoutSecrets } from './sent-secrets.ts';
import { wordsOf } from './server-words.ts';
import { cancelledFailure, totalTimeoutFailure, transportFailure } from './transport-failure.ts';
import { loadWebSocket } from './undici.ts';

/**
 * Opens a websocket (RFC 6455) where a request would go, with the same headers, and gives the texts that it brings from
 * when it stands. Rejects with a `FailureError`: with the status and the server's words where it refused the handshake.
 */
export async function openFrames(line: Line, request: HttpRequest, asking: Asking): Promise<AsyncIterable<string>> {
	if (line.budget !== undefined && request.countsFrames === true) checkBudget(line.budget, line.endpoint);
	const leave = await line.breaker.enter(asking).catch(error => {
		throw asking.signal.aborted ? new FailureError(cancelledFailure(line.endpoint)) : error;
	});
	try {
		const frames = await stream(line, request, asking);
		line.breaker.hear({ kind: 'well' }, leave);
		return frames;
	} catch (error) {
		line.breaker.hear(signOfFailure(failureOf(error)), leave);
		throw error;
	}
}

async function stream(line: Line, request: HttpRequest, asking: Asking): Promise<AsyncIterable<string>> {
	// What a refusal says is read as it comes.
	const plain = { ...request, headers: { ...request.headers, 'accept-encoding': 'identity' } };
	const first = await admitted(line.endpoint, plain, asking.signal).catch(error => {
		throw asking.signal.aborted ? new FailureError(cancelledFailure(line.endpoint)) : error;
	});
	const began = line.now();
	const record = (outcome: number | string) =>
		asking.record({
			backend: line.endpoint.backend,
			...first.wire.shown,
			...(request.query === undefined ? {} : { query: request.query }),
			took: line.now() - began,
			bytes: 0,
			outcome,
		});
	try {
		const frames = await letIn(line, plain, first, asking.signal);
		record(101);
		return frames;
	} catch (error) {
		const failure = asking.signal.aborted ? cancelledFailure(line.endpoint) : failureOf(error);
		record(failure.status ?? failure.kind);
		throw new FailureError(failure);
	}
}

/** A handshake, and another one with new credentials when those of the first are refused and may be renewed. */
async function letIn(
	line: Line,
	request: HttpRequest,
	first: Admitted,
	signal: AbortSignal,
): Promise<AsyncIterable<string>> {
	try {
		return await shakeHands(line, first, request, signal);
	} catch (error) {
		const isOver = signal.aborted || !(error instanceof RefusedHandshake);
		if (isOver || !isRenewed(line.endpoint, error.response, first.headers)) throw error;
		return shakeHands(line, await admitted(line.endpoint, request, signal), request, signal);
	}
}

/** Says what the refusal is, and has it for whoever could mend it. */
class RefusedHandshake extends FailureError {
	readonly response: HttpResponse;

	constructor(failure: Failure, response: HttpResponse) {
		super(failure);
		this.response = response;
	}
}

async function shakeHands(
	line: Line,
	{ wire, secrets }: Admitted,
	request: HttpRequest,
	signal: AbortSignal,
): Promise<AsyncIterable<string>> {
	const [{ WebSocket, ping }, dispatcher] = await Promise.all([loadWebSocket(), line.dispatcher()]);
	const cancelled = cancelledFailure(line.endpoint);
	if (signal.aborted) throw new FailureError(cancelled);
	const handshake: Handshake = {};
	const url = `${wire.origin.replace(/^http/, 'ws')}${wire.path}`;
	const socket = opened(
		line,
		() => new WebSocket(url, { headers: wire.headers, dispatcher: watched(dispatcher, handshake, secrets) }),
	);
	return new Promise((resolve, reject) => {
		const inbox = createInbox();
		const late = setTimeout(() => close(totalTimeoutFailure(line.endpoint, line.totalTimeout)), line.totalTimeout);
		let stopWatching = () => clearTimeout(late);
		const cancel = () => close(cancelled);
		const close = (failure: Failure) => {
			stopWatching();
			signal.removeEventListener('abort', cancel);
			inbox.end(new FailureError(failure));
			const { error } = handshake;
			reject(
				error instanceof RefusedUpgrade ? new RefusedHandshake(failure, error.response) : new FailureError(failure),
			);
			socket.close();
			handshake.socket?.destroy();
		};
		signal.addEventListener('abort', cancel);
		socket.addEventListener('open', () => {
			clearTimeout(late);
			handshake.stands = true;
			stopWatching = watchSilence(handshake.socket, {
				longest: line.longestSilence,
				isClosing: () => socket.readyState === WebSocket.CLOSING,
				ping: () => ping(socket),
				close: () => close(silentFailure(line)),
			});
			resolve(textsIn(inbox, cancel));
		});
		socket.addEventListener('message', ({ data }) => {
			if (typeof data !== 'string' || data.length > line.maxBodyBytes) return close(unreadableFailure(line));
			inbox.put(data);
			if (request.countsFrames !== true || line.budget === undefined) return;
			line.budget.spend(Buffer.byteLength(data));
			const failure = overBudget(line.budget, line.endpoint);
			if (failure !== undefined) close(failure);
		});
		socket.addEventListener('error', () => undefined);
		socket.addEventListener('close', ({ code, reason }) => {
			close(
				handshake.stands
					? closedFailure(line, code, withoutSecrets(reason, secrets))
					: refusedFailure(line, request, handshake),
			);
		});
	});
}

/** What is thrown at once quotes the header that does not do, and with it a secret: it is not passed on. */
function opened<Socket>(line: Line, open: () => Socket): Socket {
	try {
		return open();
	} catch {
		const error = Object.assign(new Error('a header does not do'), { code: 'UND_ERR_INVALID_ARG' });
		throw new FailureError(transportFailure(error, line));
	}
}

type Inbox = ReturnType<typeof createInbox>;

/** Texts that wait to be read, in order, and behind them why no more come. */
function createInbox() {
	const waiting: string[] = [];
	let wake = () => {};
	let failure: FailureError | undefined;
	return {
		put(text: string) {
			waiting.push(text);
			wake();
		},
		end(error: FailureError) {
			failure ??= error;
			wake();
		},
		/** The next text, once it is there; rejects behind the last one. */
		async next(): Promise<string> {
			for (;;) {
				const text = waiting.shift();
				if (text !== undefined) return text;
				if (failure !== undefined) throw failure;
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		},
	};
}

/** `left` is called when the reader goes away. */
async function* textsIn(inbox: Inbox, left: () => void): AsyncGenerator<string, never> {
	try {
		for (;;) yield await inbox.next();
	} finally {
		left();
	}
}

/** A server that has said why it closes, and does not, is not waited for. */
const closingPatience: Milliseconds = 1000;

type Silence = {
	readonly longest: Milliseconds;
	/** The server has said that it closes, and been answered: it is on it to end the connection (RFC 6455 §7.1.1). */
	readonly isClosing: () => boolean;
	readonly ping: () => void;
	readonly close: () => void;
};

/** Asks for a sign of life when nothing has come for half as long as nothing may come. */
function watchSilence(socket: Duplex | undefined, { longest, isClosing, ping, close }: Silence): () => void {
	const bytesRead = () => (socket !== undefined && 'bytesRead' in socket ? socket.bytesRead : undefined);
	let last = bytesRead();
	let asked = false;
	const timer = setInterval(() => {
		const isSilent = bytesRead() === last;
		last = bytesRead();
		if (isSilent && asked) close();
		else if (isSilent) ping();
		asked = isSilent;
	}, longest / 2);
	const ending = setInterval(() => isClosing() && socket?.destroy(), Math.min(closingPatience, longest / 2));
	return () => {
		clearInterval(timer);
		clearInterval(ending);
	};
}

function refusedFailure(line: Line, request: HttpRequest, { error, status }: Handshake): Failure {
	if (error instanceof RefusedUpgrade) return refusal(line, request, error.response);
	if (status !== undefined) return notASocket(line, status);
	return transportFailure(error ?? Object.assign(new Error('no answer'), { code: 'ECONNRESET' }), line);
}

/** A 2xx is a page of something that knows no websockets; Go's servers say so when a proxy has taken the upgrade away. */
function refusal(line: Line, request: HttpRequest, response: HttpResponse): Failure {
	const { status, body } = response;
	const isUnknown = (status >= 200 && status < 300) || status === 426 || status === 501;
	return isUnknown || (status === 400 && /^(?:bad request\s+)?websocket:/i.test(body))
		? { ...notASocket(line, status), ...wordsOf(response) }
		: answerFailure(line.endpoint, request, response);
}

const notASocket = ({ endpoint }: Line, status: number): Failure => ({
	kind: 'not-json',
	backend: endpoint.backend,
	status,
	what: `${whoOf(endpoint)} opened no websocket (${status}).`,
	next: `Check whether the proxy on the way to ${endpoint.origin} lets websockets through.`,
});

/** 1011 is how a server says in its own words why it ends a stream; 1006 stands for a connection that broke. */
function closedFailure({ endpoint }: Line, code: number, reason: string): Failure {
	const words = reason.slice(0, 125);
	return {
		kind: code === 1006 ? 'refused' : 'server',
		backend: endpoint.backend,
		what: code === 1006 ? `${whoOf(endpoint)} broke off the stream.` : `${whoOf(endpoint)} ended the stream (${code}).`,
		next: 'Press R to ask again.',
		...(words === '' ? {} : { words }),
	};
}

const silentFailure = ({ endpoint, longestSilence }: Line): Failure => ({
	kind: 'timeout',
	backend: endpoint.backend,
	what: `${whoOf(endpoint)} gave no sign of life on the stream for ${longestSilence / 1000} s.`,
	next: 'Press R to ask again.',
});

const unreadableFailure = ({ endpoint }: Line): Failure => ({
	kind: 'too-large',
	backend: endpoint.backend,
	what: `${whoOf(endpoint)} sent a frame on the stream that is too large, or no text.`,
	next: 'Press R to ask again.',
});

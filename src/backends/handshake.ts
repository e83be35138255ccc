import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { HttpResponse } from './message.ts';

/** What came of the request that opens a websocket; undici tells its users no more than that it failed. */
export type Handshake = {
	/** The connection, from when the server has changed to the protocol. */
	socket?: Duplex;
	stands?: boolean;
	status?: number;
	error?: Error;
};

/** The server answered the handshake as it answers any request. */
export class RefusedUpgrade extends Error {
	readonly response: HttpResponse;

	constructor(response: HttpResponse) {
		super(`refused with ${response.status}`);
		this.response = response;
	}
}

/** Enough of a refusal for the server's words in it. */
const mostOfBody = 64_000;

/** The same dispatcher, which writes down what becomes of the handshake that is let in with those secrets. */
export const watched = (dispatcher: Dispatcher, handshake: Handshake, secrets: readonly string[]): Dispatcher =>
	dispatcher.compose(dispatch => (options, handler) => dispatch(options, witnessOf(handler, handshake, secrets)));

/** Holds a refusal back until its body is there, and passes it on as an error. */
function witnessOf(
	handler: Dispatcher.DispatchHandler,
	handshake: Handshake,
	secrets: readonly string[],
): Dispatcher.DispatchHandler {
	let body = '';
	let head: Omit<HttpResponse, 'body'> = { status: 0, contentType: '' };
	return {
		onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
		onRequestUpgrade: (controller, status, headers, socket) => {
			handshake.status = status;
			handshake.socket = socket;
			handler.onRequestUpgrade?.(controller, status, headers, socket);
		},
		onResponseStart: (_, status, { 'content-type': contentType, location }) => {
			handshake.status = status;
			head = {
				status,
				contentType: typeof contentType === 'string' ? contentType : '',
				...(typeof location === 'string' ? { location } : {}),
			};
		},
		onResponseData: (_, chunk) => {
			if (body.length < mostOfBody) body += chunk.toString('utf8');
		},
		onResponseEnd: controller => {
			handshake.error = new RefusedUpgrade({ ...head, body, secrets });
			handler.onResponseError?.(controller, handshake.error);
		},
		onResponseError: (controller, error) => {
			handshake.error = error;
			handler.onResponseError?.(controller, error);
		},
	};
}

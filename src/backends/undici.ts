import type { Agent, buildConnector, Dispatcher } from 'undici';
import apiRequest from 'undici/lib/api/api-request.js';

/**
 * The only place that names undici's inner files. `import … from 'undici'` also loads fetch, WebSocket, caches and mocks:
 * bundled, on Node 20, 53 ms of start-up; `api-request` alone takes 9 ms, and the agent, loaded when the first
 * real connection is made, 11 ms more. Re-measure before changing this.
 */
export const dispatch = (
	dispatcher: Dispatcher,
	options: Dispatcher.RequestOptions,
): Promise<Dispatcher.ResponseData> => apiRequest.call(dispatcher, options);

/** The websocket of undici and its ping, which brings fetch along: loaded when the first stream is opened. */
export const loadWebSocket = (): Promise<typeof import('undici/lib/web/websocket/websocket.js')> =>
	import('undici/lib/web/websocket/websocket.js');

/** A pool of kept-alive connections for each origin. */
export async function createAgent(options: Agent.Options): Promise<Dispatcher> {
	const { default: LoadedAgent } = await import('undici/lib/dispatcher/agent.js');
	return new LoadedAgent(options);
}

/** How undici opens connections by itself, with TLS where that is wanted. */
export async function loadConnector(): Promise<typeof buildConnector> {
	const { default: build } = await import('undici/lib/core/connect.js');
	return build;
}

/** Asks an HTTP proxy, to which `connect` leads, for a connection to a `host:port` (RFC 9110 §9.3.6). Gives its answer, of any status. */
export async function askForTunnel(
	connect: buildConnector.connector,
	options: Dispatcher.ConnectOptions,
): Promise<Dispatcher.ConnectData> {
	const [{ default: LoadedClient }, { default: ask }] = await Promise.all([
		import('undici/lib/dispatcher/client.js'),
		import('undici/lib/api/api-connect.js'),
	]);
	return ask.call(new LoadedClient('http://proxy.invalid', { connect }), options);
}

/** What speaks SOCKS5 over a socket; the agent made of it warns of itself on every terminal. */
export async function loadSocksClient(): Promise<typeof import('undici/lib/core/socks5-client.js').Socks5Client> {
	const { Socks5Client } = await import('undici/lib/core/socks5-client.js');
	return Socks5Client;
}

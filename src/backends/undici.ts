import type { Agent, Dispatcher } from 'undici';
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

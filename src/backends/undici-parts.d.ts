/** The parts of undici that smokejumper loads by themselves; their types are those of the whole. */
declare module 'undici/lib/api/api-request.js' {
	import type { Dispatcher } from 'undici';

	function request(this: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData>;
	export = request;
}

declare module 'undici/lib/dispatcher/agent.js' {
	import { Agent } from 'undici';

	export = Agent;
}

declare module 'undici/lib/web/websocket/websocket.js' {
	export { ping, WebSocket } from 'undici';
}

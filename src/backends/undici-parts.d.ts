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

declare module 'undici/lib/dispatcher/client.js' {
	import { Client } from 'undici';

	export = Client;
}

declare module 'undici/lib/core/connect.js' {
	import { buildConnector } from 'undici';

	export = buildConnector;
}

declare module 'undici/lib/api/api-connect.js' {
	import type { Dispatcher } from 'undici';

	function connect(this: Dispatcher, options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
	export = connect;
}

declare module 'undici/lib/core/socks5-client.js' {
	import type { EventEmitter } from 'node:events';
	import type { Socket } from 'node:net';

	/** Emits `authenticated`, `connected`, `error` and `close`. */
	export class Socks5Client extends EventEmitter {
		constructor(socket: Socket, login: { readonly username?: string; readonly password?: string });
		handshake(): void;
		connect(host: string, port: number): void;
	}
}

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Handler } from './loopback.ts';
import { answers } from './outage.ts';

/** The other end of a websocket. */
export type Caller = {
	readonly request: IncomingMessage;
	/** A text frame; what is no text is sent as JSON. */
	send(message: unknown): void;
	/** Bytes as they are, frame or not. */
	raw(bytes: Buffer): void;
	ping(): void;
	/** A close frame with its reason. */
	close(code: number, reason: string): void;
	/** The connection is gone without a word. */
	drop(): void;
	/** Opcodes of the frames that came: 8 close, 9 ping, 10 pong. */
	readonly received: readonly number[];
	readonly closed: Promise<void>;
};

export type WebSocketServer = {
	readonly url: string;
	readonly callers: readonly Caller[];
	/** The caller of that number, once it is there. */
	caller(index: number): Promise<Caller>;
	/** Connections that are open. */
	readonly open: () => number;
};

export type WebSocketScene = {
	/** Every handshake is answered by it in place of an upgrade, while it gives a handler. */
	readonly refuse?: () => Handler | undefined;
	/** Requests that are no handshake. */
	readonly answer?: Handler;
	/** What a caller is told as soon as it is there. */
	readonly greet?: (caller: Caller, index: number) => void;
	/** Pings are answered; true when absent. */
	readonly pongs?: boolean;
	/** The connection is ended when both have said that they close; true when absent. */
	readonly ends?: boolean;
};

/** A real server of websockets (RFC 6455) on a free port of 127.0.0.1, as small as a server can be. */
export async function serveWebSocket(scene: WebSocketScene = {}): Promise<WebSocketServer> {
	const callers: Caller[] = [];
	const sockets = new Set<Duplex>();
	let arrived = () => {};
	const server = createServer(scene.answer ?? answers(404, '404 page not found\n', 'text/plain'));
	server.on('connection', socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('upgrade', (request, socket) => {
		// Node leaves the other half of an upgraded connection open.
		socket.on('end', () => socket.end());
		const refusal = scene.refuse?.();
		if (refusal !== undefined) {
			refuse(request, socket, refusal);
			return;
		}
		const caller = accept(request, socket, scene);
		callers.push(caller);
		scene.greet?.(caller, callers.length - 1);
		arrived();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise(resolve => server.close(resolve));
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		callers,
		open: () => sockets.size,
		async caller(index) {
			for (;;) {
				const caller = callers[index];
				if (caller !== undefined) return caller;
				await new Promise<void>(resolve => {
					arrived = resolve;
				});
			}
		},
	};
}

/** Node hands over the bare connection; a handler that answers gets the little of a response that it uses. */
function refuse(request: IncomingMessage, socket: Duplex, handler: Handler): void {
	let head = '';
	const response = {
		writeHead(status: number, headers: Readonly<Record<string, string>>) {
			const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
			head = `HTTP/1.1 ${status} Refused\r\nconnection: close\r\n${lines.join('')}\r\n`;
			return response;
		},
		end: (body: string) => socket.end(head + body),
	};
	Reflect.apply(handler, undefined, [request, response]);
}

function accept(request: IncomingMessage, socket: Duplex, { pongs = true, ends = true }: WebSocketScene): Caller {
	const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
	const digest = createHash('sha1').update(key).digest('base64');
	socket.write(
		`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${digest}\r\n\r\n`,
	);
	const received: number[] = [];
	let rest = Buffer.alloc(0);
	socket.on('error', () => {});
	socket.on('data', (chunk: Buffer) => {
		rest = Buffer.concat([rest, chunk]);
		for (let length = frameLength(rest); length !== undefined; length = frameLength(rest)) {
			const opcode = (rest[0] ?? 0) & 0x0f;
			received.push(opcode);
			rest = rest.subarray(length);
			if (opcode === 9 && pongs) socket.write(frame(10, Buffer.alloc(0)));
			if (opcode === 8 && ends) socket.end();
		}
	});
	return {
		request,
		received,
		send: message =>
			socket.write(frame(1, Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)))),
		raw: bytes => socket.write(bytes),
		ping: () => socket.write(frame(9, Buffer.alloc(0))),
		close(code, reason) {
			const body = Buffer.alloc(2 + Buffer.byteLength(reason));
			body.writeUInt16BE(code);
			body.write(reason, 2);
			socket.write(frame(8, body));
		},
		drop: () => socket.destroy(),
		closed: new Promise(resolve => socket.on('close', () => resolve())),
	};
}

/** A whole frame of a server, which masks nothing (§5.1). */
export function frame(opcode: number, payload: Buffer): Buffer {
	const { length } = payload;
	const head = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
	head[0] = 0x80 | opcode;
	head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
	if (head.length === 4) head.writeUInt16BE(length, 2);
	if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
	return Buffer.concat([head, payload]);
}

/** How long the first frame of a client is, with its mask; `undefined` while it is not there whole. Clients say little here. */
function frameLength(bytes: Buffer): number | undefined {
	const second = bytes[1];
	if (second === undefined) return undefined;
	const length = 2 + 4 + (second & 0x7f);
	return bytes.length < length ? undefined : length;
}

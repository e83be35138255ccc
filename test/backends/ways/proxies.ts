import { request as ask, createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import { connect, createServer as createSocketServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listening } from './servers.ts';

export type TestProxy = {
	readonly port: number;
	/** What it was asked for: `CONNECT host:port`, `GET http://…`, `SOCKS host:port`. */
	readonly asked: readonly string[];
};

export type HttpProxyScene = {
	/** `user:password` that it wants. */
	readonly login?: string;
	/** How it wants it; Basic when absent. */
	readonly scheme?: string;
	/** It answers every CONNECT with these, in place of a connection. */
	readonly refusal?: { readonly status: number; readonly contentType?: string };
	/** TLS to the proxy itself. */
	readonly secure?: ServerOptions;
};

/** A real proxy of HTTP, which connects to the target whatever its name says: names under `.example` are 127.0.0.1. */
export async function serveHttpProxy({
	login,
	scheme = 'Basic',
	refusal,
	secure,
}: HttpProxyScene = {}): Promise<TestProxy> {
	const asked: string[] = [];
	const isLetIn = ({ headers }: IncomingMessage) =>
		login === undefined || headers['proxy-authorization'] === `Basic ${Buffer.from(login).toString('base64')}`;
	const pass: RequestListener = (request, response) => {
		asked.push(`${request.method} ${request.url}`);
		if (!isLetIn(request)) {
			response.writeHead(407, { 'proxy-authenticate': `${scheme} realm="quay"` }).end('who are you');
			return;
		}
		if (refusal !== undefined) {
			response.writeHead(refusal.status, { 'content-type': refusal.contentType ?? 'text/html' }).end('<html>no</html>');
			return;
		}
		const { 'proxy-authorization': _, ...headers } = request.headers;
		const { port, pathname, search } = new URL(request.url ?? '');
		const further = ask({ host: '127.0.0.1', port, path: pathname + search, method: request.method, headers });
		further.on('response', answer => {
			response.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(response);
		});
		request.pipe(further);
	};
	const server = secure === undefined ? createServer(pass) : createSecureServer(secure, pass);
	const sockets = new Set<{ destroy(): unknown }>();
	server.on('connect', (request, socket) => {
		asked.push(`CONNECT ${request.url}`);
		sockets.add(socket.on('error', () => undefined));
		if (!isLetIn(request)) {
			socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: ${scheme} realm="quay"\r\n\r\n`);
			return;
		}
		if (refusal !== undefined) {
			const { status, contentType = 'text/plain' } = refusal;
			socket.end(`HTTP/1.1 ${status} Told\r\ncontent-type: ${contentType}\r\n\r\n<html>no</html>`);
			return;
		}
		const further = connect(Number(/\d+$/.exec(request.url ?? '')?.[0]), '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			socket.pipe(further).pipe(socket);
		});
		sockets.add(further.on('error', () => socket.destroy()));
	});
	const port = await listening(server);
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		server.closeAllConnections();
	});
	return { port, asked };
}

export type SocksScene = {
	readonly login?: string;
	/** A reply code of RFC 1928 §6 in place of a connection. */
	readonly reply?: number;
};

/** A real SOCKS5 server (RFC 1928, RFC 1929), as small as one can be. */
export async function serveSocks(scene: SocksScene = {}): Promise<TestProxy> {
	const asked: string[] = [];
	const sockets = new Set<Socket>();
	const server = createSocketServer(socket => {
		sockets.add(socket.on('error', () => undefined));
		serveSocksTo(socket, scene, target => asked.push(`SOCKS ${target}`)).then(
			further => further && sockets.add(further),
			() => socket.destroy(),
		);
	});
	const port = await listening(server);
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
	});
	return { port, asked };
}

async function serveSocksTo(socket: Socket, { login, reply }: SocksScene, note: (target: string) => void) {
	const read = readerOf(socket);
	const [, methodCount = 0] = await read(2);
	const methods = [...(await read(methodCount))];
	const method = login === undefined ? 0 : 2;
	socket.write(Buffer.from([5, methods.includes(method) ? method : 0xff]));
	if (!methods.includes(method)) return void socket.end();
	if (login !== undefined) {
		const [, userLength = 0] = await read(2);
		const user = String(await read(userLength));
		const password = String(await read((await read(1))[0] ?? 0));
		const isRight = `${user}:${password}` === login;
		socket.write(Buffer.from([1, isRight ? 0 : 1]));
		if (!isRight) return void socket.end();
	}
	const [, , , kind] = await read(4);
	const host = kind === 1 ? [...(await read(4))].join('.') : String(await read((await read(1))[0] ?? 0));
	const port = (await read(2)).readUInt16BE();
	note(`${host}:${port}`);
	if (reply !== undefined) return void socket.end(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
	const further = connect(port, '127.0.0.1', () => {
		socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
		socket.pipe(further).pipe(socket);
	});
	return further.on('error', () => socket.destroy());
}

/** Reads so many bytes, once they are there. */
function readerOf(socket: Socket): (length: number) => Promise<Buffer> {
	return async length => {
		for (;;) {
			const bytes: Buffer | null = length === 0 ? Buffer.alloc(0) : socket.read(length);
			if (bytes !== null) return bytes;
			await new Promise(resolve => socket.once('readable', resolve));
		}
	};
}

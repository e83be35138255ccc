import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHttp, type Http } from '../../../src/backends/http.ts';
import type { Way } from '../../../src/backends/ways/way.ts';
import type { Handler } from '../../helpers/loopback.ts';
import type { Certificates } from './certificates.ts';

/** Listens on a free port of 127.0.0.1 until the test is finished. */
export async function listening(server: Server): Promise<number> {
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => new Promise<void>(resolve => void server.close(() => resolve())));
	return (server.address() as AddressInfo).port;
}

/** An HTTPS server; its URL. */
export async function serveSecurely(
	options: ServerOptions,
	handler: Handler = answers('{"status":"success"}'),
): Promise<string> {
	const server = createServer(options, handler);
	const port = await listening(server);
	onTestFinished(() => server.closeAllConnections());
	return `https://127.0.0.1:${port}`;
}

/** OpenSSL's own server, which wants a client certificate and says so as OpenSSL does; its URL. */
export async function serveByOpenssl(pem: Certificates, version: string): Promise<string> {
	const shown = ['-cert', 'good.pem', '-key', 'good.key'];
	const wanted = ['-Verify', '1', '-verify_return_error', '-CAfile', 'ca.pem'];
	const args = ['s_server', '-accept', '127.0.0.1:0', '-www', version, ...shown, ...wanted];
	const server = spawn('openssl', args, { cwd: pem.folder, stdio: ['ignore', 'pipe', 'ignore'] });
	onTestFinished(async () => {
		server.kill();
		await once(server, 'exit');
	});
	let said = '';
	for await (const chunk of server.stdout) {
		said += String(chunk);
		const port = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
		if (port !== undefined) return `https://127.0.0.1:${port}`;
	}
	throw new Error(`openssl s_server did not listen: ${said}`);
}

/** Answers everything with the text as JSON. */
export const answers =
	(text: string): Handler =>
	(_, response) =>
		void response.setHeader('content-type', 'application/json').end(text);

/** The door of Loki in a profile, along a way. */
export const doorAlong = (url: string, way: Partial<Way>): Http =>
	createHttp(
		{ backend: 'loki', url, origin: 'profile prod-eu', authorize: async () => ({}), way: { env: {}, ...way } },
		{ now: () => 0, random: () => 0, sleep: async () => undefined },
	);

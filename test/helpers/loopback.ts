import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHttp, type Http, type HttpOptions } from '../../src/backends/http.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server on a free port of 127.0.0.1, gone when the test is finished. */
export async function serve(handler: Handler): Promise<{ readonly url: string; readonly host: string }> {
	const server = createServer(handler);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise(resolve => server.close(resolve));
	});
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}` };
}

/** Prometheus' door to a real server, without pauses between tries. */
export const doorTo = (url: string, options: Partial<HttpOptions> = {}): Http =>
	createHttp(
		{ backend: 'prometheus', url, origin: 'profile prod-eu', authorize: async () => ({}) },
		{ now: () => 0, random: () => 0, sleep: async () => undefined, ...options },
	);

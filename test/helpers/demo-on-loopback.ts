import type { IncomingMessage } from 'node:http';
import { request } from 'undici';
import { createDemoDispatcher, demoEndpoints } from '../../src/demo/dispatcher.ts';
import type { BackendName } from '../../src/model/failure.ts';
import { serve } from './loopback.ts';

export type LoopbackOptions = {
	/** By the clock of this machine when absent. */
	readonly now?: () => number;
	/** Whether a message is let in; all are when absent. */
	readonly letsIn?: (message: IncomingMessage) => boolean;
};

/** Where the demo's servers are on this machine, each at a port of its own, and what they were asked. */
export type DemoOnLoopback = {
	readonly urls: Readonly<Record<BackendName, string>>;
	readonly asked: readonly { readonly backend: string; readonly path: string; readonly authorization: string }[];
};

/** The demo's four servers as real ones, gone when the test is finished. */
export async function serveDemo({
	now = Date.now,
	letsIn = () => true,
}: LoopbackOptions = {}): Promise<DemoOnLoopback> {
	const dispatcher = createDemoDispatcher({ now });
	const asked: { backend: string; path: string; authorization: string }[] = [];
	const servers = demoEndpoints.map(async ({ backend, url: origin }) => {
		const { url } = await serve(async (message, response) => {
			const { method, url: path = '/', headers } = message;
			asked.push({ backend, path, authorization: headers.authorization ?? '' });
			if (!letsIn(message)) {
				response.writeHead(401).end('who are you');
				return;
			}
			const chunks: Buffer[] = [];
			for await (const chunk of message) chunks.push(Buffer.from(chunk));
			const body = Buffer.concat(chunks).toString();
			const type = headers['content-type'];
			const answer = await request(`${origin}${path}`, {
				dispatcher,
				method: method === 'POST' ? 'POST' : 'GET',
				...(type === undefined ? {} : { headers: { 'content-type': type } }),
				...(body === '' ? {} : { body }),
			});
			const text = await answer.body.text();
			response.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type'] ?? 'text/plain') });
			response.end(text);
		});
		return [backend, url] as const;
	});
	const none = { prometheus: '', alertmanager: '', loki: '', tempo: '', jaeger: '', grafana: '' };
	return { urls: { ...none, ...Object.fromEntries(await Promise.all(servers)) }, asked };
}

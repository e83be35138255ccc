import apiRequest from 'undici/lib/api/api-request.js';
import { describe, expect, it } from 'vitest';
import { createDemoDispatcher, demoEndpoints } from '../../src/demo/dispatcher.ts';
import { InMemoryDispatcher } from '../../src/demo/in-memory-dispatcher.ts';
import type { Piecework } from '../../src/demo/piecework.ts';
import { type DemoReply, textReply } from '../../src/demo/route.ts';
import { nextTurn } from '../../src/investigation/next-turn.ts';
import { morning } from './asked.ts';

const dispatcher = createDemoDispatcher({ now: () => morning });
const send = (origin: string, path: string, more: Readonly<Record<string, unknown>> = {}) =>
	apiRequest.call(dispatcher, { origin, path, method: 'GET', ...more });
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('the demo behind its dispatcher', () => {
	it.each([
		['prometheus', '/api/v1/status/buildinfo'],
		['alertmanager', '/api/v2/status'],
		['loki', '/loki/api/v1/status/buildinfo'],
		['tempo', '/api/status/buildinfo'],
	])('answers as %s by its host and by a path', async (backend, path) => {
		const url = demoEndpoints.find(endpoint => endpoint.backend === backend)?.url ?? '';
		const byHost = await send(url, path);
		expect(byHost.statusCode).toBe(200);
		const byPath = await send('http://demo', `/${backend}${path}`);
		expect(await byPath.body.json()).toEqual(await byHost.body.json());
	});

	it('reads parameters from the path, the query and a form alike', async () => {
		const origin = 'http://prometheus.demo';
		const path = '/api/v1/query';
		const answers = [
			await send(origin, `${path}?query=vector(7)`),
			await send(origin, path, { query: { query: 'vector(7)' } }),
			await send(origin, path, { method: 'POST', headers: form, body: 'query=vector%287%29' }),
			await send(origin, path, {
				method: 'POST',
				headers: Object.entries(form).flat(),
				body: Buffer.from('query=vector(7)'),
			}),
		];
		for (const { body } of answers) {
			expect(await body.json()).toMatchObject({ data: { result: [{ value: [morning / 1000, '7'] }] } });
		}
	});

	it('tells type and length, and 404 for what is nowhere', async () => {
		const { headers, statusCode, body } = await send('http://prometheus.demo', '/nope');
		expect(statusCode).toBe(404);
		expect(headers).toEqual({ 'content-type': 'text/plain; charset=utf-8', 'content-length': '19' });
		expect(await body.text()).toBe('404 page not found\n');
		expect((await send('http://demo', '/nowhere/at/all')).statusCode).toBe(404);
	});

	it('refuses other hosts as DNS does', async () => {
		await expect(send('http://metrics.example', '/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
		await expect(send('http://constructor.demo', '/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
	});

	it('answers nothing that was aborted', async () => {
		const controller = new AbortController();
		const answer = send('http://prometheus.demo', '/api/v1/rules', { signal: controller.signal });
		controller.abort(new Error('left'));
		await expect(answer).rejects.toThrow('left');
		await expect(send('http://prometheus.demo', '/', { signal: controller.signal })).rejects.toThrow('left');
	});

	it('works at one long answer in a turn of the event loop, and at none that is not wanted', async () => {
		const pieces = { long: 0, short: 0 };
		function* counting(origin: string): Piecework<DemoReply> {
			const [name, length] = origin.includes('short') ? (['short', 5] as const) : (['long', 40] as const);
			while (pieces[name] < length) {
				pieces[name]++;
				yield;
			}
			return textReply(200, name);
		}
		const slow = new InMemoryDispatcher(counting);
		const ask = (name: string, signal?: AbortSignal) =>
			apiRequest.call(slow, { origin: `http://${name}.demo`, path: '/', method: 'GET', signal });
		const controller = new AbortController();
		const left = ask('long', controller.signal);
		let isShortAnswered = false;
		void ask('short').then(() => {
			isShortAnswered = true;
		});
		const done: number[] = [];
		while (!isShortAnswered) {
			await nextTurn();
			done.push(pieces.long + pieces.short);
		}
		expect(done.every((count, turn) => count - (done[turn - 1] ?? 0) <= 1)).toBe(true);
		controller.abort(new Error('left'));
		await expect(left).rejects.toThrow('left');
		const { long } = pieces;
		expect(long).toBeLessThan(10);
		for (let turn = 0; turn < 5; turn++) await nextTurn();
		expect(pieces.long).toBe(long);
		expect(await (await ask('long')).body.text()).toBe('long');
		expect(pieces.long).toBe(40);
	});

	it('closes without anything to close', async () => {
		await expect(dispatcher.close()).resolves.toBeUndefined();
		await expect(dispatcher.destroy()).resolves.toBeUndefined();
	});
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createRequestQueue } from '../../../src/backends/request-queue.ts';
import { doorTo, serve } from '../../helpers/loopback.ts';
import { askingNow, failureLine } from '../../helpers/replay.ts';

describe('the queue', () => {
	test('never runs more than it may, keeps the order, and ends what it was given', async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), fc.nat(20), async (scheduler, atOnce, count) => {
				const queue = createRequestQueue(atOnce);
				const begun: number[] = [];
				let running = 0;
				let most = 0;
				const { signal } = new AbortController();
				const tasks = Array.from({ length: count }, (_, index) =>
					queue(async () => {
						begun.push(index);
						running += 1;
						most = Math.max(most, running);
						await scheduler.schedule(Promise.resolve());
						running -= 1;
						return index;
					}, signal),
				);
				await scheduler.waitFor(Promise.all(tasks));
				expect(begun).toEqual(await Promise.all(tasks));
				expect(most).toBe(Math.min(atOnce, count));
			}),
			{ numRuns: 50 },
		);
	});

	test('a task that fails or is aborted while it waits makes room', async () => {
		const queue = createRequestQueue(1);
		const controller = new AbortController();
		const first = queue(() => Promise.reject(new Error('broken')), controller.signal);
		const second = queue(() => Promise.resolve('never'), controller.signal);
		const third = queue(() => Promise.resolve('third'), new AbortController().signal);
		controller.abort(new Error('gone'));
		await expect(first).rejects.toThrow('broken');
		await expect(second).rejects.toThrow('gone');
		expect(await third).toBe('third');
	});
});

describe('the door', () => {
	test('puts eight questions at once, and the ninth when one is answered', async () => {
		const held: (() => void)[] = [];
		let arrived = () => {};
		const eighth = new Promise<void>(resolve => {
			arrived = resolve;
		});
		const { url } = await serve((_, response) => {
			held.push(() => response.end('{}'));
			if (held.length === 8) arrived();
		});
		const http = doorTo(url);
		const questions = Array.from({ length: 12 }, () => http.json({ path: '/' }, z.unknown(), askingNow()));
		await eighth;
		expect(held.length).toBe(8);
		for (const [at] of questions.entries()) {
			await expect.poll(() => held.length).toBeGreaterThan(at);
			expect(held.length).toBeLessThanOrEqual(8 + at);
			held[at]?.();
			await questions[at];
		}
	});

	test('a question that is cancelled before its turn is never put, and leaves no evidence', async () => {
		let asked = 0;
		const { url } = await serve(() => {
			asked += 1;
		});
		const http = doorTo(url, { atOnce: 1 });
		const controller = new AbortController();
		const first = askingNow(controller.signal);
		const second = askingNow(controller.signal);
		const answers = [first, second].map(asking => http.json({ path: '/' }, z.unknown(), asking).catch(failureLine));
		await expect.poll(() => asked).toBe(1);
		controller.abort();
		expect(await Promise.all(answers)).toEqual(
			Array(2).fill('cancelled: The question to Prometheus was cancelled. Press R to ask again.'),
		);
		expect([asked, first.records.length, second.records.length]).toEqual([1, 1, 0]);
		expect(first.records[0]?.outcome).toBe('cancelled');
	});

	test('a question of somebody who has already gone is not put', async () => {
		const http = doorTo('http://127.0.0.1:9');
		const asking = askingNow(AbortSignal.abort());
		expect(await http.json({ path: '/' }, z.unknown(), asking).catch(failureLine)).toMatch(/^cancelled: /);
		expect(asking.records).toEqual([]);
	});

	test('cancelling while it pauses between two tries ends it', async () => {
		const controller = new AbortController();
		const { url } = await serve((_, response) => response.writeHead(503).end());
		const http = doorTo(url, {
			sleep: async () => controller.abort(),
		});
		const asking = askingNow(controller.signal);
		expect(await http.json({ path: '/' }, z.unknown(), asking).catch(failureLine)).toMatch(/^cancelled: /);
	});
});

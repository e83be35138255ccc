import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createHttp } from '../../../src/backends/http.ts';
import { jitter, parseRetryAfter, pauseBefore } from '../../../src/backends/retry.ts';
import { answering, askingNow, failureLine } from '../../helpers/replay.ts';

const anything = z.unknown();
const endpoint = {
	backend: 'loki',
	url: 'http://backend.example:9090',
	origin: '--loki-url',
	authorize: async () => ({}),
} as const;

/** How often a server is asked that answers these statuses in turn, the last one for ever; and the pauses between. */
async function triesAt(statuses: readonly number[], request = {}, headers = {}) {
	const pauses: number[] = [];
	const { dispatcher, asked } = answering(() => {
		const status = statuses[Math.min(asked.length, statuses.length) - 1] ?? 0;
		return { status, headers, json: { status } };
	});
	const sleep = async (length: number) => void pauses.push(length);
	const http = createHttp(endpoint, { dispatcher, now: () => 0, random: () => 0.5, sleep });
	const asking = askingNow();
	const outcome = await http.json({ path: '/', ...request }, anything, asking).then(JSON.stringify, failureLine);
	return { tries: asked.length, pauses, outcome, records: asking.records.length };
}

describe('asking again', () => {
	test.each([429, 502, 503, 504])(
		'%i passes: two more tries, with growing pauses, and one piece of evidence',
		async status => {
			expect(await triesAt([status])).toMatchObject({ tries: 3, pauses: [100, 200], records: 1 });
			expect(await triesAt([status, 200])).toMatchObject({ tries: 2, outcome: '{"status":200}', records: 1 });
		},
	);

	test.each([302, 400, 401, 403, 404, 413, 422, 500, 501])('%i is final', async status => {
		expect(await triesAt([status])).toMatchObject({ tries: 1, pauses: [] });
	});

	test('what must not be asked twice is asked once', async () => {
		expect((await triesAt([503], { retry: false })).tries).toBe(1);
	});

	test('Retry-After is the least pause, and too long a one is for the operator to decide', async () => {
		expect((await triesAt([429], {}, { 'retry-after': '2' })).pauses).toEqual([2100, 2200]);
		expect(await triesAt([429], {}, { 'retry-after': '10' })).toMatchObject({ tries: 1, pauses: [] });
	});

	test.each([
		['120', 120_000],
		['Sun, 22 Nov 2026 08:00:10 GMT', 10_000],
		['Sun, 22 Nov 2026 07:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
	])('Retry-After: %s', (text, wait) => {
		expect(parseRetryAfter(text, Date.UTC(2026, 10, 22, 8))).toBe(wait);
	});

	test('the pause is random below a bound that doubles up to two seconds', () => {
		expect([0, 1, 2, 3, 4, 9].map(attempt => jitter(attempt, () => 1))).toEqual([200, 400, 800, 1600, 2000, 2000]);
		expect(pauseBefore(0, { status: 503 }, () => 0)).toBe(0);
	});
});

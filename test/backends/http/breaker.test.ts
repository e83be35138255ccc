import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createBreaker, type Sign, signOf, signOfFailure } from '../../../src/backends/breaker.ts';
import { FailureError, sentenceOf } from '../../../src/model/failure.ts';
import { doorTo, type Handler, serve } from '../../helpers/loopback.ts';
import { askingNow, failureLine } from '../../helpers/replay.ts';

const endpoint = {
	backend: 'loki',
	url: 'http://logs.example:3100',
	origin: 'profile night',
	authorize: async () => ({}),
} as const;

const ill: Sign = { kind: 'ill', why: 'refused' };
const well: Sign = { kind: 'well' };

/** A breaker with a clock in seconds. */
function wired() {
	let at = 0;
	const breaker = createBreaker(endpoint, () => at * 1000);
	const { signal } = new AbortController();
	const enter = (insists = false) => breaker.enter({ signal, ...(insists ? { insistedAt: at * 1000 } : {}) });
	return {
		breaker,
		enter,
		passes: (seconds: number) => {
			at += seconds;
		},
		/** Puts questions one after the other, each of which shows the same sign. */
		asks: async (sign: Sign, times = 1) => {
			for (let time = 0; time < times; time++) breaker.hear(sign, await enter());
		},
		why: () =>
			enter().then(
				({ isProbe }) => (isProbe ? 'probe' : 'asked'),
				error => (error instanceof FailureError ? sentenceOf(error.failure) : String(error)),
			),
		rests: () => (breaker.restsUntil() === undefined ? undefined : (breaker.restsUntil() ?? 0) / 1000 - at),
	};
}

describe('the breaker', () => {
	test('opens with the fifth failure within 30 s, and says who, how often, and when', async () => {
		const { asks, why, rests } = wired();
		await asks(ill, 4);
		expect(rests()).toBeUndefined();
		await asks(ill);
		expect(rests()).toBe(5);
		expect(await why()).toBe(
			'Loki at logs.example:3100 failed 5 times (refused). It is asked again in 5 s; R tries now.',
		);
	});

	test('five failures over a longer time are not in a row, nor are those with an answer between them', async () => {
		const { asks, passes, rests } = wired();
		for (let time = 0; time < 8; time++) {
			await asks(ill);
			passes(10);
		}
		expect(rests()).toBeUndefined();
		await asks(ill, 2);
		await asks(well);
		await asks(ill, 4);
		expect(rests()).toBeUndefined();
	});

	test('lets one question through when the pause is over; each that fails doubles it, up to a minute', async () => {
		const { asks, passes, rests } = wired();
		await asks(ill, 5);
		const pauses: (number | undefined)[] = [];
		for (let probe = 0; probe < 6; probe++) {
			passes(rests() ?? 0);
			await asks(ill);
			pauses.push(rests());
		}
		expect(pauses).toEqual([10, 20, 40, 60, 60, 60]);
	});

	test('the others wait for what becomes of the probe', async () => {
		const { asks, breaker, enter, passes, why } = wired();
		await asks(ill, 5);
		passes(5);
		const probe = await enter();
		expect(probe.isProbe).toBe(true);
		const [second, third] = [why(), why()];
		breaker.hear(ill, probe);
		expect(await second).toContain('failed 6 times (refused). It is asked again in 10 s');
		expect(await third).toBe(await second);
		passes(10);
		const next = await enter();
		const waiting = [why(), why()];
		breaker.hear(well, next);
		expect(await Promise.all(waiting)).toEqual(['asked', 'asked']);
		expect(breaker.restsUntil()).toBeUndefined();
	});

	test('a probe that was given up makes room for the next', async () => {
		const { asks, breaker, enter, passes, why } = wired();
		await asks(ill, 5);
		passes(5);
		const probe = await enter();
		const next = why();
		breaker.hear({ kind: 'nothing' }, probe);
		expect(await next).toBe('probe');
	});

	test('who insists is let through at once, and makes no pause longer by it', async () => {
		const { breaker, enter, asks, passes, rests } = wired();
		await asks(ill, 5);
		passes(2);
		const leave = await enter(true);
		expect(leave.isProbe).toBe(true);
		breaker.hear(ill, leave);
		expect(rests()).toBe(5);
		passes(1);
		breaker.hear(well, await enter(true));
		expect(rests()).toBeUndefined();
	});

	test('one press of a key is one try, however many questions come of it', async () => {
		const { breaker, enter, asks, passes } = wired();
		await asks(ill, 5);
		passes(1);
		const leave = await enter(true);
		passes(1);
		breaker.hear(ill, leave);
		const { signal } = new AbortController();
		await expect(breaker.enter({ signal, insistedAt: 1000 })).rejects.toThrow('failed 6 times');
	});

	test('nor is it two where the clock stands still between them', async () => {
		const { breaker, enter, asks } = wired();
		await asks(ill, 5);
		breaker.hear(ill, await enter(true));
		await expect(enter(true)).rejects.toThrow('failed 6 times');
	});

	test('what was under way already makes no pause longer', async () => {
		const { breaker, enter, rests } = wired();
		const leaves = await Promise.all(Array.from({ length: 8 }, () => enter()));
		for (const leave of leaves) breaker.hear(ill, leave);
		expect(rests()).toBe(5);
	});

	test('a server that asks for a pause gets it, after a single refusal too', async () => {
		const { asks, passes, rests, why } = wired();
		await asks({ kind: 'ill', why: '429', retryAfter: 120_000 });
		expect(rests()).toBe(120);
		expect(await why()).toBe(
			'Loki at logs.example:3100 failed just now (429). It is asked again in 120 s; R tries now.',
		);
		passes(120);
		await asks({ kind: 'ill', why: '503', retryAfter: 3_600_000 });
		expect(rests()).toBe(600);
	});

	test('whoever goes away while a probe is under way waits no longer', async () => {
		const { asks, breaker, enter, passes } = wired();
		await asks(ill, 5);
		passes(5);
		await enter();
		const controller = new AbortController();
		const waiting = breaker.enter({ signal: controller.signal });
		controller.abort(new Error('gone'));
		await expect(waiting).rejects.toThrow('gone');
	});

	test.each([
		[200, 'well'],
		[204, 'well'],
		[302, 'well'],
		[400, 'well'],
		[401, 'well'],
		[403, 'well'],
		[404, 'well'],
		[413, 'well'],
		[422, 'well'],
		[429, 'ill'],
		[500, 'ill'],
		[501, 'well'],
		[502, 'ill'],
		[503, 'ill'],
		[504, 'ill'],
	])('a %i says that it is %s', (status, kind) => {
		expect(signOf({ status, contentType: '', body: '' }).kind).toBe(kind);
	});

	test.each([
		['refused', 'ill'],
		['dns', 'ill'],
		['tls', 'ill'],
		['timeout', 'ill'],
		['too-large', 'well'],
		['cancelled', 'nothing'],
		['secret', 'nothing'],
		['internal', 'nothing'],
	] as const)('without an answer: %s says that it is %s', (kind, sign) => {
		expect(signOfFailure({ kind, what: '', next: '' }).kind).toBe(sign);
	});
});

/** A door to a server that handles as it is told, and how often it was asked. */
async function doorOf(handler: Handler) {
	let asked = 0;
	let now = 0;
	let handles = handler;
	const { url, host } = await serve((request, response) => {
		asked++;
		handles(request, response);
	});
	const http = doorTo(url, { now: () => now });
	const asking = (insists = false) => ({ ...askingNow(), ...(insists ? { insistedAt: now } : {}) });
	return {
		host,
		ask: async (by = asking()) => {
			const said = await http.json({ path: '/' }, z.unknown(), by).then(JSON.stringify, failureLine);
			return { said, record: by.records.at(-1) };
		},
		follow: () => http.frames({ path: '/' }, z.unknown(), asking()).then(() => 'stands', failureLine),
		insists: () => asking(true),
		asked: () => asked,
		passes: (time: number) => {
			now += time;
		},
		handleBy: (next: Handler) => {
			handles = next;
		},
	};
}

const answersWith =
	(status: number, headers = {}): Handler =>
	(_, response) => {
		response.writeHead(status, headers).end('{}');
	};

describe('the door', () => {
	test('asks nothing of a backend that is left alone, one probe when it is due, and all once that is answered', async () => {
		const door = await doorOf(answersWith(500));
		for (let time = 0; time < 4; time++) expect((await door.ask()).record?.restsUntil).toBeUndefined();
		expect((await door.ask()).record).toMatchObject({ outcome: 500, restsUntil: 5000 });
		const { said, record } = await door.ask();
		expect(said).toBe(
			`resting: Prometheus at ${door.host} failed 5 times (500). It is asked again in 5 s; R tries now.`,
		);
		expect([record, door.asked()]).toEqual([undefined, 5]);
		door.passes(5000);
		await Promise.all([door.ask(), door.ask(), door.ask()]);
		expect(door.asked()).toBe(6);
		door.handleBy(answersWith(200));
		door.passes(10_000);
		const answers = await Promise.all([door.ask(), door.ask(), door.ask()]);
		expect(answers.map(each => each.said)).toEqual(['{}', '{}', '{}']);
		expect(answers.map(each => each.record?.restsUntil)).toEqual([undefined, undefined, undefined]);
		expect(door.asked()).toBe(9);
	});

	test('a probe is put once, however often a question is tried else', async () => {
		const door = await doorOf(answersWith(503));
		for (let time = 0; time < 5; time++) await door.ask();
		expect(door.asked()).toBe(15);
		door.passes(5000);
		await door.ask();
		expect(door.asked()).toBe(16);
	});

	test('who insists is let through at once', async () => {
		const door = await doorOf(answersWith(500));
		for (let time = 0; time < 6; time++) await door.ask();
		door.handleBy(answersWith(200));
		expect((await door.ask(door.insists())).said).toBe('{}');
		expect((await door.ask()).said).toBe('{}');
	});

	test('queries that the server refuses never open it', async () => {
		const door = await doorOf(answersWith(400));
		for (let time = 0; time < 20; time++) await door.ask();
		expect(door.asked()).toBe(20);
	});

	test('Retry-After of a single refusal is waited for', async () => {
		const door = await doorOf(answersWith(429, { 'retry-after': '90' }));
		await door.ask();
		expect((await door.ask()).said).toContain('It is asked again in 90 s');
		expect(door.asked()).toBe(1);
	});

	test('a connection that is reset counts as well', async () => {
		const door = await doorOf(request => request.socket.destroy());
		for (let time = 0; time < 5; time++) await door.ask();
		expect((await door.ask()).said).toContain('failed 5 times (refused)');
	});
});

test('a stream is not opened either while the backend is left alone, and one that opens ends that', async () => {
	const door = await doorOf(answersWith(500));
	for (let time = 0; time < 5; time++) await door.ask();
	expect(await door.follow()).toContain('failed 5 times (500). It is asked again in 5 s');
	expect(door.asked()).toBe(5);
	door.passes(5000);
	expect(await door.follow()).toContain('failed (500)');
	expect(door.asked()).toBe(6);
	expect(await door.follow()).toContain('failed 6 times (server). It is asked again in 10 s');
});

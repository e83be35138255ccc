import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FaultProxy, openFaultProxy, type WholeAnswer } from './fault-proxy.ts';
import * as faults from './faults.ts';

const text = JSON.stringify({
	status: 'success',
	data: { resultType: 'matrix', result: [{ a: 1 }, { b: 2 }, { c: 3 }] },
});
const whole: WholeAnswer = { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };

let proxy: FaultProxy;

beforeAll(async () => {
	proxy = await openFaultProxy(async ({ path, body }) =>
		path === '/echo' ? { ...whole, body: Buffer.from(`<${body}>`) } : whole,
	);
});
beforeEach(async () => {
	await proxy.mends();
	await proxy.releases();
});
afterAll(() => proxy.close());

const ask = (options: RequestInit = {}, path = '/') => fetch(`${proxy.url}${path}`, { redirect: 'manual', ...options });

/** Bytes as they come over the connection, until it says no more. */
const rawAnswer = (enough: (bytes: string) => boolean): Promise<{ readonly bytes: string; readonly ended: boolean }> =>
	new Promise((resolve, reject) => {
		const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
		let bytes = '';
		const over = (ended: boolean) => {
			resolve({ bytes, ended });
			socket.destroy();
		};
		socket.on('data', chunk => {
			bytes += chunk;
			if (enough(bytes)) over(false);
		});
		socket.on('close', () => over(true));
		socket.on('error', reject);
		socket.write('GET / HTTP/1.1\r\nhost: proxy.example\r\n\r\n');
	});

const bodyIn = (bytes: string): string => bytes.split('\r\n\r\n').slice(1).join('\r\n\r\n');

test('what is not broken comes through as it is', async () => {
	expect(await (await ask()).text()).toBe(text);
	expect(await (await ask({ method: 'POST', body: 'query=up' }, '/echo')).text()).toBe('<query=up>');
});

test('it refuses connections, and takes them again at the same place', async () => {
	await proxy.breaks('refuses');
	await expect(rawAnswer(() => false)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	await proxy.mends();
	expect((await ask()).status).toBe(200);
});

test('what it holds is under way until it is released, or given up', async () => {
	await proxy.holds();
	const held = ask();
	await expect.poll(proxy.open).toBe(1);
	const leaving = new AbortController();
	const left = ask({ signal: leaving.signal });
	await expect.poll(proxy.open).toBe(2);
	leaving.abort();
	await expect(left).rejects.toThrow();
	await expect.poll(proxy.open).toBe(1);
	await proxy.releases();
	expect(await (await held).text()).toBe(text);
	await expect.poll(proxy.open).toBe(0);
});

test('it cuts the connection before the head, after it, and in the body', async () => {
	await proxy.breaks(faults.resetsBeforeHeaders);
	expect(await rawAnswer(() => false)).toEqual({ bytes: '', ended: true });
	await proxy.breaks(faults.resetsAfterHeaders);
	const head = await rawAnswer(() => false);
	expect(head.bytes).toContain(`content-length: ${text.length}`);
	expect(bodyIn(head.bytes)).toBe('');
	await proxy.breaks(faults.truncates(0.25));
	expect(bodyIn((await rawAnswer(() => false)).bytes)).toBe(text.slice(0, Math.floor(text.length / 4)));
});

test('it stalls at any byte', async () => {
	await fc.assert(
		fc.asyncProperty(fc.nat(text.length - 1), async byte => {
			await proxy.breaks(faults.stallsAt(byte));
			const { bytes, ended } = await rawAnswer(said => said.includes('\r\n\r\n') && bodyIn(said).length >= byte);
			expect({ body: bodyIn(bytes), ended }).toEqual({ body: text.slice(0, byte), ended: false });
		}),
		{ numRuns: 20 },
	);
});

test('it stalls before the head', async () => {
	await proxy.breaks(faults.stallsBeforeHeaders);
	const leaving = new AbortController();
	const asked = proxy.asked();
	const stalled = ask({ signal: leaving.signal });
	await expect.poll(proxy.asked).toBe(asked + 1);
	expect(proxy.open()).toBe(1);
	leaving.abort();
	await expect(stalled).rejects.toThrow();
});

test('it trickles byte by byte, but never the last one', async () => {
	await proxy.breaks(faults.trickles(1));
	const { bytes, ended } = await rawAnswer(said => bodyIn(said).length >= text.length - 1);
	expect({ body: bodyIn(bytes), ended }).toEqual({ body: text.slice(0, -1), ended: false });
});

describe('what it makes of an answer', () => {
	test.each([
		['damaged JSON', faults.corruptsJson],
		['JSON cut off', faults.cutsJson],
		['gzip unannounced', faults.hidesGzip],
		['nothing', faults.answersNothing],
	])('%s cannot be read', async (_, fault) => {
		await proxy.breaks(fault);
		const body = await (await ask()).text();
		expect(() => JSON.parse(body)).toThrow();
	});

	test.each([
		['gzip that is none', faults.liesAboutGzip],
		['gzip cut off', faults.cutsGzip],
	])('%s cannot be unpacked', async (_, fault) => {
		await proxy.breaks(fault);
		const answer = await request(proxy.url);
		expect(answer.headers['content-encoding']).toBe('gzip');
		const bytes = await answer.body.arrayBuffer();
		expect(() => gunzipSync(bytes)).toThrow();
	});

	test('a status comes with its words and headers', async () => {
		await proxy.breaks(faults.answers(429, 'slow down', { 'retry-after': '37' }));
		const answer = await ask();
		expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([429, '37', 'slow down']);
	});

	test('redirects lead here or elsewhere', async () => {
		await proxy.breaks(faults.redirects());
		expect((await ask()).headers.get('location')).toBe('/login?next=here');
		await proxy.breaks(faults.redirects('login.example'));
		expect((await ask()).headers.get('location')).toBe('https://login.example/login?state=t0ken');
	});

	test('another type, and another clock', async () => {
		await proxy.breaks(faults.namesType('text/html'));
		expect((await ask()).headers.get('content-type')).toBe('text/html');
		await proxy.breaks(faults.hasClock(600_000, () => Date.UTC(2026, 10, 22, 3)));
		expect((await ask()).headers.get('date')).toBe('Sun, 22 Nov 2026 03:10:00 GMT');
	});

	test('series come twice, and from their end', async () => {
		await proxy.breaks(faults.duplicatesSeries);
		expect(JSON.parse(await (await ask()).text()).data.result).toHaveLength(6);
		await proxy.breaks(faults.reordersSeries);
		expect(JSON.parse(await (await ask()).text()).data.result).toEqual([{ c: 3 }, { b: 2 }, { a: 1 }]);
	});
});

describe('an answer without end', () => {
	test('is as long as it says, and never held', async () => {
		await proxy.breaks(faults.answersHugely(3_000_001));
		expect((await (await ask()).arrayBuffer()).byteLength).toBe(3_000_001);
	});

	test('is small on the way where it is packed', async () => {
		await proxy.breaks(faults.answersWithBomb(8 * 2 ** 20));
		expect((await (await ask()).arrayBuffer()).byteLength).toBe(8 * 2 ** 20);
		expect(gzipSync(Buffer.alloc(2 ** 20, ' ')).length).toBeLessThan(2000);
	});

	test('ends when nobody listens any more', async () => {
		await proxy.breaks(faults.answersHugely(2 ** 40));
		const leaving = new AbortController();
		const answer = await ask({ signal: leaving.signal });
		await answer.body?.getReader().read();
		leaving.abort();
		await expect.poll(proxy.open).toBe(0);
	});
});

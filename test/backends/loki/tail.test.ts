import { describe, expect, test } from 'vitest';
import type { HttpOptions } from '../../../src/backends/http.ts';
import { createHttp } from '../../../src/backends/http.ts';
import { type TailBatch, tailLogs } from '../../../src/backends/loki/tail.ts';
import { answers, hangs, resets } from '../../helpers/outage.ts';
import { askingNow, failureLine } from '../../helpers/replay.ts';
import { type Caller, frame, serveWebSocket, type WebSocketScene } from '../../helpers/websocket-server.ts';

const question = { logql: '{app="pier"}', from: 1_700_000_000_000_000_000n };
const frameOf = (...lines: readonly string[]) => ({
	streams: lines.map((line, index) => ({
		stream: { app: 'pier' },
		values: [[`${1_700_000_000_000_000_000n + BigInt(index)}`, line, { structuredMetadata: { pod: 'a' } }]],
	})),
	encodingFlags: ['categorize-labels'],
});

async function follow(scene: WebSocketScene, options: Partial<HttpOptions> = {}, headers: Record<string, string> = {}) {
	const server = await serveWebSocket(scene);
	const door = createHttp(
		{
			backend: 'loki',
			url: `${server.url}/base?team=harbour`,
			origin: 'profile night',
			authorize: async () => headers,
		},
		{ now: () => 0, ...options },
	);
	const stop = new AbortController();
	const asking = askingNow(stop.signal);
	const told = (await serverless(tailLogs(door, question, asking))).replaceAll(
		server.url.slice('http://'.length),
		'HOST',
	);
	return { server, stop, asking, told };
}

/** What a stream brings until it ends, and why it ended, one line each. */
async function serverless(opening: Promise<AsyncIterable<TailBatch>>): Promise<string> {
	const lines: string[] = [];
	try {
		for await (const { entries, dropped } of await opening) {
			lines.push(
				`${entries.map(({ line, labels, metadata }) => `${line} ${labels.app} ${metadata.pod}`).join(', ')} dropped ${dropped}`,
			);
		}
	} catch (error) {
		lines.push(failureLine(error));
	}
	return lines.join('\n');
}

const greeting =
	(...messages: readonly unknown[]) =>
	(caller: Caller) => {
		for (const message of messages) caller.send(message);
		caller.close(1011, 'reached tail max duration limit');
	};
const ended =
	'server: Loki at HOST ended the stream (1011). It said: reached tail max duration limit. Press R to ask again.';

describe('what a stream brings', () => {
	test('lines, and how many the server dropped, until it says why it ends', async () => {
		const lossy = { ...frameOf('two', 'three'), dropped_entries: [{ timestamp: '1', labels: {} }, { timestamp: '2' }] };
		const { told } = await follow({ greet: greeting(frameOf('one'), lossy, { streams: null }, { streams: [] }) });
		expect(told.split('\n')).toEqual([
			'one pier a dropped 0',
			'two pier a, three pier a dropped 2',
			' dropped 0',
			' dropped 0',
			ended,
		]);
	});

	test('is asked for with the headers, the path and the parameters of every question', async () => {
		const { server, asking } = await follow(
			{ greet: greeting() },
			{},
			{ Authorization: 'Bearer s3cret', 'X-Scope-OrgID': 'harbour' },
		);
		const { request } = await server.caller(0);
		expect(request.url).toBe(
			'/base/loki/api/v1/tail?team=harbour&query=%7Bapp%3D%22pier%22%7D&start=1700000000000000000&limit=1000',
		);
		expect(request.headers).toMatchObject({
			authorization: 'Bearer s3cret',
			'x-scope-orgid': 'harbour',
			'x-loki-response-encoding-flags': 'categorize-labels',
			'accept-encoding': 'identity',
		});
		expect(asking.records).toMatchObject([{ method: 'GET', query: '{app="pier"}', outcome: 101 }]);
		expect(JSON.stringify(asking.records)).not.toContain('s3cret');
	});

	test('in one frame of a megabyte as well as in a small one', async () => {
		const { told } = await follow({ greet: greeting(frameOf('x'.repeat(2 ** 20))) });
		expect(told).toHaveLength('x'.repeat(2 ** 20).length + ' pier a dropped 0\n'.length + ended.length);
	});
});

describe('a stream that breaks', () => {
	const lost = 'refused: Loki at HOST broke off the stream. Press R to ask again.';

	test.each<[string, string, (caller: Caller) => void]>([
		['without a word', lost, caller => caller.drop()],
		['with bytes that are no frame', lost, caller => caller.raw(Buffer.from('HTTP/1.1 200 OK\r\n\r\n<html>'))],
		['with a frame that is larger than anything may be', lost, caller => caller.send('x'.repeat(20_000))],
		['with text that is not UTF-8', lost, caller => caller.raw(frame(1, Buffer.from([0xff, 0xfe])))],
		[
			'with a frame that is no JSON',
			'not-json: Loki at HOST answered something that is not JSON (200). It said: pardon. Check that the URL in profile night is that of Loki.',
			caller => caller.send('pardon'),
		],
		[
			'with JSON that is no frame of a tail',
			'wrong-shape: Loki at HOST answered JSON that is not what the API of Loki says: streams should be of type array. Check that the URL in profile night is that of Loki.',
			caller => caller.send({ streams: 'none' }),
		],
		[
			'with a frame of bytes',
			'too-large: Loki at HOST sent a frame on the stream that is too large, or no text. Press R to ask again.',
			caller => caller.raw(frame(2, Buffer.from('{}'))),
		],
		[
			'with a refusal after the handshake',
			'server: Loki at HOST ended the stream (1011). It said: max concurrent tail requests limit exceeded, count > limit (11 > 10). Press R to ask again.',
			caller => caller.close(1011, 'max concurrent tail requests limit exceeded, count > limit (11 > 10)'),
		],
	])('%s', async (_, sentence, greet) => {
		const { told } = await follow({ greet }, { maxBodyBytes: 10_000 });
		expect(told).toBe(sentence);
	});

	test('by a server that says why and does not end the connection', async () => {
		const { told } = await follow({ greet: greeting(frameOf('one')), ends: false });
		expect(told).toBe(`one pier a dropped 0\n${ended}`);
	});

	test('by falling silent is given up, and one that answers pings is not', async () => {
		const silent = await follow({ pongs: false }, { longestSilence: 100 });
		expect(silent.told).toBe(
			'timeout: Loki at HOST gave no sign of life on the stream for 0.1 s. Press R to ask again.',
		);
		expect((await silent.server.caller(0)).received).toContain(9);
		const alive = await follow(
			{
				greet: caller => {
					const pinged = setInterval(() => {
						if (caller.received.filter(opcode => opcode === 9).length < 3) return;
						clearInterval(pinged);
						caller.close(1000, 'enough');
					}, 5);
				},
			},
			{ longestSilence: 60 },
		);
		expect(alive.told).toContain('enough');
	});
});

describe('a handshake', () => {
	test.each<[string, string, WebSocketScene]>([
		[
			'that the server refuses, in its own words',
			'bad-query at 1:14: Loki at HOST could not run the query (400). It said: parse error at line 1, col 14: syntax error. Mend the query and ask again.',
			{ refuse: () => answers(400, 'parse error at line 1, col 14: syntax error\n', 'text/plain') },
		],
		[
			'without a tenant',
			'unauthorized: Loki at HOST wants to know the tenant (401). It said: no org id. Set the tenant (sent as X-Scope-OrgID) in profile night.',
			{ refuse: () => answers(401, 'no org id', 'text/plain') },
		],
		[
			'that a proxy answers with a page',
			'not-json: Loki at HOST opened no websocket (200). Check whether the proxy on the way to profile night lets websockets through.',
			{ refuse: () => answers(200, '<html>', 'text/html') },
		],
		[
			'that is sent elsewhere, which is not followed',
			'redirected: Loki at HOST redirects to an unnamed place, most often a login page (302). Check the URL and the credentials in profile night.',
			{ refuse: () => answers(302, '', 'text/html') },
		],
		[
			'that a proxy breaks off',
			'refused: Loki at HOST closed the connection before it answered. Press R to ask again; if it stays, check whether the URL in profile night is http or https.',
			{ refuse: () => resets },
		],
		[
			'that nobody answers',
			'timeout: Loki at HOST did not answer within 0.2 s. Narrow the window or the query, or allow more with --timeout, then press R.',
			{ refuse: () => hangs },
		],
	])('%s', async (_, sentence, scene) => {
		const { told, asking } = await follow(scene, { totalTimeout: 200 });
		expect(told).toBe(sentence);
		expect(asking.records).toHaveLength(1);
	});

	test('with a header that HTTP does not allow tells nothing of it', async () => {
		const { told } = await follow({}, {}, { Authorization: 'Bearer s3\ncret' });
		expect(told).toContain('holds characters that HTTP does not allow');
		expect(told).not.toContain('s3');
	});
});

test('whoever stops leaves no connection behind, before the handshake and after it', async () => {
	for (const refuse of [() => hangs, () => undefined]) {
		const server = await serveWebSocket({ refuse, ends: false });
		const door = createHttp(
			{ backend: 'loki', url: server.url, origin: 'profile night', authorize: async () => ({}) },
			{ now: () => 0 },
		);
		const stop = new AbortController();
		const told = serverless(tailLogs(door, question, askingNow(stop.signal)));
		await expect.poll(server.open).toBe(1);
		stop.abort();
		expect(await told).toContain('cancelled');
		await expect.poll(server.open).toBe(0);
	}
});

test('whoever reads no more closes the stream', async () => {
	const server = await serveWebSocket({ greet: caller => caller.send(frameOf('one')) });
	const door = createHttp(
		{ backend: 'loki', url: server.url, origin: 'profile night', authorize: async () => ({}) },
		{ now: () => 0 },
	);
	for await (const { entries } of await tailLogs(door, question, askingNow())) {
		expect(entries).toHaveLength(1);
		break;
	}
	await (await server.caller(0)).closed;
});

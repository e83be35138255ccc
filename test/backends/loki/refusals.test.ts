import { expect, test } from 'vitest';
import { createHttp } from '../../../src/backends/http.ts';
import { createLoki } from '../../../src/backends/loki/client.ts';
import { failureOf, sentenceOf } from '../../../src/model/failure.ts';
import { type Handler, serve } from '../../helpers/loopback.ts';

const answers =
	(status: number, body: string): Handler =>
	(_, response) =>
		response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);

/** What is said of a Loki that does so, with its host as HOST, and how often it was asked. `waits` is how long it takes. */
async function toldOf(handler: Handler, waits = 0, origin = 'profile night') {
	let clock = 0;
	let asked = 0;
	const { url, host } = await serve((request, response) => {
		asked++;
		clock += waits;
		handler(request, response);
	});
	const loki = createLoki(
		createHttp(
			{ backend: 'loki', url, origin, authorize: async () => ({}) },
			{ now: () => clock, random: () => 0, sleep: async () => undefined, totalTimeout: 120_000 },
		),
	);
	const question = { logql: '{a="b"}', range: { from: 0n, to: 1n }, limit: 10, direction: 'backward' } as const;
	const sentence = await loki.logs(question, { signal: new AbortController().signal, record: () => {} }).then(
		() => 'answered',
		error => sentenceOf(failureOf(error)),
	);
	return [sentence.replaceAll(host, 'HOST'), asked];
}

test.each<[string, Handler, number, string, number]>([
	[
		'has too many questions already',
		answers(429, 'too many outstanding requests'),
		0,
		'Loki at HOST asks for fewer questions (429). It said: too many outstanding requests. Wait a moment, then press R.',
		3,
	],
	[
		'was told to answer no queries',
		answers(429, 'querying is disabled, please contact your Loki operator'),
		0,
		'Loki at HOST answers no queries at all (429). It said: querying is disabled, please contact your Loki operator. Ask those who run it why.',
		1,
	],
	[
		'closes the socket after 30 s',
		request => request.socket.destroy(),
		30_000,
		'Loki at HOST closed the connection after 30 s without an answer; it or a proxy allows no longer. Narrow the window or the query, then press R.',
		1,
	],
	[
		'closes the socket at once',
		request => request.socket.destroy(),
		0,
		'Loki at HOST closed the connection before it answered. Press R to ask again; if it stays, check whether the URL in profile night is http or https.',
		3,
	],
	[
		'is given no tenant',
		answers(401, 'no org id'),
		0,
		'Loki at HOST wants to know the tenant (401). It said: no org id. Set the tenant (sent as X-Scope-OrgID) in profile night.',
		1,
	],
	[
		'reads no more bytes than so many',
		answers(400, 'the query would read too many bytes (query: 12 GB, limit: 10 GB)'),
		0,
		'Loki at HOST allows no query as large as this (400). It said: the query would read too many bytes (query: 12 GB, limit: 10 GB). Narrow the window or the query.',
		1,
	],
	[
		'takes too long by its own measure',
		answers(504, 'request timed out, decrease the duration of the request or add more label matchers'),
		0,
		'Loki at HOST did not answer its gateway in time (504). It said: request timed out, decrease the duration of the request or add more label matchers. Narrow the window or the query, then press R.',
		3,
	],
])('of a Loki that %s one sentence is said', async (_, handler, waits, sentence, asked) => {
	const told = await toldOf(handler, waits);
	expect(told[0]).toContain(sentence);
	expect(told[1]).toBe(asked);
});

test('a tenant is set in a profile, whatever names the URL', async () => {
	const [sentence] = await toldOf(answers(401, 'no org id\n'), 0, '--loki-url');
	expect(sentence).toContain('Save a profile that names it: profile add, with --tenant (sent as X-Scope-OrgID).');
});

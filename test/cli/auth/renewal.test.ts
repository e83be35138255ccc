import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { createHttp } from '../../../src/backends/http.ts';
import { accessOf } from '../../../src/cli/auth/access.ts';
import type { Auth } from '../../../src/cli/profiles/profile.ts';
import { failureOf, sentenceOf } from '../../../src/model/failure.ts';
import { serve } from '../../helpers/loopback.ts';
import { answers } from '../../helpers/outage.ts';
import { serveWebSocket } from '../../helpers/websocket-server.ts';
import { emptyFolder } from '../folder.ts';
import { doorOf, toldBy } from './door.ts';

const env = { PATH: process.env.PATH };

/** A token that another program has renewed each time it is asked for: `token-1`, `token-2`, … */
function countingToken() {
	const calls = join(emptyFolder(), 'calls');
	writeFileSync(calls, '');
	const script = `echo >> ${calls}; echo token-$(wc -l < ${calls} | tr -d ' ')`;
	const auth: Auth = { type: 'bearer', token: { command: ['sh', '-c', script] } };
	return { auth, calls: () => readFileSync(calls, 'utf8').length };
}

/** Lets in whoever has that token. */
async function doorman(good: string) {
	const came: (string | undefined)[] = [];
	const { url } = await serve(({ headers }, response) => {
		came.push(headers.authorization);
		response.writeHead(headers.authorization === `Bearer ${good}` ? 200 : 401).end('{}');
	});
	return { url, came };
}

test('a question that is refused is asked once more, with a new secret', async () => {
	const { url, came } = await doorman('token-2');
	const { auth } = countingToken();
	expect(await toldBy(doorOf({ url, auth }, env))).toBe('answered');
	expect(came).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('vmauth refuses a token with 400', async () => {
	const words = 'remoteAddr: "10.0.0.1"; cannot find the provided auth token "token-1" in config';
	const { url } = await serve((request, response) => {
		const isNew = request.headers.authorization === 'Bearer token-2';
		response.writeHead(isNew ? 200 : 400).end(isNew ? '{}' : words);
	});
	expect(await toldBy(doorOf({ url, auth: countingToken().auth }, env))).toBe('answered');
});

test('a new secret that is refused too is not renewed at once for the next question', async () => {
	const { url, came } = await doorman('token-4');
	const { auth, calls } = countingToken();
	const clock = { now: 0 };
	const access = accessOf({ auth }, { backend: 'loki', origin: 'profile night', env, now: () => clock.now });
	const door = createHttp({ backend: 'loki', url, origin: 'profile night', ...access }, { now: () => 0 });
	for (const at of [0, 1000, 9999]) {
		clock.now = at;
		expect(await toldBy(door)).toContain('(401)');
	}
	expect([came.length, calls()]).toEqual([4, 2]);
	clock.now = 10_000;
	expect([await toldBy(door), calls()]).toEqual([expect.stringContaining('(401)'), 3]);
});

test('once only', async () => {
	const { url, came } = await doorman('none');
	const { auth } = countingToken();
	expect(await toldBy(doorOf({ url, auth }, env))).toBe(
		'Loki at HOST refused the credentials (401). It said: {}. Check the credentials and the tenant in profile night.',
	);
	expect(came).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('questions that are refused together renew it once', async () => {
	const { url } = await doorman('token-2');
	const { auth, calls } = countingToken();
	const door = doorOf({ url, auth }, env);
	const told = await Promise.all(Array.from({ length: 8 }, () => toldBy(door)));
	expect([new Set(told), calls()]).toEqual([new Set(['answered']), 2]);
});

test('a secret that nobody keeps is not tried again', async () => {
	const { url, came } = await doorman('good');
	const auth: Auth = { type: 'bearer', token: { env: 'TOKEN' } };
	expect(await toldBy(doorOf({ url, auth }, { TOKEN: 'bad' }))).toContain('(401)');
	expect(came).toEqual(['Bearer bad']);
});

test('a secret that cannot be had again is told, and the question has left its evidence', async () => {
	const { url } = await doorman('none');
	const file = join(emptyFolder(), 'token');
	writeFileSync(file, 'first');
	const auth: Auth = { type: 'bearer', token: { command: ['sh', '-c', `cat ${file} && rm ${file}`] } };
	const outcomes: unknown[] = [];
	const asking = {
		signal: new AbortController().signal,
		record: ({ outcome }: { readonly outcome: unknown }) => void outcomes.push(outcome),
	};
	const failure = await doorOf({ url, auth }, env)
		.json({ path: '/labels' }, z.unknown(), asking)
		.catch(error => sentenceOf(failureOf(error)));
	expect([failure, outcomes]).toEqual([
		'There is no secret for profile night: loki.auth.token, as the command sh failed (1). Run it in a shell to see why, then press R.',
		['secret'],
	]);
});

test('a 403 speaks of what may be done, not of who it is', async () => {
	const { url } = await serve(answers(403, 'no', 'text/plain'));
	const { auth, calls } = countingToken();
	expect([await toldBy(doorOf({ url, auth }, env)), calls()]).toEqual([
		'Loki at HOST does not allow this (403). It said: no. Check what the credentials in profile night may read, and the tenant.',
		1,
	]);
});

test('a websocket is opened with a new secret when its handshake is refused', async () => {
	const refusals = [answers(401, 'token expired', 'text/plain')];
	const server = await serveWebSocket({ refuse: () => refusals.shift(), greet: caller => caller.send({ hello: 1 }) });
	const { auth } = countingToken();
	const asking = { signal: new AbortController().signal, record: () => {} };
	const frames = await doorOf({ url: server.url, auth }, env).frames({ path: '/tail' }, z.unknown(), asking);
	for await (const frame of frames) {
		expect(frame).toEqual({ hello: 1 });
		break;
	}
	expect((await server.caller(0)).request.headers.authorization).toBe('Bearer token-2');
});

test('a handshake that is refused again is told', async () => {
	const server = await serveWebSocket({ refuse: () => answers(401, 'Bearer token-2 expired', 'text/plain') });
	const { auth, calls } = countingToken();
	const asking = { signal: new AbortController().signal, record: () => {} };
	const failure = await doorOf({ url: server.url, auth }, env)
		.frames({ path: '/tail' }, z.unknown(), asking)
		.catch(error => failureOf(error));
	expect([failure, calls()]).toMatchObject([{ status: 401, words: '[hidden] expired' }, 2]);
});

const slow: Auth = { type: 'bearer', token: { command: ['sleep', '2'] } };

test('a question that is cancelled does not wait for its secret', async () => {
	const { url } = await serve((_, response) => response.end('{}'));
	const controller = new AbortController();
	const asked = doorOf({ url, auth: slow }, env)
		.json({ path: '/labels' }, z.unknown(), { signal: controller.signal, record: () => {} })
		.catch(failureOf);
	controller.abort();
	expect(await asked).toMatchObject({ kind: 'cancelled' });
});

test('a question does not wait longer for its secret than it may', async () => {
	const { url } = await serve((_, response) => response.end('{}'));
	expect(await toldBy(doorOf({ url, auth: slow }, env, { totalTimeout: 50 }))).toBe(
		'The credentials for Loki at HOST were not there within 0.05 s. Check where they come from in profile night, or allow more with --timeout, then press R.',
	);
});

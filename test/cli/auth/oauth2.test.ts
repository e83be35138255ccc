import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accessOf } from '../../../src/cli/auth/access.ts';
import type { Auth } from '../../../src/cli/profiles/profile.ts';
import { failureOf, sentenceOf } from '../../../src/model/failure.ts';
import { serve } from '../../helpers/loopback.ts';
import { emptyFolder } from '../folder.ts';
import { bodyOf } from './door.ts';

type OAuth2 = Extract<Auth, { type: 'oauth2' }>;
type Answer = (response: ServerResponse, count: number) => void;

const json =
	(status: number, body: unknown): Answer =>
	response =>
		void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const token: Answer = (response, count) =>
	json(200, { access_token: `token-${count}`, token_type: 'Bearer', expires_in: 3600 })(response, count);

/** A token server that answers so, and what lets the questions of profile night in by it. */
async function tokenServer(answer: Answer = token, more: Partial<OAuth2> = {}, env: NodeJS.ProcessEnv = {}) {
	const asked: { readonly line: string; readonly body: string; readonly authorization: string | undefined }[] = [];
	const { url, host } = await serve(async (request: IncomingMessage, response) => {
		const body = await bodyOf(request);
		const { method, url, headers } = request;
		asked.push({ line: `${method} ${url}`, body, authorization: headers.authorization });
		answer(response, asked.length);
	});
	const clock = { now: 0 };
	const auth: OAuth2 = {
		type: 'oauth2',
		tokenUrl: `${url}/realms/ops/token/?v=2`,
		clientId: 'on call',
		clientSecret: 'p:ss%wörd',
		...more,
	};
	const access = accessOf({ auth }, { backend: 'loki', origin: 'profile night', env, now: () => clock.now });
	const headers = () => access.authorize({ method: 'GET', url: 'https://logs.example/labels' });
	const told = () =>
		headers().then(
			({ Authorization }) => Authorization,
			error => sentenceOf(failureOf(error)).replaceAll(host, 'HOST'),
		);
	return { asked, clock, access, headers, told };
}

test('a token is asked for as RFC 6749 §4.4 says, and sent as a bearer token', async () => {
	const more = { scopes: ['logs:read', 'traces:read'], parameters: { audience: 'https://logs.example/' } };
	const { asked, headers } = await tokenServer(token, more);
	expect(await headers()).toEqual({ Authorization: 'Bearer token-1' });
	const pair = Buffer.from('on+call:p%3Ass%25w%C3%B6rd').toString('base64');
	expect(asked).toEqual([
		{
			line: 'POST /realms/ops/token/?v=2',
			body: 'grant_type=client_credentials&scope=logs%3Aread+traces%3Aread&audience=https%3A%2F%2Flogs.example%2F',
			authorization: `Basic ${pair}`,
		},
	]);
});

test('the client may tell who it is in the body', async () => {
	const { asked, told } = await tokenServer(token, { clientIn: 'body' });
	expect(await told()).toBe('Bearer token-1');
	expect(asked).toMatchObject([
		{
			body: 'grant_type=client_credentials&client_id=on+call&client_secret=p%3Ass%25w%C3%B6rd',
			authorization: undefined,
		},
	]);
});

test('questions at the same time wait for one token, which is used until shortly before it runs out', async () => {
	const { asked, clock, told } = await tokenServer();
	expect(await Promise.all([told(), told(), told()])).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-1']);
	clock.now = 3_539_999;
	expect(await told()).toBe('Bearer token-1');
	clock.now = 3_540_000;
	expect([await told(), asked.length]).toEqual(['Bearer token-2', 2]);
});

test.each([
	['short', { expires_in: 10 }, 8_000],
	['written as a text', { expires_in: '100' }, 80_000],
	['not told', {}, 300_000],
	['no number', { expires_in: -1 }, 300_000],
])('a lifetime that is %s', async (_, lifetime, until) => {
	const { clock, told } = await tokenServer((response, count) =>
		json(200, { access_token: `token-${count}`, ...lifetime })(response, count),
	);
	await told();
	clock.now = until - 1;
	expect(await told()).toBe('Bearer token-1');
	clock.now = until;
	expect(await told()).toBe('Bearer token-2');
});

test.each<[string, Answer, string]>([
	[
		'refuses the client, and repeats its secret',
		json(401, { error: 'invalid_client', error_description: `Unknown client or p:ss%wörd (p%3Ass%25w%C3%B6rd)` }),
		"Loki's token server at HOST gave no token (401). It said: invalid_client: Unknown client or [hidden] ([hidden]). Check tokenUrl, clientId and clientSecret in profile night: loki.auth.",
	],
	[
		'does not know the scope',
		json(400, { error: 'invalid_scope' }),
		"Loki's token server at HOST gave no token (400). It said: invalid_scope. Check the scopes in profile night: loki.auth.",
	],
	[
		'talks long',
		json(400, { error: 'x'.repeat(1000) }),
		`Loki's token server at HOST gave no token (400). It said: ${'x'.repeat(299)}… Check tokenUrl, clientId and clientSecret in profile night: loki.auth.`,
	],
	[
		'fails',
		json(500, {}),
		"Loki's token server at HOST gave no token (500). Press R to ask again; if it stays, ask those who run it.",
	],
	[
		'redirects',
		response => void response.writeHead(302, { location: 'https://login.example/?t=1' }).end(),
		"Loki's token server at HOST gave no token (302). Check tokenUrl in profile night: loki.auth.",
	],
	[
		'answers a page',
		response => void response.writeHead(200).end('<html>Sign in</html>'),
		"Loki's token server at HOST answered something in which there is no access token (200). Check tokenUrl in profile night: loki.auth.",
	],
	[
		'gives no token',
		json(200, { access_token: '' }),
		"Loki's token server at HOST answered something in which there is no access token (200). Check tokenUrl in profile night: loki.auth.",
	],
	[
		'gives a token of another type',
		json(200, { access_token: 'x', token_type: 'DPoP' }),
		"Loki's token server at HOST gave a token of a type other than bearer (200). Ask those who run it for bearer tokens, or check tokenUrl in profile night: loki.auth.",
	],
	[
		'is behind a proxy that spoils its answer',
		response => void response.writeHead(200, { 'content-encoding': 'zstd' }).end('x'),
		"Loki's token server at HOST answered in a compression that was not asked for. It said: zstd. Check the proxy on the way to profile night.",
	],
	[
		'hangs up',
		response => void response.destroy(),
		"Loki's token server at HOST closed the connection before it answered. Check tokenUrl in profile night: loki.auth, the network and the VPN.",
	],
])('a token server that %s', async (_, answer, sentence) => {
	const { told } = await tokenServer(answer);
	expect(await told()).toBe(sentence);
});

test.each(['header', 'body'] as const)('a client secret that is refused is read again: %s', async clientIn => {
	const file = join(emptyFolder(), 'secret');
	writeFileSync(file, 'old');
	const { asked, told } = await tokenServer(
		(response, count) => (count === 1 ? json(401, { error: 'invalid_client' }) : token)(response, count),
		{ clientIn, clientSecret: { command: ['sh', '-c', `cat ${file}; printf new > ${file}`] } },
		{ PATH: process.env.PATH },
	);
	if (clientIn === 'body') expect(await told()).toContain('invalid_client');
	expect(await told()).toBe('Bearer token-2');
	expect(asked.map(({ authorization, body }) => authorization ?? body)).toEqual(
		['old', 'new'].map(secret =>
			clientIn === 'header'
				? `Basic ${Buffer.from(`on+call:${secret}`).toString('base64')}`
				: `grant_type=client_credentials&client_id=on+call&client_secret=${secret}`,
		),
	);
});

test('a secret of the client that is missing is told by its place', async () => {
	const { told } = await tokenServer(token, { clientSecret: { env: 'CLIENT_SECRET' } });
	expect(await told()).toBe(
		'There is no secret for profile night: loki.auth.clientSecret, as the environment variable CLIENT_SECRET is empty or not set. Set it, and start smokejumper again.',
	);
});

test('tokens that many questions were refused with are renewed once', async () => {
	const { asked, access, headers, told } = await tokenServer();
	const [first, second] = [await headers(), await headers()];
	const refusalOf = (sent: Readonly<Record<string, string>>) => ({ status: 401, body: '', headers: sent });
	expect(access.renew(refusalOf(first))).toBe(true);
	expect(await told()).toBe('Bearer token-2');
	expect(access.renew(refusalOf(second))).toBe(true);
	expect([await told(), asked.length]).toEqual(['Bearer token-2', 2]);
	expect(access.renew({ status: 403, body: '', headers: second })).toBe(false);
});

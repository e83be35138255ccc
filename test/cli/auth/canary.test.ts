import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { createHttp } from '../../../src/backends/http.ts';
import { endpointsOf } from '../../../src/cli/connections.ts';
import { type Profile, profileSchema } from '../../../src/cli/profiles/profile.ts';
import { shownProfile } from '../../../src/cli/profiles/shown-profile.ts';
import { failureOf } from '../../../src/model/failure.ts';
import { serve } from '../../helpers/loopback.ts';
import { serveWebSocket } from '../../helpers/websocket-server.ts';
import { runBuilt } from '../built.ts';
import { emptyFolder } from '../folder.ts';
import { anyCanary, canary, canaryProfiles, secretive } from './canaries.ts';
import { bodyOf } from './door.ts';
import { canaryPlaces, secretPlaces } from './secret-places.ts';

vi.setConfig({ testTimeout: 60_000 });

const nowhere = 'http://127.0.0.1:9';
const locked = {
	tls: { passphrase: canary('passphrase') },
	proxy: secretive('http://127.0.0.1:9/').replace(/\?.*/, ''),
};

test('every place of the schema that may hold a secret has a canary', () => {
	const places = secretPlaces(profileSchema);
	const held = new Set(canaryProfiles(nowhere, locked).flatMap(profile => canaryPlaces(profile, anyCanary)));
	expect(new Set(places)).toEqual(held);
	expect(places).toContain('loki.auth.oauth2.clientSecret');
});

test('profile show hides each of them', () => {
	for (const profile of canaryProfiles(nowhere, locked)) expect(shownProfile(profile)).not.toMatch(anyCanary);
});

/** All that came, as servers repeat it, who mean well; with what Basic authorization says, decoded. */
async function echoOf(request: IncomingMessage): Promise<string> {
	const { method, url, rawHeaders, headers } = request;
	const said = [headers.authorization, headers['proxy-authorization']].map(text =>
		Buffer.from(text?.replace(/^Basic /, '') ?? '', 'base64').toString(),
	);
	return [method, decodeURIComponent(url ?? ''), url, ...rawHeaders, await bodyOf(request), ...said].join('\n');
}

type Echo = (response: ServerResponse, echo: string) => unknown;

/** A server that repeats what it was asked; and, if asked for one, gives or refuses a token. */
const echoing =
	(answer: Echo) =>
	async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const echo = await echoOf(request);
		if (request.url?.startsWith('/token') === true) {
			response.end(JSON.stringify({ access_token: canary('access'), token_type: 'Bearer', expires_in: 60 }));
		} else if (request.url?.startsWith('/refusing-token') === true) {
			response.writeHead(401).end(JSON.stringify({ error: 'invalid_client', error_description: echo }));
		} else answer(response, echo);
	};

const json =
	(status: number, key: string): Echo =>
	(response, echo) =>
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ [key]: echo }));

const page =
	(status: number): Echo =>
	(response, echo) =>
		response
			.writeHead(status)
			.end(`<html><title>${echo.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title></html>`);

const echoes: readonly (readonly [string, Echo])[] = [
	['refuses the credentials', json(401, 'error')],
	['forbids', json(403, 'message')],
	['does not understand', json(400, 'error')],
	['fails', (response, echo) => response.writeHead(500).end(echo)],
	['fails with a page', page(502)],
	['answers a page', page(200)],
	['answers no JSON', (response, echo) => response.end(echo)],
	['redirects', (response, echo) => response.writeHead(302, { location: `/?${encodeURIComponent(echo)}` }).end()],
	['answers something else', json(200, 'data')],
	[
		'breaks off',
		(response, echo) => response.writeHead(200, { 'content-length': '100000' }).write(echo, () => response.destroy()),
	],
	['hangs up', response => response.destroy()],
	['answers nothing', () => {}],
];

const strict = z.object({ status: z.literal('success') });

const bounds = { totalTimeout: 1500, connectTimeout: 500 };

/** All that is said of a question by Loki or Grafana of the profile: the failure with its stack, and the evidence. */
async function saidOf(profile: Profile): Promise<string> {
	const endpoints = endpointsOf({ flags: {}, env: {}, saved: { name: 'night', profile } });
	const said = [endpoints.loki, endpoints.grafana].map(async endpoint => {
		if (endpoint === undefined) return '';
		const http = createHttp(endpoint, { now: () => 0, random: () => 0, sleep: async () => {}, ...bounds });
		const records: unknown[] = [];
		const asking = { signal: new AbortController().signal, record: (record: unknown) => void records.push(record) };
		const request = { method: 'POST', path: '/api/v1/query', parameters: [['query', 'up']], query: 'up' } as const;
		const error = await http.json(request, strict, asking).catch(error => error);
		return inspect([error, failureOf(error), records], { depth: 20 });
	});
	return (await Promise.all(said)).join('\n');
}

test.each(echoes)('no failure and no evidence holds one when a server %s', async (_, echo) => {
	const { url } = await serve(echoing(echo));
	for (const said of await Promise.all(canaryProfiles(url).map(saidOf))) {
		expect(said).toContain('FailureError');
		expect(said).not.toMatch(anyCanary);
	}
});

test('nor when nobody answers, a proxy repeats it, or a key does not open', async () => {
	const { url } = await serve(echoing((response, echo) => response.writeHead(407).end(echo)));
	const { host } = new URL(url);
	const proxy = `http://${encodeURIComponent(canary('user'))}:${encodeURIComponent(canary('pass'))}@${host}`;
	const profiles = [
		...canaryProfiles(nowhere),
		...canaryProfiles('http://metrics.example', { proxy }),
		...canaryProfiles('https://metrics.example', { proxy }),
		...canaryProfiles(url, { proxy: `socks5://${proxy.slice(7)}` }).slice(0, 2),
		...canaryProfiles(url.replace('http:', 'https:'), {
			tls: { cert: '/nowhere/cert', key: '/nowhere/key', passphrase: canary('passphrase') },
		}),
	];
	for (const said of await Promise.all(profiles.map(saidOf))) expect(said).not.toMatch(anyCanary);
});

test('nor does a websocket that is refused or closed with one', async () => {
	const refusal = echoing((response, echo) => response.writeHead(403, {}).end(echo));
	for (const refuses of [true, false]) {
		const server = await serveWebSocket({
			...(refuses ? { refuse: () => refusal } : {}),
			greet: ({ request, close }) => close(1011, `token ${request.headers.authorization}`.slice(0, 120)),
		});
		for (const { loki } of canaryProfiles(server.url)) {
			if (loki === undefined || loki.auth?.type === 'oauth2') continue;
			const { loki: endpoint } = endpointsOf({ flags: {}, env: {}, saved: { name: 'night', profile: { loki } } });
			if (endpoint === undefined) throw new Error('the profile has no Loki');
			const asking = { signal: new AbortController().signal, record: () => {} };
			const error = await createHttp(endpoint, { now: () => 0 })
				.frames({ path: '/tail' }, strict, asking)
				.then(async frames => {
					for await (const _ of frames);
				})
				.catch(error => error);
			expect(inspect([error, failureOf(error)])).not.toMatch(anyCanary);
		}
	}
});

const commands: readonly (readonly string[])[] = [
	['alerts'],
	['alerts', '-o', 'json'],
	['service', 'berths', '-o', 'markdown'],
	['logs', '--service', 'berths', '-o', 'json'],
	['trace', '0af7651916cd43dd8448eb211c80319c'],
	['doctor'],
	['doctor', '-o', 'json'],
	['profile', 'show', 'night'],
	['profile', 'list'],
];

test('nothing that the program prints holds one', async () => {
	const { url } = await serve(echoing(json(401, 'error')));
	const [bearer, , , grafana, , , oauth2, , sigv4] = canaryProfiles(url);
	for (const profile of [bearer, grafana, oauth2, sigv4]) {
		const folder = emptyFolder();
		writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ current: 'night', profiles: { night: profile } }));
		const ran = await Promise.all(commands.map(words => runBuilt(words, { SMOKEJUMPER_CONFIG_DIR: folder })));
		for (const { stdout, stderr } of ran) expect(stdout + stderr).not.toMatch(anyCanary);
		expect(ran.map(({ stdout, stderr }) => (stdout + stderr).length).every(length => length > 20)).toBe(true);
	}
});

import { createServer as createSocketServer } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { tailLogs } from '../../../src/backends/loki/tail.ts';
import type { Way } from '../../../src/backends/ways/way.ts';
import { serve } from '../../helpers/loopback.ts';
import { askingNow, failureLine } from '../../helpers/replay.ts';
import { serveWebSocket } from '../../helpers/websocket-server.ts';
import { makeCertificates } from './certificates.ts';
import { serveHttpProxy, serveSocks } from './proxies.ts';
import { answers, doorAlong, listening, serveSecurely } from './servers.ts';

const pem = makeCertificates();
afterAll(pem.remove);
const shown = { cert: pem.read('good.pem'), key: pem.read('good.key') };
const good = '{"status":"success"}';

/** A name that only the proxy of the test can find. */
const hidden = (url: string): string => url.replace('127.0.0.1', 'metrics.example');

async function told(url: string, way: Partial<Way>, path = '/ready'): Promise<string> {
	const asked = doorAlong(url, way).json({ path }, z.unknown(), askingNow());
	const line = await asked.then(JSON.stringify, failureLine);
	return line.replaceAll(/127\.0\.0\.1:\d+/g, 'PROXY').replaceAll(new URL(url).host, 'HOST');
}

const plainly = async () => hidden((await serve(answers(good))).url);
const securely = async () => hidden(await serveSecurely(shown));
const tls = { ca: pem.path('ca.pem') };

describe('through a proxy of HTTP', () => {
	test('https by CONNECT, TLS with the backend itself', async () => {
		const [url, proxy] = [await securely(), await serveHttpProxy()];
		expect(await told(url, { proxy: `http://127.0.0.1:${proxy.port}`, tls })).toBe(good);
		expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host}`]);
	});

	test('http by the whole URL, over one connection for all questions', async () => {
		const [url, proxy] = [await plainly(), await serveHttpProxy()];
		const door = doorAlong(url, { proxy: `http://127.0.0.1:${proxy.port}` });
		for (const path of ['/one', '/two']) await door.json({ path }, z.unknown(), askingNow());
		expect(proxy.asked).toEqual([`GET ${url}/one`, `GET ${url}/two`]);
	});

	test('the proxy is spoken to by TLS', async () => {
		const env = { SSL_CERT_FILE: pem.path('ca.pem') };
		for (const url of [await plainly(), await securely()]) {
			const proxy = await serveHttpProxy({ secure: shown });
			expect(await told(url, { proxy: `https://127.0.0.1:${proxy.port}`, env })).toBe(good);
			expect(proxy.asked).toHaveLength(1);
		}
	});

	test('with a user and a password, which the backend does not get', async () => {
		const seen: unknown[] = [];
		const { url } = await serve(({ headers }, response) => {
			seen.push(headers['proxy-authorization']);
			response.end(good);
		});
		const { port } = await serveHttpProxy({ login: 'on:call%' });
		expect(await told(hidden(url), { proxy: `http://on:call%25@127.0.0.1:${port}` })).toBe(good);
		expect(await told(await securely(), { proxy: `http://on:call%25@127.0.0.1:${port}`, tls })).toBe(good);
		expect(seen).toEqual([undefined]);
	});

	test('a websocket, by CONNECT even where it is plain', async () => {
		const server = await serveWebSocket({ greet: caller => caller.close(1011, 'enough') });
		const proxy = await serveHttpProxy();
		const url = hidden(server.url);
		const way = { proxy: `http://127.0.0.1:${proxy.port}` };
		expect(await tailed(url, way)).toBe(
			'server: Loki at HOST ended the stream (1011). It said: enough. Press R to ask again.',
		);
		expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host}`]);
	});
});

async function tailed(url: string, way: Partial<Way>): Promise<string> {
	const question = { logql: '{app="pier"}', from: 1_700_000_000_000_000_000n };
	try {
		for await (const _ of await tailLogs(doorAlong(url, way), question, askingNow()));
		return 'ended';
	} catch (error) {
		return failureLine(error)
			.replaceAll(/127\.0\.0\.1:\d+/g, 'PROXY')
			.replaceAll(new URL(url).host, 'HOST');
	}
}

describe('a proxy of HTTP that is at fault', () => {
	const setting = 'proxy of loki in profile prod-eu';
	const page = { status: 200, contentType: 'text/html' };
	test.each([
		[
			'wants a user',
			{ login: 'on:call' },
			'',
			`unauthorized: The proxy at PROXY wants a user and a password (407). Write them into ${setting} as http://user:password@host:port.`,
		],
		[
			'wants another password',
			{ login: 'on:call' },
			'on:c4nary@',
			`unauthorized: The proxy at PROXY does not accept the user and password that it was given (407). Write them into ${setting} as http://user:password@host:port.`,
		],
		[
			'wants a login of another kind',
			{ login: 'on:call', scheme: 'Negotiate' },
			'on:c4nary@',
			'unauthorized: The proxy at PROXY wants a login by Negotiate (407). Only Basic is known here: ask those who run it for that, or run a proxy that logs in for you.',
		],
		[
			'does not allow it',
			{ refusal: { status: 403 } },
			'',
			'forbidden: The proxy at PROXY does not allow connections to Loki at HOST (403). Ask those who run it, or go another way.',
		],
		[
			'cannot reach the backend',
			{ refusal: { status: 502 } },
			'',
			'server: The proxy at PROXY cannot reach Loki at HOST (502). Check the URL in profile prod-eu, as the proxy sees it.',
		],
	])('%s', async (_, scene, user, sentence) => {
		for (const url of [await plainly(), await securely()]) {
			const { port } = await serveHttpProxy(scene);
			expect(await told(url, { proxy: `http://${user}127.0.0.1:${port}`, tls })).toBe(sentence);
			expect(await tailed(url, { proxy: `http://${user}127.0.0.1:${port}`, tls })).toBe(sentence);
		}
	});

	test.each([
		[
			'a page in place of a connection',
			page,
			`refused: The proxy at PROXY answered a web page instead of connecting us to Loki at HOST (200). Check that ${setting} names a proxy.`,
		],
		[
			'no proxy at all',
			{ status: 405 },
			`refused: The proxy at PROXY answered instead of connecting us to Loki at HOST (405). Check that ${setting} names a proxy.`,
		],
	])('%s', async (_, refusal, sentence) => {
		const { port } = await serveHttpProxy({ refusal });
		expect(await told(await securely(), { proxy: `http://127.0.0.1:${port}`, tls })).toBe(sentence);
	});

	test.each([
		[
			'nobody listens',
			'http://127.0.0.1:9',
			`refused: The proxy at PROXY, on the way to Loki at HOST, refused the connection. Check ${setting}, and the network.`,
		],
		[
			'its name is not known',
			'http://proxy.invalid:3128',
			`dns: The proxy at proxy.invalid:3128, on the way to Loki at HOST, has a host name that is not known here. Check ${setting}, and the network.`,
		],
	])('%s', async (_, proxy, sentence) => {
		for (const url of ['http://metrics.example', 'https://metrics.example'])
			expect(await told(url, { proxy })).toBe(sentence);
	});

	test('it does not speak HTTP', async () => {
		const port = await listening(
			createSocketServer(
				socket =>
					void socket
						.on('error', () => undefined)
						.resume()
						.end('SSH-2.0-OpenSSH_9.9\r\n'),
			),
		);
		expect(await told('https://metrics.example', { proxy: `http://127.0.0.1:${port}` })).toBe(
			`refused: The proxy at PROXY, on the way to Loki at HOST, does not speak HTTP. Check the port and the scheme of ${setting}.`,
		);
	});

	test('its certificate is not trusted', async () => {
		const { port } = await serveHttpProxy({ secure: shown });
		expect(await told('https://metrics.example', { proxy: `https://127.0.0.1:${port}`, tls })).toMatch(
			/^tls: The proxy at PROXY shows a certificate of an authority that is not trusted here\. Check proxy of loki in profile prod-eu; its authority may be named by SSL_CERT_FILE\.$/,
		);
	});

	test('a backend that fails behind it is named as such', async () => {
		const { url } = await serve((_, response) => response.writeHead(500).end('out of tide'));
		const { port } = await serveHttpProxy();
		expect(await told(hidden(url), { proxy: `http://127.0.0.1:${port}` })).toMatch(
			/^server: Loki at HOST failed \(500\)\. It said: out of tide\./,
		);
	});

	test('the backend shows a certificate that does not do', async () => {
		const url = hidden(await serveSecurely({ cert: pem.read('expired.pem'), key: pem.read('expired.key') }));
		const { port } = await serveHttpProxy();
		expect(await told(url, { proxy: `http://127.0.0.1:${port}`, tls })).toMatch(
			/^tls: The certificate of Loki at HOST expired on 2020-03-01/,
		);
	});
});

describe('through a proxy of SOCKS5', () => {
	test.each(['socks5', 'socks5h'])('%s: names are looked up there', async scheme => {
		for (const url of [await plainly(), await securely()]) {
			const proxy = await serveSocks();
			expect(await told(url, { proxy: `${scheme}://127.0.0.1:${proxy.port}`, tls })).toBe(good);
			expect(proxy.asked).toEqual([`SOCKS ${new URL(url).host}`]);
		}
	});

	test('with a user and a password', async () => {
		const { port } = await serveSocks({ login: 'on:call' });
		expect(await told(await securely(), { proxy: `socks5://on:call@127.0.0.1:${port}`, tls })).toBe(good);
	});

	test('a websocket', async () => {
		const server = await serveWebSocket({ greet: caller => caller.close(1011, 'enough') });
		const proxy = await serveSocks();
		expect(await tailed(hidden(server.url), { proxy: `socks5://127.0.0.1:${proxy.port}` })).toMatch(/It said: enough/);
		expect(proxy.asked).toHaveLength(1);
	});

	const setting = 'proxy of loki in profile prod-eu';
	test.each([
		[
			'wants a user',
			{ login: 'on:call' },
			'',
			`unauthorized: The proxy at PROXY wants a user and a password. Write them into ${setting} as socks5://user:password@host:port.`,
		],
		[
			'wants another password',
			{ login: 'on:call' },
			'on:c4nary@',
			`unauthorized: The proxy at PROXY does not accept the user and password that it was given. Write them into ${setting} as socks5://user:password@host:port.`,
		],
		[
			'does not allow it',
			{ reply: 2 },
			'',
			'refused: The proxy at PROXY, asked for Loki at HOST, does not allow this connection. Check the URL in profile prod-eu, as the proxy sees it, and what the proxy allows.',
		],
		[
			'is refused',
			{ reply: 5 },
			'',
			'refused: The proxy at PROXY, asked for Loki at HOST, found that it refused the connection. Check the URL in profile prod-eu, as the proxy sees it, and what the proxy allows.',
		],
	])('one that %s', async (_, scene, user, sentence) => {
		const { port } = await serveSocks(scene);
		expect(await told('https://metrics.example', { proxy: `socks5://${user}127.0.0.1:${port}` })).toBe(sentence);
	});

	test('one that does not speak SOCKS', async () => {
		const { port } = await serveHttpProxy();
		expect(await told('https://metrics.example', { proxy: `socks5://127.0.0.1:${port}` })).toBe(
			`refused: The proxy at PROXY does not speak SOCKS5. Check the port and the scheme of ${setting}.`,
		);
	});

	test('one that hangs up', async () => {
		const port = await listening(createSocketServer(socket => void socket.destroy()));
		expect(await told('https://metrics.example', { proxy: `socks5://127.0.0.1:${port}` })).toBe(
			`refused: The proxy at PROXY, on the way to Loki at HOST, closed the connection. Check ${setting}, and the network.`,
		);
	});
});

describe('through the proxy of the environment', () => {
	test('where the profile does not say', async () => {
		const [url, proxy] = [await securely(), await serveHttpProxy()];
		const env = { HTTPS_PROXY: `127.0.0.1:${proxy.port}` };
		expect(await told(url, { env, tls })).toBe(good);
		expect(await told('https://metrics.example', { env: { HTTPS_PROXY: 'http://127.0.0.1:9' } })).toMatch(
			/Check HTTPS_PROXY, and the network\.$/,
		);
	});

	test('not where the profile says none, and not to this machine', async () => {
		const env = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
		expect(await told((await serve(answers(good))).url, { env })).toBe(good);
		expect(await told('https://metrics.invalid', { env, proxy: 'none' })).toMatch(/^dns: Loki at HOST /);
	});

	test('what is no proxy is told, and nothing of what is written there', async () => {
		const sentence = await told('https://metrics.example', { env: { https_proxy: 'ftp://on:c4nary@proxy.example' } });
		expect(sentence).toBe(
			'not-configured: The proxy on the way to Loki at HOST is not a URL of http, https, socks5 or socks5h. Mend https_proxy.',
		);
	});
});

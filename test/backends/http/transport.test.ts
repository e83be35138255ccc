import { MockAgent } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { createHttp } from '../../../src/backends/http.ts';
import { doorTo, serve } from '../../helpers/loopback.ts';
import { askingNow, failureLine, httpOver } from '../../helpers/replay.ts';

const anything = z.unknown();

describe('what a socket can do', () => {
	const line = async (url: string, options = {}): Promise<string> => {
		const { host } = new URL(url);
		const asked = doorTo(url, options).json({ path: '/api/v1/query' }, anything, askingNow());
		return (await asked.then(JSON.stringify, failureLine)).replaceAll(host, 'HOST');
	};

	test('nobody listens', async () => {
		// The discard port: nothing in a test environment answers there.
		expect(await line('http://127.0.0.1:9')).toBe(
			'refused: Prometheus at HOST refused the connection. Check that Prometheus runs, and the port of the URL in profile prod-eu.',
		);
	});

	test('closed before the answer, each time', async () => {
		let tries = 0;
		const { url } = await serve(request => {
			tries += 1;
			request.socket.destroy();
		});
		expect(await line(url)).toBe(
			'refused: Prometheus at HOST closed the connection before it answered. Press R to ask again; if it stays, check whether the URL in profile prod-eu is http or https.',
		);
		expect(tries).toBe(3);
	});

	test.each([
		['with a length', { 'content-length': '100' }],
		['in chunks', {}],
	])('closed in the middle of an answer %s: not asked again', async (_, headers) => {
		let tries = 0;
		const { url } = await serve((_, response) => {
			tries += 1;
			response.writeHead(200, headers).write('{"data":', () => response.destroy());
		});
		expect(await line(url)).toBe(
			'refused: Prometheus at HOST closed the connection in the middle of its answer. Press R to ask again; if it stays, narrow the window.',
		);
		expect(tries).toBe(1);
	});

	test.each([
		['before the head', (): void => undefined],
		['in the body', (write: (text: string) => void): void => write('{"data":')],
	])('silence %s', async (_, begin) => {
		const { url } = await serve((_, response) => begin(text => void response.writeHead(200).write(text)));
		expect(await line(url, { totalTimeout: 30 })).toBe(
			'timeout: Prometheus at HOST did not answer within 0.03 s. Narrow the window or the query, or allow more with --timeout, then press R.',
		);
	});

	test('a header that is none', async () => {
		const { url } = await serve((_, response) => response.end());
		const endpoint = {
			backend: 'loki',
			url,
			origin: '--loki-url',
			authorize: async () => ({ 'x-token': 's3cret\n' }),
		} as const;
		const asked = createHttp(endpoint, { now: () => 0 }).json({ path: '/' }, anything, askingNow());
		expect(String(await asked.catch(failureLine)).replaceAll(new URL(url).host, 'HOST')).toBe(
			'secret: The header x-token for Loki at HOST holds characters that HTTP does not allow. Check the credentials and the headers in --loki-url.',
		);
	});

	test('something that is not HTTP', async () => {
		const { url } = await serve(({ socket }) => void socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
		expect(await line(url)).toBe(
			'not-json: Prometheus at HOST answered something that is not HTTP. Check the port of the URL in profile prod-eu, and whether it is http or https.',
		);
	});

	test('https where http is spoken', async () => {
		const { url } = await serve((_, response) => response.end());
		expect(await line(url.replace('http:', 'https:'))).toBe(
			'tls: Prometheus at HOST does not speak TLS at this port. Check the port, and whether the URL in profile prod-eu should begin with http.',
		);
	});
});

describe('what the network can report', () => {
	const who = 'Prometheus at backend.example:9090';
	const cases: readonly (readonly [code: string, sentence: string])[] = [
		[
			'ENOTFOUND',
			`dns: ${who} has a host name that is not known here. Check the URL in --prometheus-url, the network and the VPN.`,
		],
		[
			'EAI_AGAIN',
			`dns: ${who} has a host name that cannot be looked up here. Check the URL in --prometheus-url, the network and the VPN.`,
		],
		[
			'ECONNREFUSED',
			`refused: ${who} refused the connection. Check that Prometheus runs, and the port of the URL in --prometheus-url.`,
		],
		[
			'EHOSTUNREACH',
			`refused: ${who} cannot be reached from here. Check the network and the VPN, and the URL in --prometheus-url.`,
		],
		[
			'UND_ERR_CONNECT_TIMEOUT',
			`timeout: ${who} did not take the connection within 5 s. Check the network and the VPN, and the URL in --prometheus-url.`,
		],
		[
			'CERT_HAS_EXPIRED',
			`tls: The certificate of ${who} has expired. Have it renewed; if that day is yet to come, set the clock of this machine.`,
		],
		[
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			`tls: ${who} shows a certificate that it signed itself. If it is the right one, save it to a file and name that as tls.ca of prometheus in a profile (smokejumper profile add --help).`,
		],
		[
			'ERR_TLS_DH_PARAM_SIZE',
			`tls: ${who} could not agree with us on a safe connection (TLS). It said: words of the system. Check its certificate, and whether the URL in --prometheus-url is http or https.`,
		],
		[
			'EWHATEVER',
			`internal: smokejumper could not put its question to ${who}. It said: words of the system. Press R to ask again; please report it.`,
		],
	];

	const failing = (error: Error): MockAgent => {
		const agent = new MockAgent();
		agent.disableNetConnect();
		agent
			.get('http://backend.example:9090')
			.intercept({ path: () => true })
			.replyWithError(error)
			.persist();
		onTestFinished(() => agent.close());
		return agent;
	};

	test.each(cases)('%s', async (code, sentence) => {
		const error = Object.assign(new Error('words of the system\n  at ssl/t1_lib.c:42'), { code });
		const http = httpOver('prometheus', failing(error));
		expect(await http.json({ path: '/' }, anything, askingNow()).catch(failureLine)).toBe(sentence);
	});

	test('several addresses, each of which failed', async () => {
		const each = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
		const http = httpOver('prometheus', failing(new AggregateError([each, each])));
		expect(await http.json({ path: '/' }, anything, askingNow()).catch(failureLine)).toMatch(/^refused: /);
	});
});

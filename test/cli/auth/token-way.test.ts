import { expect, onTestFinished, test } from 'vitest';
import type { Auth } from '../../../src/cli/profiles/profile.ts';
import { makeCertificates } from '../../backends/ways/certificates.ts';
import { answers, serveSecurely } from '../../backends/ways/servers.ts';
import { serve } from '../../helpers/loopback.ts';
import { doorOf, toldBy } from './door.ts';

const token = answers(JSON.stringify({ access_token: 'token-1', expires_in: 60 }));

const authAt = (tokenUrl: string): Auth => ({ type: 'oauth2', tokenUrl, clientId: 'on-call', clientSecret: 's3cret' });

test('a token server is believed by the authority of the connection, and shown its certificate', async () => {
	const certificates = makeCertificates();
	onTestFinished(certificates.remove);
	const { path, read } = certificates;
	const pair = { cert: read('good.pem'), key: read('good.key') };
	const tokenUrl = await serveSecurely(
		{ ...pair, ca: read('ca.pem'), requestCert: true, rejectUnauthorized: true },
		token,
	);
	const { url } = await serve(
		({ headers }, response) =>
			void response.writeHead(headers.authorization === 'Bearer token-1' ? 200 : 401).end('{}'),
	);
	const tls = { ca: path('ca.pem'), cert: path('client.pem'), key: path('client.key') };
	expect(await toldBy(doorOf({ url, auth: authAt(tokenUrl), tls }))).toBe('answered');
	expect(await toldBy(doorOf({ url, auth: authAt(tokenUrl) }))).toMatch(
		/^Loki's token server at HOST shows a certificate .+tls\.ca of loki/,
	);
});

test('a token server is looked at closely where the backend is not, and by its own name', async () => {
	const certificates = makeCertificates();
	onTestFinished(certificates.remove);
	const { path, read } = certificates;
	const { url } = await serve(answers('{}'));
	const served = (name: string) => serveSecurely({ cert: read(`${name}.pem`), key: read(`${name}.key`) }, token);
	const tls = { ca: path('ca.pem'), serverName: 'metrics.example', skipVerify: true };
	expect(await toldBy(doorOf({ url, auth: authAt(await served('good')), tls }))).toBe('answered');
	expect(await toldBy(doorOf({ url, auth: authAt(await served('self')), tls }))).toMatch(
		/^Loki's token server at HOST shows a certificate that it signed itself/,
	);
});

test('a token is asked for through the proxy of the connection', async () => {
	const asked: (string | undefined)[] = [];
	const proxy = await serve((request, response) => {
		asked.push(request.url);
		token(request, response);
	});
	const connection = { url: 'http://logs.example/loki', auth: authAt('http://sso.example/token'), proxy: proxy.url };
	expect(await toldBy(doorOf(connection))).toBe('answered');
	expect(asked).toEqual(['http://sso.example/token', 'http://logs.example/loki/labels']);
});

test('a proxy that is not there is told as such', async () => {
	const connection = {
		url: 'http://logs.example',
		auth: authAt('http://sso.example/token'),
		proxy: 'http://127.0.0.1:9',
	};
	expect(await toldBy(doorOf(connection))).toMatch(
		/^The proxy at HOST, on the way to Loki's token server at sso\.example, refused the connection\./,
	);
});

test('the socket of a backend does not lead to its token server', async () => {
	const { url } = await serve(token);
	const connection = { url: 'http://logs.example', auth: authAt(`${url}/token`), socket: '/nowhere/loki.sock' };
	expect(await toldBy(doorOf(connection))).toContain('/nowhere/loki.sock');
});

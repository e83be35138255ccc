import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import type { Auth, Connection } from '../../../src/cli/profiles/profile.ts';
import { failureOf } from '../../../src/model/failure.ts';
import { makeCertificates } from '../../backends/ways/certificates.ts';
import { serveSecurely } from '../../backends/ways/servers.ts';
import { serve } from '../../helpers/loopback.ts';
import { serveWebSocket } from '../../helpers/websocket-server.ts';
import { doorOf, toldBy } from './door.ts';

const auth: Auth = { type: 'bearer', token: 's3cret' };
const settings: Omit<Connection, 'url'> = { auth, headers: { 'X-Key': 's3cret' }, tenant: 'ops' };

/** Somebody who must not be asked anything. */
async function stranger() {
	const came: unknown[] = [];
	const { url } = await serve((request, response) => {
		came.push(request.headers);
		response.end('{}');
	});
	return { url, came };
}

test.each([
	['the same host', (here: string) => `${here}/other`],
	['a path of it', () => '/other'],
	['the same host by another scheme', (here: string) => here.replace('http:', 'https:')],
	['another port', (_: string, there: string) => `${there}/labels?state=s3cret`],
	['another name of the same machine', (_: string, there: string) => there.replace('127.0.0.1', 'localhost')],
])('a redirect to %s is told and not followed', async (_, locationOf) => {
	const { url: there, came } = await stranger();
	for (const status of [301, 302, 303, 307, 308]) {
		let asked = 0;
		const { url, host } = await serve((_, response) => {
			asked++;
			response.writeHead(status, { location: locationOf(`http://${host}`, there) }).end();
		});
		const told = await toldBy(doorOf({ url, ...settings }));
		expect(told).toMatch(/^Loki at HOST redirects to https?:\/\/\S+, most often a login page \(30\d\)\./);
		expect(told).not.toContain('s3cret');
		expect([asked, came]).toEqual([1, []]);
	}
});

test('https that redirects to http does not send the secret in the open', async () => {
	const certificates = makeCertificates();
	onTestFinished(certificates.remove);
	const { url: there, came } = await stranger();
	const { cert, key } = { cert: certificates.read('good.pem'), key: certificates.read('good.key') };
	const url = await serveSecurely({ cert, key }, (_, response) => response.writeHead(302, { location: there }).end());
	const told = await toldBy(doorOf({ url, tls: { ca: certificates.path('ca.pem') }, ...settings }));
	expect([told, came]).toEqual([expect.stringMatching(/^Loki at HOST redirects to http:\/\/HOST,/), []]);
});

test('a handshake that is redirected is not followed', async () => {
	const { url: there, came } = await stranger();
	const server = await serveWebSocket({
		refuse: () => (_, response) => void response.writeHead(307, { location: `${there}/?t=s3cret` }).end(''),
	});
	const asking = { signal: new AbortController().signal, record: () => {} };
	const failure = await doorOf({ url: server.url, ...settings })
		.frames({ path: '/tail' }, z.unknown(), asking)
		.catch(failureOf);
	expect(failure).toMatchObject({ kind: 'redirected', status: 307, what: expect.stringContaining(there) });
	expect([JSON.stringify(failure).includes('s3cret'), came]).toEqual([false, []]);
});

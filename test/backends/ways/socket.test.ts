import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { askingNow, failureLine } from '../../helpers/replay.ts';
import { makeCertificates } from './certificates.ts';
import { answers, doorAlong } from './servers.ts';

const folder = mkdtempSync(join(tmpdir(), 'smokejumper-socket-'));
const pem = makeCertificates();
afterAll(() => {
	rmSync(folder, { recursive: true });
	pem.remove();
});

async function listeningAt(path: string, server: Server): Promise<string> {
	await new Promise<void>(resolve => server.listen(path, resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return path;
}

const told = (url: string, socket: string, env: NodeJS.ProcessEnv = {}): Promise<string> =>
	doorAlong(url, { socket, env, tls: { ca: pem.path('ca.pem') } })
		.json({ path: '/ready' }, z.unknown(), askingNow())
		.then(JSON.stringify, failureLine)
		.then(line => line.replaceAll(folder, 'FOLDER'));

test('http over it, whatever the host and the proxies', async () => {
	const hosts: unknown[] = [];
	const server = createServer((request, response) => {
		hosts.push(request.headers.host);
		answers('"up"')(request, response);
	});
	await listeningAt(join(folder, 'http.sock'), server);
	expect(await told('http://loki.example', '~/http.sock', { HOME: folder, HTTP_PROXY: 'http://127.0.0.1:9' })).toBe(
		'"up"',
	);
	expect(hosts).toEqual(['loki.example']);
});

test('TLS over it, with the certificate of the host', async () => {
	const shown = { cert: pem.read('good.pem'), key: pem.read('good.key') };
	const path = await listeningAt(join(folder, 'tls.sock'), createSecureServer(shown, answers('"up"')));
	expect(await told('https://metrics.example', path)).toBe('"up"');
	expect(await told('https://loki.example', path)).toMatch(
		/certificate for another name: metrics\.example, 127\.0\.0\.1\./,
	);
});

const next = 'Check that Loki runs, and socket of loki in profile prod-eu.';

test('none is there', async () => {
	expect(await told('http://loki.example', join(folder, 'none.sock'))).toBe(
		`refused: The unix socket of Loki cannot be used: FOLDER/none.sock does not exist. ${next}`,
	);
});

test('something else is there', async () => {
	writeFileSync(join(folder, 'file.sock'), '');
	expect(await told('http://loki.example', join(folder, 'file.sock'))).toMatch(
		/^refused: The unix socket of Loki cannot be used: FOLDER\/file\.sock is (?:no socket|there, and nobody listens on it)\. /,
	);
});

import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { ServerOptions } from 'node:https';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import type { TlsWay } from '../../../src/backends/ways/way.ts';
import { askingNow, failureLine } from '../../helpers/replay.ts';
import { makeCertificates } from './certificates.ts';
import { answers, doorAlong, listening, serveByOpenssl, serveSecurely } from './servers.ts';

const pem = makeCertificates();
afterAll(pem.remove);

const shown = (file: string): ServerOptions => ({ cert: pem.read(`${file}.pem`), key: pem.read(`${file}.key`) });
const trusting = { ca: pem.path('ca.pem') };

/** What Loki's door says, with the server's host as HOST and the folder of the certificates as PEM. */
async function told(url: string, tls: TlsWay = {}, env: NodeJS.ProcessEnv = {}): Promise<string> {
	const asked = doorAlong(url, { tls, env }).json({ path: '/ready' }, z.unknown(), askingNow());
	const line = await asked.then(JSON.stringify, failureLine);
	return line.replaceAll(new URL(url).host, 'HOST').replaceAll(pem.folder, 'PEM');
}

const good = '{"status":"success"}';

describe('who is believed', () => {
	test('the authority that the profile names', async () => {
		expect(await told(await serveSecurely(shown('good')), trusting)).toBe(good);
	});

	test('the authorities that SSL_CERT_FILE names', async () => {
		expect(await told(await serveSecurely(shown('good')), {}, { SSL_CERT_FILE: pem.path('ca.pem') })).toBe(good);
	});

	test('with SSL_CERT_FILE, those of NODE_EXTRA_CA_CERTS too', async () => {
		const env = { SSL_CERT_FILE: pem.path('other-ca.pem'), NODE_EXTRA_CA_CERTS: pem.path('ca.pem') };
		expect(await told(await serveSecurely(shown('good')), {}, env)).toBe(good);
	});

	test('a certificate that signed itself, when it is named', async () => {
		const tls = { ca: pem.path('self.pem'), serverName: 'self.example' };
		expect(await told(await serveSecurely(shown('self')), tls)).toBe(good);
	});

	test('a path in the home of the user', async () => {
		expect(await told(await serveSecurely(shown('good')), { ca: '~/ca.pem' }, { HOME: pem.folder })).toBe(good);
	});

	test('whoever answers, when nothing is to be checked', async () => {
		expect(await told(await serveSecurely(shown('expired')), { skipVerify: true })).toBe(good);
	});

	test('the name that is asked for, and looked for, in place of the host', async () => {
		let asked = '';
		const url = await serveSecurely({
			...shown('good'),
			SNICallback: (name, done) => {
				asked = name;
				done(null);
			},
		});
		expect(await told(url, { ...trusting, serverName: 'metrics.example' })).toBe(good);
		expect(asked).toBe('metrics.example');
	});
});

describe('who is not', () => {
	test.each([
		[
			'expired',
			'The certificate of Loki at HOST expired on 2020-03-01 12:00 UTC. Have it renewed; if that day is yet to come, set the clock of this machine.',
		],
		[
			'early',
			'Loki at HOST shows a certificate that is not valid yet, but from 2120-01-01 00:00 UTC. Check the clock of this machine.',
		],
		[
			'other',
			"Loki at HOST shows a certificate of an authority that is not trusted here (Harbour Root). If it is that of your company, name its file: tls.ca of loki in profile prod-eu, or NODE_EXTRA_CA_CERTS. The system's own list is not read by itself: SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt on Debian.",
		],
		[
			'self',
			'Loki at HOST shows a certificate that it signed itself (self.example). If it is the right one, save it to a file and name that as tls.ca of loki in profile prod-eu.',
		],
		[
			'elsewhere',
			'Loki at HOST shows a certificate for another name: else.example, *.else.example. Use that name in the URL, or set it as tls.serverName of loki in profile prod-eu.',
		],
	])('%s', async (file, sentence) => {
		expect(await told(await serveSecurely(shown(file)), trusting)).toBe(`tls: ${sentence}`);
	});

	test('a good one whose authority nobody named', async () => {
		expect(await told(await serveSecurely(shown('good')))).toMatch(
			/^tls: Loki at HOST shows a certificate of an authority that is not trusted here \(Quayside Root\)\./,
		);
	});

	test('not even where the environment switches the checks off', async () => {
		process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
		try {
			expect(await told(await serveSecurely(shown('expired')), trusting)).toMatch(/^tls: .* expired on 2020/);
		} finally {
			delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
		}
	});

	test('a name that does not fit, asked again over the session that was begun', async () => {
		const door = doorAlong(await serveSecurely(shown('elsewhere')), { tls: trusting });
		for (let time = 0; time < 3; time++) {
			const asked = door.json({ path: '/ready' }, z.unknown(), askingNow());
			expect(await asked.catch(failureLine)).toMatch(/^tls: .* for another name/);
		}
	});
});

describe('what certificate we show', () => {
	const wanting = (): ServerOptions => ({
		...shown('good'),
		ca: pem.read('ca.pem'),
		requestCert: true,
		rejectUnauthorized: true,
	});
	const client = { ...trusting, cert: pem.path('client.pem') };

	test('that of the profile', async () => {
		expect(await told(await serveSecurely(wanting()), { ...client, key: pem.path('client.key') })).toBe(good);
	});

	test('with its key in the same file', async () => {
		writeFileSync(pem.path('both.pem'), pem.read('client.pem') + pem.read('client.key'));
		expect(await told(await serveSecurely(wanting()), { ...trusting, cert: pem.path('both.pem') })).toBe(good);
	});

	test('with a key under a passphrase', async () => {
		const tls = { ...client, key: pem.path('locked.key'), passphrase: async () => 'open sesame' };
		expect(await told(await serveSecurely(wanting()), tls)).toBe(good);
	});

	test('that of now, when it was renewed in place', async () => {
		const url = await serveSecurely(wanting(), (_, response) => {
			response.setHeader('connection', 'close');
			answers(good)(_, response);
		});
		writeFileSync(pem.path('renewed.pem'), pem.read('other.pem') + pem.read('other.key'));
		const door = doorAlong(url, { tls: { ...trusting, cert: pem.path('renewed.pem') } });
		const ask = () => door.json({ path: '/ready' }, z.unknown(), askingNow()).then(JSON.stringify, failureLine);
		expect(await ask()).not.toBe(good);
		writeFileSync(pem.path('renewed.pem'), pem.read('client.pem') + pem.read('client.key'));
		expect(await ask()).toBe(good);
	});

	test('none, where one is wanted', async () => {
		expect(await told(await serveSecurely(wanting()), trusting)).toMatch(/client certificate/);
	});

	test.each([
		['none', {}, 'it wants a client certificate'],
		['one', { cert: pem.path('client.pem'), key: pem.path('client.key') }, 'it takes our client certificate'],
	])('%s, where the connection is closed without a word', async (_, pair, suspected) => {
		const url = await serveSecurely(shown('good'), ({ socket }) => void socket.destroy());
		expect(await told(url, { ...trusting, ...pair })).toBe(
			`refused: Loki at HOST closed the connection before it answered. Press R to ask again; if it stays, check whether ${suspected}, which is tls.cert of loki in profile prod-eu.`,
		);
	});

	// What a server says last may be lost when it closes on what was sent to it: then the connection was closed before the answer.
	test.each([
		['-tls1_3', /client certificate/],
		[
			'-tls1_2',
			/^tls: Loki at HOST broke off the TLS handshake: it wants a client certificate, or none of our ciphers\. If it wants one, set tls\.cert and tls\.key of loki in profile prod-eu\.$/,
		],
	])('none, where a server that says so wants one: %s', async (version, sentence) => {
		expect(await told(await serveByOpenssl(pem, version), trusting)).toMatch(sentence);
	});

	test.each([
		['-tls1_3', /our client certificate/],
		[
			'-tls1_2',
			/^tls: Loki at HOST does not accept our client certificate: it does not know the authority that signed it\. Check tls\.cert of loki in profile prod-eu\.$/,
		],
	])('one that the server does not know: %s', async (version, sentence) => {
		const other = { cert: pem.path('other.pem'), key: pem.path('other.key') };
		expect(await told(await serveByOpenssl(pem, version), { ...trusting, ...other })).toMatch(sentence);
	});

	test.each([
		[
			'400 No required SSL certificate was sent',
			'wants a client certificate (400). It said: 400 No required SSL certificate was sent. Set tls.cert and tls.key of loki in profile prod-eu.',
		],
		[
			'400 The SSL certificate error',
			'does not accept our client certificate (400). It said: 400 The SSL certificate error. Check tls.cert of loki in profile prod-eu.',
		],
		[
			'400 The plain HTTP request was sent to HTTPS port',
			'speaks https at this port (400). It said: 400 The plain HTTP request was sent to HTTPS port. Write the URL in profile prod-eu with https.',
		],
	])('as nginx words it: %s', async (title, sentence) => {
		const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body></body></html>`;
		const url = await serveSecurely(shown('good'), (_, response) =>
			response.writeHead(400, { 'content-type': 'text/html' }).end(page),
		);
		expect(await told(url, trusting)).toBe(`tls: Loki at HOST ${sentence}`);
	});
});

describe('files that do not do', () => {
	const cert = pem.path('client.pem');
	const key = pem.path('client.key');
	writeFileSync(pem.path('garbage.pem'), 'no certificate at all');
	writeFileSync(pem.path('large.pem'), pem.read('ca.pem') + ' '.repeat(2 ** 20));
	execFileSync('mkfifo', [pem.path('pipe.pem')]);
	const files: readonly (readonly [string, TlsWay, string])[] = [
		[
			'a CA file that is missing',
			{ ca: '/nowhere/ca.pem' },
			'The CA file for Loki at HOST cannot be used: /nowhere/ca.pem does not exist. Check tls.ca of loki in profile prod-eu, then press R.',
		],
		[
			'a CA file that is a folder',
			{ ca: pem.folder },
			'The CA file for Loki at HOST cannot be used: PEM is no file. Check tls.ca of loki in profile prod-eu, then press R.',
		],
		[
			'a CA file that is a pipe, which nobody writes',
			{ ca: pem.path('pipe.pem') },
			'The CA file for Loki at HOST cannot be used: PEM/pipe.pem is no file. Check tls.ca of loki in profile prod-eu, then press R.',
		],
		[
			'a certificate that is a device without an end',
			{ cert: '/dev/zero', key },
			'The client certificate for Loki at HOST cannot be used: /dev/zero is no file. Check tls.cert of loki in profile prod-eu, then press R.',
		],
		[
			'a CA file that is larger than any',
			{ ca: pem.path('large.pem') },
			'The CA file for Loki at HOST cannot be used: PEM/large.pem is larger than 1 MB. Check tls.ca of loki in profile prod-eu, then press R.',
		],
		[
			'a CA file of garbage',
			{ ca: pem.path('garbage.pem') },
			'The CA file for Loki at HOST cannot be used: PEM/garbage.pem holds no certificate as PEM. Check tls.ca of loki in profile prod-eu, then press R.',
		],
		[
			'a certificate that is missing',
			{ cert: '/nowhere/c.pem', key },
			'The client certificate for Loki at HOST cannot be used: /nowhere/c.pem does not exist. Check tls.cert of loki in profile prod-eu, then press R.',
		],
		[
			'a key in place of the certificate',
			{ cert: key, key },
			'The client certificate for Loki at HOST cannot be used: PEM/client.key holds no certificate as PEM. Check tls.cert of loki in profile prod-eu, then press R.',
		],
		[
			'a certificate in place of the key',
			{ cert, key: cert },
			'The key of the client certificate for Loki at HOST cannot be used: PEM/client.pem holds no private key as PEM. Check tls.key of loki in profile prod-eu, then press R.',
		],
		[
			'a key of another certificate',
			{ cert, key: pem.path('good.key') },
			'The key of the client certificate for Loki at HOST cannot be used: PEM/good.key does not belong to the certificate in PEM/client.pem. Check tls.key of loki in profile prod-eu, then press R.',
		],
		[
			'a certificate without a key',
			{ cert },
			'Loki at HOST has a client certificate and no key in its TLS settings. Name it as tls.key of loki in profile prod-eu, then press R.',
		],
		[
			'a key without a certificate',
			{ key },
			'Loki at HOST has a key and no certificate in its TLS settings. Name it as tls.cert of loki in profile prod-eu, then press R.',
		],
		[
			'a locked key without a passphrase',
			{ cert, key: pem.path('locked.key') },
			'Loki at HOST has an encrypted key and no passphrase in its TLS settings. Name it as tls.passphrase of loki in profile prod-eu, then press R.',
		],
		[
			'a wrong passphrase',
			{ cert, key: pem.path('locked.key'), passphrase: async () => 'c4nary' },
			'The key of the client certificate for Loki at HOST cannot be used: PEM/locked.key does not open with its passphrase. Check tls.key of loki in profile prod-eu, then press R.',
		],
	];
	test.each(files)('%s', async (_, tls, sentence) => {
		expect(await told('https://127.0.0.1:9', tls)).toBe(`tls: ${sentence}`);
	});

	test('a file of those behind Grafana is looked for where it is named', async () => {
		const door = doorAlong('https://127.0.0.1:9', { tls: { ca: '/nowhere/ca.pem' }, under: 'grafana' });
		const asked = door.json({ path: '/ready' }, z.unknown(), askingNow());
		expect(await asked.catch(failureLine)).toMatch(/ Check tls\.ca of grafana in profile prod-eu, then press R\.$/);
	});

	test('an SSL_CERT_FILE that is missing', async () => {
		expect(await told('https://127.0.0.1:9', {}, { SSL_CERT_FILE: '/nowhere/all.pem' })).toBe(
			'tls: The CA file for Loki at HOST cannot be used: /nowhere/all.pem does not exist. Mend or unset SSL_CERT_FILE, then press R.',
		);
	});

	test('mended while the program runs', async () => {
		const path = pem.path('late.pem');
		const door = doorAlong(await serveSecurely(shown('good')), { tls: { ca: path } });
		const ask = () => door.json({ path: '/ready' }, z.unknown(), askingNow()).then(JSON.stringify, failureLine);
		expect(await ask()).toMatch(/late\.pem does not exist/);
		writeFileSync(path, pem.read('ca.pem'));
		expect(await ask()).toBe(good);
		rmSync(path);
	});
});

describe('what is no TLS as we know it', () => {
	test('TLS where http is spoken', async () => {
		const port = await listening(createServer(answers(good)));
		expect(await told(`https://127.0.0.1:${port}`)).toBe(
			'tls: Loki at HOST does not speak TLS at this port. Check the port, and whether the URL in profile prod-eu should begin with http.',
		);
	});

	test('http where TLS is spoken', async () => {
		const url = await serveSecurely(shown('good'));
		expect(await told(url.replace('https:', 'http:'))).toMatch(
			/check whether the URL in profile prod-eu is http or https\.$/,
		);
	});

	test('only versions that are not safe', async () => {
		const url = await serveSecurely({
			...shown('good'),
			minVersion: 'TLSv1',
			maxVersion: 'TLSv1.1',
			ciphers: 'DEFAULT@SECLEVEL=0',
		});
		expect(await told(url, trusting)).toBe(
			'tls: Loki at HOST speaks only versions of TLS older than 1.2, which are not safe. Have TLS 1.2 or 1.3 switched on there, or put a proxy that speaks it before it.',
		);
	});
});

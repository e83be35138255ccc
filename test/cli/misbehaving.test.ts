import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Handler, serve } from '../helpers/loopback.ts';
import { runBuilt, startBuilt } from './built.ts';
import { emptyFolder } from './folder.ts';

const answers =
	(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Handler =>
	(_, response) =>
		response.writeHead(status, headers).end(body);

const loginPage = '<!doctype html><html><head><title>Sign in</title></head></html>';

/** What a backend does, and what is said of it. `$` stands for its host. */
const manners: readonly (readonly [string, Handler, string])[] = [
	[
		'401',
		answers(401, 'no'),
		'Prometheus at $ wants credentials, and was sent none (401). It said: no. Set auth of prometheus in a profile (smokejumper profile add --help).',
	],
	[
		'403',
		answers(403, ''),
		'Prometheus at $ does not allow this (403). Check what the credentials in --prometheus-url may read, and the tenant.',
	],
	[
		'404',
		answers(404, '404 page not found'),
		'Prometheus at $ does not know /api/v1/rules (404). It said: 404 page not found. Check the URL and its path prefix in --prometheus-url.',
	],
	[
		'429',
		answers(429, '', { 'retry-after': '7' }),
		'Prometheus at $ asks for fewer questions (429). Wait 7 s, then run it again.',
	],
	[
		'500',
		answers(500, '{"status":"error","error":"disk full"}'),
		'Prometheus at $ failed (500). It said: disk full. Run it again; if it stays, look into the logs of Prometheus.',
	],
	[
		'a login page',
		answers(200, loginPage, { 'content-type': 'text/html' }),
		'Prometheus at $ answered a web page instead of JSON, most often a login page (200).',
	],
	['a redirect', answers(302, '', { location: 'https://sso.example/login' }), '(302)'],
	[
		'truncated JSON',
		answers(200, '{"status":"success","data":{"gro'),
		'Prometheus at $ answered JSON that breaks off or is damaged (200).',
	],
	[
		'a wrong shape',
		answers(200, '{"status":"success","data":7}'),
		'Prometheus at $ answered JSON that is not what the API of Prometheus says',
	],
	[
		'silence',
		() => {},
		'Prometheus at $ did not answer within 0.3 s. Narrow the window or the query, or allow more with --timeout, then run it again.',
	],
];

const address = ['alerts', '--timeout', '300ms'];

test.each(manners)('%s of Prometheus is told; Alertmanager is still shown', async (_, handler, sentence) => {
	const broken = await serve(handler);
	const sound = await serve(answers(200, '[]', { 'content-type': 'application/json' }));
	const urls = ['--prometheus-url', broken.url, '--alertmanager-url', sound.url];
	const { stdout, stderr, exitCode } = await runBuilt([...address, ...urls]);
	expect(stdout).toBe('No alert fires or is pending.\n');
	expect(stderr).toContain(sentence.replace('$', broken.host));
	expect(stderr).toMatch(/^(?:smokejumper: .*\n)+$/);
	expect(exitCode).toBe(4);
});

test.each(manners)('%s of the only backend: nothing is made up', async (_, handler, sentence) => {
	const broken = await serve(handler);
	const { stdout, stderr, exitCode } = await runBuilt([...address, '--prometheus-url', broken.url]);
	expect(stderr).toContain(sentence.replace('$', broken.host));
	expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
});

test('a refused connection', async () => {
	const { stdout, stderr, exitCode } = await runBuilt([
		'logs',
		'--service',
		'a',
		'--loki-url',
		`http://${await closedPort()}`,
	]);
	expect(stderr).toMatch(/Loki at 127\.0\.0\.1:\d+ refused the connection\. Check that Loki runs, and the port/);
	expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
});

test('a host name that nobody knows', async () => {
	const { stderr, exitCode } = await runBuilt(['trace', 'ab', '--tempo-url', 'http://nowhere.invalid:3200']);
	expect(stderr).toMatch(
		/Tempo at nowhere\.invalid:3200 has a host name that (?:is not known|cannot be looked up) here\./,
	);
	expect(exitCode).toBe(3);
});

test('a report whose logs and traces are gone still has its alert and its panels', async () => {
	const broken = await serve(answers(500, 'gone'));
	const rules = { status: 'success', data: { groups: [] } };
	const sound = await serve((request, response) => {
		const body = request.url?.startsWith('/api/v2/alerts') ? [alertOf('orders')] : rules;
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	const urls = ['--alertmanager-url', sound.url, '--prometheus-url', broken.url, '--loki-url', broken.url];
	const { stdout, stderr, exitCode } = await runBuilt(['report', 'OrdersFail', ...urls]);
	expect(stdout).toMatch(/^critical OrdersFail\n/);
	expect(stdout).toContain('The logs of the service could not be had, so no request could be followed.');
	expect(stderr).toContain('Loki at');
	expect(stderr).toContain('Prometheus at');
	expect(exitCode).toBe(4);
});

const alertOf = (service: string) => ({
	annotations: { summary: `${service} fails` },
	endsAt: '2026-11-22T04:00:00.000Z',
	fingerprint: 'a1b2c3d4e5f60718',
	receivers: [{ name: 'pager' }],
	startsAt: '2026-11-22T03:00:00.000Z',
	status: { inhibitedBy: [], silencedBy: [], state: 'active', mutedBy: [] },
	updatedAt: '2026-11-22T03:10:00.000Z',
	generatorURL: '',
	labels: { alertname: 'OrdersFail', severity: 'critical', service },
});

test('a missing secret is told, the server is not asked, and a password in a URL is not repeated', async () => {
	let asked = 0;
	const { host } = await serve((_, response) => {
		asked++;
		response.end();
	});
	const folder = emptyFolder();
	const loki = { url: `http://ops:hunter2@${host}`, auth: { type: 'bearer', token: { env: 'NOT_SET' } } };
	writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ current: 'a', profiles: { a: { loki } } }));
	const { stderr, exitCode } = await runBuilt(['logs', '--service', 'x'], { SMOKEJUMPER_CONFIG_DIR: folder });
	expect(stderr).toContain(
		'There is no secret for profile a: loki.auth.token, as the environment variable NOT_SET is empty or not set.',
	);
	expect(stderr).not.toContain('hunter2');
	expect({ asked, exitCode }).toEqual({ asked: 0, exitCode: 3 });
});

test('a server that says a secret back is not quoted', async () => {
	const { url } = await serve(answers(401, 'invalid token: Authorization: Bearer abcdefghijklmnop.hunter2'));
	const { stderr } = await runBuilt(['logs', '--service', 'x', '--loki-url', url]);
	expect(stderr).toContain('(401)');
	expect(stderr).not.toContain('hunter2');
});

test('^C ends a question that is under way', async () => {
	let arrived = () => {};
	const asked = new Promise<void>(resolve => {
		arrived = resolve;
	});
	const { url } = await serve(() => arrived());
	const { kill, ran } = startBuilt(['alerts', '--prometheus-url', url]);
	await asked;
	kill('SIGINT');
	expect(await ran).toEqual({ stdout: '', stderr: '', exitCode: 130 });
});

/** A port on which nobody listens, a moment ago. */
async function closedPort(): Promise<string> {
	const server = createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const bound = server.address();
	await new Promise(resolve => server.close(resolve));
	return bound !== null && typeof bound === 'object' ? `127.0.0.1:${bound.port}` : '';
}

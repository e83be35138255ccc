import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../folder.ts';
import { refusalOf } from '../profiles/desk.ts';
import { files, importDesk } from './desk.ts';

const tool = (name: string) => join(files, 'tools', name);

test('logcli: its variables are named where they are secrets', async () => {
	const { imported } = importDesk({
		LOKI_ADDR: 'https://logs.berths.example/tenant',
		LOKI_USERNAME: 'desk',
		LOKI_PASSWORD: 'hunter2',
		LOKI_ORG_ID: 'berths|till',
		LOKI_CA_CERT_PATH: '/etc/ssl/ca.pem',
		LOKI_CLIENT_CERT_PATH: '/etc/ssl/client.pem',
		LOKI_CLIENT_KEY_PATH: '/etc/ssl/client.key',
		LOKI_TLS_SKIP_VERIFY: 'true',
		LOKI_HTTP_PROXY_URL: 'http://proxy.berths.example:3128',
		LOKI_AUTH_HEADER: 'X-Auth',
	});
	const { told, profile } = await imported('--logcli');
	expect(profile).toEqual({
		loki: {
			url: 'https://logs.berths.example/tenant',
			auth: { type: 'basic', user: 'desk', password: { env: 'LOKI_PASSWORD' } },
			tenant: ['berths', 'till'],
			tls: { ca: '/etc/ssl/ca.pem', cert: '/etc/ssl/client.pem', key: '/etc/ssl/client.key', skipVerify: true },
			proxy: 'http://proxy.berths.example:3128',
		},
	});
	expect(told).toContain('Read from the environment whenever it is used: LOKI_PASSWORD.');
	expect(told).toContain('LOKI_AUTH_HEADER has no place in a profile');
	expect(told).not.toContain('hunter2');
});

test.each([
	[{ LOKI_BEARER_TOKEN: 'hunter2' }, { type: 'bearer', token: { env: 'LOKI_BEARER_TOKEN' } }],
	[{ LOKI_BEARER_TOKEN_FILE: '/run/token' }, { type: 'bearer', token: { file: '/run/token' } }],
])('logcli: %o', async (env, auth) => {
	expect((await importDesk(env).imported('--logcli')).profile).toEqual({
		loki: { url: 'http://localhost:3100', auth },
	});
});

test.each([
	[{}, 'Nothing of logcli is set here.'],
	[{ LOKI_ADDR: 'hunter2' }, 'The value of LOKI_ADDR is not an http or https URL.'],
	[{ LOKI_USERNAME: 'a', LOKI_BEARER_TOKEN: 'hunter2' }, 'A user and a bearer token are both set.'],
])('logcli: %o is refused', async (env, sentence) => {
	const refusal = await refusalOf(importDesk(env).profile('import', 'prod', '--logcli', '--yes'));
	expect(refusal).toContain(sentence);
	expect(refusal).not.toContain('hunter2');
});

test('amtool: the file that is named, else that of the home folder, with its HTTP configuration', async () => {
	const alertmanager = { url: 'https://alerts.berths.example/alertmanager' };
	expect((await importDesk().imported('--amtool', tool('amtool.yml'))).profile).toEqual({
		author: 'desk@berths.example',
		alertmanager,
	});
	const home = emptyFolder();
	mkdirSync(join(home, '.config', 'amtool'), { recursive: true });
	writeFileSync(
		join(home, '.config', 'amtool', 'config.yml'),
		`alertmanager.url: ${alertmanager.url}\nhttp.config.file: ${tool('basic.yml')}\n`,
	);
	const { told, profile } = await importDesk({ HOME: home }).imported('--amtool');
	expect(profile).toEqual({
		alertmanager: { ...alertmanager, auth: { type: 'basic', user: 'desk', password: 'hunter2' } },
	});
	expect(told).toContain('better: alertmanager.auth.password.');
	expect(told).not.toContain('hunter2');
});

test('amtool: none, and another file', async () => {
	const at = (...words: readonly string[]) => refusalOf(importDesk().profile('import', 'prod', '--amtool', ...words));
	expect(await at()).toContain('There is no /nowhere/.config/amtool/config.yml and no /etc/amtool/config.yml.');
	expect(await at(tool('basic.yml'))).toContain('is no configuration of amtool: alertmanager.url is missing.');
});

test("promtool: what its HTTP client's file says holds for all that are named", async () => {
	const { imported } = importDesk();
	const urls = ['--prometheus-url', 'https://metrics.berths.example', '--loki-url', 'https://logs.berths.example'];
	const { told, profile } = await imported('--http-config', tool('http.yml'), ...urls);
	const shared = {
		auth: {
			type: 'oauth2',
			tokenUrl: 'https://login.berths.example/oauth2/token',
			clientId: 'promtool',
			clientSecret: { file: join(files, 'secrets', 'client') },
			scopes: ['metrics.read'],
			parameters: { audience: 'metrics' },
		},
		headers: { 'X-Scope-OrgID': 'berths', 'X-Key': { file: join(files, 'secrets', 'key') } },
		tls: {
			ca: '/etc/ssl/berths/ca.pem',
			cert: join(files, 'certs', 'client.pem'),
			key: join(files, 'certs', 'client.key'),
			serverName: 'metrics.berths.example',
		},
		proxy: 'http://proxy.berths.example:3128',
	};
	expect(profile).toEqual({
		prometheus: { url: 'https://metrics.berths.example', ...shared },
		loki: { url: 'https://logs.berths.example', ...shared },
	});
	expect(told).toContain(`Not on this machine, though named: ${join(files, 'secrets', 'client')}, `);
	expect(told).toContain('no_proxy: set NO_PROXY in its place');
});

test.each([
	['authorization: {credentials_file: /run/token}', { auth: { type: 'bearer', token: { file: '/run/token' } } }],
	['authorization: {type: Token, credentials: x}', { headers: { Authorization: 'Token x' } }],
	['bearer_token_file: /run/token', { auth: { type: 'bearer', token: { file: '/run/token' } } }],
	[
		'basic_auth: {username: 7, password_file: /run/p}',
		{ auth: { type: 'basic', user: '7', password: { file: '/run/p' } } },
	],
	['tls_config: {insecure_skip_verify: true}', { tls: { skipVerify: true } }],
	['', {}],
])('promtool: %s', async (text, reached) => {
	const path = join(emptyFolder(), 'http.yml');
	writeFileSync(path, text);
	const url = 'https://metrics.berths.example';
	const { profile } = await importDesk().imported('--http-config', path, '--prometheus-url', url);
	expect(profile).toEqual({ prometheus: { url, ...reached } });
});

test.each([
	['basic_auth: {username: a, password: b}\nbearer_token: hunter2', 'has authorizations of several kinds.'],
	['basic_auth: {username: hunter2}', 'basic_auth has no password.'],
	['oauth2: {client_id: a, token_url: hunter2, client_secret: b}', 'oauth2 needs a secret and an http or https URL'],
	[
		'proxy_url: ftp://hunter2',
		'What is said there makes no profile: prometheus.proxy should be a URL such as https://host/prefix.',
	],
	['basic_auth: hunter2', 'is no configuration of an HTTP client: basic_auth should be of type object.'],
])('promtool: %s is refused', async (text, sentence) => {
	const path = join(emptyFolder(), 'http.yml');
	writeFileSync(path, text);
	const words = ['--http-config', path, '--prometheus-url', 'https://metrics.berths.example'];
	const refusal = await refusalOf(importDesk().profile('import', 'prod', ...words, '--yes'));
	expect(refusal).toContain(sentence);
	expect(refusal).not.toContain('hunter2');
});

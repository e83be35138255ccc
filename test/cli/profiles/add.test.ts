import { join } from 'node:path';
import { expect, test } from 'vitest';
import { desk, refusalOf } from './desk.ts';

const loki = ['--loki-url', 'http://l.example'] as const;
const here = (name: string) => join(process.cwd(), name);

test.each([
	['a tenant', ['--tenant', 'a'], { tenant: 'a' }],
	['tenants', ['--tenant', 'a', '--tenant', 'b'], { tenant: ['a', 'b'] }],
	[
		'a token of the keychain',
		['--bearer-keychain', 'smoke/jumper/ops'],
		{ auth: { type: 'bearer', token: { keychain: { service: 'smoke/jumper', account: 'ops' } } } },
	],
	[
		'a token of a command for a while',
		['--bearer-command', 'pass show loki', '--command-lifetime', '15m'],
		{ auth: { type: 'bearer', token: { command: ['sh', '-c', 'pass show loki'], lifetime: '15m' } } },
	],
	[
		'OAuth2',
		[
			...[
				'--oauth2-token-url',
				'https://id.example/token',
				'--oauth2-client-id',
				'sj',
				'--oauth2-client-secret-env',
				'S',
			],
			...['--oauth2-scope', 'read', '--oauth2-scope', 'logs', '--oauth2-parameter', 'audience=a=b'],
			...['--oauth2-client-in', 'body'],
		],
		{
			auth: {
				type: 'oauth2',
				tokenUrl: 'https://id.example/token',
				clientId: 'sj',
				clientSecret: { env: 'S' },
				scopes: ['read', 'logs'],
				parameters: { audience: 'a=b' },
				clientIn: 'body',
			},
		},
	],
	['SigV4 of the environment', ['--sigv4'], { auth: { type: 'sigv4' } }],
	[
		'SigV4 with a key',
		[
			...['--sigv4-region', 'eu-west-1', '--sigv4-service', 'aps', '--sigv4-profile', 'ops'],
			...['--sigv4-access-key-env', 'K', '--sigv4-secret-key-file', 'key', '--sigv4-session-token-env', 'T'],
		],
		{
			auth: {
				type: 'sigv4',
				region: 'eu-west-1',
				service: 'aps',
				profile: 'ops',
				accessKeyId: { env: 'K' },
				secretAccessKey: { file: here('key') },
				sessionToken: { env: 'T' },
			},
		},
	],
	[
		'TLS',
		[
			...['--tls-ca', 'ca.pem', '--tls-cert', 'me.pem', '--tls-key', '/k.pem', '--tls-passphrase-env', 'P'],
			...['--tls-server-name', 'logs.example', '--tls-skip-verify'],
		],
		{
			tls: {
				ca: here('ca.pem'),
				cert: here('me.pem'),
				key: '/k.pem',
				passphrase: { env: 'P' },
				serverName: 'logs.example',
				skipVerify: true,
			},
		},
	],
	['a proxy', ['--proxy', 'socks5://u:p@proxy.example:1080'], { proxy: 'socks5://u:p@proxy.example:1080' }],
	['no proxy', ['--proxy', 'none'], { proxy: 'none' }],
	['a socket', ['--socket', 'loki.sock'], { socket: here('loki.sock') }],
	['a tunnel', ['--tunnel', 'ops@jump'], { tunnel: { ssh: 'ops@jump' } }],
	[
		'headers',
		['--header-keychain', 'X-Key: s/a'],
		{ headers: { 'X-Key': { keychain: { service: 's', account: 'a' } } } },
	],
])('%s is added to a backend', async (_, words, connection) => {
	const { profile, file } = desk();
	await profile('add', 'a', ...loki, ...words);
	expect(file()).toMatchObject({ profiles: { a: { loki: { url: 'http://l.example', ...connection } } } });
});

test('what the profile says is added with its backends, or later alone', async () => {
	const { profile, file, path } = desk();
	const grafana = ['--grafana-url', 'https://g.example', '--data-source', 'loki=Logs EU', '--data-source', 'tempo=t1'];
	await profile('add', 'a', ...grafana, '--colour', 'red', '--since', '3h', '--author', 'ops');
	expect(await profile('add', 'a', '--since', '30m', '--read-unasked', '50GB')).toBe(`Saved a in ${path}.\n`);
	expect(file()).toMatchObject({
		profiles: {
			a: {
				grafana: { dataSources: { loki: 'Logs EU', tempo: 't1' } },
				colour: 'red',
				since: '30m',
				author: 'ops',
				logs: { readUnasked: '50GB' },
			},
		},
	});
	expect(await refusalOf(profile('add', 'b', '--since', '30m'))).toContain('There is no profile called b.');
});

test('a backend that is added again is let in as it is said now, and keeps what only a newer version knows', async () => {
	const { profile, file } = desk(
		JSON.stringify({
			version: 2,
			profiles: {
				a: { loki: { url: 'http://l.example', tenant: 'x', auth: { type: 'bearer', token: 't' }, retries: 3 } },
			},
		}),
	);
	await profile('add', 'a', '--loki-url', 'https://other.example');
	expect(file()).toMatchObject({ profiles: { a: { loki: { url: 'https://other.example', retries: 3 } } } });
	expect(JSON.stringify(file())).not.toMatch(/tenant|token/);
});

test.each([
	['--oauth2-client-id sj', 'OAuth2 client credentials need the URL of the tokens, a client and its secret.'],
	['--oauth2-client-in hat', 'OAuth2 client credentials need'],
	['--oauth2-token-url hunter2 --oauth2-client-id a --oauth2-client-secret-env S', '--oauth2-token-url is not an http'],
	[
		'--oauth2-token-url http://i.example --oauth2-client-id a --oauth2-client-secret-env S --oauth2-parameter hunter2',
		'What follows --oauth2-parameter is no parameter.',
	],
	['--sigv4-access-key-env K', 'A key of Amazon has an ID and a secret half.'],
	['--sigv4-session-token-env T', 'A key of Amazon has an ID and a secret half.'],
	['--sigv4 --bearer-env T', 'A backend has one authorization.'],
	['--bearer-keychain hunter2', 'An entry of the keychain has a service and an account.'],
	['--bearer-command x --command-lifetime soon', '--command-lifetime soon is not a length of time.'],
	['--proxy ftp://hunter2', 'The value of --proxy is no URL of a proxy.'],
	['--colour pink', 'There is no colour pink. Colours are red, yellow, green, cyan, blue, magenta.'],
	['--since soon', '--since soon is not a length of time.'],
	['--read-unasked much', '--read-unasked much is not a number of bytes.'],
	['--grafana-url http://g.example --data-source loki', 'loki names no data source. Write it as loki=NAME;'],
])('%s is refused in a sentence', async (line, sentence) => {
	const { profile } = desk();
	const refusal = await refusalOf(profile('add', 'a', ...loki, ...line.split(' ')));
	expect(refusal).toContain(sentence);
	expect(refusal).not.toContain('hunter2');
});

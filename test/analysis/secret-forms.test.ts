import { describe, expect, test } from 'vitest';
import { redact, redactCounted } from '../../src/analysis/redact.ts';
import { redactingLines } from '../../src/analysis/redact-lines.ts';

// Put together here so that no scanner takes this file for a leak.
const alnum = 'a1B2c3D4e5F6g7H8i9J0'.repeat(8);
const hex = '0a1b2c3d4e5f6789'.repeat(8);
const upper = 'A1B2C3D4E5F6G7H8J9K0'.repeat(8);

describe('every form that issuers give to their secrets', () => {
	test.each<[string, string]>([
		['aws key id', 'AKIAIOSFODNN7EXAMPLE'],
		['aws key id', 'ASIAIOSFODNN7EXAMPLE'],
		['aws key id', 'ABIAIOSFODNN7EXAMPLE'],
		['aws key id', 'ACCAIOSFODNN7EXAMPLE'],
		['aws key id', 'A3TXIOSFODNN7EXAMPLE'],
		...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix): [string, string] => [
			'github token',
			prefix + alnum.slice(0, 36),
		]),
		['github token', `github_pat_${alnum.slice(0, 82)}`],
		...['glpat-', 'glrt-', 'gldt-', 'glft-', 'glcbt-', 'glsoat-', 'GR1348941'].map((prefix): [string, string] => [
			'gitlab token',
			prefix + alnum.slice(0, 20),
		]),
		['gitlab token', `glptt-${hex.slice(0, 40)}`],
		['gitlab token', `glagent-${alnum.slice(0, 50)}`],
		...['xoxb-', 'xoxp-', 'xoxe-', 'xoxa-', 'xoxo-', 'xoxs-', 'xoxr-'].map((prefix): [string, string] => [
			'slack token',
			`${prefix}123456789012-123456789012-${alnum.slice(0, 24)}`,
		]),
		['slack token', `xapp-1-A012-123456789012-${alnum.slice(0, 40)}`],
		...['sk_live_', 'sk_test_', 'rk_live_', 'rk_prod_'].map((prefix): [string, string] => [
			'stripe key',
			prefix + alnum.slice(0, 24),
		]),
		['stripe key', `whsec_${alnum.slice(0, 32)}`],
		['google key', `AIza${alnum.slice(0, 35)}`],
		['google key', `ya29.${alnum.slice(0, 60)}`],
		['openai key', `sk-${alnum.slice(0, 20)}T3BlbkFJ${alnum.slice(0, 20)}`],
		['openai key', `sk-proj-${alnum.slice(0, 48)}`],
		['openai key', `sk-svcacct-${alnum.slice(0, 48)}`],
		['openai key', `sk-admin-${alnum.slice(0, 48)}`],
		['anthropic key', `sk-ant-api03-${alnum.slice(0, 93)}AA`],
		['hugging face token', `hf_${'aBcDeFgHiJ'.repeat(4).slice(0, 34)}`],
		['sendgrid key', `SG.${alnum.slice(0, 22)}.${alnum.slice(0, 43)}`],
		['twilio key', `SK${hex.slice(0, 32)}`],
		['npm token', `npm_${alnum.slice(0, 36)}`],
		['pypi token', `pypi-AgEIcHlwaS5vcmc${alnum.slice(0, 60)}`],
		['digitalocean token', `dop_v1_${hex.slice(0, 64)}`],
		['shopify token', `shpat_${hex.slice(0, 32)}`],
		['databricks token', `dapi${hex.slice(0, 32)}`],
		['linear key', `lin_api_${alnum.slice(0, 40)}`],
		['notion token', `ntn_${alnum.slice(0, 46)}`],
		['vault token', `hvs.${alnum.slice(0, 95)}`],
		['vault token', `s.${alnum.slice(0, 24)}`],
		['terraform token', `${alnum.slice(0, 14)}.atlasv1.${alnum.slice(0, 67)}`],
		['grafana token', `glsa_${alnum.slice(0, 32)}_0a1b2c3d`],
		['grafana token', `glc_${alnum.slice(0, 60)}`],
		['grafana token', `eyJrIjoi${alnum.slice(0, 60)}`],
		['sentry token', `sntryu_${alnum.slice(0, 64)}`],
		['sentry token', `sntrys_${alnum.slice(0, 64)}`],
		['new relic key', `NRAK-${upper.slice(0, 27)}`],
		['azure secret', `abc8Q~${alnum.slice(0, 34)}`],
		['square token', `EAAA${alnum.slice(0, 60)}`],
		['square token', `sq0atp-${alnum.slice(0, 22)}`],
		['telegram token', `123456789:A${alnum.slice(0, 34)}`],
		['age key', `AGE-SECRET-KEY-1${upper.slice(0, 58)}`],
		[
			'1password key',
			`A3-${upper.slice(0, 6)}-${upper.slice(0, 6)}-${upper.slice(0, 5)}-${upper.slice(0, 5)}-${upper.slice(0, 5)}`,
		],
		['jwt', `ZXlK${alnum.slice(0, 60)}`],
	])('%s: %s', (kind, secret) => {
		expect(redact(`got ${secret} from edge`)).toBe(`got [redacted ${kind}] from edge`);
		expect(redact(JSON.stringify({ note: `got ${secret}` }))).toBe(`{"note":"got [redacted ${kind}]"}`);
	});
});

describe('credentials behind their scheme', () => {
	test.each([
		['Basic dTp4', 'Basic [redacted credentials]'],
		['basic dTp4 sent', 'basic [redacted credentials] sent'],
		['Basic auth', 'Basic auth'],
		['Basic setup done', 'Basic setup done'],
		['Bearer abc-123', 'Bearer [redacted bearer token]'],
		['Bearer tokens expired', 'Bearer tokens expired'],
		['bearer of 2023', 'bearer of 2023'],
		['X-Api-Key: abc1', 'X-Api-Key: [redacted key]'],
		['X-Auth-Token: abc1', 'X-Auth-Token: [redacted token]'],
		['Proxy-Authorization: Basic dTp4', 'Proxy-Authorization: Basic [redacted authorization]'],
		['Authorization: Token abc1', 'Authorization: Token [redacted authorization]'],
		['Set-Cookie: id=a1; Path=/', 'Set-Cookie: [redacted cookie]'],
		[
			'?X-Amz-Security-Token=a1&X-Amz-Credential=b2',
			'?X-Amz-Security-Token=[redacted token]&X-Amz-Credential=[redacted credential]',
		],
	])('%s', (text, expected) => {
		expect(redact(text)).toBe(expected);
	});
});

describe('command lines', () => {
	test.each([
		['pg_dump --password hunter2 shop', 'pg_dump --password [redacted password] shop'],
		['run -password "a b" now', 'run -password "[redacted password]" now'],
		["run --client-secret 'a b' now", "run --client-secret '[redacted secret]' now"],
		['run --token abc --verbose', 'run --token [redacted token] --verbose'],
		['run --password=hunter2', 'run --password=[redacted password]'],
		['run --password', 'run --password'],
		['run --password --verbose', 'run --password --verbose'],
		['the --password option is missing', 'the --password option is missing'],
		['run --password-file /etc/p', 'run --password-file /etc/p'],
		['docker login --password-stdin registry', 'docker login --password-stdin registry'],
		['mysql -u root -p hunter2 shop', 'mysql -u root -p [redacted password] shop'],
		['mysqldump -uroot -phunter2 shop', 'mysqldump -uroot -p[redacted password] shop'],
		['mysql -P 3306 -h db', 'mysql -P 3306 -h db'],
		['sshpass -p hunter2 ssh host', 'sshpass -p [redacted password] ssh host'],
		['docker login -u ann -p hunter2 registry', 'docker login -u ann -p [redacted password] registry'],
		['redis-cli -h cache -a hunter2 ping', 'redis-cli -h cache -a [redacted password] ping'],
		['ldapsearch -D cn=x -w hunter2 -b y', 'ldapsearch -D cn=x -w [redacted password] -b y'],
		['curl -u ann:hunter2 https://a.example', 'curl -u ann:[redacted password] https://a.example'],
		['curl -s --user "ann:hun ter2" https://a.example', 'curl -s --user "ann:[redacted password]" https://a.example'],
		['curl https://a.example -uann:hunter2', 'curl https://a.example -uann:[redacted password]'],
		['ssh -p 2222 host', 'ssh -p 2222 host'],
		['mkdir -p /var/lib/x', 'mkdir -p /var/lib/x'],
		['docker run -p 8080:80 image', 'docker run -p 8080:80 image'],
		[
			'{"args":["pg_dump","--password","hunter2","shop"]}',
			'{"args":["pg_dump","--password","[redacted password]","shop"]}',
		],
		['{"args":["--password"],"next":"shop"}', '{"args":["--password"],"next":"shop"}'],
	])('%s', (text, expected) => {
		expect(redact(text)).toBe(expected);
	});
});

describe('XML, and names with their values', () => {
	test.each([
		['<login><password>x</password></login>', '<login><password>[redacted password]</password></login>'],
		['<wsse:Password Type="t">a b</wsse:Password>', '<wsse:Password Type="t">[redacted password]</wsse:Password>'],
		['<password><![CDATA[x<]]></password>', '<password><![CDATA[[redacted password]]]></password>'],
		['<apiKey>abc', '<apiKey>[redacted key]'],
		['<user>ann</user><password/>', '<user>ann</user><password/>'],
		['usage: login <password> <token>', 'usage: login <password> <token>'],
		['&lt;password&gt;x&lt;/password&gt;', '&lt;password&gt;[redacted password]&lt;/password&gt;'],
		['<add key="password" value="x y"/>', '<add key="password" value="[redacted password]"/>'],
		['- name: DB_PASSWORD\n  value: hunter2\n', '- name: DB_PASSWORD\n  value: [redacted password]\n'],
		['name=api_key value=abc next=1', 'name=api_key value=[redacted key] next=1'],
		['name=color value=red', 'name=color value=red'],
		['{"name":"password","value":"x"}', '{"name":"password","value":"[redacted password]"}'],
		['{"name":"password","type":"t","value":"x"}', '{"name":"password","type":"t","value":"[redacted password]"}'],
		['{"value":"x","name":"password"}', '{"value":"[redacted password]","name":"password"}'],
		['[{"key":"PIN","value":1234}]', '[{"key":"PIN","value":"[redacted secret]"}]'],
		[
			'{"attributes":[{"key":"db.password","value":{"stringValue":"x"}},{"key":"n","value":{"stringValue":"y"}}]}',
			'{"attributes":[{"key":"db.password","value":{"stringValue":"[redacted password]"}},{"key":"n","value":{"stringValue":"y"}}]}',
		],
		['[{"name":"password"},{"value":"x"}]', '[{"name":"password"},{"value":"x"}]'],
		[
			'body={\\"name\\":\\"password\\",\\"value\\":\\"x y\\"}',
			'body={\\"name\\":\\"password\\",\\"value\\":\\"[redacted password]\\"}',
		],
	])('%s', (text, expected) => {
		expect(redact(text)).toBe(expected);
	});
});

describe('a private key that was cut into lines', () => {
	const body = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj', 'dQw4w9WgXcQdQw4w9WgXcQ=='];
	const key = ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----'];
	const [edge, till] = [{ app: 'edge' }, { app: 'till' }];

	test('is masked from its first line to its last, whatever other streams say between', () => {
		const redactLine = redactingLines();
		const read = (stream: object, line: string) => redactLine(stream, line).text;
		expect(read(edge, `loaded ${key[0]}`)).toBe('loaded [redacted private key]');
		expect(read(till, 'paid')).toBe('paid');
		expect(body.map(line => read(edge, line))).toEqual(['[redacted private key]', '[redacted private key]']);
		expect(read(edge, key[3] ?? '')).toBe(key[3]);
		expect(read(edge, 'dQw4w9WgXcQ')).toBe('dQw4w9WgXcQ');
	});

	test('is masked in the frames of shippers', () => {
		const redactLine = redactingLines();
		redactLine(edge, JSON.stringify({ log: `${key[0]}\n`, stream: 'stdout' }));
		expect(redactLine(edge, JSON.stringify({ log: `${body[0]}\n`, stream: 'stdout' })).text).toBe(
			'{"log":"[redacted private key]\\n","stream":"stdout"}',
		);
		expect(redactLine(edge, `2026-11-22T08:36:05.117421421Z stdout F ${body[1]}`).text).toBe('[redacted private key]');
	});

	test('ends where the stream goes on with something else', () => {
		const redactLine = redactingLines();
		redactLine(edge, key[0] ?? '');
		expect(redactLine(edge, 'order placed id=7').text).toBe('order placed id=7');
		expect(redactLine(edge, 'ok').text).toBe('ok');
	});

	test('is known by the width of its lines when its beginning is not there', () => {
		expect(redactCounted(body[0] ?? '')).toEqual({ text: '[redacted private key]', masked: 1 });
		expect(redactCounted(hex.slice(0, 64))).toEqual({ text: hex.slice(0, 64), masked: 0 });
	});

	test.each([
		['bare', (line: string) => line],
		['of CRI', (line: string) => `2026-11-22T08:36:05.117421421Z stdout F ${line}`],
		['of Docker', (line: string) => JSON.stringify({ log: `${line}\n`, stream: 'stdout' })],
	])('whose beginning stands on another page is masked to its end, in a frame %s', (_, framed) => {
		const redactLine = redactingLines();
		const [wide = '', last = ''] = body;
		const mask = framed('[redacted private key]');
		expect(redactLine(edge, framed(last))).toEqual({ text: framed(last), masked: 0 });
		expect(redactLine(edge, framed(wide))).toEqual({ text: mask, masked: 1 });
		expect(redactLine(till, framed(last)).masked).toBe(0);
		expect(redactLine(edge, framed(wide)).text).toBe(mask);
		expect(redactLine(edge, framed(last)).text).toBe(mask);
		expect(redactLine(edge, framed(last)).masked).toBe(0);
	});

	test('of one text is masked whole', () => {
		expect(redact(`x\n${key.join('\n')}\ny`)).toBe('x\n[redacted private key]\ny');
	});
});

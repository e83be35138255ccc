import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { maskEmailsToo, redact, redactCounted, redactField } from '../../src/analysis/redact.ts';

// Put together here so that no scanner takes this file for a leak.
const join = (...parts: readonly string[]): string => parts.join('');
const fill = (length: number): string => 'a1B2c3D4e5F6g7H8i9J0'.repeat(8).slice(0, length);
const jwt = join('eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiI0MiIsInJvbGUiOiJhZG1pbiJ9', '.', 'Q2hlY2tNZU91dFNpZ24');

describe('redact masks', () => {
	test.each([
		['plain text', 'user signed in', 'user signed in'],
		['a JWT', `got ${jwt} from edge`, 'got [redacted jwt] from edge'],
		['a JWT that was cut', 'got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0', 'got [redacted jwt]'],
		['a bearer header', `Authorization: Bearer ${fill(20)}`, 'Authorization: Bearer [redacted authorization]'],
		['a bearer in prose', `sent Bearer ${fill(20)} to edge`, 'sent Bearer [redacted bearer token] to edge'],
		['no bearer in prose', 'Bearer authentication failed', 'Bearer authentication failed'],
		['basic credentials', 'with Basic YWxhZGRpbjpvcGVu now', 'with Basic [redacted credentials] now'],
		['an AWS key', 'key AKIAIOSFODNN7EXAMPLE used', 'key [redacted aws key id] used'],
		[
			'an AWS pair',
			`AKIAIOSFODNN7EXAMPLE/x wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY`,
			'[redacted aws key id]/x [redacted aws secret]',
		],
		['a GitHub token', `clone ghp_${fill(36)}`, 'clone [redacted github token]'],
		['a GitLab token', `glpat-${fill(20)}`, '[redacted gitlab token]'],
		['a Slack token', `xoxb-1234567890-${fill(24)}`, '[redacted slack token]'],
		[
			'a Slack webhook',
			`POST https://hooks.slack.com/services/T00000000/B00000000/${fill(24)}`,
			'POST https://hooks.slack.com/services/[redacted slack webhook]',
		],
		['a Stripe key', `sk_live_${fill(24)}`, '[redacted stripe key]'],
		['a Google key', `AIza${fill(35)}`, '[redacted google key]'],
		['a Vault token', `hvs.${fill(95)}`, '[redacted vault token]'],
		['a Grafana token', `glsa_${fill(32)}_0a1b2c3d`, '[redacted grafana token]'],
		['a password in a URL', 'postgres://app:hunter2@db:5432/x', 'postgres://app:[redacted password]@db:5432/x'],
		['one with an @', 'redis://:p@ss@cache:6379', 'redis://:[redacted password]@cache:6379'],
		['no password in a URL', 'http://db:8080/a?x=1', 'http://db:8080/a?x=1'],
		[
			'a JDBC password',
			'jdbc:mysql://db/x?user=a&password=b3&ssl=true',
			'jdbc:mysql://db/x?user=a&password=[redacted password]&ssl=true',
		],
		['a query string', 'GET /a?token=abc123&page=2', 'GET /a?token=[redacted token]&page=2'],
		['a signed URL', '/x?X-Amz-Signature=0a1b2c&v=1', '/x?X-Amz-Signature=[redacted secret]&v=1'],
		['logfmt', 'level=info password=hunter2 user=ann', 'level=info password=[redacted password] user=ann'],
		['quoted logfmt', 'password="hun ter\\"2" user=ann', 'password="[redacted password]" user=ann'],
		['a comma in a value', 'pwd=a,b next=1', 'pwd=[redacted secret] next=1'],
		['a Java map', '{password=abc, user=ann}', '{password=[redacted password], user=ann}'],
		['a connection string', 'Server=db;Password=a1;User=b', 'Server=db;Password=[redacted password];User=b'],
		[
			'a pair inside a value',
			'msg="login with password=a1 failed"',
			'msg="login with password=[redacted password] failed"',
		],
		['YAML', 'client_secret: abc', 'client_secret: [redacted secret]'],
		['Ruby', ':api_key=>"abc"', ':api_key=>"[redacted key]"'],
		['an environment', 'DB_PASSWORD=x1 HOME=/root', 'DB_PASSWORD=[redacted password] HOME=/root'],
		['cookies', 'Cookie: sid=a1; theme=dark\r\nHost: x', 'Cookie: [redacted cookie]\r\nHost: x'],
		['cookies that are secrets themselves', 'Cookie: a=1; sid=b2; c=3 x', 'Cookie: [redacted cookie] x'],
		[
			'escaped JSON in text',
			'body={\\"password\\":\\"a b\\",\\"n\\":1}',
			'body={\\"password\\":\\"[redacted password]\\",\\"n\\":1}',
		],
		['JSON in text', 'body={"password": "a b", "n": 1}', 'body={"password": "[redacted password]", "n": 1}'],
		['a card', 'paid with 4111 1111 1111 1111 today', 'paid with [redacted card 1111] today'],
		['a card number with a wrong check digit', 'paid 4111111111111112', 'paid 4111111111111112'],
		[
			'a private key',
			'x -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- y',
			'x [redacted private key] y',
		],
		['half a private key', 'x -----BEGIN PRIVATE KEY-----\nMIIE', 'x [redacted private key]'],
		['text behind brackets', '[[main]] login password=a1 failed', '[[main]] login password=[redacted password] failed'],
		[
			'text behind JSON',
			'{"a":1} Authorization: Bearer abc.1',
			'{"a":1} Authorization: Bearer [redacted authorization]',
		],
		['text in broken JSON', '{"a":1, password: a1}', '{"a":1, password: [redacted password]}'],
		['a coloured key', '\x1b[36mtoken\x1b[0m=a1b2 \x1b[36mn\x1b[0m=1', 'token=[redacted token] n=1'],
		['a key under a title', 'pass\x1b]0;x\x07word=a1', 'password=[redacted password]'],
		['a key with a gap of no width', 'to\u200bken=a1b2', 'token=[redacted token]'],
		['a coloured key in JSON', '{"m":"\\u001b[36mtoken\\u001b[0m=a1b2"}', '{"m":"token=[redacted token]"}'],
		['a JWT behind a dash', `got id-${jwt} twice`, 'got [redacted jwt] twice'],
	])('%s', (_, text, expected) => {
		expect(redact(text)).toBe(expected);
	});

	test.each([
		['a password', '{"a":1,"password":"x\\"y"}', '{"a":1,"password":"[redacted password]"}'],
		['a PIN that is a number', '{"pin": 1234,"n":1e3}', '{"pin": "[redacted secret]","n":1e3}'],
		[
			'a list',
			'{"tokens":["a"],"accessToken":["b","c"]}',
			'{"tokens":["a"],"accessToken":["[redacted token]","[redacted token]"]}',
		],
		['JSON in a string', '{"body":"{\\"otp\\":\\"123\\"}"}', '{"body":"{\\"otp\\":\\"[redacted secret]\\"}"}'],
		['a key hidden by escapes', '{"pass\\u0077ord":"x"}', '{"pass\\u0077ord":"[redacted password]"}'],
		['a key of many lines', '{"k":"-----BEGIN PRIVATE KEY-----\\nMI"}', '{"k":"[redacted private key]"}'],
		['a cut string', '{"password":"hunt', '{"password":"[redacted password]'],
		[
			'nothing where nothing is',
			'{"password":null,"auth":true,"token":""}',
			'{"password":null,"auth":true,"token":""}',
		],
		[
			'a nested header',
			'{"req":{"headers":{"authorization":"Bearer abc"}}}',
			'{"req":{"headers":{"authorization":"[redacted authorization]"}}}',
		],
	])('in JSON %s', (_, text, expected) => {
		expect(redact(text)).toBe(expected);
	});
});

describe('redact leaves alone', () => {
	test.each([
		'trace_id=0af7651916cd43dd8448eb211c80319c span_id=b7ad6b7169203331',
		'request_id=7f3c2a10-1111-4222-8333-444455556666',
		'trace_id=4111111111111111',
		'answered 4690980332182243258 in 3 ms',
		'dd.trace_id=4111111111111111110 dd.span_id="4111111111111111"',
		'[shop,0af7651916cd43dd8448eb211c80319c,4111111111111111] hello',
		'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
		'commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
		'image app@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
		'Basic authentication failed for one user',
		'max_tokens=4096 prompt_tokens=17 secretName=db-login token_type=bearer',
		'{"msg":"auth: user unknown","author":"ann","bypass":"yes","shipping":"x"}',
		'ts=1795336568296387000 at 1795336568296',
		'pool timeout after 2000ms pool=accounts-db in_use=10 waiting=23',
		'\x1b[36mlevel\x1b[0m=info \x1b[1mpassword reset\x1b[0m page',
		'[[main]] session opened',
	])('%s', text => {
		expect(redactCounted(text)).toEqual({ text, masked: 0 });
	});
});

test('redactCounted says how many secrets it masked', () => {
	expect(redactCounted('password=a1 token=b2 4111111111111111').masked).toBe(3);
});

describe('e-mail addresses', () => {
	afterEach(() => maskEmailsToo(false));
	const text = 'mail to ann@shop.example sent';

	test('stay unless it is asked for', () => {
		expect(redact(text)).toBe(text);
	});

	test('are masked up to their domain when it is asked for', () => {
		maskEmailsToo(true);
		expect(redact(text)).toBe('mail to [redacted email]@shop.example sent');
		expect(redact(`{"user":"ann@shop.example"}`)).toBe('{"user":"[redacted email]@shop.example"}');
		expect(redact('{"a":1,"password":"x"} ann@shop.example')).toContain('[redacted email]@shop.example');
	});
});

test('redactField goes by the name of the field', () => {
	expect(redactField('db.password', 'sesame')).toBe('[redacted password]');
	expect(redactField('http.url', 'https://a.example/?token=x1')).toBe('https://a.example/?token=[redacted token]');
	expect(redactField('trace_id', '4111111111111111')).toBe('4111111111111111');
});

test('a line of 1 MB takes no longer than its length deserves', () => {
	const blob = 'x'.repeat(1_000_000);
	expect(redact(`password=a1 ${blob}@ ://${blob}`)).toContain('password=[redacted password]');
});

/** Lines that make a pattern with two greedy parts try each division of them, which at this length takes minutes. */
test.each([
	['an address that goes on', `a@a.${'a'.repeat(64_000)}@`],
	['nothing behind bearer', `bearer ${' '.repeat(64_000)}x`],
	['nothing behind basic', `Basic ${' '.repeat(64_000)}x`],
	['beginnings of tokens', 'ey-'.repeat(21_000)],
	['tokens without an end', 'eyaaaaaaaaaaaaaaaaaaaa-'.repeat(3000)],
	['half tokens', `${'ey-'.repeat(10_000)}.${'ey-'.repeat(10_000)}`],
	['open masks', 'token=[redacted '.repeat(4000)],
	['cookies with open masks', `cookie=a1${'; a=[redacted '.repeat(4000)}`],
	['escapes', '\x1b]'.repeat(32_000)],
	['controls', '\x9d'.repeat(64_000)],
	['elements without an end', `password${'<password>[redacted x]'.repeat(3000)}`],
	['an element that goes on', `<password>${'[redacted x] '.repeat(5000)}<`],
	['tags without an end', `password ${'<password '.repeat(6000)}`],
	['open data', `${'<password><![CDATA['.repeat(3000)}`],
	['options', `password ${'--password --'.repeat(5000)}`],
	['commands', 'curl mysql sshpass -p '.repeat(3000)],
	['commands without a password', 'curl mysql sshpass docker login ldapsearch '.repeat(1500)],
	['names without a value', 'name=password '.repeat(4500)],
	['names and values that go on', `name=password value="${' value="'.repeat(8000)}`],
	['JSON of names', `{${'"name":"password","value":1,'.repeat(2200)}`],
	['words as wide as a key', 'aB3'.repeat(21_000)],
	['beginnings of a key', '-----BEGIN PRIVATE KEY----- '.repeat(2200)],
])('64 KB of %s are read through', (_, line) => {
	for (let round = 0; round < 20; round++) expect(redact(line).length).toBeGreaterThan(0);
});

const word = fc.stringMatching(/^[A-Za-z0-9!$%*+./?^_~-]{6,24}$/).filter(text => !/^[A-Za-z]+$/.test(text));
const key = fc.constantFrom('password', 'db_password', 'apiKey', 'client_secret', 'access_token', 'Authorization');
const traceId = fc.stringMatching(/^[0-9a-f]{31}[1-9a-f]$/);

describe('redact, whatever the secret', () => {
	test('redacting twice is redacting once', () => {
		const fragment = fc.oneof(
			fc.string(),
			word,
			key,
			fc.constantFrom('=', ': ', '"', '\\"', '{"', '":"', '"}', '\n', '://u:', '@h', ' Bearer ', `${jwt}`, ', '),
			fc.constantFrom('\x1b[36m', '\x1b', '\u200b', '[[', '[{"a":1}] '),
			fc.constantFrom('--password ', '<password>', '</password>', 'name=password value=', '{"name":"pin","value":'),
			fc.constantFrom('curl -u a:', 'mysql -p ', ' Basic dTp4', ' Bearer abc-123', '&lt;/', '<![CDATA['),
			fc.constantFrom('[redacted ', ']', '-----BEGIN PRIVATE KEY-----', '4111111111111111', 'a@b.example'),
		);
		fc.assert(
			fc.property(fc.array(fragment, { maxLength: 12 }), parts => {
				const once = redact(parts.join(''));
				expect(redact(once)).toBe(once);
			}),
			{ numRuns: 20000 },
		);
	});

	test('no secret survives in JSON, logfmt, an URL or a header, and JSON stays JSON', () => {
		fc.assert(
			fc.property(key, fc.string({ minLength: 12 }), word, (name, any, secret) => {
				const json = redact(JSON.stringify({ a: 1, [name]: any, nested: { list: [{ [name]: secret }] }, n: 1.5 }));
				expect(json).not.toContain(secret);
				expect(JSON.parse(json)).toMatchObject({ a: 1, n: 1.5 });
				if (any.trim() !== '') expect(JSON.parse(json)[name]).toMatch(/^\[redacted|^\*+$|^<|^-$/);
				expect(redact(`level=info ${name}=${secret} user=ann`)).not.toContain(secret);
				expect(redact(`level=info ${name}=${JSON.stringify(any)}`)).toMatch(/="\[redacted \w+\]"$|="\*+"$/);
				expect(redact(`${name}: ${secret}`)).not.toContain(secret);
				expect(redact(`GET /?${name}=${encodeURIComponent(secret)}&x=1`)).not.toContain(encodeURIComponent(secret));
				expect(redact(`amqp://app:${encodeURIComponent(secret)}@mq:5672`)).not.toContain(encodeURIComponent(secret));
			}),
			{ numRuns: 500 },
		);
	});

	test('every identifier survives beside a secret', () => {
		fc.assert(
			fc.property(traceId, fc.uuid(), word, (trace, request, secret) => {
				const texts = [
					JSON.stringify({ trace_id: trace, password: secret, request_id: request, span: trace.slice(16) }),
					`trace_id=${trace} password=${secret} req_id=${request} [shop,${trace},${trace.slice(16)}]`,
					`https://a.example/${request}?traceId=${trace}&token=${encodeURIComponent(secret)}`,
				];
				for (const text of texts) {
					expect(redact(text)).toContain(trace);
					expect(redact(text)).toContain(request);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { accessOf } from '../../../src/cli/auth/access.ts';
import { signed } from '../../../src/cli/auth/sigv4.ts';
import type { Auth } from '../../../src/cli/profiles/profile.ts';
import { serve } from '../../helpers/loopback.ts';
import { answers } from '../../helpers/outage.ts';
import { serveWebSocket } from '../../helpers/websocket-server.ts';
import { bodyOf, doorOf, toldBy } from './door.ts';

/**
 * Of the test suite that AWS publishes for Signature Version 4 (awslabs/aws-c-auth, tests/aws-signing-test-suite/v4),
 * those whose messages have no headers of their own.
 */
const suite = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const session =
	'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';

test.each<[string, 'GET' | 'POST', string, string | undefined, string]>([
	['get-vanilla', 'GET', '/', undefined, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
	[
		'get-vanilla-query-order-key-case',
		'GET',
		'/?Param2=value2&Param1=value1',
		undefined,
		'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
	],
	[
		'get-vanilla-query-order-encoded',
		'GET',
		'/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1',
		undefined,
		'371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac',
	],
	['post-vanilla', 'POST', '/', undefined, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
	[
		'post-vanilla-query',
		'POST',
		'/?Param1=value1',
		undefined,
		'28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
	],
	['post-sts-header-before', 'POST', '/', session, '85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead'],
])('%s', async (_, method, path, sessionToken, signature) => {
	const headers = await signed(
		{ method, url: `https://example.amazonaws.com${path}` },
		{
			keys: { ...suite, ...(sessionToken === undefined ? {} : { sessionToken }) },
			region: 'us-east-1',
			service: 'service',
			at: Date.parse('2015-08-30T12:36:00Z'),
			sendsDigest: false,
		},
	);
	const names = sessionToken === undefined ? 'host;x-amz-date' : 'host;x-amz-date;x-amz-security-token';
	expect(headers).toEqual({
		authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
		'x-amz-date': '20150830T123600Z',
		...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
	});
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** As AWS asks for it: everything but letters, digits and `-_.~` in upper-case escapes. */
const escaped = (text: string): string =>
	encodeURIComponent(text).replace(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** What the signature of a request must be, from the bytes that came (IAM User Guide, "Create a signed AWS API request"). */
function signatureOf(request: IncomingMessage, body: string, secret: string): string {
	const { method, url = '', headers } = request;
	const [path = '', query = ''] = url.split('?');
	const [, scope = '', names = ''] =
		/Credential=[^/]+\/(\S+), SignedHeaders=(\S+),/.exec(headers.authorization ?? '') ?? [];
	const pairs = query
		.split('&')
		.filter(pair => pair !== '')
		.map(pair => pair.split('=').map(part => escaped(decodeURIComponent(part))))
		.sort(([name = '', value = ''], [other = '', another = '']) =>
			name === other ? (value < another ? -1 : 1) : name < other ? -1 : 1,
		);
	const canonical = [
		method,
		path.split('/').map(escaped).join('/'),
		pairs.map(([name, value = '']) => `${name}=${value}`).join('&'),
		...names.split(';').map(name => `${name}:${String(headers[name]).trim()}`),
		'',
		names,
		sha256(body),
	].join('\n');
	const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
	return hmac(key, ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')).toString('hex');
}

const auth: Auth = {
	type: 'sigv4',
	region: 'eu-central-1',
	accessKeyId: 'AKIDEXAMPLE',
	secretAccessKey: { env: 'SECRET' },
	sessionToken: 'a/session+token==',
};
const env = { SECRET: suite.secretAccessKey };

/** Checks every signature, and keeps what was signed. */
async function amazon() {
	const came: { readonly isTrue: boolean; readonly names: string; readonly digest: boolean }[] = [];
	const { url } = await serve(async (request, response) => {
		const body = await bodyOf(request);
		const { authorization = '', 'x-amz-content-sha256': digest } = request.headers;
		const [, names = '', signature] = /SignedHeaders=(\S+), Signature=(\w+)$/.exec(authorization) ?? [];
		came.push({
			isTrue: signature === signatureOf(request, body, suite.secretAccessKey),
			names,
			digest: digest === sha256(body),
		});
		response.end('{}');
	});
	return { url, came };
}

const whole = {
	isTrue: true,
	digest: true,
	names: 'host;x-amz-content-sha256;x-amz-date;x-amz-security-token',
};

const parameters = [
	['match[]', '{job="a b+c*d~e", path=~"/x/.*"}'],
	['match[]', '{a="ü€🔥&=%"}'],
	['empty', ''],
	['empty-too', "!'()*"],
] as const;

test.each([
	['a query', { path: '/api/v1/labels', parameters }],
	['a form', { method: 'POST', path: '/api/v1/query', parameters }],
	['JSON', { method: 'POST', path: '/alertmanager/api/v2/silences', json: { comment: 'ü +' } }],
	['a path with escapes', { path: `/api/v1/label/${encodeURIComponent("a/b c!'()*ü")}/values` }],
	['a deletion', { method: 'DELETE', path: '/silence/1' }],
] as const)('what is sent is what was signed: %s', async (_, request) => {
	const { url, came } = await amazon();
	expect(await toldBy(doorOf({ url: `${url}/workspaces/ws-1?team=a+b%20c`, auth }, env), request)).toBe('answered');
	expect(came).toEqual([whole]);
});

test('every try is signed for itself', async () => {
	const signatures: (string | undefined)[] = [];
	const { url } = await serve(async (request, response) => {
		const body = await bodyOf(request);
		const { authorization = '' } = request.headers;
		signatures.push(authorization.endsWith(signatureOf(request, body, suite.secretAccessKey)) ? 'true' : 'false');
		response.writeHead(signatures.length < 3 ? 503 : 200).end('{}');
	});
	expect(await toldBy(doorOf({ url, auth }, env))).toBe('answered');
	expect(signatures).toEqual(['true', 'true', 'true']);
});

test('a handshake is signed too', async () => {
	const server = await serveWebSocket();
	const asking = { signal: new AbortController().signal, record: () => {} };
	const path = '/loki/api/v1/tail';
	await doorOf({ url: server.url, auth }, env).frames(
		{ path, parameters: [['query', '{a="b c"}']] },
		z.unknown(),
		asking,
	);
	const { request } = await server.caller(0);
	expect(request.headers.authorization).toContain(`Signature=${signatureOf(request, '', suite.secretAccessKey)}`);
});

test.each([
	['https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/ws-1', 'eu-central-1'],
	['https://vpce-0a1-b2.aps-workspaces.us-gov-west-1.vpce.amazonaws.com', 'us-gov-west-1'],
	['https://aps-workspaces.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
	['https://aps-workspaces-fips.us-east-1.api.aws', 'us-east-1'],
	['https://metrics.eu-west-1.example', 'sa-east-1'],
])('the region of %s', async (url, region) => {
	const { region: _, ...bare } = auth;
	const access = accessOf(
		{ auth: bare },
		{ backend: 'prometheus', origin: 'x', env: { ...env, AWS_REGION: 'sa-east-1' } },
	);
	const { authorization } = await access.authorize({ method: 'GET', url });
	expect(authorization).toContain(`/${region}/aps/aws4_request`);
});

test('a region that nobody names is told', async () => {
	const { region: _, ...bare } = auth;
	const { url } = await amazon();
	expect(await toldBy(doorOf({ url, auth: bare }, env))).toBe(
		'There is no AWS region for profile night: loki.auth: the host of the URL names none. Set region in profile night: loki.auth, or AWS_REGION.',
	);
});

test('a clock that is wrong is named', async () => {
	const message =
		'Signature expired: 20261123T084033Z is now earlier than 20261123T085000Z (20261123T085500Z - 5 min.)';
	const { url } = await serve(answers(403, JSON.stringify({ message })));
	expect(await toldBy(doorOf({ url, auth }, env))).toBe(
		`Loki at HOST finds that the clock here is more than 5 minutes from its own (403). It said: ${message}. Set the clock of this machine (by NTP), then press R.`,
	);
});

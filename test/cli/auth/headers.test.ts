import { expect, test } from 'vitest';
import * as z from 'zod';
import type { Connection } from '../../../src/cli/profiles/profile.ts';
import { failureOf, sentenceOf } from '../../../src/model/failure.ts';
import { serve } from '../../helpers/loopback.ts';
import { serveWebSocket } from '../../helpers/websocket-server.ts';
import { doorOf, toldBy } from './door.ts';

type Settings = Omit<Connection, 'url'>;

async function sentBy(settings: Settings, env: NodeJS.ProcessEnv = {}) {
	let headers: Readonly<Record<string, unknown>> = {};
	const { url } = await serve((request, response) => {
		headers = request.headers;
		response.end('{}');
	});
	return { told: await toldBy(doorOf({ url, ...settings }, env)), headers };
}

test.each<[string, Settings, Readonly<Record<string, string>>]>([
	['nothing', {}, {}],
	['a bearer token', { auth: { type: 'bearer', token: { env: 'SECRET' } } }, { authorization: 'Bearer s3cret' }],
	[
		'a user and a password',
		{ auth: { type: 'basic', user: 'ops', password: { env: 'SECRET' } } },
		{ authorization: `Basic ${Buffer.from('ops:s3cret').toString('base64')}` },
	],
	[
		'a password beyond Latin-1',
		{ auth: { type: 'basic', user: 'öps', password: 'pä:ß→' } },
		{ authorization: `Basic ${Buffer.from('öps:pä:ß→').toString('base64')}` },
	],
	['a tenant', { tenant: 'team-a' }, { 'x-scope-orgid': 'team-a' }],
	['several tenants', { tenant: ['team-a', 'team-b'] }, { 'x-scope-orgid': 'team-a|team-b' }],
	[
		'headers of its own',
		{ headers: { 'X-Team': 'orders', 'X-Key': { env: 'SECRET' } } },
		{ 'x-team': 'orders', 'x-key': 's3cret' },
	],
	['a header in Latin-1', { headers: { 'X-Team': 'Zürich' } }, { 'x-team': 'Zürich' }],
])('%s is sent', async (_, settings, headers) => {
	const sent = await sentBy(settings, { SECRET: 's3cret' });
	expect(sent).toMatchObject({ told: 'answered', headers });
	expect(Object.keys(sent.headers)).toEqual(
		expect.not.arrayContaining(['authorization', 'x-scope-orgid'].filter(name => !(name in headers))),
	);
});

const check = 'Check the credentials and the headers in profile night.';

const unfit: readonly (readonly [string, Settings, string])[] = [
	[
		'a line break',
		{ headers: { 'X-Key': 's3cret\nX-Admin: yes' } },
		`The header X-Key for Loki at HOST holds characters that HTTP does not allow. ${check}`,
	],
	[
		'a control character',
		{ auth: { type: 'bearer', token: 's3c\u0000ret' } },
		`The header Authorization for Loki at HOST holds characters that HTTP does not allow. ${check}`,
	],
	[
		'what is not Latin-1',
		{ auth: { type: 'bearer', token: 's3cret→' } },
		`The header Authorization for Loki at HOST holds characters that HTTP does not allow. ${check}`,
	],
	[
		'a tenant with a line break',
		{ tenant: 'a\r\nb' },
		`The header X-Scope-OrgID for Loki at HOST holds characters that HTTP does not allow. ${check}`,
	],
	[
		'a name with a blank',
		{ headers: { 'X s3cret': 'a' } },
		`A header for Loki at HOST has a name that HTTP does not allow. ${check}`,
	],
	[
		'what frames messages',
		{ headers: { 'Transfer-Encoding': 'chunked' } },
		`The header Transfer-Encoding for Loki at HOST is left to the connection. ${check}`,
	],
	[
		'a user with a colon',
		{ auth: { type: 'basic', user: 'o:ps', password: 's3cret' } },
		'The user of profile night: loki.auth holds a colon, which basic authorization does not allow. Mend it in the profile.',
	],
];

test.each(unfit)('a header that is none is told: %s', async (_, settings, sentence) => {
	expect(await sentBy(settings)).toEqual({ told: sentence, headers: {} });
});

test.each(unfit)('so it is on a handshake: %s', async (_, settings, sentence) => {
	const { url, callers } = await serveWebSocket();
	const asking = { signal: new AbortController().signal, record: () => {} };
	const told = await doorOf({ url, ...settings })
		.frames({ path: '/tail' }, z.unknown(), asking)
		.catch(error => sentenceOf(failureOf(error)).replace(/127\.0\.0\.1:\d+/, 'HOST'));
	expect([told, callers]).toEqual([sentence, []]);
});

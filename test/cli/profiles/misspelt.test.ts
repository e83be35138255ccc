import { expect, test } from 'vitest';
import { misspeltIn } from '../../../src/cli/profiles/misspelt.ts';
import type { Profile } from '../../../src/cli/profiles/profile.ts';
import { desk, nobody } from './desk.ts';

const url = 'http://l.example';
const signed = { type: 'sigv4' as const, accessKey: { env: 'ID' }, secretAccessKey: { env: 'KEY' } };

test.each<[string, Profile, readonly string[]]>([
	['deep within', { loki: { url, auth: signed } }, ['loki.auth.accessKey accessKeyId']],
	['of the profile', { promtheus: { url } }, ['promtheus prometheus']],
	[
		'of a connection',
		{ loki: { url, Tenant: 'x', tls: { skipVerfiy: true } } },
		['loki.Tenant tenant', 'loki.tls.skipVerfiy skipVerify'],
	],
	[
		'whose right one is there too',
		{ conventions: { logStreams: [{ service: 'a', selector: '{}', servce: 'b' }] } },
		[],
	],
	['that newer versions may know', { later: 1, loki: { url, retries: 3 } }, []],
	['of headers, which are no keys', { loki: { url, headers: { tenan: 'x', url: 'y' } } }, []],
	['of another kind of auth', { loki: { url, auth: { type: 'bearer', token: 'x', user: 'y' } } }, []],
	[
		'all that there are',
		{ loki: { url, auth: { type: 'basic', user: 'a', password: { env: 'B' } }, tunnel: { ssh: 'b' } } },
		[],
	],
])('a key %s', (_, profile, expected) => {
	expect(misspeltIn('prod', profile)).toEqual(
		expected
			.map(each => each.split(' '))
			.map(([path, meant]) => `profile prod: ${path} is not known here; ${meant} is meant?`),
	);
});

test('is told by show and edit, beside the JSON, and kept', async () => {
	const told: string[] = [];
	const content = JSON.stringify({ version: 2, profiles: { prod: { loki: { url, auth: signed } } } });
	const { profile, file } = desk(content, { ...nobody, tell: sentence => void told.push(sentence) });
	expect(JSON.parse(await profile('show', 'prod'))).toMatchObject({ loki: { auth: { accessKey: { env: 'ID' } } } });
	expect(told).toEqual(['profile prod: loki.auth.accessKey is not known here; accessKeyId is meant?']);
	expect(file()).toEqual(JSON.parse(content));
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/cli/connect.ts';
import { checkedUrl, endpointsOf } from '../../src/cli/connections.ts';
import type { Connection, Profile } from '../../src/cli/profiles/profile.ts';
import { minute } from '../../src/model/time.ts';
import { emptyFolder } from './folder.ts';

const saved = (profile: Profile) => ({ name: 'prod-eu', profile });
const url = 'https://logs.example/loki';
const question = { method: 'GET', url: `${url}/labels` } as const;

const headersOf = (connection: Omit<Connection, 'url'>, env = {}) =>
	endpointsOf({ flags: {}, env, saved: saved({ loki: { url, ...connection } }) }).loki?.authorize(question);

test('a flag goes before the environment, and that before the profile', () => {
	const profile = saved({
		prometheus: { url: 'http://profile.example' },
		loki: { url: 'http://profile.example' },
		tempo: { url: 'http://profile.example' },
	});
	const env = { SMOKEJUMPER_PROMETHEUS_URL: 'http://env.example', SMOKEJUMPER_LOKI_URL: 'http://env.example' };
	const endpoints = endpointsOf({ flags: { prometheus: 'http://flag.example' }, env, saved: profile });
	expect(Object.values(endpoints).map(({ backend, url, origin }) => [backend, url, origin])).toEqual([
		['prometheus', 'http://flag.example', '--prometheus-url'],
		['loki', 'http://env.example', 'SMOKEJUMPER_LOKI_URL'],
		['tempo', 'http://profile.example', 'profile prod-eu'],
	]);
});

test('an empty variable is none', () => {
	expect(endpointsOf({ flags: {}, env: { SMOKEJUMPER_LOKI_URL: '' }, saved: undefined })).toEqual({});
});

test('Alertmanagers may be several, wherever they are named', () => {
	const [first, second] = ['http://am-0.example', 'https://am-1.example/x,y'];
	const urlsOf = (from: Partial<Parameters<typeof endpointsOf>[0]>) => {
		const { alertmanager } = endpointsOf({ flags: {}, env: {}, saved: undefined, ...from });
		return [alertmanager?.url, ...(alertmanager?.replicas ?? [])];
	};
	expect(urlsOf({ flags: { alertmanager: `${first},${second}` } })).toEqual([first, second]);
	expect(urlsOf({ env: { SMOKEJUMPER_ALERTMANAGER_URL: `${first} ${second}` } })).toEqual([first, second]);
	expect(urlsOf({ saved: saved({ alertmanager: { url: [first, second] } }) })).toEqual([first, second]);
	expect(urlsOf({ flags: { alertmanager: second } })).toEqual([second]);
	expect(() => urlsOf({ flags: { alertmanager: `${first},http://` } })).toThrow('is not an http or https URL');
});

test('credentials of a profile do not go to the URL of a flag', async () => {
	const profile = saved({ loki: { url, auth: { type: 'bearer', token: 'of-the-profile' } } });
	const { loki } = endpointsOf({ flags: { loki: 'http://other.example' }, env: {}, saved: profile });
	expect(await loki?.authorize(question)).toEqual({});
});

test.each([
	'ftp://ops:hunter2@files.example',
	'ops:hunter2@logs.example',
	'me:1@logs.example',
	'hunter2',
	'eyJh.eyJz.c2ln',
	'/prom',
	'',
])('%s is no URL, and is not repeated', text => {
	const told = expect.objectContaining({
		message: 'The value of --loki-url is not an http or https URL. Write it as host:9090 or https://host/prefix.',
	});
	expect(() => checkedUrl(text, '--loki-url')).toThrow(told);
});

test.each<[string, Omit<Connection, 'url'>, Record<string, string>]>([
	['bearer', { auth: { type: 'bearer', token: { env: 'TOKEN' } } }, { Authorization: 'Bearer s3cret' }],
	[
		'basic',
		{ auth: { type: 'basic', user: 'ops', password: { env: 'TOKEN' } } },
		{ Authorization: 'Basic b3BzOnMzY3JldA==' },
	],
	['tenant', { tenant: 'team-a' }, { 'X-Scope-OrgID': 'team-a' }],
	[
		'extra headers',
		{ headers: { 'X-Team': 'orders', 'X-Key': { env: 'TOKEN' } } },
		{ 'X-Team': 'orders', 'X-Key': 's3cret' },
	],
	['none', {}, {}],
])('headers: %s', async (_, connection, headers) => {
	expect(await headersOf(connection, { TOKEN: ' s3cret\n' })).toEqual(headers);
});

test("Jaeger's tenant goes in a header of its own, and its URL comes from flag, environment or profile", async () => {
	const saved = { name: 'prod-eu', profile: { jaeger: { url: 'https://jaeger.example/ui', tenant: 'team-a' } } };
	const { jaeger, tempo } = endpointsOf({ flags: {}, env: {}, saved });
	expect([jaeger?.url, await jaeger?.authorize(question), tempo]).toEqual([
		'https://jaeger.example/ui',
		{ 'x-tenant': 'team-a' },
		undefined,
	]);
	const env = { SMOKEJUMPER_JAEGER_URL: 'http://env.example' };
	expect(endpointsOf({ flags: {}, env, saved }).jaeger?.origin).toBe('SMOKEJUMPER_JAEGER_URL');
	const flags = { jaeger: 'http://flag.example' };
	expect(endpointsOf({ flags, env, saved }).jaeger?.origin).toBe('--jaeger-url');
});

test.each([
	['localhost:9090', 'http://localhost:9090'],
	['10.0.0.7:80/prom', 'http://10.0.0.7:80/prom'],
	['[::1]:9090', 'http://[::1]:9090'],
	['metrics.example:443/prom', 'https://metrics.example:443/prom'],
	['metrics.example:9090', 'http://metrics.example:9090'],
	['http://m.example/?route=eu', 'http://m.example/?route=eu'],
])('a host with its port is taken for an address as the form takes it: %s', (text, url) => {
	const env = { SMOKEJUMPER_LOKI_URL: text };
	const endpoints = endpointsOf({ flags: { prometheus: text }, env, saved: undefined });
	expect([endpoints.prometheus?.url, endpoints.loki?.url]).toEqual([url, url]);
});

test('without any backend there is a sentence; the demo takes no URLs', async () => {
	const env = { SMOKEJUMPER_CONFIG_DIR: emptyFolder() };
	await expect(connect({ urls: {}, env })).rejects.toThrow('No backend is configured. Try smokejumper demo');
	writeFileSync(
		join(env.SMOKEJUMPER_CONFIG_DIR, 'profiles.json'),
		JSON.stringify({ profiles: { 'prod-eu': {}, staging: {} } }),
	);
	await expect(connect({ urls: {}, env })).rejects.toThrow(
		'None of the saved profiles is the current one (prod-eu, staging). Name one: --profile prod-eu; or make it the current one: smokejumper profile use prod-eu.',
	);
	const urls = { loki: 'http://logs.example' };
	await expect(connect({ profile: 'demo', urls, env })).rejects.toThrow('The demo has its own backends.');
});

test("the demo's time and its waiting pass faster together, and those of nobody else", async () => {
	const { now, sleep } = await connect({ profile: 'demo', urls: {}, env: {}, speed: 1000 });
	const began = now();
	await sleep?.(minute, new AbortController().signal);
	expect(now() - began).toBeGreaterThan(0.9 * minute);
	expect(Number.isInteger(now())).toBe(true);
	const real = connect({ urls: { loki: 'http://l.example' }, env: {}, speed: 1000 });
	await expect(real).rejects.toThrow("Only the demo's time can pass faster: --speed.");
});

test('silences are made in the name of the profile, else of the user; the demo may be written to', async () => {
	const folder = emptyFolder();
	const tempo = { url: 'http://t.example' };
	const profiles = { night: { author: 'night shift', tempo }, day: { tempo } };
	writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ profiles }));
	const env = { SMOKEJUMPER_CONFIG_DIR: folder, USER: 'mira', LOGNAME: 'otto' };
	expect(await connect({ profile: 'night', urls: {}, env })).toMatchObject({ author: 'night shift', readOnly: true });
	expect(await connect({ profile: 'day', urls: {}, env })).toMatchObject({ author: 'mira' });
	expect(await connect({ profile: 'day', urls: {}, env: { ...env, USER: '' } })).toMatchObject({ author: 'otto' });
	expect(await connect({ profile: 'demo', urls: {}, env })).toMatchObject({ author: 'mira', readOnly: false });
});

test('URLs stand alone unless a profile is named', async () => {
	const folder = emptyFolder();
	const file = join(folder, 'profiles.json');
	const profiles = {
		staging: { label: 'STAGING', readOnly: false, redactEmails: true, tempo: { url: 'http://t.example' } },
	};
	writeFileSync(file, JSON.stringify({ current: 'staging', profiles }));
	const env = { SMOKEJUMPER_CONFIG_DIR: folder };
	const urls = { loki: 'http://ops:hunter2@logs.example:3100/loki' };
	expect(await connect({ urls: {}, env })).toMatchObject({
		label: 'STAGING',
		readOnly: false,
		redactEmails: true,
		lacks: ['prometheus', 'alertmanager', 'loki'],
	});
	expect(await connect({ profile: 'staging', urls, env })).toMatchObject({ label: 'STAGING' });
	writeFileSync(file, 'broken');
	expect(await connect({ urls, env })).toMatchObject({
		label: 'logs.example:3100',
		readOnly: true,
		redactEmails: false,
	});
});

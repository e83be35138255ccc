import { expect, test } from 'vitest';
import { isUnverified } from '../../src/backends/endpoint.ts';
import { endpointsOf } from '../../src/cli/connections.ts';
import type { Profile } from '../../src/cli/profiles/profile.ts';

const env = { HTTPS_PROXY: 'http://proxy.example:3128', KEY_PHRASE: 'open sesame' };
const endpointsIn = (profile: Profile) => endpointsOf({ flags: {}, env, saved: { name: 'prod-eu', profile } });

test('what a profile says of a way', async () => {
	const { loki } = endpointsIn({
		loki: {
			url: 'https://loki.example',
			tls: {
				ca: '~/ca.pem',
				cert: 'c.pem',
				key: 'k.pem',
				passphrase: { env: 'KEY_PHRASE' },
				serverName: 'logs.example',
				skipVerify: true,
			},
			proxy: 'none',
			socket: '/run/loki.sock',
			tunnel: { ssh: 'bastion' },
		},
	});
	const { passphrase, ...files } = loki?.way?.tls ?? {};
	expect({ ...loki?.way, tls: files }).toEqual({
		env,
		tls: { ca: '~/ca.pem', cert: 'c.pem', key: 'k.pem', serverName: 'logs.example', skipVerify: true },
		proxy: 'none',
		socket: '/run/loki.sock',
		tunnel: { ssh: 'bastion' },
	});
	expect(await passphrase?.()).toBe('open sesame');
	expect(loki !== undefined && isUnverified(loki)).toBe(true);
});

test('a passphrase that is not there is named', async () => {
	const tls = { passphrase: { env: 'NOT_THERE' } };
	const { loki } = endpointsIn({ loki: { url: 'https://loki.example', tls } });
	await expect(loki?.way?.tls?.passphrase?.()).rejects.toThrow(
		/^There is no secret for profile prod-eu: loki\.tls\.passphrase, as the environment variable NOT_THERE is empty or not set\./,
	);
});

test('the tunnel of the profile is for those that name no way of their own', () => {
	const url = 'http://backend.example';
	const endpoints = endpointsIn({
		tunnel: { ssh: 'bastion' },
		prometheus: { url },
		alertmanager: { url, tunnel: { ssh: 'other' } },
		loki: { url, proxy: 'none' },
		tempo: { url, socket: '/run/tempo.sock' },
	});
	const ssh = Object.fromEntries(Object.entries(endpoints).map(([name, { way }]) => [name, way?.tunnel?.ssh]));
	expect(ssh).toEqual({ prometheus: 'bastion', alertmanager: 'other', loki: undefined, tempo: undefined });
});

test('the environment counts for URLs of options and variables too', () => {
	const variables = { ...env, SMOKEJUMPER_TEMPO_URL: 'https://tempo.example' };
	const endpoints = endpointsOf({ flags: { loki: 'https://loki.example' }, env: variables, saved: undefined });
	expect(endpoints.loki?.way).toEqual({ env: variables });
	expect(endpoints.tempo?.way).toEqual({ env: variables });
});

test('nothing is marked that checks, or has nothing to check', () => {
	const { prometheus, loki } = endpointsIn({
		prometheus: { url: 'https://backend.example' },
		loki: { url: 'http://backend.example', tls: { skipVerify: true } },
	});
	expect([prometheus, loki].map(endpoint => endpoint !== undefined && isUnverified(endpoint))).toEqual([false, false]);
});

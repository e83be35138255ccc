import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../src/backends/endpoint.ts';
import { admissionOf } from '../../../src/cli/doctor/admission.ts';
import { endpointOf } from './ward.ts';

const canary = 'canary-4711-secret';
const admission = (more: Partial<Endpoint>, headers: Readonly<Record<string, string>> = {}) =>
	admissionOf({ ...endpointOf('loki', 'https://logs.example', headers), ...more });

const way = { env: {} };

describe('what a backend is asked with', () => {
	test.each<[string, Partial<Endpoint>, Readonly<Record<string, string>>, object]>([
		['nothing', {}, {}, { credentials: [], tenants: [] }],
		['a token', {}, { Authorization: `Bearer ${canary}` }, { credentials: ['bearer token'] }],
		['a password', {}, { authorization: `Basic ${canary}` }, { credentials: ['password'], isReadable: false }],
		['a password in the URL', { url: `https://ops:${canary}@logs.example` }, {}, { credentials: ['password'] }],
		['a signature', {}, { Authorization: `AWS4-HMAC-SHA256 Credential=${canary}` }, { credentials: ['AWS signature'] }],
		['something else', {}, { Authorization: canary }, { credentials: ['credentials'] }],
		['tenants', {}, { 'X-Scope-OrgID': 'orders|edge' }, { tenants: ['orders', 'edge'] }],
		['a certificate', { way: { ...way, tls: { cert: 'client.pem' } } }, {}, { credentials: ['client certificate'] }],
		['no look at theirs', { way: { ...way, tls: { skipVerify: true } } }, {}, { isUnverified: true }],
		['a token over HTTP', { url: 'http://logs.example' }, { Authorization: `Bearer ${canary}` }, { isReadable: true }],
		[
			'a header over HTTP',
			{ url: 'http://logs.example' },
			{ 'X-Key': canary },
			{ credentials: ['header x-key'], isReadable: true },
		],
		['a token that is asked for over HTTP', { tokenUrl: 'http://sso.example/token' }, {}, { isTokenReadable: true }],
		['one of this machine', { tokenUrl: 'http://127.0.0.1:5556/token' }, {}, { isTokenReadable: false }],
		[
			'the same on this machine',
			{ url: 'http://[::1]:3100' },
			{ Authorization: `Bearer ${canary}` },
			{ isReadable: false },
		],
		[
			'the same through ssh',
			{ url: 'http://logs.example', way: { ...way, tunnel: { ssh: 'bastion.example' } } },
			{ Authorization: `Bearer ${canary}` },
			{ isReadable: false, through: 'ssh bastion.example' },
		],
		[
			'a proxy with a login',
			{ way: { ...way, proxy: `http://ops:${canary}@proxy.example:3128` } },
			{},
			{ through: 'the proxy proxy.example:3128' },
		],
		[
			'a socket',
			{ url: 'http://logs.example', way: { ...way, socket: '/run/loki.sock' } },
			{},
			{ through: '/run/loki.sock' },
		],
	])('%s', async (_, more, headers, expected) => {
		const found = await admission(more, headers);
		expect(found).toMatchObject(expected);
		expect(JSON.stringify(found)).not.toContain(canary);
	});

	test('is nothing where it cannot be had', async () => {
		const lost = { authorize: () => Promise.reject(new Error(canary)) };
		expect(await admission(lost)).toMatchObject({ credentials: [], tenants: [] });
	});
});

import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../src/backends/endpoint.ts';
import { createHttp } from '../../../src/backends/http.ts';
import { knock } from '../../../src/backends/identity/knock.ts';
import { prefixesFor } from '../../../src/backends/identity/look-around.ts';
import type { BackendName } from '../../../src/model/failure.ts';
import { answering, askingNow, type Reply } from '../../helpers/replay.ts';

const json = (value: unknown): Reply => ({ status: 200, contentType: 'application/json', json: value });
const prometheusBuild = json({
	status: 'success',
	data: { version: '3.5.3', revision: 'a1', goVersion: 'go1.26' },
});
const one = json({ status: 'success', data: { resultType: 'vector', result: [] } });
const notFound: Reply = { status: 404, contentType: 'text/plain', text: '404 page not found\n' };
const login: Reply = { status: 200, contentType: 'text/html', text: '<!doctype html><title>Sign in</title>' };

/** What came of knocking at a server that has only these paths. */
async function knocked(backend: BackendName, path: string, replies: Readonly<Record<string, Reply>>, rest = notFound) {
	const { dispatcher, asked } = answering(question => replies[question.path] ?? rest);
	const endpoint: Endpoint = {
		backend,
		url: `http://backend.example:9090${path}`,
		origin: `--${backend}-url`,
		authorize: async () => ({}),
	};
	const open = (each: Endpoint) =>
		createHttp(each, { dispatcher, now: () => 0, random: () => 0, sleep: async () => undefined });
	const { failure, instead, product } = await knock({ endpoint, open, now: () => 0, asking: askingNow() });
	return { product, kind: failure?.kind, instead, asked: new Set(asked.map(({ path }) => path)).size };
}

describe('knocking', () => {
	test('finds out who answers, and is let in', async () => {
		const replies = { '/api/v1/status/buildinfo': prometheusBuild, '/api/v1/query': one };
		expect(await knocked('prometheus', '', replies)).toEqual({
			product: { name: 'Prometheus', version: '3.5.3' },
			kind: undefined,
			instead: undefined,
			asked: 2,
		});
	});

	test('is let in by who does not say who it is', async () => {
		expect(await knocked('prometheus', '', { '/api/v1/query': one })).toMatchObject({ kind: undefined, asked: 2 });
	});

	test('tells who answers in place of the one that was looked for', async () => {
		expect(await knocked('loki', '', { '/api/v1/status/buildinfo': prometheusBuild })).toMatchObject({
			kind: 'not-found',
			instead: {
				backend: 'prometheus',
				product: { name: 'Prometheus', version: '3.5.3' },
				url: 'http://backend.example:9090',
				isElsewhere: false,
			},
		});
	});

	test.each<[BackendName, string, string, Reply]>([
		['prometheus', '', '/prometheus', prometheusBuild],
		['prometheus', '/graph', '', prometheusBuild],
		['prometheus', '/api/v1', '', prometheusBuild],
		['prometheus', '/api/prom/api/v1', '/api/prom', prometheusBuild],
	])('%s at "%s" is found at "%s"', async (backend, given, right, build) => {
		const found = await knocked(backend, given, { [`${right}/api/v1/status/buildinfo`]: build });
		expect(found.instead).toMatchObject({ url: `http://backend.example:9090${right}`, isElsewhere: true });
	});

	test('takes a server that only asks for the tenant for the one that was looked for', async () => {
		const noTenant: Reply = { status: 401, contentType: 'text/plain', text: 'no org id\n' };
		const found = await knocked('prometheus', '', { '/prometheus/api/v1/status/buildinfo': noTenant });
		expect(found.instead).toMatchObject({
			product: { name: 'A server that wants a tenant' },
			url: 'http://backend.example:9090/prometheus',
		});
	});

	test('finds nobody behind a login page', async () => {
		expect(await knocked('tempo', '', {}, login)).toMatchObject({ kind: 'not-json', instead: undefined });
	});

	test.each<[string, Reply, string]>([
		['refuses the credentials', { status: 401, contentType: 'text/plain', text: 'Unauthorized' }, 'unauthorized'],
		['wants a tenant', { status: 401, contentType: 'text/plain', text: 'no org id\n' }, 'unauthorized'],
		['is down behind its gateway', { status: 502, contentType: 'text/html', text: '<html></html>' }, 'server'],
	])('looks nowhere else where the server %s', async (_, reply, kind) => {
		const found = await knocked('alertmanager', '', {}, reply);
		expect(found).toMatchObject({ kind, instead: undefined, asked: 1 });
	});
});

describe('the likely paths', () => {
	test.each<[BackendName, string, readonly string[]]>([
		['prometheus', '', ['/prometheus', '/api/prom', '/select/0/prometheus']],
		['loki', '/loki/api/v1', ['/loki/api/v1/loki', '/loki/api', '/loki/api/loki', '/loki', '/loki/loki', '']],
		['tempo', '/tempo', ['/tempo/tempo', '']],
	])('of %s at "%s" are %j', (backend, given, likely) => {
		expect(prefixesFor(backend, given)).toEqual(likely);
	});
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { portTrace, traceId } from '../backends/jaeger/wire.ts';
import { serve } from '../helpers/loopback.ts';
import { runBuilt } from './built.ts';
import { emptyFolder } from './folder.ts';

/** A Jaeger before API v3, which gives its pages for any path it does not know. */
const jaeger = () =>
	serve((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://jaeger.example');
		if (pathname === `/jaeger/api/traces/${traceId}` && request.headers['x-tenant'] !== 'closed') {
			response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: [portTrace], errors: null }));
		} else if (pathname.startsWith('/jaeger/api/traces/')) {
			response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
			response.end(JSON.stringify({ data: null, errors: [{ code: 404, msg: 'trace not found' }] }));
		} else {
			response.setHeader('content-type', 'text/html').end('<!doctype html><title>Jaeger UI</title>');
		}
	});

test('a trace of Jaeger by its option, its variable and a profile, below the prefix of its URL', async () => {
	const { url } = await jaeger();
	const folder = emptyFolder();
	const env = { SMOKEJUMPER_CONFIG_DIR: folder };
	const words = ['trace', '7BE1A95E4F0C3D21', '-o', 'json'];
	const found = async (args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
		const { stdout, stderr, exitCode } = await runBuilt([...words, ...args], { ...env, ...more });
		expect([stderr, exitCode]).toEqual(['', 0]);
		return JSON.parse(stdout);
	};
	expect(await found(['--jaeger-url', `${url}/jaeger/`])).toMatchObject({
		found: true,
		services: ['harbour', 'berths', 'unknown service'],
	});
	expect(await found([], { SMOKEJUMPER_JAEGER_URL: `${url}/jaeger` })).toMatchObject({ found: true });
	const profile = (tenant: string) => ({ jaeger: { url: `${url}/jaeger`, tenant } });
	const profiles = { current: 'night', profiles: { night: profile('team-a'), closed: profile('closed') } };
	writeFileSync(join(folder, 'profiles.json'), JSON.stringify(profiles));
	expect(await found([])).toMatchObject({ found: true, errors: 3 });
	expect(await found(['--profile', 'closed'])).toMatchObject({
		found: false,
		tried: ['all of Jaeger'],
	});
});

test('with nothing configured both are named', async () => {
	const env = { SMOKEJUMPER_CONFIG_DIR: emptyFolder(), SMOKEJUMPER_LOKI_URL: 'http://nowhere.invalid' };
	const { stderr, exitCode } = await runBuilt(['trace', 'ab'], env);
	expect([stderr, exitCode]).toEqual([
		'smokejumper: No Tempo is configured. Pass --tempo-url or --jaeger-url, set SMOKEJUMPER_TEMPO_URL, or save it: :profile here, smokejumper profile add in a shell.\n',
		3,
	]);
});

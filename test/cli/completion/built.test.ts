import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runBuilt } from '../built.ts';
import { emptyFolder } from '../folder.ts';

/** The answer to a shell in a home of its own; a slow machine may have none in time, and is asked again. */
const complete = (line: string, env: Readonly<Record<string, string>>) =>
	runBuilt(['__complete', 'zsh', `smokejumper ${line}`], env);

async function served(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function withProfiles(profiles: object | string): Readonly<Record<string, string>> {
	const folder = emptyFolder();
	writeFileSync(
		join(folder, 'profiles.json'),
		typeof profiles === 'string' ? profiles : JSON.stringify({ current: 'prod', profiles }),
	);
	return { SMOKEJUMPER_CONFIG_DIR: folder, XDG_CACHE_HOME: join(folder, 'cache') };
}

const unharmed = { stderr: '', exitCode: 0 };

test('saved profiles are offered', async () => {
	const env = withProfiles({ prod: { loki: { url: 'http://loki.example' } } });
	await expect
		.poll(() => complete('-p ', env), { timeout: 20_000 })
		.toEqual({ ...unharmed, stdout: 'words\nprod\ndemo\n' });
});

test.each<[why: string, line: string, env: () => Readonly<Record<string, string>>]>([
	['profiles that cannot be read', 'service o', () => withProfiles('{ not JSON')],
	['nobody to ask', 'service o', () => withProfiles({})],
	['a profile that is not there', '-p nowhere service o', () => withProfiles({})],
	['an option that is not there', '--nowhere x service o', () => withProfiles({})],
	['a server that is not there', 'service o', () => withProfiles({ prod: { loki: { url: 'http://127.0.0.1:9' } } })],
])('nothing, and no error, for %s', async (_, line, env) => {
	const { stdout, ...ended } = await complete(line, env());
	expect(['', 'words\n']).toContain(stdout);
	expect(ended).toEqual(unharmed);
});

test('it does not wait for a server that says nothing', async () => {
	const host = await served(() => {});
	const { stdout, ...ended } = await complete('service o', withProfiles({ prod: { loki: { url: `http://${host}` } } }));
	expect(['', 'words\n']).toContain(stdout);
	expect(ended).toEqual(unharmed);
});

test('a shell that nobody knows is told nothing', async () => {
	expect(await runBuilt(['__complete', 'csh', 'smokejumper s'])).toEqual({ ...unharmed, stdout: '' });
});

test('names are kept without what let us in', async () => {
	const host = await served((_, response) => {
		response.setHeader('content-type', 'application/json').end('{"status":"success","data":["orders"]}');
	});
	const token = 'canary-6f1d';
	const env = withProfiles({ prod: { loki: { url: `http://${host}`, auth: { type: 'bearer', token } } } });
	await expect.poll(async () => (await complete('service o', env)).stdout, { timeout: 20_000 }).toBe('words\norders\n');
	const folder = join(env.XDG_CACHE_HOME ?? '', 'smokejumper');
	expect(readdirSync(folder)).toEqual(['completion.json']);
	const kept = readFileSync(join(folder, 'completion.json'), 'utf8');
	expect(kept).toContain('orders');
	expect(kept).not.toMatch(new RegExp(`${token}|${host}`));
});

test('no program is started for a name', async () => {
	const trace = join(emptyFolder(), 'ran');
	const command = ['sh', '-c', `echo > ${trace}; echo token`];
	const host = await served((_, response) => response.end('{"status":"success","data":["orders"]}'));
	const env = withProfiles({ prod: { loki: { url: `http://${host}`, auth: { type: 'bearer', token: { command } } } } });
	expect(['', 'words\n']).toContain((await complete('service o', env)).stdout);
	expect(existsSync(trace)).toBe(false);
});

test('nor one that the files of AWS name', async () => {
	const trace = join(emptyFolder(), 'ran');
	const host = await served((_, response) => response.end('{"status":"success","data":["orders"]}'));
	const auth = { type: 'sigv4', region: 'eu-central-1', profile: 'pier' };
	const env = withProfiles({ prod: { prometheus: { url: `http://${host}`, auth } } });
	const config = join(emptyFolder(), 'config');
	writeFileSync(config, `[profile pier]\ncredential_process = sh -c "echo > ${trace}"\n`);
	for (let time = 0; time < 6; time++) await complete('service o', { ...env, AWS_CONFIG_FILE: config });
	expect(existsSync(trace)).toBe(false);
});

test('completion for a shell that there is none for is a sentence', async () => {
	const { stderr, exitCode } = await runBuilt(['completion', 'csh']);
	expect(exitCode).toBe(2);
	expect(stderr).toBe('smokejumper: There is no completion for csh. Write smokejumper completion bash, zsh or fish.\n');
});

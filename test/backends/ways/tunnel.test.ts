import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { tailLogs } from '../../../src/backends/loki/tail.ts';
import { TunnelError } from '../../../src/backends/ways/forward.ts';
import { createTunnel } from '../../../src/backends/ways/tunnel.ts';
import { endTunnelsBut } from '../../../src/backends/ways/tunnels.ts';
import { serve } from '../../helpers/loopback.ts';
import { askingNow, failureLine } from '../../helpers/replay.ts';
import { serveWebSocket } from '../../helpers/websocket-server.ts';
import { makeCertificates } from './certificates.ts';
import { answers, doorAlong, serveSecurely } from './servers.ts';

const folder = mkdtempSync(join(tmpdir(), 'smokejumper-ssh-'));
const log = join(folder, 'log');
const env = { PATH: `${folder}:${process.env.PATH}`, FAKE_SSH_LOG: log };
copyFileSync(new URL('fake-ssh.cjs', import.meta.url), join(folder, 'ssh'));
chmodSync(join(folder, 'ssh'), 0o755);
const pem = makeCertificates();

type Started = { readonly pid: number; readonly words: string };
const started = (): readonly Started[] =>
	readFileSync(log, 'utf8')
		.split('\n')
		.filter(Boolean)
		.map(line => ({ pid: Number.parseInt(line, 10), words: line.replace(/^\d+ /, '') }));

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

beforeEach(() => writeFileSync(log, ''));
afterAll(() => {
	for (const { pid } of started()) if (isAlive(pid)) process.kill(pid);
	rmSync(folder, { recursive: true });
	pem.remove();
});

async function told(url: string, ssh: string): Promise<string> {
	const door = doorAlong(url, { tunnel: { ssh }, env, tls: { ca: pem.path('ca.pem') } });
	const line = await door.json({ path: '/ready' }, z.unknown(), askingNow()).then(JSON.stringify, failureLine);
	return line.replaceAll(new URL(url).host, 'HOST');
}

/** In a folder that was made for it. */
const socketIn = /\/\S+\/smokejumper-ssh-\w{6}\/to:/;

const hidden = (url: string): string => url.replace('127.0.0.1', 'metrics.example');

describe('what ssh forwards', () => {
	test('one for all questions to a host, begun with the first; the Host header stays', async () => {
		const hosts = new Set<unknown>();
		const { url } = await serve((request, response) => {
			hosts.add(request.headers.host);
			answers('"up"')(request, response);
		});
		expect(started()).toEqual([]);
		expect(await Promise.all([told(hidden(url), 'bastion'), told(hidden(url), 'bastion')])).toEqual(['"up"', '"up"']);
		const { host } = new URL(hidden(url));
		expect(started().map(({ words }) => words.replace(socketIn, 'SOCKET:'))).toEqual([
			`-N -T -S none -o BatchMode=yes -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -o LogLevel=INFO -L SOCKET:${host} -- bastion`,
		]);
		expect([...hosts]).toEqual([host]);
	});

	test('nobody else on this machine can connect to it, and nothing of it is left', async () => {
		const tunnel = createTunnel({ ssh: 'bastion', target: { host: 'metrics.example', port: 80 }, env });
		const entrance = await tunnel.entrance();
		const path = 'path' in entrance ? entrance.path : '';
		const { mode } = statSync(dirname(path));
		expect((mode & 0o777).toString(8)).toBe('700');
		tunnel.lost(entrance);
		await vi.waitFor(() => expect(existsSync(dirname(path))).toBe(false), 5000);
	});

	test('those that nobody has on his way any more are ended, the others stay', async () => {
		const { url } = await serve(answers('"up"'));
		await Promise.all(['bastion', 'pier'].map(ssh => told(hidden(url), ssh)));
		const pidOf = (ssh: string) => started().find(({ words }) => words.endsWith(` ${ssh}`))?.pid ?? 0;
		const [stays, goes] = [pidOf('bastion'), pidOf('pier')];
		expect([isAlive(stays), isAlive(goes)]).toEqual([true, true]);
		const endpoint = {
			backend: 'loki',
			url: hidden(url),
			origin: 'profile prod-eu',
			authorize: async () => ({}),
		} as const;
		endTunnelsBut([{ ...endpoint, way: { env, tunnel: { ssh: 'bastion' } } }]);
		await vi.waitFor(() => expect(isAlive(goes)).toBe(false), 5000);
		expect(isAlive(stays)).toBe(true);
		expect(await told(hidden(url), 'pier')).toBe('"up"');
		endTunnelsBut([]);
		await vi.waitFor(() => expect([stays, pidOf('pier')].some(isAlive)).toBe(false), 5000);
	});

	test('a master connection that is there already is used, and left without it', async () => {
		const { url } = await serve(answers('"up"'));
		expect(await told(hidden(url), 'shared')).toBe('"up"');
		const mine = started();
		expect(mine.map(({ words }) => words.split(' ').slice(0, 2).join(' '))).toEqual([
			'-O check',
			'-O forward',
			expect.stringMatching(/^master /),
		]);
		process.kill(mine[2]?.pid ?? 0, 'SIGKILL');
		expect(await told(hidden(url), 'shared')).toBe('"up"');
		for (const { pid } of started()) if (isAlive(pid)) process.kill(pid);
	});

	test('TLS through it, with the certificate of the URL', async () => {
		const url = await serveSecurely({ cert: pem.read('good.pem'), key: pem.read('good.key') });
		expect(await told(hidden(url), 'bastion')).toMatch(/"status":"success"/);
		expect(await told(url.replace('127.0.0.1', 'localhost'), 'bastion')).toMatch(/certificate for another name/);
	});

	test('a websocket', async () => {
		const server = await serveWebSocket({ greet: caller => caller.close(1011, 'enough') });
		const door = doorAlong(hidden(server.url), { tunnel: { ssh: 'bastion' }, env });
		const question = { logql: '{app="pier"}', from: 1_700_000_000_000_000_000n };
		const stream = await tailLogs(door, question, askingNow());
		await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow(/It said: enough/);
	});

	test('begun again when it has ended', async () => {
		const { url } = await serve((request, response) => {
			response.setHeader('connection', 'close');
			answers('"up"')(request, response);
		});
		expect(await told(hidden(url), 'brittle')).toBe('"up"');
		const [first] = started();
		await vi.waitFor(() => expect(isAlive(first?.pid ?? 0)).toBe(false));
		expect(await told(hidden(url), 'brittle')).toBe('"up"');
		expect(started()).toHaveLength(2);
	});
});

describe('one that does not come about', () => {
	test('ssh cannot log in: told with its last words', async () => {
		expect(await told('http://metrics.example', 'locked')).toBe(
			'refused: ssh to locked, the tunnel to Loki at HOST, ended. It said: ops@locked: Permission denied (publickey). Try ssh locked by hand: it must log in without asking anything, or be open already as a master (ControlMaster). Then press R.',
		);
	});

	test.each(['cut-off', 'reset'])('the target cannot be reached from there: %s', async ssh => {
		for (const url of ['http://metrics.example:1', 'https://metrics.example:2']) {
			expect(await told(url, ssh)).toBe(
				`refused: Loki at HOST cannot be reached from ${ssh}, or closed the connection before it answered. It said: channel 2: open failed: connect failed: Connection refused. Check the URL in profile prod-eu as ${ssh} sees it, and that it runs.`,
			);
		}
	});

	test('there is no ssh', async () => {
		const tunnel = createTunnel({
			ssh: 'bastion',
			target: { host: 'metrics.example', port: 80 },
			env: { PATH: '/nowhere' },
		});
		await expect(tunnel.entrance()).rejects.toMatchObject({ reason: 'missing' });
	});

	test('it is not knocked again at once, and for longer each time', async () => {
		let time = 0;
		const tunnel = createTunnel({ ssh: 'locked', target: { host: 'metrics.example', port: 80 }, env, now: () => time });
		const knocks: number[] = [];
		for (const pause of [0, 1999, 1, 3999, 1, 7999, 1]) {
			time += pause;
			await expect(tunnel.entrance()).rejects.toBeInstanceOf(TunnelError);
			knocks.push(started().length);
		}
		expect(knocks).toEqual([1, 1, 2, 2, 3, 3, 4]);
	});
});

describe('when the program ends', () => {
	const script = join(folder, 'program.mjs');
	buildSync({
		stdin: {
			contents: `import { createTunnel } from './tunnel.ts';
				const tunnel = createTunnel({ ssh: 'bastion', target: { host: '127.0.0.1', port: 9 }, env: process.env });
				const waiting = setInterval(() => {}, 1000);
				await tunnel.entrance();
				console.log('there');
				if (process.argv[2] === 'by itself') clearInterval(waiting);`,
			resolveDir: new URL('../../../src/backends/ways', import.meta.url).pathname,
			loader: 'ts',
		},
		bundle: true,
		platform: 'node',
		format: 'esm',
		outfile: script,
	});

	test.each(['by itself', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('%s: no ssh is left', async ending => {
		const program = spawn(process.execPath, [script, ending], { env, stdio: ['ignore', 'pipe', 'inherit'] });
		await once(program.stdout, 'data');
		const [ssh] = started();
		expect(isAlive(ssh?.pid ?? 0)).toBe(true);
		if (ending !== 'by itself') program.kill(ending);
		await once(program, 'exit');
		await vi.waitFor(() => expect(isAlive(ssh?.pid ?? 0)).toBe(false), 5000);
	});
});

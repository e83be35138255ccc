import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { createHttp, type Http } from '../../src/backends/http.ts';
import type { Way } from '../../src/backends/ways/way.ts';
import { makeCertificates } from '../backends/ways/certificates.ts';
import { startBuilt } from '../cli/built.ts';
import { startProgram } from '../helpers/program.ts';
import { askingNow, failureLine } from '../helpers/replay.ts';
import { type Nginx, type Sshd, startBarePrometheus, startNginx, startSshd } from './between.ts';
import { createProcesses } from './processes.ts';
import { startAlertmanager } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

const processes = createProcesses();
const pem = makeCertificates();
let prometheus: string;
let nginx: Nginx;
let sshd: Sshd;

beforeAll(async () => {
	prometheus = await startBarePrometheus(processes);
	nginx = await startNginx(processes, prometheus, pem.folder);
	sshd = await startSshd(processes);
}, 60_000);

afterAll(async () => {
	await processes.stop();
	pem.remove();
});

const doorAlong = (url: string, way: Partial<Way>): Http =>
	createHttp(
		{ backend: 'prometheus', url, origin: 'profile live', authorize: async () => ({}), way: { env: {}, ...way } },
		{ now: () => Date.now() },
	);

const answer = z.object({ data: z.object({ result: z.tuple([z.number(), z.string()]) }) });

/** What Prometheus makes of 6 * 7, or why there is no answer. */
async function told(url: string, way: Partial<Way> = {}): Promise<string> {
	const request = { path: '/api/v1/query', parameters: [['query', 'scalar(vector(6 * 7))'] as const] };
	const asked = doorAlong(url, way).json(request, answer, askingNow());
	const line = await asked.then(({ data }) => data.result[1], failureLine);
	return line.replaceAll(new URL(url).host, 'HOST');
}

describe('behind nginx', () => {
	test('with a user, a password and a path prefix', async () => {
		expect(await told(nginx.basic.replace('http://', 'http://on:call@'))).toBe('42');
	});

	test('with another password', async () => {
		expect(await told(nginx.basic.replace('http://', 'http://on:c4nary@'))).toBe(
			'unauthorized: Prometheus at HOST refused the credentials (401). It said: 401 Authorization Required. Check the credentials and the tenant in profile live.',
		);
	});

	const trusting = { ca: pem.path('ca.pem') };
	test('with a client certificate', async () => {
		const client = { cert: pem.path('client.pem'), key: pem.path('client.key') };
		expect(await told(nginx.mutual, { tls: { ...trusting, ...client } })).toBe('42');
	});

	test('with none, and one of another authority', async () => {
		expect(await told(nginx.mutual, { tls: trusting })).toBe(
			'tls: Prometheus at HOST wants a client certificate (400). It said: 400 No required SSL certificate was sent. Set tls.cert and tls.key of prometheus in profile live.',
		);
		const other = { cert: pem.path('other.pem'), key: pem.path('other.key') };
		expect(await told(nginx.mutual, { tls: { ...trusting, ...other } })).toBe(
			'tls: Prometheus at HOST does not accept our client certificate (400). It said: 400 The SSL certificate error. Check tls.cert of prometheus in profile live.',
		);
	});

	test('http to its port of https', async () => {
		expect(await told(nginx.mutual.replace('https:', 'http:'))).toMatch(
			/^tls: Prometheus at HOST speaks https at this port \(400\)\. /,
		);
	});
});

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

const begun = (): readonly number[] => readFileSync(sshd.log, 'utf8').split('\n').filter(Boolean).map(Number);

describe('through sshd', () => {
	const through = (ssh: string): Partial<Way> => ({ tunnel: { ssh }, env: { ...process.env, PATH: sshd.path } });

	test('one tunnel for all, and another when it was ended', async () => {
		expect(await Promise.all([told(prometheus, through('bastion')), told(prometheus, through('bastion'))])).toEqual([
			'42',
			'42',
		]);
		expect(begun()).toHaveLength(1);
		process.kill(begun()[0] ?? 0);
		await vi.waitFor(() => expect(begun().filter(isAlive)).toEqual([]));
		expect(await told(prometheus, through('bastion'))).toBe('42');
		expect(begun()).toHaveLength(2);
	});

	test('over a master connection where nothing else lets in, and nothing of it is left', async () => {
		const before = begun().length;
		const folder = processes.folder;
		const url = await startAlertmanager(processes);
		const home = `${folder}/mastered`;
		mkdirSync(home, { recursive: true });
		const profiles = { live: { tunnel: { ssh: 'mastered' }, alertmanager: { url } } };
		writeFileSync(`${home}/profiles.json`, JSON.stringify({ current: 'live', profiles }));
		const env = { PATH: sshd.path, SMOKEJUMPER_CONFIG_DIR: home, TMPDIR: home };
		const ask = () => startBuilt(['alerts', '-o', 'json'], env).ran;
		expect((await ask()).stdout).toContain('Permission denied (publickey).');
		processes.start('/usr/bin/ssh', ['-F', `${folder}/ssh_config`, '-i', `${folder}/user`, '-MN', 'mastered']);
		await vi.waitFor(() => expect(existsSync(`${folder}/master`)).toBe(true), 10_000);
		expect(JSON.parse((await ask()).stdout).incomplete).toEqual([]);
		expect(begun().slice(before)).toHaveLength(1);
		await vi.waitFor(() => expect(readdirSync(home)).toEqual(['profiles.json']), 5000);
		expect(readFileSync('/proc/net/unix', 'utf8')).not.toContain(`${home}/`);
		expect(existsSync(`${folder}/master`)).toBe(true);
	});

	test.each([
		['stranger', 'Host key verification failed.'],
		['locked', 'Permission denied (publickey).'],
	])('%s', async (ssh, words) => {
		const line = await told(prometheus, through(ssh));
		expect(line).toContain(`refused: ssh to ${ssh}, the tunnel to Prometheus at HOST, ended. It said: `);
		expect(line).toContain(
			`${words} Try ssh ${ssh} by hand: it must log in without asking anything, or be open already as a master (ControlMaster). Then press R.`,
		);
	});

	test('a port at which nobody listens there', async () => {
		expect(await told('http://localhost:9', through('bastion'))).toMatch(
			/^refused: Prometheus at HOST cannot be reached from bastion, or closed the connection before it answered\. It said: channel \d+: open failed: connect failed: Connection refused\. /,
		);
	});

	const operator = async (): Promise<Record<string, string>> => {
		const url = await startAlertmanager(processes);
		const home = `${processes.folder}/home`;
		mkdirSync(home, { recursive: true });
		const profiles = { live: { tunnel: { ssh: 'bastion' }, alertmanager: { url } } };
		writeFileSync(`${home}/profiles.json`, JSON.stringify({ current: 'live', profiles }));
		return { PATH: sshd.path, SMOKEJUMPER_CONFIG_DIR: home };
	};

	test('a printed answer leaves no ssh behind', async () => {
		const before = begun().length;
		const { stdout, exitCode } = await startBuilt(['alerts', '-o', 'json'], await operator()).ran;
		expect({ alerts: JSON.parse(stdout).alerts, exitCode }).toEqual({ alerts: [], exitCode: 0 });
		const mine = begun().slice(before);
		expect(mine).toHaveLength(1);
		await vi.waitFor(() => expect(mine.filter(isAlive)).toEqual([]), 5000);
	});

	test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
		'a screen that ends by %s leaves no ssh behind',
		async signal => {
			const before = begun().length;
			const program = startProgram({ args: [], env: await operator() });
			await program.sees('Nothing fires');
			const mine = begun().slice(before);
			expect(mine.filter(isAlive)).toHaveLength(1);
			process.kill(program.pid, signal);
			await vi.waitFor(() => expect(mine.filter(isAlive)).toEqual([]), 5000);
		},
	);
});

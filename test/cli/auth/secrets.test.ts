import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { redact } from '../../../src/analysis/redact.ts';
import { secretReader } from '../../../src/cli/auth/secret.ts';
import type { Secret } from '../../../src/cli/profiles/profile.ts';
import { emptyFolder } from '../folder.ts';
import { writeProgram } from './program.ts';

const path = process.env.PATH ?? '';

const read = (secret: Secret, env: NodeJS.ProcessEnv = {}) =>
	secretReader(secret, { env: { PATH: path, ...env } }).read('loki.auth.token');

test('a secret comes from the environment, a file or a command, without the blanks round it', async () => {
	const home = emptyFolder();
	const file = join(home, 'token');
	writeFileSync(file, 's3cret\n');
	expect(await read({ env: 'TOKEN' }, { TOKEN: ' s3cret ' })).toBe('s3cret');
	expect(await read({ file })).toBe('s3cret');
	expect(await read({ file: '~/token' }, { HOME: home })).toBe('s3cret');
	expect(await read({ command: ['printf', 's3cret\\n'] })).toBe('s3cret');
	expect(await read('s3cret')).toBe('s3cret');
});

/** A process that has ended may still be there until its parent has looked at it. */
const isRunning = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
};

const inShell = 'Run it in a shell to see why, then press R.';

test.each<[string, Secret, string, string?]>([
	[
		'variable',
		{ env: 'TOKEN' },
		'the environment variable TOKEN is empty or not set',
		'Set it, and start smokejumper again.',
	],
	['file', { file: '/nowhere/token' }, 'the file /nowhere/token cannot be read (ENOENT)', 'Set it and press R.'],
	['file but a folder', { file: '/' }, '/ is no file', 'Set it and press R.'],
	['file but a terminal', { file: '/dev/tty' }, '/dev/tty is no file', 'Set it and press R.'],
	['program', { command: ['no-such-program'] }, 'the command no-such-program failed (ENOENT)'],
	['exit code', { command: ['sh', '-c', 'echo hunter2; echo hunter2 >&2; exit 3'] }, 'the command sh failed (3)'],
	['end of its own', { command: ['sh', '-c', 'echo hunter2; kill -9 $$'] }, 'the command sh failed (killed)'],
	['output', { command: ['true'] }, 'the command true printed nothing'],
	['output but blanks', { command: ['printf', ' \\n'] }, 'the command printf printed nothing'],
	['bound', { command: ['sh', '-c', 'yes hunter2'] }, 'the command sh printed too much for a secret'],
])('without a %s, what was read is not told', async (_, secret, why, next = inShell) => {
	await expect(read(secret)).rejects.toMatchObject({
		failure: {
			kind: 'secret',
			what: `There is no secret for loki.auth.token, as ${why}.`,
			next,
		},
	});
});

test('a file that is empty or too long is told', async () => {
	const file = join(emptyFolder(), 'token');
	writeFileSync(file, '\n');
	await expect(read({ file })).rejects.toThrow(`the file ${file} is empty.`);
	writeFileSync(file, 'x'.repeat(70_000));
	await expect(read({ file })).rejects.toThrow(`the file ${file} is too long for a secret.`);
});

test.each(['prometheus.auth.password', 'loki.auth.clientSecret', 'tempo.tls.passphrase', 'loki.auth.token'])(
	'what is said of %s is not taken for a secret itself',
	async where => {
		const said = await secretReader({ command: ['false'] }, { env: { PATH: path } })
			.read(where)
			.catch(error => String(error.message));
		expect(redact(said)).toBe(said);
		expect(said).toContain(`${where}, as the command false failed (1). ${inShell}`);
	},
);

test('a command that reads gets nothing, and has no terminal to read from', async () => {
	await expect(read({ command: ['cat'] })).rejects.toThrow('the command cat printed nothing');
	expect(await read({ command: ['sh', '-c', 'read -r line </dev/tty && echo "$line" || echo none'] })).toBe('none');
});

test('a command that hangs is killed with all that it started', async () => {
	const folder = emptyFolder();
	const script = `sleep 60 & echo $! > ${folder}/child; echo hunter2; wait`;
	const { read } = secretReader({ command: ['sh', '-c', script] }, { env: { PATH: path }, longestRun: 300 });
	await expect(read('a')).rejects.toThrow('There is no secret for a, as the command sh did not end within 0.3 s.');
	const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
	await vi.waitUntil(() => !isRunning(child), { timeout: 10_000 });
});

describe('when the program ends', () => {
	const folder = mkdtempSync(join(tmpdir(), 'smokejumper-secret-'));
	afterAll(() => rmSync(folder, { recursive: true }));
	const script = join(folder, 'program.mjs');
	buildSync({
		stdin: {
			contents: `import { secretReader } from './secret.ts';
				secretReader({ command: ['sh', '-c', 'echo $$ > ${folder}/pid; sleep 60'] }, { env: process.env }).read('a');
				process.stdin.pipe(process.stdout);`,
			resolveDir: new URL('../../../src/cli/auth', import.meta.url).pathname,
			loader: 'ts',
		},
		bundle: true,
		platform: 'node',
		format: 'esm',
		outfile: script,
	});

	test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('%s: no command is left', async signal => {
		const pidFile = join(folder, 'pid');
		rmSync(pidFile, { force: true });
		const ran = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
		const pid = () => Number(existsSync(pidFile) && readFileSync(pidFile, 'utf8'));
		await vi.waitUntil(() => pid() > 0, { timeout: 10_000 });
		// The command runs before whoever started it knows its number; an echo tells that it has gone on since.
		ran.stdin.write('?');
		await once(ran.stdout, 'data');
		ran.kill(signal);
		await once(ran, 'exit');
		await vi.waitUntil(() => !isRunning(pid()), { timeout: 5000 });
	});
});

test('a command is asked once for many questions, until it is forgotten or its time has come', async () => {
	const calls = join(emptyFolder(), 'calls');
	const command = ['sh', '-c', `printf x >> ${calls}; cat ${calls}`];
	let clock = 0;
	const now = () => clock;
	const counted = secretReader({ command, lifetime: '1m' }, { env: { PATH: path }, now });
	expect(await Promise.all([counted.read('a'), counted.read('a')])).toEqual(['x', 'x']);
	clock = 59_999;
	expect(await counted.read('a')).toBe('x');
	clock = 60_000;
	expect(await counted.read('a')).toBe('xx');
	expect(counted.forget()).toBe(true);
	expect(await counted.read('a')).toBe('xxx');
	const usual = secretReader({ command }, { env: { PATH: path }, now });
	expect(await usual.read('a')).toBe('xxxx');
	clock += 299_999;
	expect(await usual.read('a')).toBe('xxxx');
	clock += 1;
	expect(await usual.read('a')).toBe('xxxxx');
});

test('what is read anew each time is not there to be forgotten', () => {
	const surroundings = { env: {} };
	const secrets = ['s3cret', { env: 'TOKEN' }, { file: '/token' }, { command: ['true'] }] as const;
	expect(secrets.map(secret => secretReader(secret as Secret, surroundings).forget())).toEqual([
		false,
		false,
		false,
		false,
	]);
});

test('a secret that was missing is looked for again', async () => {
	const file = join(emptyFolder(), 'token');
	const { read } = secretReader({ command: ['cat', file] }, { env: { PATH: path } });
	await expect(read('a')).rejects.toThrow('There is no secret for a');
	writeFileSync(file, 'now');
	expect(await read('a')).toBe('now');
});

const keychain: Secret = { keychain: { service: 'loki.example', account: 'ops' } };
const program = process.platform === 'darwin' ? 'security' : 'secret-tool';
const words =
	process.platform === 'darwin'
		? 'find-generic-password -w -s loki.example -a ops'
		: 'lookup service loki.example account ops';

test('the keychain is asked by its own program, and keeps what it told', async () => {
	const folder = emptyFolder();
	writeProgram(folder, program, `echo "$@" >> "$0.asked"; echo s3cret`);
	const { read, forget } = secretReader(keychain, { env: { PATH: `${folder}:${path}` } });
	expect([await read('a'), await read('a'), forget(), await read('a')]).toEqual(['s3cret', 's3cret', true, 's3cret']);
	expect(readFileSync(join(folder, `${program}.asked`), 'utf8')).toBe(`${words}\n${words}\n`);
});

const entry = ' (service loki.example, account ops)';

test.each(
	process.platform === 'darwin'
		? [
				['has no such entry', 'exit 44', `the keychain has no such entry${entry}. Save it there, then press R`],
				['is locked', 'echo hunter2 >&2; exit 36', `the keychain is locked${entry}. Unlock it, then press R`],
			]
		: [
				['has no such entry', 'exit 1', `the keychain has no such entry${entry}. Save it there, then press R`],
				[
					'is locked',
					'echo "hunter2: Cannot autolaunch D-Bus" >&2; exit 1',
					`the keychain is locked, or no secret service runs in this session${entry}. Unlock it, then press R`,
				],
			],
)('a keychain that %s is told', async (_, script, why) => {
	const folder = emptyFolder();
	writeProgram(folder, program, script);
	await expect(read(keychain, { PATH: folder })).rejects.toThrow(`There is no secret for loki.auth.token, as ${why}.`);
});

test('a machine without a keychain is told', async () => {
	const empty = join(emptyFolder(), 'bin');
	mkdirSync(empty);
	expect(existsSync(join(empty, program))).toBe(false);
	await expect(read(keychain, { PATH: empty })).rejects.toThrow(
		`there is no keychain here (${program} is missing). Name the secret by env, file or command in place of keychain.`,
	);
});

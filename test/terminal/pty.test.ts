import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { build, type Plugin } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createEmulator, type Emulator } from './emulator.ts';

const columns = 60;
const rows = 12;
const wait = { timeout: 15_000, interval: 20 };

vi.setConfig({ testTimeout: 30_000 });

let folder = '';
let bundle = '';
let running: IPty[] = [];

/** Ink imports React's developer tools, which it does not bring along. */
const withoutDeveloperTools: Plugin = {
	name: 'without-developer-tools',
	setup(bundler) {
		bundler.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
		bundler.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export default {}' }));
	},
};

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'terminal-'));
	bundle = join(folder, 'program.mjs');
	await build({
		entryPoints: [join(import.meta.dirname, 'program.tsx')],
		outfile: bundle,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		jsx: 'automatic',
		define: { 'process.env.NODE_ENV': '"production"' },
		plugins: [withoutDeveloperTools],
		banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
	});
});

afterEach(() => {
	for (const pty of running) pty.kill('SIGKILL');
	running = [];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Run = {
	readonly pty: IPty;
	readonly emulator: Emulator;
	readonly exit: Promise<{ readonly exitCode: number; readonly signal?: number }>;
	/** Every byte so far. */
	readonly bytes: () => string;
};

function run(file: string, args: readonly string[]): Run {
	const pty = spawn(file, [...args], {
		cols: columns,
		rows,
		env: { ...process.env, TERM: 'xterm-256color', PS1: 'prompt> ', CI: 'true', HISTFILE: '' },
	});
	running.push(pty);
	const emulator = createEmulator(columns, rows);
	let bytes = '';
	pty.onData(chunk => {
		bytes += chunk;
		emulator.write(chunk);
	});
	const exit = new Promise<{ readonly exitCode: number; readonly signal?: number }>(resolve => pty.onExit(resolve));
	return { pty, emulator, exit, bytes: () => bytes };
}

const screenOf = ({ emulator }: Run): string => {
	const buffer = emulator.buffer.active;
	return Array.from({ length: emulator.rows }, (_, y) => buffer.getLine(buffer.viewportY + y)?.translateToString(true))
		.join('\n')
		.trim();
};

const shows = (run: Run, text: string): Promise<void> => expect.poll(() => screenOf(run), wait).toContain(text);

/** The modes that the bytes so far leave on, and whether the normal screen is shown. */
function leftBehind({ emulator, bytes }: Run) {
	const { bracketedPasteMode, sendFocusMode, wraparoundMode } = emulator.modes;
	const cursor = bytes().lastIndexOf('\x1b[?25h') > bytes().lastIndexOf('\x1b[?25l');
	return { buffer: emulator.buffer.active.type, bracketedPasteMode, sendFocusMode, wraparoundMode, cursor };
}

const clean = { buffer: 'normal', bracketedPasteMode: false, sendFocusMode: false, wraparoundMode: true, cursor: true };
const taken = {
	buffer: 'alternate',
	bracketedPasteMode: true,
	sendFocusMode: true,
	wraparoundMode: false,
	cursor: false,
};

async function started(): Promise<Run> {
	const program = run(process.execPath, [bundle]);
	await shows(program, 'ready');
	await expect.poll(() => leftBehind(program), wait).toEqual(taken);
	return program;
}

describe('a program that owns a terminal', () => {
	test.each([
		['the key that quits', 'q', 0, 'goodbye'],
		['^C in the middle of a batch of keys', 'jjj\x03', 130, 'goodbye'],
		['an exception in a component', 'c', 1, 'failed: the component broke'],
		['an exception anywhere else', 'x', 1, 'the program broke'],
		['an exception that the program reports itself', 'h', 1, 'handled: the program broke'],
		['a rejection that nobody handles', 'r', 1, 'the promise broke'],
	])('gives it back after %s', async (_, keys, code, lastWords) => {
		const program = await started();
		program.pty.write(keys);
		expect(await program.exit).toMatchObject({ exitCode: code });
		await expect.poll(program.bytes, wait).toContain(lastWords);
		expect(program.bytes().lastIndexOf(lastWords)).toBeGreaterThan(program.bytes().lastIndexOf('\x1b[?1049l'));
		await expect.poll(() => leftBehind(program), wait).toEqual(clean);
	});

	test.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
		['SIGQUIT', 131],
	])('gives it back after %s', async (signal, code) => {
		const program = await started();
		process.kill(program.pty.pid, signal);
		expect(await program.exit).toMatchObject({ exitCode: code });
		await expect.poll(() => leftBehind(program), wait).toEqual(clean);
	});

	test('sees keys, pastes and focus', async () => {
		const program = await started();
		for (const [bytes, text] of [
			['\x1b[5~', 'key pageup'],
			['\x1b', 'key escape'],
			['\x1b[200~text\x1b[201~', 'paste'],
			['\x1b[O', 'focus'],
		] as const) {
			program.pty.write(bytes);
			await shows(program, text);
		}
	});

	test('is answered when it asks, and no key comes of the answer', async () => {
		const program = await started();
		program.pty.write('a');
		await shows(program, 'asked');
		expect(program.bytes().match(/\x1b\[5n/g)).toHaveLength(1);
		program.pty.write('a');
		await shows(program, 'not asked again');
		program.pty.write('\x1b[0');
		program.pty.write('n');
		await shows(program, 'answered');
		program.pty.write('\x1b[0n');
		program.pty.write('a');
		await shows(program, 'asked');
		expect(program.bytes().match(/\x1b\[5n/g)).toHaveLength(2);
	});

	test('waits at its end for an answer that is due, and the shell does not get it', async () => {
		const program = await started();
		program.pty.write('aw');
		await shows(program, 'asked');
		program.pty.write('\x1b[0n');
		expect(await program.exit).toMatchObject({ exitCode: 0 });
		await expect.poll(program.bytes, wait).toContain('goodbye');
		// What a terminal echoes of an escape.
		expect(program.bytes()).not.toContain('^[');
		await expect.poll(() => leftBehind(program), wait).toEqual(clean);
	});

	test('fills the terminal at its new size', async () => {
		const program = await started();
		program.emulator.resize(40, 8);
		program.pty.resize(40, 8);
		await shows(program, '40x8');
		expect(
			screenOf(program)
				.split('\n')
				.map(line => line.length),
		).toEqual(Array(8).fill(40));
	});

	test('rings, and has another title that stays over a suspension', async () => {
		const program = await started();
		const titles: string[] = [];
		program.emulator.onTitleChange(title => titles.push(title));
		let bells = 0;
		program.emulator.onBell(() => bells++);
		program.pty.write('t');
		await shows(program, 'rung');
		expect({ titles, bells }).toEqual({ titles: ['▲2 a program'], bells: 1 });
		program.pty.write('\x1a');
		await shows(program, 'resumed');
		expect(titles.at(-1)).toBe('▲2 a program');
	});

	test('ends when its terminal goes away', async () => {
		const program = await started();
		const { pid } = program.pty;
		program.pty.kill('SIGHUP');
		await program.exit;
		expect(() => process.kill(pid, 0)).toThrow();
	});
});

describe('^Z', () => {
	test('waits for an answer that is due', async () => {
		const shell = run('bash', ['--norc', '--noprofile', '-i']);
		await shows(shell, 'prompt>');
		shell.pty.write(`"${process.execPath}" "${bundle}"\r`);
		await shows(shell, 'ready');
		shell.pty.write('a');
		await shows(shell, 'asked');
		shell.pty.write('\x1aj');
		await shows(shell, 'key j');
		shell.pty.write('\x1b[0n');
		await shows(shell, 'Stopped');
		expect(shell.bytes()).not.toContain('^[');
		shell.pty.write('fg\r');
		await shows(shell, 'resumed');
		shell.pty.write('a');
		await shows(shell, 'asked');
	});

	test('gives the terminal to the shell, and fg takes it again', async () => {
		const shell = run('bash', ['--norc', '--noprofile', '-i']);
		await shows(shell, 'prompt>');
		// The shell between the two stands for `npm run`: it has to stop too.
		shell.pty.write(`sh -c '"${process.execPath}" "${bundle}"; echo over'\r`);
		await shows(shell, 'ready');
		for (let round = 0; round < 2; round++) {
			shell.pty.write('\x1a');
			await shows(shell, 'Stopped');
			await expect.poll(() => leftBehind(shell), wait).toEqual({ ...clean, bracketedPasteMode: expect.any(Boolean) });
			shell.pty.write('clear; fg\r');
			await shows(shell, 'resumed');
			await expect.poll(() => leftBehind(shell), wait).toEqual(taken);
			shell.pty.write('j');
			await shows(shell, 'key j');
		}
		shell.pty.write('q');
		await shows(shell, 'over');
		await expect.poll(() => leftBehind(shell), wait).toEqual({ ...clean, bracketedPasteMode: expect.any(Boolean) });
	});

	test('goes on where no shell could continue it', async () => {
		const program = await started();
		program.pty.write('\x1a');
		await shows(program, 'resumed');
		await expect.poll(() => leftBehind(program), wait).toEqual(taken);
	});

	test('leaves ^D to the shell, of which an input never comes back', async () => {
		const program = await started();
		program.pty.write('\x1a');
		await expect.poll(() => program.bytes(), { ...wait, interval: 1 }).toContain('\x1b[?1049l');
		program.pty.write('\x04');
		await expect.poll(() => leftBehind(program), wait).toEqual(taken);
		program.pty.write('j');
		await shows(program, 'key j');
	});
});

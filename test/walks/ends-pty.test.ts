import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { emptyFolder } from '../cli/folder.ts';
import { givenBack, type Program, startProgram } from '../helpers/program.ts';
import { createEmulator } from '../terminal/emulator.ts';

vi.setConfig({ testTimeout: 60_000 });

const patience = { timeout: 20_000, interval: 20 };

/** A screen of the program, and what shows that it is there. */
const screens: readonly (readonly [string, readonly string[], string])[] = [
	['the interface', ['demo'], 'enter panels'],
	['the first-run form', [], 'Paste an address of what you have.'],
];

const start = async (args: readonly string[], sign: string): Promise<Program> => {
	const program = startProgram({ args, env: { HOME: emptyFolder() } });
	await program.sees(sign);
	return program;
};

describe.runIf(process.platform === 'linux').each(screens)('%s', (_, args, sign) => {
	test.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
		['SIGQUIT', 131],
	])('gives the terminal back on %s', async (signal, code) => {
		const program = await start(args, sign);
		process.kill(program.pid, signal);
		expect(await program.exited).toBe(code);
		await expect.poll(program.modes).toEqual(givenBack);
	});

	test('ends by itself, without spinning, when its terminal is gone and no signal says so', async () => {
		const { pid, hangUp } = await withoutSignals(args, sign);
		hangUp();
		let ticks = 0;
		const isOver = () => {
			const now = ticksOf(pid);
			ticks = now ?? ticks;
			return now === undefined;
		};
		const before = ticksOf(pid) ?? 0;
		await expect.poll(isOver, patience).toBe(true);
		// A hundred ticks are a second of a processor: far more than an end takes, and what a spin takes in a second.
		expect(ticks - before).toBeLessThan(100);
	});

	test('leaves after kill -9 nothing that reset does not mend', async () => {
		const { pid, seen, emulator } = await inShell(`${wordsOf(args)}; reset; stty -a; echo mended`, sign);
		expect(emulator.buffer.active.type).toBe('alternate');
		process.kill(pid, 'SIGKILL');
		await expect.poll(seen, patience).toContain('mended');
		const { bracketedPasteMode, sendFocusMode, wraparoundMode } = emulator.modes;
		expect({ bracketedPasteMode, sendFocusMode, wraparoundMode, buffer: emulator.buffer.active.type }).toEqual({
			bracketedPasteMode: false,
			sendFocusMode: false,
			wraparoundMode: true,
			buffer: 'normal',
		});
		expect(seen()).toMatch(/ icanon .* echo /s);
	});
});

const wordsOf = (args: readonly string[]): string =>
	[process.execPath, 'dist/smokejumper.js', ...args].map(word => `'${word}'`).join(' ');

/**
 * The program on a terminal that is not the controlling one of its session: when that goes away the kernel tells nobody
 * (setsid(2), tty_ioctl(4)); all there is to see is that reading ends.
 */
async function withoutSignals(args: readonly string[], sign: string) {
	const { pid, pty } = await inShell(
		`exec setsid -w /bin/sh -c 'echo $$ > "$HOME/pid"; exec ${wordsOf(args).replaceAll("'", '"')}'`,
		sign,
	);
	return { pid, hangUp: () => Reflect.apply(Reflect.get(pty, 'destroy'), pty, []) };
}

/** A line of a shell on a terminal, once it shows a text, and the process that owns the terminal then. */
async function inShell(line: string, sign: string) {
	const folder = emptyFolder();
	const pty = spawn('/bin/sh', ['-c', line], {
		cols: 80,
		rows: 24,
		name: 'xterm-256color',
		env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8' },
	});
	onTestFinished(() => killed(pty));
	const emulator = createEmulator(80, 24);
	let bytes = '';
	pty.onData(chunk => {
		bytes += chunk;
		emulator.write(chunk);
	});
	const lineAt = (y: number) => emulator.buffer.active.getLine(y)?.translateToString(true);
	const screen = () => Array.from({ length: 24 }, (_, y) => lineAt(y)).join('\n');
	await expect.poll(screen, patience).toContain(sign);
	const file = join(folder, 'pid');
	const children = () => readFileSync(`/proc/${pty.pid}/task/${pty.pid}/children`, 'utf8');
	const pid = Number(existsSync(file) ? readFileSync(file, 'utf8') : children().split(' ')[0]);
	// In a session of its own it does not end with the terminal.
	onTestFinished(() => killed({ kill: signal => process.kill(pid, signal) }));
	return { pid, pty, emulator, seen: () => bytes };
}

function killed(started: { readonly kill: (signal: 'SIGKILL') => unknown }): void {
	try {
		started.kill('SIGKILL');
	} catch {
		// It had ended by itself.
	}
}

/** Clock ticks that a process has used (proc(5): utime and stime of `stat`); `undefined` once it has ended. */
function ticksOf(pid: number): number | undefined {
	const path = `/proc/${pid}/stat`;
	if (!existsSync(path)) return undefined;
	try {
		const [state, ...rest] = readFileSync(path, 'utf8')
			.replace(/^.*\) /, '')
			.split(' ');
		return state === 'Z' ? undefined : Number(rest[10]) + Number(rest[11]);
	} catch {
		return undefined;
	}
}

describe.runIf(process.platform === 'linux')('what is printed', () => {
	/** The exit codes of the program and of those behind it in a pipe, and what went to stderr. */
	const piped = (line: string) => {
		const { stdout, stderr } = spawnSync('/bin/bash', ['-c', `${line}; echo "codes \${PIPESTATUS[*]}"`], {
			encoding: 'utf8',
			timeout: 30_000,
			env: {
				PATH: process.env.PATH ?? '',
				HOME: emptyFolder(),
				LANG: 'C.UTF-8',
				P: `${process.execPath} dist/smokejumper.js`,
			},
		});
		return { codes: /codes (.*)/.exec(stdout)?.[1], stderr };
	};

	test.each([
		['a list', '$P demo alerts | head -1'],
		['lines that are followed', '$P demo logs --service manifest --follow | head -3'],
		['the help', '$P --help | head -1'],
		['a reader that never reads', '$P demo service concierge | true'],
		['no standard output at all', '$P demo alerts >&-'],
		['no standard error at all', '$P demo alerts 2>&- >/dev/null'],
		['no standard input at all', '$P demo alerts <&- >/dev/null'],
	])('ends well and in silence: %s', (_, line) => {
		const { codes, stderr } = piped(line);
		expect(codes).toMatch(/^0(?: 0)?$/);
		expect(stderr).toBe('');
	});

	test.each(['$P demo alerts >/dev/full', '$P demo logs --service manifest --follow >/dev/full'])(
		'says in a sentence that it cannot be written: %s',
		line => {
			expect(piped(line)).toEqual({
				codes: '2',
				stderr: 'smokejumper: The output cannot be written (ENOSPC). Check where it goes.\n',
			});
		},
	);
});

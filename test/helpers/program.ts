import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect, onTestFinished } from 'vitest';

const { Terminal } = xterm;

export type ProgramOptions = {
	readonly args: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
};

/** The built program in a real pty, driven as a person would: keys in, the screen out. Waits for content, never for time. */
export type Program = {
	/** The screen as lines, without trailing blanks. */
	readonly screen: () => readonly string[];
	sees(text: string | RegExp): Promise<void>;
	/** Until the text is gone. */
	loses(text: string): Promise<void>;
	presses(...keys: readonly string[]): void;
	resizes(columns: number, rows: number): void;
	/** Bytes written so far. */
	readonly bytes: () => number;
	readonly raw: () => string;
	readonly pid: number;
	/** The exit code as a shell tells it: 128 and the number of the signal that ended it. */
	readonly exited: Promise<number>;
	readonly buffer: () => 'normal' | 'alternate';
	/** What the bytes so far have left switched on. */
	readonly modes: () => Modes;
};

/** `paste` and `focus`: that these are reported; `mouse`: what of it is. */
export type Modes = {
	readonly buffer: 'normal' | 'alternate';
	readonly cursor: boolean;
	readonly paste: boolean;
	readonly focus: boolean;
	readonly mouse: string;
	readonly wraps: boolean;
};

/** A terminal as a shell wants it back. */
export const givenBack: Modes = {
	buffer: 'normal',
	cursor: true,
	paste: false,
	focus: false,
	mouse: 'none',
	wraps: true,
};

const keyBytes: Readonly<Record<string, string>> = {
	enter: '\r',
	escape: '\x1b',
	tab: '\t',
	up: '\x1b[A',
	down: '\x1b[B',
	right: '\x1b[C',
	left: '\x1b[D',
	pagedown: '\x1b[6~',
	'ctrl+c': '\x03',
	'ctrl+l': '\x0c',
};

const patience = { timeout: 20_000, interval: 20 };

/** Starts `dist/smokejumper.js`; it is killed when the test is finished. */
export function startProgram({ args, columns = 80, rows = 24, env = {} }: ProgramOptions): Program {
	const pty = spawn(process.execPath, ['dist/smokejumper.js', ...args], {
		cols: columns,
		rows,
		name: 'xterm-256color',
		env: { ...cleanEnv(), LANG: 'C.UTF-8', TZ: 'UTC', ...env },
	});
	const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
	let raw = '';
	pty.onData(chunk => {
		raw += chunk;
		terminal.write(chunk);
	});
	const exited = new Promise<number>(resolve =>
		pty.onExit(({ exitCode, signal = 0 }) => resolve(signal > 0 ? 128 + signal : exitCode)),
	);
	onTestFinished(() => killed(pty));
	const screen = () => linesOf(terminal);
	const text = () => screen().join('\n');
	return {
		screen,
		sees: async wanted => {
			await expect.poll(text, patience).toMatch(typeof wanted === 'string' ? escaped(wanted) : wanted);
		},
		loses: async unwanted => {
			await expect.poll(text, patience).not.toContain(unwanted);
		},
		presses: (...keys) => {
			for (const key of keys) pty.write(keyBytes[key] ?? key);
		},
		resizes: (width, height) => {
			pty.resize(width, height);
			terminal.resize(width, height);
		},
		bytes: () => Buffer.byteLength(raw),
		raw: () => raw,
		pid: pty.pid,
		exited,
		buffer: () => terminal.buffer.active.type,
		modes: () => ({
			buffer: terminal.buffer.active.type,
			cursor: raw.lastIndexOf('\x1b[?25l') <= raw.lastIndexOf('\x1b[?25h'),
			paste: terminal.modes.bracketedPasteMode,
			focus: terminal.modes.sendFocusMode,
			mouse: terminal.modes.mouseTrackingMode,
			wraps: terminal.modes.wraparoundMode,
		}),
	};
}

function killed(pty: IPty): void {
	try {
		pty.kill('SIGKILL');
	} catch {
		// It had ended by itself.
	}
}

/** Nothing of the operator's own surroundings: no colour settings, no profile, no configuration. */
function cleanEnv(): Record<string, string> {
	const { PATH = '', HOME = '' } = process.env;
	return { PATH, HOME };
}

const linesOf = (terminal: InstanceType<typeof Terminal>): readonly string[] => {
	const { active } = terminal.buffer;
	return Array.from({ length: terminal.rows }, (_, y) =>
		(active.getLine(active.viewportY + y)?.translateToString(true) ?? '').trimEnd(),
	);
};

const escaped = (text: string): RegExp => new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));

import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect, onTestFinished } from 'vitest';

const { Terminal } = xterm;

export type ProgramOptions = {
	readonly args: readonly string[];
	/** What is started; the built program when absent. */
	readonly file?: string;
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** What the terminal shows before the program starts; what scrolled out of it is kept. */
	readonly before?: string;
	/** A file that is its standard input in place of the terminal. */
	readonly input?: string;
	/** The terminal answers what it is asked, so many milliseconds late; without, it says nothing. */
	readonly answers?: number;
};

/** The built program in a real pty, driven as a person would: keys in, the screen out. Waits for content, never for time. */
export type Program = {
	/** The screen as lines, without trailing blanks. */
	readonly screen: () => readonly string[];
	/** The columns that a character stands in, row by row from the top; rows without it are left out. */
	readonly columnsOf: (character: string) => readonly { readonly row: number; readonly columns: readonly number[] }[];
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
	/** What a program can reach beside the screen. */
	readonly surroundings: () => Surroundings;
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

/** The window's titles so far, what was put on the clipboard, and the lines of the normal screen with all above it. */
export type Surroundings = {
	readonly titles: readonly string[];
	readonly clipboard: readonly string[];
	readonly scrollback: readonly string[];
	/** Every mode that the emulator knows of. */
	readonly modes: Readonly<Record<string, unknown>>;
	/** Escape sequences so far that are neither text, colour nor moving: OSC, DCS and their like, modes, margins, as text. */
	readonly requests: readonly string[];
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
export function startProgram(options: ProgramOptions): Program {
	const { args, columns = 80, rows = 24, env = {}, before = '', input, answers } = options;
	const [file, words] = commandOf([options.file ?? 'dist/smokejumper.js', ...args], input);
	const pty = spawn(file, [...words], {
		cols: columns,
		rows,
		name: env.TERM ?? 'xterm-256color',
		env: { ...cleanEnv(), LANG: 'C.UTF-8', TZ: 'UTC', ...env },
	});
	const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
	const titles: string[] = [];
	const clipboard: string[] = [];
	terminal.onTitleChange(title => titles.push(title));
	terminal.parser.registerOscHandler(52, data => clipboard.push(data) > 0);
	if (answers !== undefined) terminal.onData(answer => setTimeout(() => pty.write(answer), answers));
	terminal.write(before.replaceAll('\n', '\r\n'));
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
		columnsOf: character => columnsIn(terminal, character),
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
		surroundings: () => ({
			titles,
			clipboard,
			scrollback: textsOf(terminal.buffer.normal),
			modes: { ...terminal.modes },
			requests: requestsIn(raw),
		}),
	};
}

/** Node itself; by a shell where its standard input is a file, since a pty has no other way to give it one. */
const commandOf = (words: readonly string[], input: string | undefined): readonly [string, readonly string[]] =>
	input === undefined
		? [process.execPath, words]
		: ['/bin/sh', ['-c', 'exec "$@" < "$0"', input, process.execPath, ...words]];

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

function columnsIn({ buffer, rows, cols }: InstanceType<typeof Terminal>, character: string) {
	const { active } = buffer;
	return Array.from({ length: rows }, (_, row) => {
		const line = active.getLine(active.viewportY + row);
		const columns = Array.from({ length: cols }, (_, x) => x).filter(x => line?.getCell(x)?.getChars() === character);
		return { row, columns };
	}).filter(({ columns }) => columns.length > 0);
}

/** All lines of a screen, those above it too. */
const textsOf = (buffer: InstanceType<typeof Terminal>['buffer']['normal']): readonly string[] =>
	Array.from({ length: buffer.length }, (_, y) => buffer.getLine(y)?.translateToString(true).trimEnd() ?? '');

/** ECMA-48: everything but SGR (`m`), moves and erasures within the screen, scrolling, and the margins for that. */
const requestsIn = (raw: string): readonly string[] =>
	[
		...raw.matchAll(
			/\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|[\]PX^_][\s\S]*?(?:\x07|\x1b\\)|[\x20-\x2f]*[\x30-\x7e])|[\x80-\x9f]/g,
		),
	]
		.map(([sequence]) => sequence)
		.filter(sequence => !/^\x1b\[[\d;:]*[mABCDGHdJKPX@LMST]$|^\x1b\[(?:\d+;\d+)?r$/.test(sequence))
		.map(sequence => sequence.replaceAll('\x1b', 'ESC').replaceAll('\x07', 'BEL'));

const linesOf = (terminal: InstanceType<typeof Terminal>): readonly string[] => {
	const { active } = terminal.buffer;
	return Array.from({ length: terminal.rows }, (_, y) =>
		(active.getLine(active.viewportY + y)?.translateToString(true) ?? '').trimEnd(),
	);
};

const escaped = (text: string): RegExp => new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));

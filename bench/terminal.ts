import { spawn } from '@lydell/node-pty';

/** In cells. */
export type Size = { readonly columns: number; readonly rows: number };

/** The size at which all is measured that is measured at one size. */
export const size: Size = { columns: 200, rows: 60 };

/** A program in a real pty, with a count of what it writes. */
export type Running = {
	readonly pid: number;
	readonly size: Size;
	/** Bytes written so far. */
	readonly bytes: () => number;
	/** Milliseconds from the start until this was written; rejects when it never is. */
	writes(text: string): Promise<number>;
	/** Calls with what was written so far, and with all that follows, until the call that it returns. */
	hears(listener: (bytes: string) => void): () => void;
	/** Until nothing has been written for so many milliseconds, and no longer than ten times that. */
	settles(quiet: number): Promise<void>;
	press(key: string): void;
	/** Presses a key and waits until nothing more is written: what came, and how long until the last of it was there. */
	answers(key: string): Promise<{ readonly bytes: number; readonly took: number }>;
	/** Milliseconds from the start to the end. */
	readonly ended: Promise<number>;
	kill(): void;
};

const patience = 30_000;
/** How long nothing may be written before the answer to a key counts as whole. */
const quiet = 60;
const glance = 5;

/** Starts a program in the surroundings of the bench, as an operator's shell would. */
export function run(
	command: string,
	args: readonly string[],
	env: Readonly<Record<string, string>> = {},
	cells: Size = size,
): Running {
	const began = performance.now();
	let written = '';
	let bytes = 0;
	let last = began;
	const pty = spawn(command, [...args], {
		cols: cells.columns,
		rows: cells.rows,
		name: 'xterm-256color',
		env: { ...process.env, LANG: 'C.UTF-8', TMUX: '', LESS: '', NO_COLOR: '', ...env },
	});
	const ended = new Promise<number>(resolve => pty.onExit(() => resolve(performance.now() - began)));
	const waits = new Set<() => void>();
	const listeners = new Set<(bytes: string) => void>();
	pty.onData(chunk => {
		last = performance.now();
		bytes += Buffer.byteLength(chunk);
		written += chunk;
		for (const look of waits) look();
		for (const listener of listeners) listener(chunk);
	});
	const writes = (text: string) =>
		new Promise<number>((resolve, reject) => {
			const stop = setTimeout(() => {
				waits.delete(look);
				reject(new Error(`${command} ${args.join(' ')} did not write ${text} within ${patience / 1000} s.`));
			}, patience);
			const look = () => {
				if (!written.includes(text)) return;
				waits.delete(look);
				clearTimeout(stop);
				resolve(performance.now() - began);
			};
			waits.add(look);
			look();
		});
	const settles = async (length: number): Promise<void> => {
		const asked = performance.now();
		last = asked;
		while (performance.now() - last < length && performance.now() - asked < 10 * length) await pause(glance);
	};
	return {
		pid: pty.pid,
		size: cells,
		bytes: () => bytes,
		writes,
		hears(listener) {
			listener(written);
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		settles,
		press: key => pty.write(key),
		async answers(key) {
			const [before, pressed] = [bytes, performance.now()];
			pty.write(key);
			await settles(quiet);
			return { bytes: bytes - before, took: last - pressed };
		},
		ended,
		kill: () => pty.kill('SIGKILL'),
	};
}

export const pause = (length: number): Promise<void> => new Promise(resolve => setTimeout(resolve, length));

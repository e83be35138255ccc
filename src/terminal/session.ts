import { readInput } from './input.ts';
import type { InputEvent } from './keys.ts';
import { createModes, type Modes } from './modes.ts';
import type { Output } from './screen.ts';
import { titleBytes } from './title.ts';

export type TerminalOptions = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream & { readonly fd: number };
	/** The window's title at first; without one the title is never touched. */
	readonly title?: string;
	/** A key, a paste or a change of focus. `ctrl+z` is not among them: it suspends. */
	readonly onInput: (event: Spoken) => void;
	/** The terminal has answered `ask`. */
	readonly onAnswer?: () => void;
	/** The terminal has another size; at most once a turn of the loop. */
	readonly onResize: (columns: number, rows: number) => void;
	/** The program is in the foreground again, and the screen is empty: paint all of it. */
	readonly onResume: () => void;
	/** The session is over, and the terminal is already as it was: by a signal (128 + its number), or gone (129). */
	readonly onEnd: (exitCode: number) => void;
};

/** What comes in of itself. */
export type Spoken = Exclude<InputEvent, { type: 'answer' }>;

export type Terminal = {
	readonly columns: number;
	readonly rows: number;
	/** Where frames go; while the terminal is not ours they go nowhere. */
	readonly output: Output;
	/** Another title for the window; it stays over a suspension, and the one from before the program comes back at its end. */
	title(text: string): void;
	/** What the terminal makes of BEL: a sound, a flash, a mark in tmux. Nothing while the terminal is not ours. */
	bell(): void;
	/**
	 * Asks the terminal whether it is there (DSR, `CSI 5 n`; VT100 and whatever came after it answer `CSI 0 n` at once and
	 * show nothing). False when that was not possible: an answer is still due, or the terminal is not ours.
	 */
	ask(): boolean;
	/** Resolves when no answer is expected, after at most so many milliseconds: one that comes later is typed into the shell. */
	settled(atMost: number): Promise<void>;
	/** What `^Z` does: gives the terminal back and stops until the shell continues the job. */
	suspend(): void;
	/** Gives the terminal back and lets go of all streams and signals. Idempotent. */
	close(): void;
};

/** Signals that end a session, with their numbers (POSIX). */
const endings = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const;
type Ending = keyof typeof endings;
const endingNames: readonly Ending[] = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'];

/** The code of a program whose terminal went away: as if by SIGHUP. */
const terminalGone = 128 + endings.SIGHUP;

/** Terminals that cannot tell their size. */
const usualSize = { columns: 80, rows: 24 };

/** DSR 5, ECMA-48 8.3.35: more terminals answer it, and more shortly, than any other question. */
const areYouThere = '\x1b[5n';

/** A terminal that has said nothing for so long does not know the question, most likely: nobody waits for it any more. */
const expectedFor = 3000;

/** How long `^Z` waits for an answer that is due. */
const longestSettling = 500;

/** After `^Z`, when nothing has stopped the process: a job without a shell goes on. */
const resumeAfter = 100;

/**
 * Takes the terminal for the program: modes, keys, size, signals. However the process ends, short of SIGKILL, the
 * terminal is given back first, also when something throws: then Node reports the error as it always does, on a
 * terminal where it can be read.
 */
export function openTerminal(options: TerminalOptions): Terminal {
	return new TerminalSession(options);
}

class TerminalSession implements Terminal {
	private readonly options: TerminalOptions;
	private readonly modes: Modes;
	private readonly stopReading: () => void;
	private isOpen = true;
	private isResizing = false;
	private isSuspended = false;
	private isAnswerDue = false;
	/** Runs while the answer that is due may still be expected. */
	private expecting: NodeJS.Timeout | undefined;
	private readonly settling = new Set<() => void>();
	private currentTitle: string;
	private size: { readonly columns: number; readonly rows: number };

	constructor(options: TerminalOptions) {
		const { stdin, stdout, title } = options;
		this.options = options;
		this.size = sizeOf(stdout);
		this.currentTitle = title ?? '';
		this.modes = createModes({
			fd: stdout.fd,
			setRawMode: raw => stdin.setRawMode(raw),
			...(title === undefined ? {} : { title: () => this.currentTitle }),
		});
		this.listen('on');
		this.modes.enter();
		this.stopReading = readInput(stdin, this.take, () => this.expecting !== undefined);
		stdin.resume();
	}

	get output(): Output {
		const { options, modes } = this;
		return {
			write: bytes => modes.entered && options.stdout.write(bytes),
			get writableNeedDrain() {
				return options.stdout.writableNeedDrain;
			},
			once: (event, listener) => options.stdout.once(event, listener),
		};
	}

	get columns(): number {
		return this.size.columns;
	}

	get rows(): number {
		return this.size.rows;
	}

	title(text: string): void {
		if (this.options.title === undefined || text === this.currentTitle) return;
		this.currentTitle = text;
		this.output.write(titleBytes(text));
	}

	bell(): void {
		this.output.write('\x07');
	}

	ask(): boolean {
		if (this.isAnswerDue || !this.modes.entered) return false;
		this.isAnswerDue = true;
		this.expecting = setTimeout(this.expectNothing, expectedFor).unref();
		this.output.write(areYouThere);
		return true;
	}

	settled(atMost: number): Promise<void> {
		if (this.expecting === undefined || !this.isOpen) return Promise.resolve();
		return new Promise(resolve => {
			const settle = (): void => {
				clearTimeout(timer);
				this.settling.delete(settle);
				resolve();
			};
			const timer = setTimeout(settle, atMost);
			this.settling.add(settle);
		});
	}

	/**
	 * The whole process group stops, because a shell waits for all of it (`npm run` stands between us and the shell).
	 * A stopped process runs no timers, so the timer means that nothing has stopped us; it also keeps the loop alive.
	 */
	suspend(): void {
		if (!this.isOpen || this.isSuspended) return;
		this.isSuspended = true;
		// What is typed now is the shell's: `^D`, in a terminal that is not raw, would end our input for good.
		this.options.stdin.pause();
		this.modes.leave();
		setTimeout(this.carryOn, resumeAfter);
		process.kill(0, 'SIGTSTP');
	}

	close(): void {
		if (!this.isOpen) return;
		this.isOpen = false;
		this.modes.leave();
		this.stopReading();
		this.listen('off');
		// A terminal that goes away later must not take the process with it.
		this.options.stdin.on('error', ignore).pause();
		this.options.stdout.on('error', ignore);
	}

	private listen(change: 'on' | 'off'): void {
		const { stdin, stdout } = this.options;
		for (const name of endingNames) process[change](name, this.endBySignal);
		process[change]('SIGCONT', this.resume);
		process[change]('exit', this.restore);
		process[change]('uncaughtExceptionMonitor', this.restore);
		stdin[change]('end', this.lose);
		stdin[change]('error', this.lose);
		stdout[change]('error', this.lose);
		stdout[change]('resize', this.resized);
	}

	private readonly take = (event: InputEvent): void => {
		if (event.type === 'answer') this.answered();
		else if (event.type === 'key' && event.name === 'ctrl+z') void this.settled(longestSettling).then(this.suspendNow);
		else if (this.isOpen) this.options.onInput(event);
	};

	private readonly expectNothing = (): void => {
		clearTimeout(this.expecting);
		this.expecting = undefined;
		for (const settle of this.settling) settle();
	};

	private readonly suspendNow = (): void => this.suspend();

	/** What nobody asked for, or what answers a question of a program before, is swallowed too. */
	private answered(): void {
		const wasDue = this.isAnswerDue;
		this.isAnswerDue = false;
		this.expectNothing();
		if (wasDue && this.isOpen) this.options.onAnswer?.();
	}

	private readonly resized = (): void => {
		if (this.isResizing) return;
		this.isResizing = true;
		setImmediate(() => {
			this.isResizing = false;
			const { columns, rows } = sizeOf(this.options.stdout);
			if (!this.isOpen || (columns === this.size.columns && rows === this.size.rows)) return;
			this.size = { columns, rows };
			this.options.onResize(columns, rows);
		});
	};

	/** The timer of a stopped process is due when it continues, but SIGCONT is then read in the same turn and goes first. */
	private readonly carryOn = (): void => {
		setImmediate(() => {
			if (this.isSuspended) this.resume();
		});
	};

	/** Also after a stop from outside (SIGSTOP), when the shell has changed the modes behind our back. */
	private readonly resume = (): void => {
		if (!this.isOpen) return;
		this.isSuspended = false;
		this.modes.leave();
		this.modes.enter();
		this.options.stdin.resume();
		// Nobody told a stopped process of a new size; Node asks the terminal when it gets this signal.
		process.kill(process.pid, 'SIGWINCH');
		this.options.onResume();
	};

	private readonly restore = (): void => this.modes.leave();

	private readonly endBySignal = (signal: NodeJS.Signals): void => {
		const ending = endingNames.find(name => name === signal);
		this.end(ending === undefined ? terminalGone : 128 + endings[ending]);
	};

	private readonly lose = (): void => this.end(terminalGone);

	private end(exitCode: number): void {
		if (!this.isOpen) return;
		this.close();
		this.options.onEnd(exitCode);
	}
}

const ignore = (): void => {};

const sizeOf = ({ columns, rows }: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } => ({
	columns: columns > 0 ? columns : usualSize.columns,
	rows: rows > 0 ? rows : usualSize.rows,
});

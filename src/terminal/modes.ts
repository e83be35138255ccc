import { writeSync } from 'node:fs';
import { formerTitle, keepTitle, titleBytes } from './title.ts';

/** What of a terminal the modes need: to be written to at once, and to be made raw. */
export type ModesOptions = {
	/** The file descriptor of the terminal's output. */
	readonly fd: number;
	readonly setRawMode: (raw: boolean) => void;
	/** The window's title while the program runs, asked for at each entry; the one before comes back. */
	readonly title?: () => string;
	/** `fs.writeSync`, but for tests. */
	readonly write?: (fd: number, bytes: Buffer) => number;
};

export type Modes = {
	/** Takes the terminal: alternate screen, no cursor, no line wrap, pastes and focus reported, raw input. */
	enter(): void;
	/** Gives it back as it was, in one synchronous write, so that it also works while the process ends. */
	leave(): void;
	readonly entered: boolean;
};

/** DEC private modes, in the order in which they are set; they are reset in the opposite order. */
const alternateScreen = 1049;
const cursor = 25;
const lineWrap = 7;
const bracketedPaste = 2004;
const focusReports = 1004;
const synchronizedUpdate = 2026;

const on = (mode: number): string => `\x1b[?${mode}h`;
const off = (mode: number): string => `\x1b[?${mode}l`;

const enterBytes = on(alternateScreen) + off(cursor) + off(lineWrap) + on(bracketedPaste) + on(focusReports);

/**
 * A frame that was cut short may have left a pen, margins or an open update behind. The screen is emptied too: the Linux
 * console and mosh have no other one to go back to, and a shell would write into the last frame.
 */
const leaveBytes =
	`${off(synchronizedUpdate)}\x1b[m\x1b[r\x1b[H\x1b[J` +
	off(focusReports) +
	off(bracketedPaste) +
	on(lineWrap) +
	on(cursor) +
	off(alternateScreen);

/** Both ways are idempotent. Errors of a terminal that is gone are swallowed: there is nothing left to restore. */
export function createModes({ fd, setRawMode, title, write = writeSync }: ModesOptions): Modes {
	let entered = false;
	const tryRawMode = (raw: boolean): void => {
		try {
			setRawMode(raw);
		} catch {
			// The terminal is gone.
		}
	};
	return {
		enter() {
			if (entered) return;
			entered = true;
			tryRawMode(true);
			writeAll(write, fd, enterBytes + (title === undefined ? '' : keepTitle + titleBytes(title())));
		},
		leave() {
			if (!entered) return;
			entered = false;
			writeAll(write, fd, leaveBytes + (title === undefined ? '' : formerTitle));
			tryRawMode(false);
		},
		get entered() {
			return entered;
		},
	};
}

const retryAfter = 5;
const longestWait = 500;

/** Writes everything now. A terminal that is full (EAGAIN) is given half a second to take it. */
function writeAll(write: (fd: number, bytes: Buffer) => number, fd: number, text: string): void {
	let rest = Buffer.from(text);
	let waited = 0;
	while (rest.length > 0 && waited < longestWait) {
		try {
			rest = rest.subarray(write(fd, rest));
		} catch (error) {
			const isFull = error instanceof Error && 'code' in error && error.code === 'EAGAIN';
			if (!isFull) return;
			pause(retryAfter);
			waited += retryAfter;
		}
	}
}

/** Blocks the thread: at the end of a process there is no later. */
const pause = (milliseconds: number): void => {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
};

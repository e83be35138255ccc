import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** The terminal that the program was started from, where its standard input is something else; `undefined` without one. */
export function openKeyboard(): ReadStream | undefined {
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		return undefined;
	}
}

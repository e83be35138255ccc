import type { LogRecord } from './log-entry.ts';

/** Lines that are to be kept in a file: those on show, in their order. */
export type SavedLines = {
	/** As it was typed: relative to where the program was started, `~` for home; its ending says the format. */
	readonly path: string;
	readonly records: readonly LogRecord[];
	/** What of the lines is not among them, in words: `lines before 02:43:08, which were not read`. */
	readonly missing: readonly string[];
};

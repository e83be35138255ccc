import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { type Details, readDetails } from '../../analysis/log-record.ts';
import type { RedactEntry } from '../../investigation/log-reading.ts';
import type { LogEntry } from '../../model/log-entry.ts';
import { writeOut } from '../streams.ts';
import { writable } from './json.ts';
import type { WriteLine } from './log-line.ts';

/**
 * Lines between which the connections get their turn: the question after this page goes out before its first line is looked
 * at, and the answer is taken in while the others are.
 */
const atOnce = 200;
/** Characters that are written at once: as many as a pipe takes. */
const blockLength = 65_536;

/**
 * The entries without their secrets, in their order. Keys are written over several lines, and are looked for from the
 * oldest to the newest.
 */
export async function redactedEntries(
	entries: readonly LogEntry[],
	redactEntry: RedactEntry,
): Promise<readonly LogEntry[]> {
	const clean: LogEntry[] = [];
	for (let from = 0; from < entries.length; from += atOnce) {
		await turnOfOthers();
		for (const entry of entries.slice(from, from + atOnce)) clean.push(redactEntry(entry).entry);
	}
	return clean;
}

/** Whether a line is printed. */
export type Choose = (entry: LogEntry, details: Details) => boolean;

/** `choose` is `undefined` where all lines are printed, `room` is for how many there is room. */
export type WantedLines = { readonly choose: Choose | undefined; readonly room: number };

/** How many lines were written, and whether one was left out for want of room. */
export type WrittenLines = { readonly written: number; readonly isMore: boolean };

/** Writes the lines that are chosen, while there is room; `undefined` once nobody reads them. */
export async function writeChosen(
	entries: readonly LogEntry[],
	write: WriteLine,
	{ choose, room }: WantedLines,
): Promise<WrittenLines | undefined> {
	let [text, written, isMore] = ['', 0, false];
	for (let from = 0; from < entries.length && !isMore; from += atOnce) {
		await turnOfOthers();
		const part = textOf(entries.slice(from, from + atOnce), write, { choose, room: room - written });
		text += part.text;
		written += part.written;
		isMore = part.isMore;
		if (text.length < blockLength) continue;
		if (!(await writeOut(writable(text)))) return undefined;
		text = '';
	}
	return text === '' || (await writeOut(writable(text))) ? { written, isMore } : undefined;
}

function textOf(
	entries: readonly LogEntry[],
	write: WriteLine,
	{ choose, room }: WantedLines,
): WrittenLines & { readonly text: string } {
	let text = '';
	let written = 0;
	for (const entry of entries) {
		const details = readDetails(entry);
		if (choose?.(entry, details) === false) continue;
		if (written === room) return { text, written, isMore: true };
		text += write(entry, details);
		written++;
	}
	return { text, written, isMore: false };
}

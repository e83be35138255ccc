import { indexAt } from '../analysis/log-stretch.ts';
import { redactingLines } from '../analysis/redact-lines.ts';
import { maskOf } from '../analysis/secret-mask.ts';
import { type Labels, labelsKey } from '../model/labels.ts';
import type { LogEntry, LogRecord } from '../model/log-entry.ts';
import type { Nanoseconds } from '../model/time.ts';
import { readEntries } from './log-reading.ts';

/** Reads the lines of a frame, oldest first. */
export type FrameReader = (entries: readonly LogEntry[]) => readonly LogRecord[];

/** More streams than anybody follows; a Loki that does not tell labels from fields has one for each line. */
const mostStreams = 10_000;
/** Lines between two of one key: the longest keys in use have some fifty lines, and other streams write between them. */
const withinKey = 200;
const keyMask = maskOf('private key', { masked: 0 });

/**
 * Reads frame by frame the lines that are written behind those that are held. A stream is the same one in the next frame, so
 * that a private key that was cut into lines is masked to its end, wherever the frames part it.
 */
export function createFrameReader(held: readonly LogRecord[]): FrameReader {
	const streams = new Map<string, Labels>();
	const streamOf = (labels: Labels): Labels => {
		const key = labelsKey(labels);
		const known = streams.get(key) ?? labels;
		if (streams.size >= mostStreams) streams.clear();
		streams.set(key, known);
		return known;
	};
	const redactLine = redactingLines(streamsInKey(held).map(streamOf));
	return entries => {
		const ordered = entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
		return readEntries(
			ordered.map(entry => ({ ...entry, labels: streamOf(entry.labels) })),
			redactLine,
		);
	};
}

const isOfKey = ({ entry }: LogRecord): boolean => entry.line.includes(keyMask);

/** The streams whose last line is of a key, which may go on. */
function streamsInKey(held: readonly LogRecord[]): readonly Labels[] {
	const last = new Map<string, LogRecord>();
	for (const record of held.slice(-withinKey)) last.set(labelsKey(record.entry.labels), record);
	return [...last.values()].filter(isOfKey).map(({ entry }) => entry.labels);
}

/** An instant no later than `at` from which lines can be read again: none of the keys that are held goes on there. */
export function beforeKey(held: readonly LogRecord[], at: Nanoseconds): Nanoseconds {
	let first = indexAt(held, at);
	for (let index = first - 1; index >= Math.max(0, first - withinKey); index--) {
		const record = held[index];
		if (record !== undefined && isOfKey(record)) first = index;
	}
	const record = held[first];
	return record === undefined || record.entry.at > at ? at : record.entry.at;
}

import { labelsKey } from '../model/labels.ts';
import type { LogEntry, LogRecord } from '../model/log-entry.ts';

/** A runtime writes a stack trace at once; a shipper may put a timestamp on each line of it. */
const mostBetween = 50_000_000n;

/** The name of an exception at the head of a line, without a time before it: `ValueError: n/a`, `java.io.IOException`. */
const exception = /^(?:[A-Za-z_$][\w$]*\.)*[A-Z][\w$]*(?:Error|Exception|Exit|Interrupt|Warning)(?=: |$)/;
const traceback = /^Traceback \(most recent call last\)/;
/** What stands between two exceptions of which one led to the other, in Python and Java. */
const chained = /^(?:Caused by: |Suppressed: |During handling of |The above exception )/;

/**
 * Whether a line goes on with the crash that the line before it in its stream tells of. Both are as they were shipped, line
 * by line: frames are indented, and the exception stands before or behind them.
 */
function continues({ line: later }: LogEntry, { line: earlier }: LogEntry): boolean {
	if (/^\s|^$/.test(later) || chained.test(later)) return true;
	return (exception.test(later) || traceback.test(later)) && !exception.test(earlier);
}

const isError = ({ level }: LogRecord): boolean => level === 'error' || level === 'fatal';

/**
 * Tests, line after line in one direction from this one, whether a line is an error that does not belong to the crash which
 * this one is a part of. Only lines near it in time are looked into, so that a walk
 * through 100,000 of them takes no longer.
 */
export function otherErrorTest(from: LogRecord, direction: 1 | -1): (record: LogRecord) => boolean {
	const stream = labelsKey(from.entry.labels);
	let edge: LogEntry | undefined = from.entry;
	return record => {
		const { entry } = record;
		if (edge !== undefined && isFar(entry, edge)) edge = undefined;
		if (edge !== undefined && (edge.labels === entry.labels || stream === labelsKey(entry.labels))) {
			const isSame = direction === 1 ? continues(entry, edge) : continues(edge, entry);
			edge = isSame ? entry : undefined;
			if (isSame) return false;
		}
		return isError(record);
	};
}

const isFar = (a: LogEntry, b: LogEntry): boolean => (a.at > b.at ? a.at - b.at : b.at - a.at) > mostBetween;

import { isCut, mergedRecords } from '../analysis/log-stretch.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { hour, type Nanoseconds, toNanoseconds } from '../model/time.ts';
import type { World } from './board.ts';
import { type LinesQuestion, type ReadLines, readLines } from './log-reading.ts';
import type { Asking, LogRange } from './ports.ts';
import { windowSlices } from './window-slices.ts';

/** Up to this length a window is one question. */
const shortEnough: Nanoseconds = toNanoseconds(6 * hour);
const firstSlice: Nanoseconds = toNanoseconds(hour);

/** The slices of a long window of logs. */
export const slicesOf = (range: LogRange): readonly LogRange[] => windowSlices(range, { shortEnough, firstSlice });

/**
 * What is read of a window next, beyond where its reading ended: as much as lies between there and where it began, so that
 * slices grow as those above do. Of the instant at the edge some lines may be known.
 */
export function sliceBeyond({ from, to }: LogRange, edge: Nanoseconds, end: 'older' | 'newer'): LogRange {
	const isShort = to - from <= shortEnough;
	if (end === 'older') {
		const length = longer(firstSlice, to - edge);
		return { from: isShort || edge - length - length / 2n <= from ? from : edge - length, to: edge + 1n };
	}
	const length = longer(firstSlice, edge - from);
	return { from: edge, to: isShort || edge + length + length / 2n >= to ? to : edge + length };
}

const longer = (a: Nanoseconds, b: Nanoseconds): Nanoseconds => (a > b ? a : b);

/**
 * The newest lines of a window, slice by slice; `show` gets what is there after each that was not the last. Lines before
 * `unread.older` are not read yet.
 */
export async function readNewest(
	question: Omit<LinesQuestion, 'direction'>,
	world: World,
	asking: Asking,
	show: (lines: Answer<ReadLines>) => void,
): Promise<Answer<ReadLines>> {
	const notes: Note[] = [];
	let lines: ReadLines = { records: [], unread: {} };
	for (const range of slicesOf(question.range)) {
		const limit = question.limit - lines.records.length;
		const read = await readLines({ ...question, range, limit, direction: 'backward' }, world, asking);
		notes.push(...read.notes);
		lines = { records: mergedRecords([read.value.records, lines.records]), unread: read.value.unread };
		if (isCut(lines) || range.from === question.range.from) return answer(lines, notes);
		lines = { ...lines, unread: { older: range.from } };
		if (lines.records.length >= question.limit) return answer(lines, notes);
		show(answer(lines, notes));
	}
	return answer(lines, notes);
}

/**
 * The first lines of a window, such as those of one request: a long window is looked through slice by slice, newest first,
 * and those of an older slice come before what was found. `show` gets what is there after each that was not the last.
 */
export async function readFirst(
	question: Omit<LinesQuestion, 'direction'>,
	world: World,
	asking: Asking,
	show: (lines: Answer<ReadLines>) => void = () => {},
): Promise<Answer<ReadLines>> {
	const notes: Note[] = [];
	let lines: ReadLines = { records: [], unread: {} };
	for (const range of slicesOf(question.range)) {
		const read = await readLines({ ...question, range, direction: 'forward' }, world, asking);
		notes.push(...read.notes);
		lines = firstOf(read.value, lines, question.limit);
		if (range.from > question.range.from)
			show(answer({ ...lines, unread: { ...lines.unread, older: range.from } }, notes));
	}
	return answer(lines, notes);
}

/** Of lines that follow each other the first so many; those behind a cut do not follow. */
function firstOf(earlier: ReadLines, later: ReadLines, limit: number): ReadLines {
	if (isCut(earlier)) return earlier;
	const records = [...earlier.records, ...later.records];
	const last = records[limit - 1];
	if (records.length <= limit || last === undefined) return { records, unread: later.unread };
	return { records: records.slice(0, limit), unread: { newer: last.entry.at } };
}

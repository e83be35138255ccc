import { asciiOf } from './ascii.ts';
import { blank, contentWidth, type Grid, glyphText, isSameRow, trailing } from './grid.ts';
import { inkOnBlank, plainPen } from './pen.ts';
import { applyScroll, scrollBetween, scrollBytes } from './scroll.ts';
import { createTape, type Tape } from './tape.ts';
import { isWidthAgreed } from './width.ts';

/** Cells that did not change are written again when stepping over them would cost as much. */
const longestGap = 4;

/** Blanks are written rather than erased when there are fewer of them than an erasing sequence has bytes. */
const eraseLength = 4;

export type DiffOptions = {
	/** False: every character is written as ASCII, whatever the grid holds. */
	readonly unicode?: boolean;
};

type Frame = { readonly previous: Grid; readonly next: Grid; readonly tape: Tape; readonly unicode: boolean };

/**
 * The bytes that turn a terminal which shows `previous` into one that shows `next`; empty when they are equal. The
 * grids are of one size and share their clusters; the terminal's pen is the default one before and after. `previous`
 * is spent: its rows move when the terminal might be told to scroll. Whether scrolling pays is not guessed: after a
 * jump of a page most cells under the new text may be right already.
 */
export function diff(previous: Grid, next: Grid, { unicode = true }: DiffOptions = {}): string {
	const scroll = scrollBetween(previous, next);
	const written = frameBytes({ previous, next, tape: createTape(), unicode });
	if (scroll === undefined) return written;
	applyScroll(previous, scroll);
	const tape = createTape();
	tape.control(scrollBytes(scroll), { x: 0, y: 0 });
	const scrolled = frameBytes({ previous, next, tape, unicode });
	return Buffer.byteLength(scrolled) < Buffer.byteLength(written) ? scrolled : written;
}

function frameBytes(frame: Frame): string {
	for (let row = 0; row < frame.next.height; row++) {
		if (!isSameRow(frame.previous, frame.next, row)) diffRow(frame, row);
	}
	return frame.tape.end();
}

function diffRow(frame: Frame, row: number): void {
	const { next } = frame;
	const start = row * next.width;
	const last = lastChange(frame, start);
	const content = contentWidth(next, start);
	const erases = last - content >= eraseLength;
	const end = erases ? content : last + 1;
	let x = fromMargin(next, start, nextChange(frame, start, 0, end));
	while (x < end) {
		const to = runEnd(frame, start, x, end);
		writeCells(frame, row, x, to);
		x = nextChange(frame, start, to, end);
	}
	if (erases) erase(frame, row, nextChange(frame, start, content, next.width));
}

/** A margin of blanks up to here is cheaper written from the row's start than stepped over by an address. */
const widestMargin = 3;

function fromMargin({ glyphs, inks, grounds }: Grid, start: number, x: number): number {
	if (x > widestMargin) return x;
	for (let cell = start; cell < start + x; cell++) {
		if (glyphs[cell] !== blank || inkOnBlank(inks[cell] ?? 0) !== 0 || grounds[cell] !== 0) return x;
	}
	return 0;
}

/** Erases from here to the end of the row (EL) in the default pen, because terminals erase in the pen's background. */
function erase({ tape }: Frame, row: number, x: number): void {
	tape.moveTo(x, row);
	tape.pen(plainPen);
	tape.control('\x1b[K', { x, y: row });
}

/** True when nobody can see a difference: a blank has no colour of its own. */
function isSame({ previous, next }: Frame, cell: number): boolean {
	return (
		previous.glyphs[cell] === next.glyphs[cell] &&
		seenInk(previous, cell) === seenInk(next, cell) &&
		previous.grounds[cell] === next.grounds[cell]
	);
}

function seenInk({ glyphs, inks }: Grid, cell: number): number {
	const ink = inks[cell] ?? 0;
	return glyphs[cell] === blank ? inkOnBlank(ink) : ink;
}

function lastChange(frame: Frame, start: number): number {
	let x = frame.next.width - 1;
	while (x >= 0 && isSame(frame, start + x)) x--;
	return x;
}

function nextChange(frame: Frame, start: number, from: number, end: number): number {
	let x = from;
	while (x < end && isSame(frame, start + x)) x++;
	return x;
}

/** Where the run of cells to write ends: at the first long stretch without a change, never inside a wide character. */
function runEnd(frame: Frame, start: number, from: number, end: number): number {
	const { next } = frame;
	let to = from + 1;
	for (let x = to; x < end && x - to <= longestGap; x++) {
		if (!isSame(frame, start + x)) to = x + 1;
		else if (!hasPenOf(next, start + x, start + to - 1)) break;
	}
	return next.glyphs[start + to] === trailing && to < next.width ? to + 1 : to;
}

/** True when a cell can be written with the pen of another. */
function hasPenOf({ glyphs, inks, grounds }: Grid, cell: number, other: number): boolean {
	if (grounds[cell] !== grounds[other]) return false;
	if (inks[cell] === inks[other]) return true;
	return glyphs[cell] === blank && inkOnBlank(inks[cell] ?? 0) === inkOnBlank(inks[other] ?? 0);
}

function writeCells(frame: Frame, row: number, from: number, to: number): void {
	const { next, tape } = frame;
	const start = row * next.width;
	for (let x = from; x < to; x++) {
		const glyph = next.glyphs[start + x] ?? blank;
		if (glyph === trailing) continue;
		const columns = x + 1 < next.width && next.glyphs[start + x + 1] === trailing ? 2 : 1;
		tape.moveTo(x, row);
		const pen = { ink: next.inks[start + x] ?? 0, ground: next.grounds[start + x] ?? 0 };
		if (glyph === blank) tape.blankPen(pen);
		else tape.pen(pen);
		if (!frame.unicode) tape.text(asciiOf(glyphText(next, glyph), columns), columns);
		else if (isWidthAgreed(glyph)) tape.text(glyphText(next, glyph), columns);
		else writeUnsure(tape, { x, row }, glyphText(next, glyph), columns);
	}
}

/**
 * A character whose width terminals count differently: its cells are emptied first, so that nothing old shows where
 * this terminal gives it less room, and the cursor is addressed anew after it.
 */
function writeUnsure(
	tape: Tape,
	at: { readonly x: number; readonly row: number },
	text: string,
	columns: number,
): void {
	if (columns === 2) {
		tape.text('  ', 2);
		tape.forgetCursor();
		tape.moveTo(at.x, at.row);
	}
	tape.text(text, columns);
	tape.forgetCursor();
}

import { blank, type Grid, trailing } from './grid.ts';
import { type Pen, penOver } from './pen.ts';
import { isClean, sanitize } from './sanitize.ts';
import type { Style } from './style.ts';
import { columnsOf, widthOf } from './width.ts';

/** A rectangle of a grid in its own coordinates; right and bottom are the first column and row outside. */
export type Clip = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** Where one may paint. */
export type Brush = { readonly grid: Grid; readonly clip: Clip };

export const wholeOf = (grid: Grid): Clip => ({ left: 0, top: 0, right: grid.width, bottom: grid.height });

/** What two clips have in common; possibly nothing. */
export const intersect = (a: Clip, b: Clip): Clip => ({
	left: Math.max(a.left, b.left),
	top: Math.max(a.top, b.top),
	right: Math.min(a.right, b.right),
	bottom: Math.min(a.bottom, b.bottom),
});

/** Writes text into the cells of row `y` from column `x` on, sanitised and clipped; returns the column after it. */
export function write(brush: Brush, x: number, y: number, text: string, pen: Pen): number {
	const clean = isClean(text) ? text : sanitize(text);
	const { clip } = brush;
	if (!(y >= clip.top && y < clip.bottom)) return x + widthOf(clean);
	let column = x;
	for (let index = 0; index < clean.length; index++) {
		const codePoint = clean.codePointAt(index) ?? blank;
		if (codePoint > 0xffff) index++;
		const columns = columnsOf(codePoint);
		if (columns === 2) putWide(brush, column, y, codePoint, pen);
		else if (columns === 1) putNarrow(brush, column, y, codePoint, pen);
		else if (column > x) joinMark(brush, column - 1, y, codePoint);
		if (columns > 0) column += columns;
	}
	return column;
}

/** Fills a rectangle with one narrow character. */
export function fill(brush: Brush, area: Clip, codePoint: number, pen: Pen): void {
	const { left, top, right, bottom } = intersect(brush.clip, area);
	for (let y = top; y < bottom; y++) {
		for (let x = left; x < right; x++) putNarrow(brush, x, y, codePoint, pen);
	}
}

/** Lays a style over what stands in a rectangle; a wide character goes by its first half. */
export function restyle({ grid, clip }: Brush, area: Clip, style: Style): void {
	const { left, top, right, bottom } = intersect(clip, area);
	for (let y = top; y < bottom; y++) {
		for (let x = left; x < right; x++) {
			const cell = y * grid.width + x;
			if (grid.glyphs[cell] === trailing) continue;
			const pen = penOver({ ink: grid.inks[cell] ?? 0, ground: grid.grounds[cell] ?? 0 }, style);
			setPen(grid, cell, pen);
			if (x + 1 < grid.width && grid.glyphs[cell + 1] === trailing) setPen(grid, cell + 1, pen);
		}
	}
}

function putNarrow({ grid, clip }: Brush, x: number, y: number, glyph: number, pen: Pen): void {
	if (!(x >= clip.left && x < clip.right)) return;
	const cell = y * grid.width + x;
	mend(grid, cell);
	grid.glyphs[cell] = glyph;
	setPen(grid, cell, pen);
}

/** A wide character, or a blank where the clip lets only half of it through. */
function putWide(brush: Brush, x: number, y: number, glyph: number, pen: Pen): void {
	const { grid, clip } = brush;
	if (x < clip.left || x + 1 >= clip.right) {
		putNarrow(brush, x, y, blank, pen);
		putNarrow(brush, x + 1, y, blank, pen);
		return;
	}
	putNarrow(brush, x, y, glyph, pen);
	putNarrow(brush, x + 1, y, blank, pen);
	grid.glyphs[y * grid.width + x + 1] = trailing;
}

/** Puts a mark on the character that ends in this column. */
function joinMark({ grid, clip }: Brush, x: number, y: number, mark: number): void {
	if (!(x >= clip.left && x < clip.right)) return;
	const cell = y * grid.width + x;
	const base = grid.glyphs[cell] === trailing ? cell - 1 : cell;
	grid.glyphs[base] = grid.clusters.join(grid.glyphs[base] ?? blank, mark);
}

/** Before a cell is overwritten: the other half of a wide character that stood there becomes a blank. */
function mend({ glyphs }: Grid, cell: number): void {
	if (glyphs[cell] === trailing) glyphs[cell - 1] = blank;
	else if (glyphs[cell + 1] === trailing) glyphs[cell + 1] = blank;
}

function setPen(grid: Grid, cell: number, pen: Pen): void {
	grid.inks[cell] = pen.ink;
	grid.grounds[cell] = pen.ground;
}

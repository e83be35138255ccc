import { type Clusters, createClusters } from './clusters.ts';
import { plainPen } from './pen.ts';
import { sgrChange } from './sgr.ts';

/**
 * A screen's worth of cells, row by row. `glyphs` holds a code point, or a cluster of the table when a character has
 * marks on it; a wide character takes two cells, the second of which holds `trailing` and the same pen.
 */
export type Grid = {
	readonly width: number;
	readonly height: number;
	readonly glyphs: Int32Array;
	readonly inks: Int32Array;
	readonly grounds: Int32Array;
	readonly clusters: Clusters;
};

export const blank = 0x20;
export const trailing = -1;

/** An empty grid. Two grids that are to be compared share their table of clusters. */
export function createGrid(width: number, height: number, clusters: Clusters = createClusters()): Grid {
	const size = Math.max(0, width) * Math.max(0, height);
	return {
		width: Math.max(0, width),
		height: Math.max(0, height),
		glyphs: new Int32Array(size).fill(blank),
		inks: new Int32Array(size),
		grounds: new Int32Array(size),
		clusters,
	};
}

export function clearGrid({ glyphs, inks, grounds }: Grid): void {
	glyphs.fill(blank);
	inks.fill(0);
	grounds.fill(0);
}

/** What a row's cells hold as one string of bytes, equal for rows that are equal. Made and compared without a loop of ours. */
export function rowKey({ width, glyphs, inks, grounds }: Grid, row: number): string {
	const part = (cells: Int32Array): string => rowBytes(cells, width, row).toString('latin1');
	return part(glyphs) + part(inks) + part(grounds);
}

/** Whether a row of two grids of one size holds the same. */
export function isSameRow(one: Grid, other: Grid, row: number): boolean {
	const isSame = (cells: Int32Array, others: Int32Array): boolean =>
		rowBytes(cells, one.width, row).equals(rowBytes(others, one.width, row));
	return isSame(one.glyphs, other.glyphs) && isSame(one.inks, other.inks) && isSame(one.grounds, other.grounds);
}

const rowBytes = (cells: Int32Array, width: number, row: number): Buffer =>
	Buffer.from(cells.buffer, cells.byteOffset + row * width * 4, width * 4);

/** The text of a glyph; empty for the second half of a wide character. */
export const glyphText = (grid: Grid, glyph: number): string => (glyph === trailing ? '' : grid.clusters.textOf(glyph));

/** The rows as text without styles, trailing blanks cut: for exact frames in tests and for plain output. */
export const textOf = (grid: Grid): readonly string[] =>
	rowsOf(grid).map(start => {
		let line = '';
		for (let cell = start; cell < start + grid.width; cell++) line += glyphText(grid, grid.glyphs[cell] ?? blank);
		return line.trimEnd();
	});

/** The rows as text with SGR sequences, each complete in itself, trailing plain blanks cut. */
export const ansiLinesOf = (grid: Grid): readonly string[] => rowsOf(grid).map(start => ansiLineOf(grid, start));

function ansiLineOf(grid: Grid, start: number): string {
	const end = start + contentWidth(grid, start);
	let line = '';
	let pen = plainPen;
	for (let cell = start; cell < end; cell++) {
		const glyph = grid.glyphs[cell] ?? blank;
		if (glyph === trailing) continue;
		const next = { ink: grid.inks[cell] ?? 0, ground: grid.grounds[cell] ?? 0 };
		line += sgrChange(pen, next) + glyphText(grid, glyph);
		pen = next;
	}
	return line + sgrChange(pen, plainPen);
}

/** How many columns of the row that starts at this cell hold more than plain blanks at the end. */
export function contentWidth({ width, glyphs, inks, grounds }: Grid, start: number): number {
	let columns = width;
	while (columns > 0) {
		const cell = start + columns - 1;
		if (glyphs[cell] !== blank || inks[cell] !== 0 || grounds[cell] !== 0) break;
		columns--;
	}
	return columns;
}

const rowsOf = ({ width, height }: Grid): readonly number[] => Array.from({ length: height }, (_, row) => row * width);

import xterm from '@xterm/headless';
import { createGrid, type Grid, trailing } from '../../src/terminal/grid.ts';
import { inkOnBlank, packColor } from '../../src/terminal/pen.ts';

const { Terminal } = xterm;
export type Emulator = InstanceType<typeof Terminal>;

/** A terminal that only exists in memory, as the program leaves one: without line wrap. */
export const createEmulator = (columns: number, rows: number): Emulator =>
	new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });

export const writeTo = (emulator: Emulator, bytes: string): Promise<void> =>
	new Promise(resolve => emulator.write(bytes, resolve));

/** What the terminal shows, as a grid of the program's own kind, so that both compare cell by cell. */
export function shownBy(emulator: Emulator, clusters: Grid['clusters']): Grid {
	const grid = createGrid(emulator.cols, emulator.rows, clusters);
	const buffer = emulator.buffer.active;
	for (let y = 0; y < grid.height; y++) {
		for (let x = 0; x < grid.width; x++) {
			const cell = buffer.getLine(buffer.viewportY + y)?.getCell(x);
			if (cell === undefined) throw new Error(`the terminal has no cell ${x},${y}`);
			const index = y * grid.width + x;
			const [first = ' ', ...marks] = Array.from(cell.getChars());
			const codes = marks.map(mark => mark.codePointAt(0) ?? 0);
			const base = first.codePointAt(0) ?? 0;
			grid.glyphs[index] =
				cell.getWidth() === 0 ? trailing : codes.reduce((glyph, mark) => clusters.join(glyph, mark), base);
			const bits = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isInverse()];
			const fg = colorOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor());
			grid.inks[index] = bits.reduce((ink, bit, place) => (bit === 0 ? ink : ink | (1 << (25 + place))), fg);
			grid.grounds[index] = colorOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor());
		}
	}
	return grid;
}

function colorOf(isDefault: boolean, isTrueColor: boolean, value: number): number {
	if (isDefault) return 0;
	return packColor(isTrueColor ? `#${value.toString(16).padStart(6, '0')}` : value);
}

/** The first cells in which two grids differ to the eye, in words; empty when they are equal. A blank has no colour. */
export function differencesOf(got: Grid, wanted: Grid): readonly string[] {
	const differences: string[] = [];
	for (let cell = 0; cell < wanted.glyphs.length && differences.length < 5; cell++) {
		const [a, b] = [got, wanted].map(grid => {
			const glyph = grid.glyphs[cell] ?? 0;
			const ink = grid.inks[cell] ?? 0;
			return `${grid.clusters.textOf(Math.max(0x20, glyph))} ${glyph} ${glyph === 0x20 ? inkOnBlank(ink) : ink} ${grid.grounds[cell]}`;
		});
		const at = `${cell % wanted.width},${Math.floor(cell / wanted.width)}`;
		if (a !== b) differences.push(`${at}: got ${a}, wanted ${b}`);
	}
	return differences;
}

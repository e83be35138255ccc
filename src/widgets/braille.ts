import type { Style } from '../terminal/style.ts';
import type { Surface } from '../terminal/surface.ts';

/**
 * A raster of dots, two across and four down in each cell (Unicode braille patterns, U+2800), row 0 on top. In ASCII
 * each cell shows one mark instead: low when only its lowest dots are set, so that nothing and little differ.
 *
 *     1 4    bit 0x01 0x08
 *     2 5        0x02 0x10
 *     3 6        0x04 0x20
 *     7 8        0x40 0x80
 */
export type DotRaster = {
	/** In dots. */
	readonly width: number;
	readonly height: number;
	/**
	 * Sets a dot; the cell takes the style of what was set in it last, and in ASCII its mark: `*` when absent. Outside the
	 * raster nothing happens.
	 */
	set(x: number, y: number, style: Style, mark?: string): void;
	/** Sets a dot behind what is there: a cell that has dots keeps its style. */
	setBehind(x: number, y: number, style: Style): void;
	/** Takes a dot away, so that what is behind an area is seen in it; where there is none, it is set behind. */
	cutOut(x: number, y: number, style: Style): void;
	/** Paints the cells that have dots; the others are left as they are. */
	paint(surface: Surface, unicode: boolean): void;
};

const bits = [
	[0x01, 0x02, 0x04, 0x40],
	[0x08, 0x10, 0x20, 0x80],
] as const;

const brailleBlank = 0x2800;
const lowestDots = 0xc0;

const isLow = (pattern: number): boolean => (pattern & ~lowestDots) === 0;

/** An empty raster of so many cells. */
export function createDotRaster(columns: number, rows: number): DotRaster {
	const patterns = new Uint8Array(columns * rows);
	const styles = new Array<Style>(columns * rows);
	const marks = new Array<string | undefined>(columns * rows);
	const change = (x: number, y: number, style: Style, changed: (pattern: number, bit: number) => number): void => {
		if (x < 0 || y < 0 || x >= columns * 2 || y >= rows * 4) return;
		const cell = (y >> 2) * columns + (x >> 1);
		const before = patterns[cell] ?? 0;
		patterns[cell] = changed(before, bits[x & 1 ? 1 : 0][y & 3] ?? 0);
		if (before === 0) styles[cell] = style;
	};
	return {
		width: columns * 2,
		height: rows * 4,
		set(x, y, style, mark) {
			if (x < 0 || y < 0 || x >= columns * 2 || y >= rows * 4) return;
			const cell = (y >> 2) * columns + (x >> 1);
			patterns[cell] = (patterns[cell] ?? 0) | (bits[x & 1 ? 1 : 0][y & 3] ?? 0);
			styles[cell] = style;
			marks[cell] = mark;
		},
		setBehind: (x, y, style) => change(x, y, style, (pattern, bit) => pattern | bit),
		cutOut: (x, y, style) => change(x, y, style, (pattern, bit) => pattern ^ bit),
		paint(surface, unicode) {
			patterns.forEach((pattern, cell) => {
				if (pattern === 0) return;
				const row = Math.floor(cell / columns);
				const mark = marks[cell];
				// A mark says whose the dots are; only at the very bottom, where there is nothing, it does not matter.
				const isFlat = isLow(pattern) && (mark === undefined || row === rows - 1);
				const glyph = unicode ? String.fromCharCode(brailleBlank + pattern) : isFlat ? '_' : (mark ?? '*');
				surface.put(cell % columns, row, glyph, styles[cell]);
			});
		},
	};
}

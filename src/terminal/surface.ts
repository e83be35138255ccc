import type { Style } from './style.ts';

/**
 * A rectangle of cells to paint on, with its own origin; whatever falls outside is clipped. Text is sanitised on its
 * way in (no control character ever becomes a cell) and takes the columns it needs: wide characters two, combining
 * marks none.
 */
export type Surface = {
	readonly width: number;
	readonly height: number;
	/** Writes `text` at column `x` of row `y`; returns the column after it. */
	put(x: number, y: number, text: string, style?: Style): number;
	/** Lays a style over cells that are already painted, for instance a selection over a row; fields of `style` win. */
	restyle(x: number, y: number, width: number, height: number, style: Style): void;
	/** A part of this surface, clipped to it. */
	within(x: number, y: number, width: number, height: number): Surface;
};

/** Something that can paint itself into the room it is given. */
export type Paint = (surface: Surface) => void;

import type { Size } from '../screen.ts';

/** From this width on the details stand beside the list. */
export const wide = 132;
export const listWidth = 90;
/** The rule below the list, and what is told of the row under the cursor. */
const detailRows = 8;
/** The names of the lists. */
export const headRows = 1;

/** Rows of the list. */
export const listHeight = ({ width, height }: Size): number =>
	Math.max(1, height - headRows - (width >= wide ? 0 : Math.min(detailRows, Math.floor(height / 2))));

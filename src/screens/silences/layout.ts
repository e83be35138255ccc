import type { Size } from '../screen.ts';

/** Rows under the list for what is told of the silence under the cursor, its rule included. */
const leastDetailRows = 6;

/** Rows of the list: as many as there are silences, as long as the details keep theirs. */
export const listHeight = ({ height }: Size, count: number): number =>
	Math.max(1, Math.min(Math.max(3, count), height - leastDetailRows));

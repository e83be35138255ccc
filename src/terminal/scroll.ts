import { blank, contentWidth, type Grid, rowKey } from './grid.ts';

/**
 * A band of rows that moved: the next frame's row `r` is the previous frame's row `r + shift` for most rows of it.
 * `shift` above 0 moves the picture up. Rows `first`–`last` are those the terminal is told to scroll.
 */
export type Scroll = { readonly first: number; readonly last: number; readonly shift: number };

/** A scroll costs some twenty bytes and must save more cells than that. */
const leastGain = 40;

/** The scroll that saves most, if one is worth its bytes. */
export function scrollBetween(previous: Grid, next: Grid): Scroll | undefined {
	const before = rowKeys(previous);
	const after = rowKeys(next);
	const changed = after.flatMap((key, row) => (key === before[row] ? [] : [row]));
	if (changed.length < 3) return undefined;
	const weights = after.map((_, row) => contentWidth(next, row * next.width));
	let best: Scroll | undefined;
	let bestGain = leastGain;
	for (const shift of shiftsOf(changed, before, after, weights)) {
		const scroll = bandOf(shift, changed, before, after);
		const gain = scroll === undefined ? 0 : gainOf(scroll, before, after, weights);
		if (scroll !== undefined && gain > bestGain) {
			best = scroll;
			bestGain = gain;
		}
	}
	return best;
}

/** The shifts that would put at least one row with something in it right, shortest first, up before down. */
function shiftsOf(
	changed: readonly number[],
	before: readonly string[],
	after: readonly string[],
	weights: readonly number[],
): readonly number[] {
	const sources = new Map<string, number[]>();
	before.forEach((key, row) => {
		const rows = sources.get(key);
		if (rows === undefined) sources.set(key, [row]);
		else rows.push(row);
	});
	const written = changed.filter(row => (weights[row] ?? 0) > 0);
	const shifts = new Set(written.flatMap(row => (sources.get(after[row] ?? '') ?? []).map(source => source - row)));
	return [...shifts].sort((a, b) => Math.abs(a) - Math.abs(b) || b - a);
}

/** From the first to the last changed row that the shift would put right, with the rows that feed them. */
function bandOf(
	shift: number,
	changed: readonly number[],
	before: readonly string[],
	after: readonly string[],
): Scroll | undefined {
	const isRight = (row: number): boolean => after[row] === before[row + shift];
	const first = changed.find(isRight);
	const last = changed.findLast(isRight);
	if (first === undefined || last === undefined) return undefined;
	return { first: Math.min(first, first + shift), last: Math.max(last, last + shift), shift };
}

/** Cells of rows that the scroll puts right, less those of rows that were right without it. */
function gainOf(
	{ first, last, shift }: Scroll,
	before: readonly string[],
	after: readonly string[],
	weights: readonly number[],
): number {
	let gain = 0;
	for (let row = first; row <= last; row++) {
		const source = row + shift;
		const isRight = source >= first && source <= last && before[source] === after[row];
		const wasRight = before[row] === after[row];
		if (isRight !== wasRight) gain += (isRight ? 1 : -1) * (weights[row] ?? 0);
	}
	return gain;
}

const rowKeys = (grid: Grid): readonly string[] => Array.from({ length: grid.height }, (_, row) => rowKey(grid, row));

/** Moves the rows of a grid as the terminal does, blank rows coming in. */
export function applyScroll(grid: Grid, { first, last, shift }: Scroll): void {
	const { width } = grid;
	const [from, to] = [Math.max(first, first + shift), Math.min(last, last + shift) + 1];
	const exposed = shift > 0 ? [last + 1 - shift, last + 1] : [first, first - shift];
	const [exposedFrom = 0, exposedTo = 0] = exposed;
	for (const [cells, empty] of [
		[grid.glyphs, blank],
		[grid.inks, 0],
		[grid.grounds, 0],
	] as const) {
		cells.copyWithin((from - shift) * width, from * width, to * width);
		cells.fill(empty, exposedFrom * width, exposedTo * width);
	}
}

/** Scrolls the band by its margins (DECSTBM, then SU or SD, then no margins), which leaves the cursor at home. */
export const scrollBytes = ({ first, last, shift }: Scroll): string =>
	`\x1b[${first + 1};${last + 1}r\x1b[${Math.abs(shift)}${shift > 0 ? 'S' : 'T'}\x1b[r`;

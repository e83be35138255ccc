/**
 * Windowing of long lists, with no terminal in it: which rows are on show, and where a key moves the cursor.
 *
 *     offset ─▶ ┌────────┐
 *               │ row 40 │  height rows of `count`
 *     cursor ─▶ │ row 41 │
 *               └────────┘
 */

/** The offset nearest to `offset` that keeps the cursor on show, with `margin` rows of context where there is room. */
export function offsetFor(offset: number, cursor: number, count: number, height: number, margin = 1): number {
	const room = Math.max(0, Math.min(margin, Math.floor((height - 1) / 2)));
	const last = Math.max(0, count - height);
	const lowest = cursor - height + 1 + room;
	const highest = cursor - room;
	return Math.max(0, Math.min(last, Math.max(lowest, Math.min(offset, highest))));
}

export const clampCursor = (cursor: number, count: number): number => Math.max(0, Math.min(cursor, count - 1));

/** Where a movement key takes the cursor; `undefined` when the key does not move. A page keeps two rows in view. */
export function movedCursor(key: string, cursor: number, count: number, height: number): number | undefined {
	const page = Math.max(1, height - 2);
	const half = Math.max(1, Math.floor(height / 2));
	const to = targets.get(key)?.(cursor, page, half, count);
	return to === undefined ? undefined : clampCursor(to, count);
}

type Target = (cursor: number, page: number, half: number, count: number) => number;

const targets: ReadonlyMap<string, Target> = new Map<string, Target>([
	['j', cursor => cursor + 1],
	['down', cursor => cursor + 1],
	['k', cursor => cursor - 1],
	['up', cursor => cursor - 1],
	['g', () => 0],
	['home', () => 0],
	['G', (_, __, ___, count) => count - 1],
	['end', (_, __, ___, count) => count - 1],
	['ctrl+d', (cursor, _, half) => cursor + half],
	['ctrl+u', (cursor, _, half) => cursor - half],
	['ctrl+f', (cursor, page) => cursor + page],
	['pagedown', (cursor, page) => cursor + page],
	['ctrl+b', (cursor, page) => cursor - page],
	['pageup', (cursor, page) => cursor - page],
]);

/** The movement keys with what they do, as rows for a screen's table of bindings. */
export const movements = [
	{ keys: ['j', 'down'], label: 'down', help: 'Next row.' },
	{ keys: ['k', 'up'], label: 'up', help: 'Previous row.' },
	{ keys: ['g', 'home'], label: 'first', help: 'First row.' },
	{ keys: ['G', 'end'], label: 'last', help: 'Last row.' },
	{ keys: ['ctrl+d'], label: 'half down', help: 'Half a page down.' },
	{ keys: ['ctrl+u'], label: 'half up', help: 'Half a page up.' },
	{ keys: ['ctrl+f', 'pagedown'], label: 'page down', help: 'A page down.' },
	{ keys: ['ctrl+b', 'pageup'], label: 'page up', help: 'A page up.' },
] as const;

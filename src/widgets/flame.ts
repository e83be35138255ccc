import { formatCount } from '../analysis/format.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { Style } from '../terminal/style.ts';
import type { Surface } from '../terminal/surface.ts';
import { fit, widthOf } from '../terminal/width.ts';
import { type FlameLabel, placeLabels } from './flame-labels.ts';
import type { Theme } from './theme.ts';

/** One bar, or the mark of several that are too short. Columns count from the left edge of the bars. */
export type FlameBar = {
	readonly x: number;
	readonly width: number;
	/** How much of the last cell is full: 1…8. */
	readonly eighths: number;
	/** How many spans it stands for. */
	readonly count: number;
	/** Gives the colour. */
	readonly service: string;
	/** The operation; of a mark the count; empty where it stands elsewhere. Gives way before the figure does. */
	readonly name: string;
	/** How long it took, and what else must be said. */
	readonly figure: string;
	/** Cells `[from, to)` in which it is on the critical path: drawn solid. */
	readonly critical: readonly (readonly [from: number, to: number])[];
	/** Cells in which something happened that the span tells of. */
	readonly events?: readonly number[];
	readonly failed: boolean;
	/** It takes more or less than what it is compared with: a glyph at its end, and a colour of its own. */
	readonly change?: 'more' | 'less' | undefined;
	readonly selected: boolean;
	/** The words stand inside the bar only where there is no room on either side. */
	readonly isBeside?: boolean;
	/** `match` and `other` while something is searched; `frame` for the ancestors of what is zoomed. */
	readonly tone: 'plain' | 'match' | 'other' | 'frame';
};

export type FlameRow = { readonly heading: string; readonly bars: readonly FlameBar[] };

export type FlamePicture = {
	/** Columns for the services' names at the left, the mark of the selection included; 0 leaves them out. */
	readonly gutter: number;
	readonly ruler: {
		readonly heading: string;
		readonly ticks: readonly { readonly x: number; readonly label: string }[];
	};
	/** The rows on show. */
	readonly rows: readonly FlameRow[];
	/** How many rows are hidden above and below. */
	readonly above: number;
	readonly below: number;
};

/**
 * A flame graph as an icicle: thick where the critical path runs, thin elsewhere, `◇` where an event of the span was that no
 * label covers, `✗` at the end of what failed.
 *
 *              │0            │500 ms        │1 s
 *      gateway  ━━ POST /checkout 2.07 s ━━━━━━━━━━━━━✗
 *      orders    ━ POST /orders 2.05 s ━━━━━━━━━━━━━━━✗
 *     ▌payments     █ pool.acquire 2 s ███████████████✗
 */
export function paintFlame(surface: Surface, picture: FlamePicture, theme: Theme): void {
	const { gutter, ruler, rows, above, below } = picture;
	const bars = surface.within(gutter, 0, surface.width - gutter, surface.height);
	const [heading, room] = above > 0 ? [hiddenAbove(above, gutter - 2, theme), gutter - 1] : [ruler.heading, gutter - 2];
	surface.put(1, 0, fit(heading, room, { ellipsis: theme.glyph('ellipsis') }), theme.style('dim'));
	for (const { x, label } of ruler.ticks) bars.put(x, 0, `${theme.glyph('vertical')}${label}`, theme.style('dim'));
	rows.forEach((row, index) => {
		const y = index + 1;
		paintHeading(surface.within(0, y, gutter, 1), row, theme);
		paintBars(bars.within(0, y, bars.width, 1), row.bars, theme);
	});
	const rest = `${theme.glyph('down')} ${below} more ${below === 1 ? 'row' : 'rows'}`;
	if (below > 0) surface.put(1, rows.length + 1, rest, theme.style('dim'));
}

/** `▲ 3`, closer or rounded where there is little room: a number that is cut would be another one. */
function hiddenAbove(rows: number, room: number, theme: Theme): string {
	const up = theme.glyph('up');
	const words = [`${up} ${rows}`, `${up}${rows}`].find(each => widthOf(each) <= room);
	return words ?? `${up}${formatCount(rows)}`;
}

function paintHeading(surface: Surface, { heading, bars }: FlameRow, theme: Theme): void {
	if (bars.some(({ selected }) => selected)) surface.put(0, 0, theme.glyph('selection'), theme.style('strong'));
	const name = fit(sanitize(heading), surface.width - 2, { ellipsis: theme.glyph('ellipsis') });
	surface.put(1, 0, name, theme.serviceStyle(heading));
}

/** A row of bars with their labels, which never touch. */
export function paintBars(surface: Surface, bars: readonly FlameBar[], theme: Theme): void {
	const labels = placeLabels(bars, surface.width, theme.glyph('ellipsis'));
	bars.forEach((bar, index) => {
		const touches = bars[index - 1] !== undefined && endOf(bars[index - 1]) === bar.x;
		surface.put(bar.x, 0, fillOf(bar, touches, theme), barStyle(bar, theme));
		for (const cell of bar.events ?? []) surface.put(cell, 0, theme.glyph('event'), barStyle(bar, theme));
		const label = labels[index];
		if (label !== undefined) surface.put(label.x, 0, label.text, labelStyle(bar, theme));
		if (bar.change !== undefined) surface.put(bar.x + bar.width - 1, 0, theme.glyph(bar.change), barStyle(bar, theme));
		if (bar.failed) surface.put(bar.x + bar.width - 1, 0, theme.glyph('error'), errorStyle(bar, theme));
		if (bar.selected) paintSelection(surface, bar, label, theme);
	});
}

const endOf = (bar: FlameBar | undefined): number => (bar === undefined ? -1 : bar.x + bar.width);

function fillOf(bar: FlameBar, touches: boolean, theme: Theme): string {
	const solids = new Uint8Array(bar.width);
	for (const [from, to] of bar.critical) solids.fill(1, Math.max(0, from - bar.x), Math.max(0, to - bar.x));
	let text = '';
	for (let cell = bar.x; cell < bar.x + bar.width; cell++) {
		const solid = solids[cell - bar.x] === 1;
		if (bar.count > 1) text += theme.glyph(solid ? 'criticalPath' : 'merged');
		else if (cell === bar.x && touches) text += theme.glyph(solid ? 'blockStart' : 'barStart');
		else if (cell < bar.x + bar.width - 1) text += theme.glyph(solid ? 'criticalPath' : 'bar');
		else if (solid) text += theme.blocks[bar.eighths - 1] ?? theme.glyph('criticalPath');
		else text += theme.glyph(bar.eighths <= 4 ? 'barEnd' : 'bar');
	}
	return text;
}

const isFaint = ({ tone }: FlameBar): boolean => tone === 'other' || tone === 'frame';

const barStyle = (bar: FlameBar, theme: Theme): Style =>
	isFaint(bar)
		? theme.style('dim')
		: bar.change === undefined
			? theme.serviceStyle(bar.service)
			: theme.style(bar.change === 'more' ? 'error' : 'info');

const labelStyle = (bar: FlameBar, theme: Theme): Style =>
	theme.style(isFaint(bar) ? 'dim' : bar.tone === 'match' ? 'match' : 'text');

const errorStyle = (bar: FlameBar, theme: Theme): Style => theme.style(bar.tone === 'other' ? 'dim' : 'error');

/** The label is reversed, since a solid bar reversed would be a hole; without a label the bar itself. */
function paintSelection(surface: Surface, bar: FlameBar, label: FlameLabel | undefined, theme: Theme): void {
	const { x, width } = label ?? bar;
	surface.restyle(x, 0, width, 1, theme.style('selectedBar'));
}

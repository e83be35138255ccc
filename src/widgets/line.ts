import type { Style } from '../terminal/style.ts';
import type { Surface } from '../terminal/surface.ts';
import { fit, widthOf } from '../terminal/width.ts';
import type { Role, Theme } from './theme.ts';

/** A stretch of text in one style. */
export type Segment = { readonly text: string; readonly style?: Style };

export const segment = (text: string, style?: Style): Segment => (style === undefined ? { text } : { text, style });

/** A stretch of text and what it is for, before there is a theme. */
export type Marked = { readonly text: string; readonly role?: Role };

export const segmentsOf = (line: readonly Marked[], theme: Theme): readonly Segment[] =>
	line.map(({ text, role }) => (role === undefined ? { text } : { text, style: theme.style(role) }));

export const widthOfSegments = (segments: readonly Segment[]): number =>
	segments.reduce((sum, { text }) => sum + widthOf(text), 0);

/** Paints segments one after another from column `x`; the one that does not fit is cut, the rest left out. */
export function paintSegments(
	surface: Surface,
	x: number,
	y: number,
	segments: readonly Segment[],
	ellipsis = '…',
): number {
	let column = x;
	for (const { text, style } of segments) {
		const room = surface.width - column;
		if (room <= 0) break;
		column = surface.put(column, y, widthOf(text) > room ? fit(text, room, { ellipsis }) : text, style);
	}
	return column;
}

/** A line with a left and a right end: the right one is kept whole as far as it goes, the left one is cut. */
export function paintLine(
	surface: Surface,
	y: number,
	left: readonly Segment[],
	right: readonly Segment[] = [],
	ellipsis = '…',
): void {
	const rightWidth = Math.min(widthOfSegments(right), surface.width);
	const room = surface.width - rightWidth - (rightWidth > 0 ? 1 : 0);
	paintSegments(surface.within(0, y, Math.max(0, room), 1), 0, 0, left, ellipsis);
	paintSegments(surface, surface.width - rightWidth, y, right, ellipsis);
}

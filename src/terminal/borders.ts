import type { DOMElement } from 'ink';
import { type Brush, type Clip, write } from './brush.ts';
import { parseInkColor } from './ink-color.ts';
import { penOf } from './pen.ts';

type BoxStyle = DOMElement['style'];

/** The eight pieces of a frame, in the order `┌ ─ ┐ │ ┘ ─ └ │`: clockwise from the top left. */
const frames: Readonly<Record<string, string>> = {
	single: '┌─┐│┘─└│',
	double: '╔═╗║╝═╚║',
	round: '╭─╮│╯─╰│',
	bold: '┏━┓┃┛━┗┃',
	singleDouble: '╓─╖║╜─╙║',
	doubleSingle: '╒═╕│╛═╘│',
	classic: '+-+|+-+|',
	arrow: '↘↓↙←↖↑↗→',
};

type Pieces = {
	readonly topLeft: string;
	readonly top: string;
	readonly topRight: string;
	readonly right: string;
	readonly bottomRight: string;
	readonly bottom: string;
	readonly bottomLeft: string;
	readonly left: string;
};

function piecesOf(border: NonNullable<BoxStyle['borderStyle']>): Pieces | undefined {
	if (typeof border !== 'string') return border;
	const pieces = frames[border];
	if (pieces === undefined) return undefined;
	const [topLeft = '', top = '', topRight = '', right = '', bottomRight = '', bottom = '', bottomLeft = '', left = ''] =
		pieces;
	return { topLeft, top, topRight, right, bottomRight, bottom, bottomLeft, left };
}

/** How much of a box its border takes on each side: 0 or 1. */
export type BorderWidths = Clip;

export function borderWidthsOf(style: BoxStyle): BorderWidths {
	const drawn = (side: boolean | undefined): number => (style.borderStyle !== undefined && side !== false ? 1 : 0);
	return {
		left: drawn(style.borderLeft),
		top: drawn(style.borderTop),
		right: drawn(style.borderRight),
		bottom: drawn(style.borderBottom),
	};
}

/** A rectangle without what these widths take from its sides. */
export const inside = (area: Clip, widths: Clip): Clip => ({
	left: area.left + widths.left,
	top: area.top + widths.top,
	right: area.right - widths.right,
	bottom: area.bottom - widths.bottom,
});

/** Draws the border of a box that fills `area`, in the colours of its sides. */
export function paintBorder(brush: Brush, area: Clip, style: BoxStyle): void {
	const pieces = style.borderStyle === undefined ? undefined : piecesOf(style.borderStyle);
	if (pieces === undefined) return;
	const { left, top, right, bottom } = borderWidthsOf(style);
	const columns = Math.max(0, area.right - area.left - left - right);
	const row = (start: string, middle: string, end: string): string =>
		(left ? start : '') + middle.repeat(columns) + (right ? end : '');
	const pen = (side: 'Top' | 'Right' | 'Bottom' | 'Left') => {
		const color = parseInkColor(style[`border${side}Color`] ?? style.borderColor);
		const dim = style[`border${side}DimColor`] ?? style.borderDimColor ?? false;
		return penOf({ ...(color === undefined ? {} : { color }), dim });
	};
	if (top) write(brush, area.left, area.top, row(pieces.topLeft, pieces.top, pieces.topRight), pen('Top'));
	for (let y = area.top + top; y < area.bottom - bottom; y++) {
		if (left) write(brush, area.left, y, pieces.left, pen('Left'));
		if (right) write(brush, area.right - 1, y, pieces.right, pen('Right'));
	}
	const last = row(pieces.bottomLeft, pieces.bottom, pieces.bottomRight);
	if (bottom) write(brush, area.left, area.bottom - 1, last, pen('Bottom'));
}

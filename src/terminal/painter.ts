import type { DOMElement } from 'ink';
import { borderWidthsOf, inside, paintBorder } from './borders.ts';
import { type Brush, type Clip, fill, intersect, wholeOf, write } from './brush.ts';
import { blank, type Grid } from './grid.ts';
import { surfaceIn } from './grid-surface.ts';
import { parseInkColor } from './ink-color.ts';
import { packColor } from './pen.ts';
import { runsOf } from './sgr.ts';
import type { Paint } from './surface.ts';
import { textLinesOf } from './text-lines.ts';

/** Yoga's `Display.None` and its edges: numbers of its public enumerations. */
const displayNone = 1;
const edges = { left: 0, top: 1, right: 2, bottom: 3 } as const;

/**
 * Paints a tree that Ink has laid out: backgrounds, borders, text, and canvases (`<ink-box paint>`), each clipped by
 * every ancestor that hides its overflow. It draws what Ink's own renderer would print, but into cells.
 */
export function paintTree(root: DOMElement, grid: Grid): void {
	paintNode(root, { grid, clip: wholeOf(grid) }, 0, 0);
}

function paintNode(node: DOMElement, brush: Brush, parentLeft: number, parentTop: number): void {
	const yoga = node.yogaNode;
	if (yoga === undefined || yoga.getDisplay() === displayNone || node.internal_static === true) return;
	const left = parentLeft + yoga.getComputedLeft();
	const top = parentTop + yoga.getComputedTop();
	const area: Clip = { left, top, right: left + yoga.getComputedWidth(), bottom: top + yoga.getComputedHeight() };
	if (node.nodeName === 'ink-text') {
		paintText(node, brush, area);
		return;
	}
	const inner = node.nodeName === 'ink-box' ? paintBox(node, brush, area) : brush;
	for (const child of node.childNodes) {
		if (child.nodeName !== '#text') paintNode(child, inner, left, top);
	}
}

/** A box without its children; returns the brush for them. */
function paintBox(node: DOMElement, brush: Brush, area: Clip): Brush {
	const { style } = node;
	const content = inside(area, borderWidthsOf(style));
	const background = parseInkColor(style.backgroundColor);
	if (background !== undefined) fill(brush, content, blank, { ink: 0, ground: packColor(background) });
	paintBorder(brush, area, style);
	const inner = { grid: brush.grid, clip: clipOf(style, brush.clip, content) };
	const paint: unknown = node.attributes.paint;
	if (isPaint(paint)) paint(surfaceIn(inner, inside(content, paddingOf(node))));
	return inner;
}

/** `paint` comes through React as an attribute that Ink passes on without looking at it. */
const isPaint = (value: unknown): value is Paint => typeof value === 'function';

function clipOf(style: DOMElement['style'], clip: Clip, content: Clip): Clip {
	const hidden = intersect(clip, content);
	const hidesColumns = style.overflowX === 'hidden' || style.overflow === 'hidden';
	const hidesRows = style.overflowY === 'hidden' || style.overflow === 'hidden';
	return {
		left: hidesColumns ? hidden.left : clip.left,
		right: hidesColumns ? hidden.right : clip.right,
		top: hidesRows ? hidden.top : clip.top,
		bottom: hidesRows ? hidden.bottom : clip.bottom,
	};
}

function paddingOf({ yogaNode: yoga }: DOMElement): Clip {
	return {
		left: yoga?.getComputedPadding(edges.left) ?? 0,
		top: yoga?.getComputedPadding(edges.top) ?? 0,
		right: yoga?.getComputedPadding(edges.right) ?? 0,
		bottom: yoga?.getComputedPadding(edges.bottom) ?? 0,
	};
}

function paintText(node: DOMElement, brush: Brush, area: Clip): void {
	for (const [index, line] of textLinesOf(node, area.right - area.left).entries()) {
		let x = area.left;
		for (const { text, pen } of runsOf(line)) x = write(brush, x, area.top + index, text, pen);
	}
}

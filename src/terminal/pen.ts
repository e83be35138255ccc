import type { Color, Style } from './style.ts';

/**
 * A style packed into two integers, so that grids are plain `Int32Array`s and nothing has to be interned.
 *
 *     ink     bits 0–24 the colour, 25–29 the attributes
 *     ground  bits 0–24 the background
 *     colour  0 the default · 1–256 the palette plus one · bit 24 set: true colour in bits 0–23
 */
export type Pen = { readonly ink: number; readonly ground: number };

export const plainPen: Pen = { ink: 0, ground: 0 };

const trueColor = 1 << 24;
const colorMask = (1 << 25) - 1;

/** Attribute bits of an ink. */
export const attributes = {
	bold: 1 << 25,
	dim: 1 << 26,
	italic: 1 << 27,
	underline: 1 << 28,
	inverse: 1 << 29,
} as const;

type Attribute = keyof typeof attributes;
const attributeNames: readonly Attribute[] = ['bold', 'dim', 'italic', 'underline', 'inverse'];

const hex = /^#[0-9a-f]{6}$/i;

/** The colour as an integer; a colour that cannot be read is the default one. */
export function packColor(color: Color | undefined): number {
	if (color === undefined) return 0;
	if (typeof color === 'string') return hex.test(color) ? trueColor | Number.parseInt(color.slice(1), 16) : 0;
	return color >= 0 && color <= 255 ? Math.trunc(color) + 1 : 0;
}

/** The colour part of an ink or a ground, as people write it. */
export function colorOf(packed: number): Color | undefined {
	const color = packed & colorMask;
	if (color === 0) return undefined;
	if ((color & trueColor) === 0) return color - 1;
	return `#${(color & ~trueColor).toString(16).padStart(6, '0')}`;
}

export function penOf(style: Style | undefined): Pen {
	if (style === undefined) return plainPen;
	return { ink: inkOver(0, style), ground: packColor(style.background) };
}

/** A pen with a style laid over it: what the style does not name stays. */
export const penOver = (pen: Pen, style: Style): Pen => ({
	ink: inkOver(pen.ink, style),
	ground: style.background === undefined ? pen.ground : packColor(style.background),
});

function inkOver(ink: number, style: Style): number {
	let over = style.color === undefined ? ink : (ink & ~colorMask) | packColor(style.color);
	for (const name of attributeNames) {
		const wanted = style[name];
		if (wanted !== undefined) over = wanted ? over | attributes[name] : over & ~attributes[name];
	}
	return over;
}

/** The style a pen stands for: `penOf` and `styleOf` are inverse to each other. */
export function styleOf({ ink, ground }: Pen): Style {
	const color = colorOf(ink);
	const background = colorOf(ground);
	const set = attributeNames.filter(name => (ink & attributes[name]) !== 0);
	return {
		...(color === undefined ? {} : { color }),
		...(background === undefined ? {} : { background }),
		...Object.fromEntries(set.map(name => [name, true])),
	};
}

const shownOnBlanks = attributes.underline | attributes.inverse;

/** What of an ink can be seen on a blank: nothing, unless it is underlined or reversed. */
export const inkOnBlank = (ink: number): number => ((ink & shownOnBlanks) === 0 ? 0 : ink);

/** How many colours the terminal shows: none, the user's own sixteen, the palette of 256, or 24 bits. */
export type ColorLevel = 'none' | '16' | '256' | 'true';

/**
 * A colour as a terminal knows it: 0–255 of the palette (0–15 are the user's own sixteen), true colour `#rrggbb`, or
 * its own default, which takes a colour away when a style is laid over another.
 */
export type Color = number | `#${string}` | 'default';

/** How a cell looks. Absent means the terminal's own default. */
export type Style = {
	readonly color?: Color;
	readonly background?: Color;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly italic?: boolean;
	readonly underline?: boolean;
	readonly inverse?: boolean;
};

export const plain: Style = {};

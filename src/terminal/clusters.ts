import { longestGrapheme } from './width.ts';

/**
 * Characters with marks on them, numbered above all code points so that every cell's glyph is one integer. The table
 * only grows; whoever owns it begins a new one when it is `full`, because a log can bring new clusters for days.
 */
export type Clusters = {
	/** The glyph that shows this glyph with one more mark on it. */
	join(glyph: number, mark: number): number;
	textOf(glyph: number): string;
	readonly full: boolean;
};

const firstCluster = 0x110000;

export function createClusters(capacity = 10_000): Clusters {
	const texts: string[] = [];
	const glyphs = new Map<string, number>();
	const textOf = (glyph: number): string =>
		glyph < firstCluster ? String.fromCodePoint(glyph) : (texts[glyph - firstCluster] ?? ' ');
	return {
		join(glyph, mark) {
			const text = textOf(glyph) + String.fromCodePoint(mark);
			if (text.length > longestGrapheme) return glyph;
			const known = glyphs.get(text);
			if (known !== undefined) return known;
			const added = firstCluster + texts.length;
			texts.push(text);
			glyphs.set(text, added);
			return added;
		},
		textOf,
		get full() {
			return texts.length >= capacity;
		},
	};
}

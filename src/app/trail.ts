import { fit, widthOf } from '../terminal/width.ts';

/** How crumbs are joined, and what stands for those that are left out. */
export type TrailGlyphs = { readonly join: string; readonly ellipsis: string };

/**
 * The trail in so many columns. The last crumb says where one is and stays whole; the ones before it give way, those
 * farthest up first.
 *
 *     alerts › ledger › request 7f3c…9a01 › trace 73c8…0b11
 *     … › request 7f3c…9a01 › trace 73c8…0b11
 *     … › trace 73c8…0b11
 */
export function formatTrail(titles: readonly string[], columns: number, { join, ellipsis }: TrailGlyphs): string {
	for (let left = 0; left < titles.length; left++) {
		const kept = left === 0 ? titles : [ellipsis, ...titles.slice(left)];
		const text = kept.join(join);
		if (widthOf(text) <= columns) return text;
	}
	return fit(titles.at(-1) ?? '', columns, { keep: 'end', ellipsis });
}

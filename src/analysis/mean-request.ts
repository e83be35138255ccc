import { type ComparedPath, type ComparedRequests, pathTo } from './compared-requests.ts';
import type { RowFrame } from './flame-rows.ts';

/** The slow requests as one, laid out as an icicle: each path once, as wide as its mean part of their time. */
export type MeanRequest = {
	/** Nanoseconds from the left end to the right one of what is on show; `to` is after `from`. */
	readonly from: number;
	readonly to: number;
	/** By depth from the top; frames of one row do not overlap and come from left to right. */
	readonly rows: readonly (readonly RowFrame<ComparedPath>[])[];
};

/**
 * One request that is the mean of the slow ones: what hangs below a path is put side by side from its left end on, and the
 * path's own time is left over at its right. The whole is as wide as requests take: what runs at once shares that time. A path that only usual requests take has no width; it is drawn or counted in a
 * mark all the same. With a zoom only that path is on show, with all above and below it.
 *
 *     concierge  ━━ POST /bookings ━━━━━━━━━━━━━━━━━━━
 *     berths     ━━ PUT ━━━━━━━━━━━━━━━━
 *     manifest    █ SELECT +1.9 s ████
 */
export function meanRequestOf({ paths }: ComparedRequests, zoom?: ComparedPath): MeanRequest {
	const lefts = leftsOf(paths);
	const from = zoom === undefined ? 0 : (lefts[zoom.index] ?? 0);
	const to = from + Math.max(1, zoom?.slow.total ?? widthOf(paths));
	const cut = (at: number) => Math.min(to, Math.max(from, at));
	const rows: RowFrame<ComparedPath>[][] = [];
	const above = zoom === undefined ? [] : pathTo(zoom);
	const end = zoom === undefined ? paths.length : endOf(zoom, paths);
	for (const path of zoom === undefined ? paths : [...above.slice(0, -1), ...paths.slice(zoom.index, end)]) {
		const left = lefts[path.index] ?? 0;
		const row = rows[path.depth] ?? [];
		rows[path.depth] = row;
		row.push({ node: path, from: cut(left), to: cut(left + path.slow.total) });
	}
	return { from, to, rows };
}

/** In preorder what hangs below a path follows it. */
function endOf({ index, depth }: ComparedPath, paths: readonly ComparedPath[]): number {
	let end = index + 1;
	while ((paths[end]?.depth ?? 0) > depth) end++;
	return end;
}

const widthOf = (paths: readonly ComparedPath[]): number =>
	paths.reduce((sum, { parent, slow }) => (parent === undefined ? sum + slow.total : sum), 0);

/** Where each path begins: behind its siblings before it. */
function leftsOf(paths: readonly ComparedPath[]): readonly number[] {
	const lefts: number[] = [];
	const free: number[] = [];
	let top = 0;
	for (const { parent, slow } of paths) {
		const left = parent === undefined ? top : (free[parent.index] ?? 0);
		lefts.push(left);
		free.push(left);
		if (parent === undefined) top = left + slow.total;
		else free[parent.index] = left + slow.total;
	}
	return lefts;
}

import { condensed, type HeatRow } from '../../analysis/heat-map.ts';
import type { Size } from '../screen.ts';
import { heatOf } from './classes.ts';
import type { ServiceShown } from './state.ts';

/** From this width on the break-down stands beside the charts. */
const wide = 132;
/** Title rows of the three panels, and the time axis. */
const fixedRows = 4;

export type ServiceLayout = {
	readonly charts: Size;
	/** Rows of each of the three plots. */
	readonly plotRows: readonly [rate: number, errors: number, duration: number];
	readonly side: Size & { readonly x: number; readonly y: number };
};

/** Charts above and the break-down below, which grows for the details; on a wide screen side by side. */
export function layoutOf(shown: Pick<ServiceShown, 'size' | 'state' | 'place' | 'findings'>): ServiceLayout {
	const { width, height } = shown.size;
	const buckets = heatOf(shown)?.map.rows ?? [];
	const shared = (rows: number) => (buckets.length > 0 ? besideHeat(rows, buckets) : evenly(rows));
	if (width >= wide) {
		const chartWidth = Math.min(140, Math.floor(width * 0.64));
		return {
			charts: { width: chartWidth, height },
			plotRows: shared(height - fixedRows),
			side: { x: chartWidth + 2, y: 0, width: width - chartWidth - 2, height },
		};
	}
	const below = shown.state.details ? Math.floor(height / 2) : Math.max(2, Math.min(9, Math.floor(height * 0.24)));
	const above = height - below;
	return {
		charts: { width, height: above },
		plotRows: shared(above - fixedRows),
		side: { x: 0, y: above, width, height: below },
	};
}

/** The rest goes to the durations, then to the errors. */
function evenly(rows: number): readonly [number, number, number] {
	const each = Math.max(1, Math.floor(rows / 3));
	const rest = Math.max(0, rows - each * 3);
	return [each, each + (rest > 1 ? 1 : 0), each + (rest > 0 ? 1 : 0)];
}

/** Rows of which the least is needed to draw a line, a few to read it, and the most that a histogram's buckets are likely to fill. */
const leastLineRows = 1;
const readableLineRows = 3;
const mostHeatRows = 14;

/**
 * A heat map needs a row for each bucket, or for each few of them where they are many, and has more only while the lines
 * can be read: they share what it leaves.
 */
function besideHeat(rows: number, buckets: readonly HeatRow[]): readonly [number, number, number] {
	const room = Math.max(1, Math.min(mostHeatRows, rows - 2 * leastLineRows));
	const needed = condensed(buckets, room).length;
	const each = Math.max(1, Math.floor(Math.min(room, rows - 2 * readableLineRows) / needed));
	const heat = each * needed;
	const lines = Math.max(2 * leastLineRows, rows - heat);
	const rate = Math.floor(lines / 2);
	return [rate, lines - rate, heat];
}

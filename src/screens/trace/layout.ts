import type { Size } from '../screen.ts';
import type { TraceState } from './state.ts';

/** A rectangle of cells. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where the parts of the screen lie. A part without height is left out. */
export type TraceLayout = {
	/** Ruler and rows. */
	readonly flame: Area;
	/** Where the time went, by operation. */
	readonly table: Area;
	/** The selected span in a line or two, where there is no room for details. */
	readonly strip: Area;
	readonly details: Area;
	/** The sentence that stays in sight; below it, where both do not fit on a row, what is missing from the trace. */
	readonly verdict: Area;
};

/** What of a trace decides about the room of the parts. */
export type TraceShape = { readonly flameRows: number; readonly hasNotice: boolean };

/** From this width on the details stand beside the flame graph. */
export const detailsBesideFrom = 120;

/** Header and at least three rows, and a blank row above it. */
const leastTable = 5;

/**
 *     verdict                            verdict
 *     flame             │ details        flame
 *     flame             │ details        flame
 *     (where the time   │ details        ──────────── details, or a strip of the selected span
 *     went)             │ details        details
 */
export function layoutOf({ width, height }: Size, state: TraceState, shape: TraceShape): TraceLayout {
	const { flameRows, hasNotice } = shape;
	const isWide = width >= detailsBesideFrom;
	const hasDetails = state.details ?? isWide;
	const verdictRows = hasNotice && !isWide ? 2 : 1;
	const verdict = { x: 0, y: 0, width, height: verdictRows };
	const none = { x: 0, y: height - 1, width, height: 0 };
	const body = height - verdictRows;
	if (hasDetails && isWide) {
		const beside = Math.min(72, Math.floor(width * 0.4));
		const left = { x: 0, y: verdictRows, width: width - beside - 1, height: body };
		const details = { x: width - beside, y: verdictRows, width: beside, height: body };
		return { ...stacked(left, flameRows), strip: none, details, verdict };
	}
	const belowHeight = hasDetails ? Math.floor(body / 2) : height >= 16 ? 3 : 2;
	const below = { x: 0, y: height - belowHeight, width, height: belowHeight };
	const above = { x: 0, y: verdictRows, width, height: body - belowHeight };
	return {
		...stacked(above, flameRows),
		strip: hasDetails ? none : below,
		details: hasDetails ? below : none,
		verdict,
	};
}

/** The room for the details themselves: a blank column beside the flame graph, or a rule above them. */
export const detailsRoom = ({ x, y, width, height }: Area): Area =>
	x > 0 ? { x: x + 1, y, width: width - 1, height } : { x, y: y + 1, width, height: Math.max(0, height - 1) };

/** The flame graph and, where rows are left over, the table below it. */
function stacked(room: Area, flameRows: number): Pick<TraceLayout, 'flame' | 'table'> {
	const used = flameRows + 1;
	const left = room.height - used - 1;
	if (left < leastTable) return { flame: room, table: { ...room, y: room.y + room.height, height: 0 } };
	return {
		flame: { ...room, height: used },
		table: { ...room, y: room.y + used + 1, height: left },
	};
}

/** How many rows of the flame graph are on show: all but the ruler, and one that counts those that are not. */
export const visibleRows = (flame: Area, total: number): number =>
	total <= flame.height - 1 ? total : Math.max(1, flame.height - 2);

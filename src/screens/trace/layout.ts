import type { Size } from '../screen.ts';
import { wholeHeight } from './listing.ts';
import { hasNotice, type Look, type TraceShown, type TraceState } from './state.ts';

/** A rectangle of cells. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where the parts of the screen lie. A part without height is left out. */
export type TraceLayout = {
	/** The whole trace in a row, with the part that is on show; without height as long as all of it is. */
	readonly map: Area;
	/** Ruler and rows of the flame graph or the waterfall; heading and rows of the table. */
	readonly rows: Area;
	/** Where the time went, by operation. */
	readonly spent: Area;
	/** The selected span in a line or two, where there is no room for details. */
	readonly strip: Area;
	readonly details: Area;
	/** The sentence that stays in sight; below it, where both do not fit on a row, what is missing from the trace. */
	readonly verdict: Area;
};

/** What of a trace decides about the room of the parts. */
export type TraceShape = {
	/** Of the whole trace, in the way it is looked at. */
	readonly rows: number;
	readonly hasNotice: boolean;
	/** Only a part of the trace is on show. */
	readonly isPart: boolean;
};

/** From this width on the details stand beside the rows. */
export const detailsBesideFrom = 120;

/** Header and at least three rows, and a blank row above it. */
const leastSpent = 5;

/** Where there are fewer rows, each is needed for spans. */
const mapFrom = 8;

/**
 *     verdict                            verdict
 *     map, rows         │ details        map, rows
 *     rows              │ details        rows
 *     (where the time   │ details        ──────────── details, or a strip of the selected span
 *     went)             │ details        details
 */
function layoutOf({ width, height }: Size, state: TraceState, shape: TraceShape): TraceLayout {
	const { hasNotice } = shape;
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
		return { ...stacked(left, state, shape), strip: none, details, verdict };
	}
	const belowHeight = hasDetails ? detailsBelow(body, state, shape) : height >= 16 ? 3 : 2;
	const below = { x: 0, y: height - belowHeight, width, height: belowHeight };
	const above = { x: 0, y: verdictRows, width, height: body - belowHeight };
	return {
		...stacked(above, state, shape),
		strip: hasDetails ? none : below,
		details: hasDetails ? below : none,
		verdict,
	};
}

/** Half of the room; more where rows would stay blank above, since neither spans nor where the time went need them. */
function detailsBelow(body: number, state: TraceState, shape: TraceShape): number {
	const half = Math.floor(body / 2);
	const used = shape.rows + 1 + (hasMap(body - half, state, shape) ? 1 : 0);
	return body - half - used - 1 < leastSpent ? Math.max(half, body - used) : half;
}

const hasMap = (height: number, { way }: TraceState, { isPart }: TraceShape): boolean =>
	isPart && way !== 'table' && height >= mapFrom;

/** The layout of what is on show. */
export const layoutFor = (shown: TraceShown, look: Look): TraceLayout =>
	layoutOf(shown.size, shown.state, {
		rows: wholeHeight(look, shown.state),
		hasNotice: hasNotice(shown, look),
		isPart: look.zoom !== undefined || look.stretch !== undefined,
	});

/** The room for the details themselves: a blank column beside the rows, or a rule above them. */
export const detailsRoom = ({ x, y, width, height }: Area): Area =>
	x > 0 ? { x: x + 1, y, width: width - 1, height } : { x, y: y + 1, width, height: Math.max(0, height - 1) };

/** The map, the rows and, where there is room left over, where the time went. */
function stacked(room: Area, state: TraceState, shape: TraceShape): Pick<TraceLayout, 'map' | 'rows' | 'spent'> {
	const mapRows = hasMap(room.height, state, shape) ? 1 : 0;
	const map = { ...room, height: mapRows };
	const below = { ...room, y: room.y + mapRows, height: room.height - mapRows };
	const used = shape.rows + 1;
	const left = below.height - used - 1;
	if (state.way === 'table' || left < leastSpent) {
		return { map, rows: below, spent: { ...room, y: room.y + room.height, height: 0 } };
	}
	return { map, rows: { ...below, height: used }, spent: { ...room, y: below.y + used + 1, height: left } };
}

/** How many rows are on show: all but the ruler, and one that counts those that are not. */
export const visibleRows = (area: Area, total: number): number =>
	total <= area.height - 1 ? total : Math.max(1, area.height - 2);

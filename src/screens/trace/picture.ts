import type { FlameFrame } from '../../analysis/flame-lanes.ts';
import { flameRowOf } from '../../analysis/flame-rows.ts';
import { formatSpanTime } from '../../analysis/span-words.ts';
import { rulerTicksOf } from '../../analysis/time-ruler.ts';
import { widthOf } from '../../terminal/width.ts';
import type { FlamePicture, FlameRow } from '../../widgets/flame.ts';
import { barOf, type Drawing } from './bars.ts';
import type { Look } from './state.ts';

/** Which part of a flame graph is drawn, in cells. */
export type PictureFrame = {
	readonly width: number;
	/** Rows on show, the ruler not counted. */
	readonly rows: number;
	/** First row on show. */
	readonly top: number;
};

/** The rows on show as bars: only these are computed, whatever the size of the trace. */
export function flamePictureOf(look: Look, { width, rows, top }: PictureFrame): FlamePicture {
	const { view, reading } = look;
	const last = Math.min(view.height, top + rows);
	const gutter = gutterOf(reading.services, width);
	const scale = { from: view.from, to: view.to, columns: width - gutter };
	const selectedRow = view.rowOf(look.selected);
	return {
		gutter,
		ruler: { heading: '', ticks: ticksOf(look, scale.columns) },
		rows: Array.from({ length: Math.max(0, last - top) }, (_, index) =>
			flameRow(view.frames(top + index), { look, scale, isSelectedRow: top + index === selectedRow }),
		),
		above: top,
		below: view.height - last,
	};
}

/** Ticks of the time on show: of the whole trace after its start, of a part after the part's. */
export function ticksOf({ view, zoom, stretch }: Look, columns: number): FlamePicture['ruler']['ticks'] {
	const ticks = rulerTicksOf(view.to - view.from, columns);
	if (zoom === undefined && stretch === undefined) return ticks;
	return ticks.map(({ x, label }, index) => ({ x, label: index === 0 ? formatSpanTime(view.from) : `+${label}` }));
}

/** Room for the longest name, within a fifth of the width; the mark of the selection and a blank stand round it. */
export const gutterOf = (services: readonly string[], width: number): number =>
	Math.min(
		services.reduce((most, service) => Math.max(most, widthOf(service)), 5),
		Math.floor(width / 5) - 2,
		18,
	) + 2;

const headings = new WeakMap<readonly FlameFrame[], string>();

/** The service of the widest bar. A row may hold a hundred thousand, and is painted at every key. */
function headingOf(frames: readonly FlameFrame[]): string {
	const known = headings.get(frames);
	if (known !== undefined) return known;
	let widest = frames[0];
	for (const frame of frames) {
		if (widest === undefined || frame.to - frame.from > widest.to - widest.from) widest = frame;
	}
	const heading = widest?.node.span.service ?? '';
	headings.set(frames, heading);
	return heading;
}

function flameRow(frames: readonly FlameFrame[], drawing: Drawing): FlameRow {
	const heading = headingOf(frames);
	const bars = flameRowOf(frames, drawing.scale).flatMap(segment =>
		segment.kind === 'gap' ? [] : [barOf(segment, heading, drawing)],
	);
	return { heading, bars };
}

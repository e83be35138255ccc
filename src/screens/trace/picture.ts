import { skewMarkOf } from '../../analysis/clock-skew.ts';
import type { FlameFrame } from '../../analysis/flame-lanes.ts';
import { type FlameSegment, flameRowOf, type TimeScale } from '../../analysis/flame-rows.ts';
import { formatSpanTime, oneLine, skewTag } from '../../analysis/span-words.ts';
import { rulerTicksOf } from '../../analysis/time-ruler.ts';
import { isWithin, type SpanNode } from '../../analysis/trace-tree.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import type { FlameBar, FlamePicture, FlameRow } from '../../widgets/flame.ts';
import { type Look, matchesSearch } from './state.ts';

/** Which part of a flame graph is drawn, in cells. */
export type PictureFrame = {
	readonly width: number;
	/** Rows on show, the ruler not counted. */
	readonly rows: number;
	/** First row on show. */
	readonly top: number;
	readonly search: string;
};

/** The rows on show as bars: only these are computed, whatever the size of the trace. */
export function flamePictureOf(look: Look, { width, rows, top, search }: PictureFrame): FlamePicture {
	const { view, zoom, reading } = look;
	const last = Math.min(view.height, top + rows);
	const gutter = gutterOf(reading.services, width);
	const scale = { from: view.from, to: view.to, columns: width - gutter };
	const ticks = rulerTicksOf(view.to - view.from, scale.columns);
	return {
		gutter,
		ruler: {
			heading: '',
			ticks:
				zoom === undefined
					? ticks
					: ticks.map(({ x, label }, index) => ({ x, label: index === 0 ? formatSpanTime(view.from) : `+${label}` })),
		},
		rows: Array.from({ length: Math.max(0, last - top) }, (_, index) =>
			flameRow(view.frames(top + index), { look, scale, search }),
		),
		above: top,
		below: view.height - last,
	};
}

/** Room for the longest name, within a fifth of the width; the mark of the selection and a blank stand round it. */
const gutterOf = (services: readonly string[], width: number): number =>
	Math.min(Math.max(5, ...services.map(widthOf)), Math.floor(width / 5) - 2, 18) + 2;

type Drawing = { readonly look: Look; readonly scale: TimeScale; readonly search: string };

function flameRow(frames: readonly FlameFrame[], drawing: Drawing): FlameRow {
	const widest = frames.reduce<FlameFrame | undefined>(
		(best, frame) => (best === undefined || frame.to - frame.from > best.to - best.from ? frame : best),
		undefined,
	);
	const heading = widest?.node.span.service ?? '';
	const bars = flameRowOf(frames, drawing.scale).flatMap(segment =>
		segment.kind === 'gap' ? [] : [barOf(segment, heading, drawing)],
	);
	return { heading, bars };
}

function barOf(segment: Exclude<FlameSegment, { kind: 'gap' }>, heading: string, drawing: Drawing): FlameBar {
	const { look, scale } = drawing;
	const nodes = segment.kind === 'span' ? [segment.node] : segment.nodes;
	const shared = {
		x: segment.x,
		width: segment.width,
		count: nodes.length,
		service: nodes[0]?.span.service ?? heading,
		failed: nodes.some(({ span }) => span.status === 'error'),
		selected: nodes.includes(look.selected),
		tone: toneOf(nodes, drawing),
	};
	if (segment.kind === 'merged') return { ...shared, eighths: 8, name: `+${nodes.length}`, figure: '', critical: [] };
	const { node, eighths } = segment;
	return { ...shared, eighths, ...labelOf(node, heading), critical: criticalCells(segment, look, scale) };
}

function toneOf(nodes: readonly SpanNode[], { look, search }: Drawing): FlameBar['tone'] {
	if (search !== '') return nodes.some(node => matchesSearch(node, search)) ? 'match' : 'other';
	const { zoom } = look;
	return zoom !== undefined && nodes.every(node => !isWithin(node, zoom)) ? 'frame' : 'plain';
}

/** The operation, its service where the row is headed by another, how long it took and what is odd about it. */
function labelOf(node: SpanNode, heading: string): Pick<FlameBar, 'name' | 'figure'> {
	const { service } = node.span;
	const name = sanitize(oneLine(node.span.name));
	const skew = skewMarkOf(node);
	const tag = skew === undefined ? '' : ` ${skewTag[skew.kind]}`;
	return {
		name: service === heading ? name : `${service} ${name}`,
		figure: `${formatSpanTime(node.end - node.start)}${tag}`,
	};
}

/** The cells of a bar in which its span is on the critical path, ends rounded; a bar that is wholly on it is wholly solid. */
function criticalCells(
	{ x, width, node }: { readonly x: number; readonly width: number; readonly node: SpanNode },
	{ reading }: Look,
	scale: TimeScale,
): FlameBar['critical'] {
	const column = (at: number) => ((at - scale.from) / (scale.to - scale.from)) * scale.columns;
	return (reading.sections.get(node) ?? [])
		.map(({ from, to }) => {
			const left = Math.max(x, Math.round(column(from)));
			if (from <= node.start && to >= node.end) return [x, x + width] as const;
			// The last cell of a bar may be full in part: it belongs to whatever reaches the span's end.
			const reachesEnd = to >= node.end && column(to) - left >= 0.5;
			return [left, reachesEnd ? x + width : Math.min(x + width, Math.round(column(to)))] as const;
		})
		.filter(([left, right]) => right > left);
}

import type { ComparedPath } from '../../analysis/compared-requests.ts';
import { formatMore, timesWords } from '../../analysis/comparison-words.ts';
import { type RowFrame, type RowSegment, rowSegmentsOf } from '../../analysis/flame-rows.ts';
import { formatSpanTime } from '../../analysis/span-words.ts';
import { rulerTicksOf } from '../../analysis/time-ruler.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import type { FlameBar, FlamePicture } from '../../widgets/flame.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import type { CompareLook } from './state.ts';

/** The mean slow request as bars: solid where slow ones spend more, with a glyph for more and for less. */
export function comparePictureOf(look: CompareLook, width: number, height: number): FlamePicture {
	const { mean, selected } = look;
	const gutter = gutterOf(look, width);
	const columns = width - gutter;
	const room = Math.max(0, height - 1);
	// What is hidden below is counted in a row of its own.
	const rows = mean.rows.length > room ? Math.max(0, room - 1) : room;
	const top = offsetFor(0, selected.depth, mean.rows.length, rows);
	const ticks = rulerTicksOf(mean.to - mean.from, columns);
	return {
		gutter,
		ruler: { heading: '', ticks },
		rows: mean.rows.slice(top, top + rows).map(frames => rowOf(frames, columns, look)),
		above: top,
		below: Math.max(0, mean.rows.length - top - rows),
	};
}

/** Room for the longest name, within a fifth of the width; the mark of the selection and a blank stand round it. */
function gutterOf({ comparison }: CompareLook, width: number): number {
	const services = new Set(comparison.compared.paths.map(({ service }) => service));
	const longest = [...services].reduce((most, service) => Math.max(most, widthOf(service)), 5);
	return Math.min(longest, Math.floor(width / 5) - 2, 18) + 2;
}

function rowOf(frames: readonly RowFrame<ComparedPath>[], columns: number, look: CompareLook) {
	const { from, to } = look.mean;
	const widest = frames.reduce<RowFrame<ComparedPath> | undefined>(
		(best, frame) => (best === undefined || frame.to - frame.from > best.to - best.from ? frame : best),
		undefined,
	);
	const heading = widest?.node.service ?? '';
	const bars = rowSegmentsOf(frames, { from, to, columns }).flatMap(segment =>
		segment.kind === 'gap' ? [] : [barOf(segment, heading, look)],
	);
	return { heading, bars };
}

type Drawn = Exclude<RowSegment<ComparedPath>, { readonly kind: 'gap' }>;

function barOf(segment: Drawn, heading: string, { selected, zoom }: CompareLook): FlameBar {
	const paths = segment.kind === 'span' ? [segment.node] : segment.nodes;
	const changes = paths.map(({ change }) => change);
	const change = changes.find(each => each === 'more') ?? changes.find(each => each === 'less');
	const { x, width } = segment;
	const isAbove = zoom !== undefined && paths.every(({ depth }) => depth < zoom.depth);
	const shared = {
		x,
		width,
		service: paths[0]?.service ?? heading,
		failed: false,
		change,
		selected: paths.includes(selected),
		tone: isAbove ? 'frame' : 'plain',
		critical: change === 'more' ? [[x, x + width] as const] : [],
	} as const;
	if (segment.kind === 'merged') {
		return { ...shared, count: paths.length, eighths: 8, name: `+${paths.length}`, figure: '' };
	}
	const { node, eighths } = segment;
	const operation = sanitize(node.operation);
	const name = node.service === heading ? operation : `${node.service} ${operation}`;
	return { ...shared, count: 1, eighths: change === 'more' ? 8 : eighths, name, figure: figureOf(node) };
}

/** `+1.92 s`, and how often it is called where that differs; the whole time of what is as usual. */
function figureOf(path: ComparedPath): string {
	if (path.change === 'alike') return formatSpanTime(path.slow.total);
	const times = timesWords(path);
	const [before, after] = times.split(' → ');
	return before === after ? formatMore(path.more) : `${formatMore(path.more)} ${times}`;
}

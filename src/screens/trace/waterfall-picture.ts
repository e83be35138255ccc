import { flameRowOf } from '../../analysis/flame-rows.ts';
import { oneLine } from '../../analysis/span-words.ts';
import type { WaterfallRow, WaterfallRows } from '../../analysis/waterfall-rows.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { WaterfallLine, WaterfallPicture } from '../../widgets/waterfall.ts';
import { barOf, type Drawing } from './bars.ts';
import { type PictureFrame, ticksOf } from './picture.ts';
import type { Look } from './state.ts';

/** Columns for the tree at the left of the bars. */
export const treeColumns = (width: number): number => Math.max(20, Math.min(48, Math.floor(width * 0.42)));

/** The rows on show: a span each, its bar at its time. */
export function waterfallPictureOf(
	look: Look,
	rows: WaterfallRows,
	{ width, rows: room, top }: PictureFrame,
): WaterfallPicture {
	const { from, to } = look.view;
	const tree = treeColumns(width);
	const drawing = { look, scale: { from, to, columns: width - tree }, isSelectedRow: true };
	const last = Math.min(rows.height, top + room);
	const shown = Array.from({ length: Math.max(0, last - top) }, (_, index) => rows.at(top + index)).filter(
		row => row !== undefined,
	);
	const least = shiftOf(shown, Math.floor(tree / 3));
	return {
		tree,
		ruler: { heading: least === 0 ? '' : `from depth ${least}`, ticks: ticksOf(look, width - tree) },
		lines: shown.map(row => lineOf(row, Math.max(0, Math.min(row.depth - least, Math.floor(tree / 3))), drawing)),
		above: top,
		below: rows.height - last,
	};
}

/** How many levels the tree is moved to the left, so that what is on show has room for its names. */
function shiftOf(rows: readonly WaterfallRow[], mostIndent: number): number {
	const depths = rows.map(({ depth }) => depth);
	return Math.max(0, Math.min(Math.min(...depths), Math.max(...depths) - mostIndent));
}

function lineOf(row: WaterfallRow, indent: number, drawing: Drawing): WaterfallLine {
	const { look, scale } = drawing;
	const { node, run, below, hidden } = row;
	// What lies outside the time on show, by its clock or beside a zoom, stands at the edge.
	const cut = (at: number) => Math.min(scale.to, Math.max(scale.from, at));
	const segments = flameRowOf([{ node, from: cut(row.from), to: cut(row.to) }], scale);
	const bars = segments.flatMap(each => (each.kind === 'gap' ? [] : [barOf(each, node.span.service, drawing)]));
	const [bar] = bars;
	const isHiddenMatch = hidden > 0 && (look.matches?.within(node.index, node.subtreeEnd) ?? 0) > 0;
	return {
		indent,
		below,
		service: node.span.service,
		name: sanitize(oneLine(run?.name ?? node.span.name)),
		note: [...(run === undefined ? [] : [`×${run.members.length}`]), ...(hidden > 0 ? [`+${hidden}`] : [])].join(' '),
		hidesFailure: hidden > 0 && hidesFailure(row, look),
		selected: look.folded.holderOf(look.selected) === look.folded.holderOf(node),
		tone: isHiddenMatch ? 'match' : (bar?.tone ?? 'plain'),
		bars: bars.map(each => ({ ...each, name: '', isBeside: true })),
	};
}

const hidesFailure = ({ node }: WaterfallRow, { reading }: Look): boolean => {
	for (let index = node.index + 1; index < node.subtreeEnd; index++) {
		if (reading.tree.nodes[index]?.span.status === 'error') return true;
	}
	return false;
};

import type { Surface } from '../terminal/surface.ts';
import { fit, widthOf } from '../terminal/width.ts';
import { type FlameBar, type FlamePicture, paintBars } from './flame.ts';
import type { Theme } from './theme.ts';

/** A row of a waterfall: its place in the tree, its names, its bar. */
export type WaterfallLine = {
	readonly indent: number;
	readonly below: 'nothing' | 'open' | 'closed';
	readonly service: string;
	readonly name: string;
	/** What it stands for beside itself: `×412`, `+3`. */
	readonly note: string;
	/** Something that failed is hidden below it. */
	readonly hidesFailure: boolean;
	readonly selected: boolean;
	readonly tone: FlameBar['tone'];
	/** One, where there is a column for it. */
	readonly bars: readonly FlameBar[];
};

export type WaterfallPicture = {
	/** Columns for the tree, the mark of the selection included. */
	readonly tree: number;
	readonly ruler: FlamePicture['ruler'];
	readonly lines: readonly WaterfallLine[];
	readonly above: number;
	readonly below: number;
};

/**
 * A span a row, in the order of the tree, its bar where it was in time:
 *
 *                                    │0            │500 ms        │1 s
 *      ▾ gateway POST /checkout      ━ 2.07 s ━━━━━━━━━━━━━━━━━━━━━━━━✗
 *       ▾ orders POST /orders         ━ 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━✗
 *     ▌   payments pool.acquire         ██████████ 800 ms
 */
export function paintWaterfall(surface: Surface, picture: WaterfallPicture, theme: Theme): void {
	const { tree, ruler, lines, above, below } = picture;
	const bars = surface.within(tree, 0, surface.width - tree, surface.height);
	const heading = [above > 0 ? `${theme.glyph('up')} ${above}` : '', ruler.heading].filter(Boolean).join('  ');
	surface.put(1, 0, fit(heading, tree - 2, { ellipsis: theme.glyph('ellipsis') }), theme.style('dim'));
	for (const { x, label } of ruler.ticks) bars.put(x, 0, `${theme.glyph('vertical')}${label}`, theme.style('dim'));
	lines.forEach((line, index) => {
		const y = index + 1;
		paintTree(surface.within(0, y, tree - 1, 1), line, theme);
		paintBars(bars.within(0, y, bars.width, 1), line.bars, theme);
	});
	const rest = `${theme.glyph('down')} ${below} more ${below === 1 ? 'row' : 'rows'}`;
	if (below > 0) surface.put(1, lines.length + 1, rest, theme.style('dim'));
}

function paintTree(surface: Surface, line: WaterfallLine, theme: Theme): void {
	const { indent, below, service, name, note, hidesFailure, selected, tone } = line;
	const isFaint = tone === 'other' || tone === 'frame';
	if (selected) surface.put(0, 0, theme.glyph('selection'), theme.style('strong'));
	const mark = below === 'nothing' ? ' ' : theme.glyph(below === 'open' ? 'opened' : 'closed');
	const from = surface.put(1 + indent, 0, `${mark} `, theme.style('dim'));
	const notes = [...(note === '' ? [] : [note]), ...(hidesFailure ? [theme.glyph('error')] : [])].join(' ');
	const forNote = notes === '' ? 0 : widthOf(notes) + 1;
	const ellipsis = theme.glyph('ellipsis');
	const room = Math.max(0, surface.width - from - forNote);
	const named = surface.put(
		from,
		0,
		fit(service, Math.min(room, Math.max(8, Math.floor(room / 2))), { ellipsis }),
		isFaint ? theme.style('dim') : theme.serviceStyle(service),
	);
	const operation = fit(name, Math.max(0, room - (named - from) - 1), { keep: 'end', ellipsis });
	const style = theme.style(isFaint ? 'dim' : tone === 'match' ? 'match' : 'text');
	const end = surface.put(named + 1, 0, operation, style);
	if (notes !== '') surface.put(end + 1, 0, notes, theme.style(hidesFailure ? 'error' : 'strong'));
	if (selected) surface.restyle(from, 0, Math.max(named, end) - from, 1, theme.style('selectedBar'));
}

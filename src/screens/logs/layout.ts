import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { sentenceOf } from '../../model/failure.ts';
import { failureLines } from '../../widgets/pane-state.ts';
import type { Size } from '../screen.ts';
import { isFollowed } from './follow.ts';
import { whyUncounted } from './followed-volume.ts';
import { remarkRowsIn } from './remark.ts';
import type { LogsShown } from './state.ts';

/** The summary has room for two remarks of the usual length, and the bars for a shape. */
const summaryColumns = { fewest: 41, most: 44 };
const fewestBars = 18;
/** What is said below the lines is not to leave too few of them. */
const mostRemarkRows = 2;

/** From this width on the details stand beside the list, and a list has columns with a heading. */
const wide = 120;

export type Area = Size & { readonly x: number; readonly y: number };

export type LogsLayout = {
	/** Volume over time. */
	readonly volume: Area;
	/** Counts and remarks, right of the volume. */
	readonly summary: Area;
	/** The steps of narrowing; without height when there are none. */
	readonly chips: Area;
	/** What the columns of a wide list are; without height over others. */
	readonly heading: Area;
	readonly list: Area;
	/** How lines that are followed come in; without height when they are not. */
	readonly tail: Area;
	/** What is to be known of a request beside its lines, or of the trace of one; without height elsewhere. */
	readonly remark: Area;
	/** Details of the row under the cursor; without height when they are closed. */
	readonly detail: Area;
	/** What the lines have in common, in place of the details; without height when it is closed. */
	readonly side: Area;
};

/** The volume on top, the lines below it, and the details beside or under them. */
export function layoutOf(laid: LogsShown): LogsLayout {
	const areas = areasOf(laid);
	const { list } = areas;
	const rows = list.width >= wide && list.height >= 8 ? 1 : 0;
	return {
		...areas,
		heading: { ...list, height: rows },
		list: { ...list, y: list.y + rows, height: list.height - rows },
	};
}

function areasOf(laid: LogsShown): Omit<LogsLayout, 'heading'> {
	const { size, state, place } = laid;
	const { width, height: whole } = size;
	const tailRows = isFollowed(place) && whole >= 6 ? 1 : 0;
	const isRemarked = isRequestPlace(place) || state.guessing !== undefined;
	const remarkRows = isRemarked && whole >= 10 ? Math.min(mostRemarkRows, remarkRowsIn(laid, width)) : 0;
	const height = whole - tailRows - remarkRows;
	const remark = { x: 0, y: height, width, height: remarkRows };
	const tail = { x: 0, y: height + remarkRows, width, height: tailRows };
	const isSide = state.side !== undefined && state.picked === undefined;
	const isOpen = isSide || state.details || state.picked !== undefined;
	const { volume, summary } = countsOver(laid, height);
	const above = summary.height;
	const chipRows = place.filters === undefined || height < 8 ? 0 : 1;
	const top = above + chipRows;
	const rest = height - top;
	const chips = { x: 0, y: above, width, height: chipRows };
	const closed = { x: 0, y: height, width, height: 0 };
	const opened = (area: Area) => (isSide ? { detail: closed, side: area } : { detail: area, side: closed });
	if (!isOpen) {
		const list = { x: 0, y: top, width, height: rest };
		return { volume, summary, chips, remark, tail, list, detail: closed, side: closed };
	}
	if (width >= wide) {
		const listWidth = Math.floor(width * 0.56);
		return {
			volume,
			summary,
			chips,
			remark,
			tail,
			list: { x: 0, y: top, width: listWidth, height: rest },
			...opened({ x: listWidth + 2, y: top, width: width - listWidth - 2, height: rest }),
		};
	}
	const below = Math.max(0, Math.min(rest - 3, Math.ceil(rest * 0.6)));
	return {
		volume,
		summary,
		chips,
		remark,
		tail,
		list: { x: 0, y: top, width, height: rest - below },
		...opened({ x: 0, y: height - below, width, height: below }),
	};
}

/** Bars and what they count in the first rows of so many; where there are no bars, the counts alone and why. */
function countsOver(laid: LogsShown, height: number): Pick<LogsLayout, 'volume' | 'summary'> {
	const { width } = laid.size;
	const rows = height >= 24 ? 3 : height >= 6 ? 2 : 0;
	const { fewest, most } = summaryColumns;
	const columns = Math.min(most, Math.max(Math.floor(width * 0.52), Math.min(fewest, width - fewestBars - 1)));
	const volume = { x: 0, y: 0, width: width - columns - 1, height: rows };
	const failure = whyUncounted(laid);
	if (failure === undefined || rows === 0)
		return { volume, summary: { x: width - columns, y: 0, width: columns, height: rows } };
	const needed = 1 + failureLines(sentenceOf(failure), width).length;
	const summary = { x: 0, y: 0, width, height: Math.max(2, Math.min(needed, height >= 10 ? 4 : rows)) };
	return { volume: { ...volume, height: 0 }, summary };
}

import { busyColumnsOf } from '../../analysis/busy-columns.ts';
import { formatSpanTime } from '../../analysis/span-words.ts';
import type { MiniMap } from '../../widgets/mini-map.ts';
import { gutterOf } from './picture.ts';
import type { Look, TraceState } from './state.ts';
import { treeColumns } from './waterfall-picture.ts';

/** The outline of the whole trace over the bars, and which part of it they show. */
export function miniMapOf({ reading, folded, view }: Look, { way }: TraceState, width: number): MiniMap {
	const gutter = way === 'waterfall' ? treeColumns(width) : gutterOf(reading.services, width);
	const columns = Math.max(1, width - gutter);
	const { from, to } = folded.lanes;
	const column = (at: number) => ((at - from) / (to - from)) * columns;
	const first = Math.max(0, Math.min(columns - 1, Math.floor(column(view.from))));
	return {
		gutter,
		heading: formatSpanTime(to - from),
		busy: busyColumnsOf(reading.tree, { from, to, columns }),
		from: first,
		to: Math.max(first + 1, Math.min(columns, Math.ceil(column(view.to)))),
	};
}

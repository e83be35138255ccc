import type { Marked } from '../../widgets/line.ts';
import { wrapText } from '../../widgets/wrap.ts';
import type { Size } from '../screen.ts';
import type { AlertsShown } from './state.ts';
import { troubleOf } from './trouble.ts';

/** From this width on the details stand beside the list. */
const wide = 132;
/** Rows under the list at 80×24: a rule, the verdict and what belongs to it. */
const verdictRows = 6;
/** The list keeps these rows whatever is under it. */
const leastRows = 4;

export type AlertsLayout = {
	readonly list: Size;
	/** Right of the list, or under it: what the list lacks, and below that what is under its cursor. */
	readonly beside: Size & { readonly x: number; readonly y: number };
	/** What must be known before the list is trusted, in lines as wide as `beside`. */
	readonly trouble: readonly Marked[];
	/** Where the selected alert is told, from the top of `beside`. */
	readonly detail: Size & { readonly y: number };
};

type Laid = Pick<AlertsShown, 'size' | 'state' | 'findings' | 'now'>;

/** List above and verdict below; on a wide screen side by side. `count` is the number of rows. */
export function layoutOf(shown: Laid, count: number): AlertsLayout {
	const { list, beside } = panesOf(shown, count);
	// Under the list the first row is a rule.
	const top = beside.x === 0 ? 1 : 0;
	const trouble = troubleOf(shown.findings, shown.now)
		.flatMap(({ text, role = 'text' }) => wrapText(text, beside.width).map(line => ({ text: line, role })))
		.slice(0, Math.max(1, Math.floor(beside.height / 2)));
	const y = top + trouble.length;
	return { list, beside, trouble, detail: { y, width: beside.width, height: Math.max(0, beside.height - y) } };
}

function panesOf({ size, state }: Laid, count: number): Pick<AlertsLayout, 'list' | 'beside'> {
	const { width, height } = size;
	if (width >= wide) {
		const listWidth = Math.min(100, Math.floor(width * 0.58));
		return {
			list: { width: listWidth, height },
			beside: { x: listWidth + 2, y: 0, width: width - listWidth - 2, height },
		};
	}
	const wanted = Math.max(3, count + 1);
	const most = height - leastRows;
	const below = Math.max(state.details ? most : Math.min(verdictRows, most), height - wanted);
	return {
		list: { width, height: height - below },
		beside: { x: 0, y: height - below, width, height: below },
	};
}

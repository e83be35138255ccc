import type { Size } from '../screen.ts';
import { type AlertsShown, listedAlerts } from './state.ts';

/** From this width on the details stand beside the list. */
const wide = 132;
/** Rows under the list at 80×24: a rule, the verdict and what belongs to it. */
const verdictRows = 6;
/** The list keeps these rows whatever is under it. */
const leastRows = 4;

export type AlertsLayout = {
	readonly list: Size;
	/** Where the selected alert is told: right of the list, or under it. */
	readonly detail: Size & { readonly x: number; readonly y: number };
};

/** List above and verdict below; on a wide screen side by side. */
export function layoutOf({ size, state, findings }: Pick<AlertsShown, 'size' | 'state' | 'findings'>): AlertsLayout {
	const { width, height } = size;
	if (width >= wide) {
		const listWidth = Math.min(100, Math.floor(width * 0.58));
		return {
			list: { width: listWidth, height },
			detail: { x: listWidth + 2, y: 0, width: width - listWidth - 2, height },
		};
	}
	const wanted = Math.max(3, listedAlerts({ findings, state }).length + 1);
	const most = height - leastRows;
	const below = Math.max(state.details ? most : Math.min(verdictRows, most), height - wanted);
	return {
		list: { width, height: height - below },
		detail: { x: 0, y: height - below, width, height: below },
	};
}

export const listHeight = (shown: Pick<AlertsShown, 'size' | 'state' | 'findings'>): number =>
	layoutOf(shown).list.height;

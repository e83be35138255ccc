import type { Marked } from '../widgets/line.ts';
import { helpLines } from './help.ts';
import { linkLines } from './link-lines.ts';
import { plainLines } from './plain-text.ts';
import { queryLines } from './queries.ts';
import { chromeRows } from './shown.ts';
import type { Overlay, State } from './state.ts';

/** What lies over the screen, line by line. */
export function overlayLines(state: State, overlay: Overlay): readonly (readonly Marked[])[] {
	switch (overlay.kind) {
		case 'help':
			return helpLines(state);
		case 'queries':
			return queryLines(state);
		case 'link':
			return linkLines(state);
		case 'text':
			return plainLines(overlay.plain, state.size.width);
	}
}

const rowsOf = ({ size }: State): number => Math.max(1, size.height - chromeRows);

/** The first line on show: what was scrolled to, as far as there are lines. */
export const overlayOffset = (state: State, overlay: Overlay): number =>
	Math.max(0, Math.min(overlay.scroll, overlayLines(state, overlay).length - rowsOf(state)));

/** Keys while something lies over the screen: they scroll, and whatever opened it closes it. */
export function pressedInOverlay(state: State, overlay: Overlay, key: string): State {
	const page = Math.max(1, rowsOf(state) - 1);
	const scrolled = (by: number): State => {
		const to = { ...overlay, scroll: Math.max(0, overlayOffset(state, overlay) + by) };
		return { ...state, overlay: { ...to, scroll: overlayOffset(state, to) } };
	};
	switch (key) {
		case 'j':
		case 'down':
			return scrolled(1);
		case 'k':
		case 'up':
			return scrolled(-1);
		case 'pagedown':
		case 'space':
		case 'ctrl+f':
		case 'ctrl+d':
			return scrolled(page);
		case 'pageup':
		case 'ctrl+b':
		case 'ctrl+u':
			return scrolled(-page);
		case 'g':
		case 'home':
			return scrolled(Number.NEGATIVE_INFINITY);
		case 'G':
		case 'end':
			return scrolled(Number.POSITIVE_INFINITY);
		case 'escape':
		case 'q':
		case 'enter':
		case '?':
		case '!': {
			const { overlay: _, ...rest } = state;
			return rest;
		}
		default:
			return state;
	}
}

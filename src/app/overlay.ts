import { chromeRows } from './shown.ts';
import type { Overlay, State } from './state.ts';

/** Keys while the help or the queries lie over the screen: they scroll, and whatever opened it closes it. */
export function pressedInOverlay(state: State, overlay: Overlay, key: string): State {
	const page = Math.max(1, state.size.height - chromeRows - 1);
	const scrolled = (by: number): State => ({
		...state,
		overlay: { ...overlay, scroll: Math.max(0, overlay.scroll + by) },
	});
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
			return scrolled(-overlay.scroll);
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

import { createContext, createElement, type ReactNode, useContext } from 'react';
import type { Paint } from '../terminal/surface.ts';

/** Hears what a canvas below it throws while it is painted, which React cannot see; without one it is thrown on. */
export const PaintGuard = createContext<((thrown: unknown) => void) | undefined>(undefined);

type CanvasProps = {
	readonly paint: Paint;
	/** In cells; takes what is left of its parent when absent. */
	readonly width?: number;
	readonly height?: number;
};

/**
 * A box that paints itself: Yoga gives it its room, and the cell painter calls `paint` with a surface of that size.
 * Large panes are canvases so that only the rows on show cost anything.
 */
export function Canvas({ paint, width, height }: CanvasProps): ReactNode {
	const guard = useContext(PaintGuard);
	const style = {
		flexDirection: 'row',
		flexWrap: 'nowrap',
		flexShrink: width === undefined ? 1 : 0,
		flexGrow: width === undefined || height === undefined ? 1 : 0,
		...(width === undefined ? {} : { width }),
		...(height === undefined ? {} : { height }),
	};
	return createElement('ink-box', { style, paint: guard === undefined ? paint : guarded(paint, guard) });
}

const guarded =
	(paint: Paint, guard: (thrown: unknown) => void): Paint =>
	surface => {
		try {
			paint(surface);
		} catch (thrown) {
			guard(thrown);
		}
	};

import type { ReactNode } from 'react';
import { sanitize } from '../terminal/sanitize.ts';
import type { Surface } from '../terminal/surface.ts';
import { fit } from '../terminal/width.ts';
import { Canvas } from '../widgets/canvas.tsx';
import { paintSegments, segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { paintBanner } from './header.ts';
import { formatKey } from './key-names.ts';
import type { Banner } from './state.ts';

type OpeningProps = { readonly banner: Banner; readonly words: string; readonly theme: Theme };

/** Keys that end the program while there is no place to go back to. */
export const leavingKeys: readonly string[] = ['escape', 'q', 'ctrl+c'];

/**
 * The frame before there is a place to show: what is being read, and how to leave.
 *
 *     file RO │
 *
 *     reading slow.json 12 of 50 MB
 *
 *     esc stop
 */
export function Opening(props: OpeningProps): ReactNode {
	return <Canvas paint={surface => paintOpening(surface, props)} />;
}

function paintOpening(surface: Surface, { banner, words, theme }: OpeningProps): void {
	paintBanner(surface, banner, theme);
	const clean = fit(sanitize(words), surface.width, { keep: 'ends', ellipsis: theme.glyph('ellipsis') });
	surface.put(0, 2, clean, theme.style('dim'));
	const [stop = ''] = leavingKeys;
	const keys = [segment(formatKey(stop), theme.style('strong')), segment(' stop', theme.style('dim'))];
	paintSegments(surface, 0, surface.height - 1, keys);
}

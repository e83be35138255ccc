import { Box } from 'ink';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { Surface } from '../terminal/surface.ts';
import { Canvas } from '../widgets/canvas.tsx';
import { paintSegments, type Segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { wrapText } from '../widgets/wrap.ts';
import { paintFooter } from './footer.ts';
import { paintHeader } from './header.ts';
import { helpLines } from './help.ts';
import { queryLines } from './queries.ts';
import { screenAt } from './screens.ts';
import { chromeRows, isTooSmall, shownOf, smallest } from './shown.ts';
import type { Overlay, State } from './state.ts';
import type { Store } from './store.ts';

type AppProps = { readonly store: Pick<Store, 'subscribe' | 'getState'>; readonly theme: Theme };

/** The frame round every screen: two rows above, two below, and the screen of the shown place between them. */
export function App({ store, theme }: AppProps): ReactNode {
	const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
	const { width, height } = state.size;
	if (isTooSmall(state.size)) return <Canvas width={width} height={height} paint={surface => paintTooSmall(surface)} />;
	return (
		<Box flexDirection="column" width={width} height={height}>
			<Canvas width={width} height={2} paint={surface => paintHeader(surface, state, theme)} />
			<Box width={width} height={height - chromeRows} overflow="hidden">
				<Body state={state} theme={theme} />
			</Box>
			<Canvas width={width} height={2} paint={surface => paintFooter(surface, state, theme)} />
		</Box>
	);
}

function Body({ state, theme }: { readonly state: State; readonly theme: Theme }): ReactNode {
	const { overlay } = state;
	if (overlay !== undefined) {
		const lines = overlay.kind === 'help' ? helpLines(state, theme) : queryLines(state, theme);
		return <Canvas paint={surface => paintOverlay(surface, overlay, lines)} />;
	}
	const shown = shownOf(state);
	const { View } = screenAt(shown.place);
	return <View {...shown} theme={theme} />;
}

function paintOverlay(surface: Surface, overlay: Overlay, lines: readonly (readonly Segment[])[]): void {
	const offset = Math.min(overlay.scroll, Math.max(0, lines.length - surface.height));
	lines.slice(offset, offset + surface.height).forEach((line, y) => {
		paintSegments(surface, 0, y, line);
	});
}

function paintTooSmall(surface: Surface): void {
	const { width, height } = smallest;
	const text = `smokejumper needs ${width} columns and ${height} rows; this terminal has ${surface.width} and ${surface.height}. Make it larger. q quits.`;
	wrapText(text, surface.width).forEach((line, y) => {
		surface.put(0, y, line);
	});
}

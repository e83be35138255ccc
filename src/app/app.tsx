import { Box } from 'ink';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { Dialog } from '../screens/dialogs/dialog.ts';
import { paintDialog } from '../screens/dialogs/dialog-view.ts';
import { paintSetup } from '../screens/profiles/setup-view.ts';
import type { Surface } from '../terminal/surface.ts';
import { Canvas } from '../widgets/canvas.tsx';
import { paintSegments, segmentsOf } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { wrapText } from '../widgets/wrap.ts';
import { CrashSheet } from './crash-sheet.tsx';
import { footerLines, paintFooter } from './footer.ts';
import { paintHeader } from './header.ts';
import { overlayLines, overlayOffset } from './overlay.ts';
import { ScreenBoundary } from './screen-boundary.tsx';
import { screenAt } from './screens.ts';
import { isTooSmall, shownOf, smallest } from './shown.ts';
import type { Overlay, State } from './state.ts';
import type { Store } from './store.ts';

type AppProps = { readonly store: Pick<Store, 'subscribe' | 'getState' | 'send'>; readonly theme: Theme };

/** What is on show: the place, or in its stead why it cannot be. */
export function App({ store, theme }: AppProps): ReactNode {
	const state = useSyncExternalStore(store.subscribe, store.getState, store.getState);
	const { width, height } = state.size;
	if (isTooSmall(state.size)) return <Canvas width={width} height={height} paint={paintTooSmall} />;
	if (state.crash !== undefined) return <CrashSheet state={state} crash={state.crash} theme={theme} />;
	return (
		<ScreenBoundary tell={store.send}>
			<Framed state={state} theme={theme} />
		</ScreenBoundary>
	);
}

type StateProps = { readonly state: State; readonly theme: Theme };

/** The frame round every screen: two rows above, two below, and the screen of the shown place between them. */
function Framed({ state, theme }: StateProps): ReactNode {
	const { width, height } = state.size;
	const footer = footerLines(state, theme);
	return (
		<Box flexDirection="column" width={width} height={height}>
			<Canvas width={width} height={2} paint={surface => paintHeader(surface, state, theme)} />
			<Box width={width} height={height - 2 - footer.length} overflow="hidden">
				<Body state={state} theme={theme} />
			</Box>
			<Canvas width={width} height={footer.length} paint={surface => paintFooter(surface, footer, theme)} />
		</Box>
	);
}

function Body({ state, theme }: StateProps): ReactNode {
	const { overlay, dialog, setup } = state;
	if (overlay !== undefined) return <Canvas paint={surface => paintOverlay(surface, state, overlay, theme)} />;
	const shown = shownOf(state);
	const { View } = screenAt(shown.place);
	return (
		<>
			{setup === undefined ? (
				<View {...shown} theme={theme} />
			) : (
				<Canvas paint={surface => paintSetup(surface, setup, theme)} />
			)}
			{dialog === undefined ? undefined : <Covering dialog={dialog} state={state} theme={theme} />}
		</>
	);
}

type CoveringProps = { readonly dialog: Dialog; readonly state: State; readonly theme: Theme };

/** The dialog lies over the screen, which stays to be read round it. */
function Covering({ dialog, state, theme }: CoveringProps): ReactNode {
	const { width, height } = shownOf(state).size;
	const { now, timeFormat } = state;
	return (
		<Box position="absolute" width={width} height={height}>
			<Canvas paint={surface => paintDialog(surface, dialog, { theme, now, timeFormat })} />
		</Box>
	);
}

function paintOverlay(surface: Surface, state: State, overlay: Overlay, theme: Theme): void {
	const offset = overlayOffset(state, overlay);
	overlayLines(state, overlay)
		.slice(offset, offset + surface.height)
		.forEach((line, y) => {
			paintSegments(surface, 0, y, segmentsOf(line, theme), theme.glyph('ellipsis'));
		});
}

function paintTooSmall(surface: Surface): void {
	const { width, height } = smallest;
	const text = `smokejumper needs ${width} columns and ${height} rows; this terminal has ${surface.width} and ${surface.height}. Make it larger. ^C quits.`;
	wrapText(text, surface.width).forEach((line, y) => {
		surface.put(0, y, line);
	});
}

import type { ReactNode } from 'react';
import { formatAddress } from '../analysis/address.ts';
import { redact } from '../analysis/redact.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { Surface } from '../terminal/surface.ts';
import { Canvas } from '../widgets/canvas.tsx';
import { paintSegments, segment } from '../widgets/line.ts';
import type { Theme } from '../widgets/theme.ts';
import { cutText, wrapText } from '../widgets/wrap.ts';
import { type Crash, nameBeforeCrash } from './crash.ts';
import { paintBanner } from './header.ts';
import { type State, shownPlace } from './state.ts';

type CrashSheetProps = { readonly state: State; readonly crash: Crash; readonly theme: Theme };

/**
 * In place of a screen that failed. It asks no screen for anything: what is wrong with one cannot be wrong with this.
 *
 *      demo RO │
 *
 *     This screen failed while it was painted.
 *     TypeError: spans is not iterable
 *
 *     smokejumper trace 73c8…0b11 --since 1h
 *
 *     The report is in ~/.local/state/smokejumper/crashes/crash-20261122T031244Z.txt
 *     …
 *
 *     esc alerts  R try again  ^C quit
 */
export function CrashSheet(props: CrashSheetProps): ReactNode {
	return <Canvas paint={surface => paintCrash(surface, props)} />;
}

function paintCrash(surface: Surface, { state, crash, theme }: CrashSheetProps): void {
	const { width, height } = surface;
	paintBanner(surface, state.banner, theme);
	const plain = theme.style('text');
	const paragraphs = [
		{ lines: wrapText(`This screen failed ${crash.during}.`, width), style: theme.style('error') },
		{ lines: cutText(crash.words, width), style: plain },
		{ lines: [''], style: plain },
		{ lines: cutText(addressOf(state), width), style: theme.style('dim') },
		{ lines: [''], style: plain },
		...reportTexts(crash).map(text => ({ lines: cutText(text, width), style: plain })),
		{ lines: [''], style: plain },
		{ lines: wrapText(reassurance, width), style: theme.style('dim') },
	];
	const rows = paragraphs.flatMap(({ lines, style }) => lines.map(line => ({ line, style })));
	const room = surface.within(0, 2, width, Math.max(0, height - 4));
	rows.forEach(({ line, style }, y) => {
		room.put(0, y, line, style);
	});
	const before = nameBeforeCrash(state);
	const keys: readonly (readonly [string, string])[] = [
		...(before === undefined ? [] : [['esc', before] as const]),
		['R', 'try again'],
		['^C', 'quit'],
	];
	const segments = keys.flatMap(([key, label]) => [
		segment(key, theme.style('strong')),
		segment(` ${label}  `, theme.style('dim')),
	]);
	paintSegments(surface, 0, height - 1, segments, theme.glyph('ellipsis'));
}

const reassurance =
	'Nothing was sent anywhere. The report holds the place, versions, the stack, and the last keys without what was typed; secrets are masked. Read it before you pass it on.';

const addressOf = (state: State): string =>
	state.setup === undefined
		? redact(sanitize(`smokejumper ${formatAddress(shownPlace(state))}`))
		: 'The form for profiles.';

function reportTexts({ report }: Crash): readonly string[] {
	if (report === undefined) return ['The report is being written.'];
	return 'why' in report ? [sanitize(report.why)] : ['The report:', sanitize(report.path)];
}

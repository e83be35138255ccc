import type { ReactNode } from 'react';
import { clocksDisagree } from '../../analysis/doubtful-verdict.ts';
import { traceFlawsOf } from '../../analysis/trace-flaws.ts';
import type { TraceFindings } from '../../investigation/trace-findings.ts';
import type { TracePlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { widthOf } from '../../terminal/width.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { paintFlame } from '../../widgets/flame.ts';
import { paintLine, segment, widthOfSegments } from '../../widgets/line.ts';
import { paintMiniMap } from '../../widgets/mini-map.ts';
import { badgeOf, badgeSegments, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintWaterfall } from '../../widgets/waterfall.ts';
import type { ViewProps } from '../screen.ts';
import { detailLines, paintDetails, paintStrip } from './details.ts';
import { type Area, detailsRoom, layoutFor, visibleRows } from './layout.ts';
import { listingOf, waterfallOf } from './listing.ts';
import { miniMapOf } from './map-picture.ts';
import { paintMissing } from './missing.ts';
import { flamePictureOf } from './picture.ts';
import { paintSpent } from './spent-table.ts';
import { answerOf, type Look, lookAt, type TraceState } from './state.ts';
import { paintTable } from './table.ts';
import { waterfallPictureOf } from './waterfall-picture.ts';

export type TraceViewProps = ViewProps<TracePlace, TraceFindings, TraceState>;

/** A trace as flame graph, waterfall or table, the selected span, and where the time went. */
export function TraceView(props: TraceViewProps): ReactNode {
	return <Canvas width={props.size.width} height={props.size.height} paint={surface => paintTrace(surface, props)} />;
}

/** Paints the whole screen into the room it is given; print paints it on a grid of its own. */
export function paintTrace(surface: Surface, props: TraceViewProps): void {
	const { findings, theme, now } = props;
	if (paintPaneState(surface, findings.trace, { theme, now, whom: 'for the trace' }) > 0) return;
	const answered = answerOf(props);
	if (answered?.found === false) paintMissing(surface, answered, props);
	const look = lookAt(props);
	if (look === undefined) return;
	const { map, rows, spent, strip, details, verdict } = layoutFor(props, look);
	if (map.height > 0) paintMiniMap(part(surface, map), miniMapOf(look, props.state, map.width), theme);
	paintRows(part(surface, rows), look, props);
	if (spent.height > 0) paintSpent(part(surface, spent), look.reading, theme);
	if (strip.height > 0) {
		paintRule(surface, strip, props);
		paintStrip(surface.within(0, strip.y + 1, strip.width, strip.height - 1), look, theme);
	}
	if (details.height > 0) paintDetailsPane(surface, details, look, props);
	paintVerdict(part(surface, verdict), look, props);
}

const part = (surface: Surface, { x, y, width, height }: Area): Surface => surface.within(x, y, width, height);

function paintRows(surface: Surface, look: Look, { state, theme }: TraceViewProps): void {
	const { width, height } = surface;
	const listing = listingOf(look, state);
	const rows = visibleRows({ x: 0, y: 0, width, height }, listing.height);
	const top = offsetFor(state.top, listing.rowOf(look.selected) ?? 0, listing.height, rows);
	const frame = { width, rows, top };
	if (state.way === 'flame') paintFlame(surface, flamePictureOf(look, frame), theme);
	else if (state.way === 'table') paintTable(surface, { look, state, top, rows }, theme);
	else paintWaterfall(surface, waterfallPictureOf(look, waterfallOf(look, state), frame), theme);
}

function paintDetailsPane(surface: Surface, area: Area, look: Look, props: TraceViewProps): void {
	const isBeside = area.x > 0;
	const { x, y, width, height } = detailsRoom(area);
	if (!isBeside) paintRule(surface, area, props);
	else {
		for (let row = area.y; row < area.y + area.height; row++) {
			surface.put(area.x - 1, row, props.theme.glyph('vertical'), props.theme.style('dim'));
		}
	}
	const lines = detailLines(look, width);
	paintDetails(surface.within(x, y, width, height), lines, props.state.detailsTop, props.theme);
}

function paintRule(surface: Surface, { y, width }: Area, { theme }: TraceViewProps): void {
	surface.put(0, y, theme.glyph('horizontal').repeat(width), theme.style('dim'));
}

/** The sentence; beside it, or below it where the room is narrow, what is missing from the trace or wrong with it. */
function paintVerdict(surface: Surface, { reading, shift }: Look, { findings, theme, now }: TraceViewProps): void {
	const { spent, tree } = reading;
	const flaws = [...(shift === undefined ? [] : [shiftWords(shift.count)]), ...traceFlawsOf(tree)].map(flaw =>
		segment(flaw, theme.style('warning')),
	);
	const notices = [...badgeSegments(badgeOf(findings.trace, now), theme), ...flaws].flatMap((notice, index) =>
		index === 0 ? [notice] : [segment('  '), notice],
	);
	const ellipsis = theme.glyph('ellipsis');
	const isNarrow = surface.height > 1;
	if (isNarrow) paintLine(surface, 1, notices, [], ellipsis);
	const right = isNarrow ? [] : notices;
	const sentence = withKey(spent.sentence);
	const fits = widthOf(sentence) + widthOfSegments(right) < surface.width;
	const verdict = [segment(fits ? sentence : withKey(spent.shortSentence), theme.style('strong'))];
	paintLine(surface, 0, verdict, right, ellipsis);
}

/** `Clocks disagree (C): …`: the key that shifts them. */
const withKey = (sentence: string): string =>
	sentence.startsWith(clocksDisagree) ? `${clocksDisagree} (C)${sentence.slice(clocksDisagree.length)}` : sentence;

const shiftWords = (count: number): string =>
	`clocks shifted by guess: ${count} ${count === 1 ? 'span' : 'spans'} moved (C: as sent)`;
